import { behaves } from "./behaves.js";

/** A quiet cluster: s1 leads in term 1, and everybody has committed its first entry. */
const QUIET = `
    cluster { latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms }
    timeout s1
    await leader == s1
    await all.commit == 1`;

behaves("fields", {
  "every field of a server": `${QUIET}
    put color "red" => ok
    await all.commit == 2
    expect s1.role == leader
    expect s2.role == follower
    expect s1.term == 1
    expect s1.log == [1 1]
    expect s1.commit == 2
    expect s1.applied == 2
    expect s1.vote == s1
    expect s2.vote == s1
    expect s1.last-index == 2
    expect s1.last-term == 1
    expect s1.snapshot == 0
    expect s1.config == {s1 s2 s3}
    expect s2["color"] == "red"
    expect s2["shape"] == none
    expect leader.next[s2] == 3
    expect leader.match[s2] == 2
  `,
  "a failure says what was found": `${QUIET}
    expect s1.term == 7             # fails: expected s1.term == 7, but s1.term is 1
    expect s2.role == leader        # fails: s2.role is follower
    expect s2.log == [1 1]          # fails: s2.log is [1]
    expect s3.vote == s2            # fails: s3.vote is s1
    expect s1["color"] == "red"     # fails: s1["color"] is none
    expect all.role == follower     # fails: leader at s1, follower at s2, follower at s3
    expect leader == s2             # fails: leader is s1
    expect leader in {s2 s3}        # fails: leader is s1
    expect no leader                # fails: s1 leader (term 1), s2 follower (term 1), s3 follower (term 1)
    expect count(leaders) == 2      # fails: count(leaders) is 1
  `,
  "of what is down nothing can be said: no comparison holds": `${QUIET}
    put color "red" => ok
    crash s2
    expect s2.term == 1             # fails: s2.term is unknown (s2 is down)
    expect s2.term != 1             # fails: s2 is down
    expect s2["color"] == none      # fails: s2 is down
    expect {s1 s2}.term == 1        # fails: s2 is down
    expect not s2.term == 1
    expect voters.term == 1         # fails: s2 is down
    expect all.term == 1
  `,
  "only who leads has next and match": `${QUIET}
    expect s2.next[s1] == 1         # fails: s2 does not lead
    crash s1
    expect leader.match[s2] >= 0    # fails: there is no leader
  `,
  comparisons: `${QUIET}
    expect s1.term < 2 and s1.term <= 1 and s1.term > 0 and s1.term >= 1 and s1.term != 2
    expect s1.term in [1 2]
    expect s1.term in [2 3]         # fails: s1.term is 1
    expect followers in {s2 s3}
    expect all in {s2 s3}           # fails: all is {s1 s2 s3}
    expect {s2 s3} == followers
  `,
});

behaves("several servers", {
  "a field compares true when it does for each": `${QUIET}
    expect all.term == 1
    expect followers.role == follower
    expect all.term == leader.term
  `,
  "any asks for one": `${QUIET}
    crash s3
    expect any all.role == leader
    expect any followers.role == leader   # fails: follower
    expect any {s2 s3}.term == 1
    expect any {s3}.term == 1             # fails: nothing
    expect s2 == any followers
    expect any followers == s1            # fails: s2
    expect any all in {s1}
  `,
  "any chooses among those that except leaves": `${QUIET}
    let someone = any all except s1
    let another = any all except {s1 someone}
    expect someone != s1
    expect another != s1
    expect another != someone
    expect any all except {s1 s2} == s3
    expect any all except leader == s1   # fails: s2
  `,
  "of nobody everything is true, and any of it nothing": `${QUIET}
    expect candidates.term == 99
    expect any candidates.term == 1       # fails: nothing: no server is meant
    expect count(candidates) == 0
    expect candidates in {s1}
    expect count(down) == 0
  `,
  "servers outside the configuration need not agree": `
    cluster { nodes s1..s4; spares s5; latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms }
    timeout s1
    await leader == s1
    await converged within 100ms
    remove s4
    put color "red" => ok
    await converged within 200ms
    expect s4["color"] == none
    add learner s5
    expect converged                      # fails: converged
    await converged within 200ms
    expect s5["color"] == "red"
  `,
  counts: `${QUIET}
    crash s3
    expect count(voters) == 3
    expect count(all) == 2
    expect count(down) == 1
    expect count(followers) == 1
    expect count(leaders) == 1
    expect count({s1 s3}) == 2
    expect count(all except leader) == 1
  `,
});

behaves("and, or, not", {
  "not binds tighter than and, and tighter than or": `${QUIET}
    expect not no leader and leader == s1
    expect no leader and s1.term == 1 or leader == s1
    expect no leader and (s1.term == 1 or leader == s1)   # fails: s1 leader
    expect not (no leader or s1.term == 2)
    expect not s1.term == 1                               # fails: s1.term is 1
  `,
  "a failure names the part that does not hold": `${QUIET}
    expect s1.term == 1 and s2.term == 2                  # fails: but s2.term is 1
    expect s1.term == 3 or s2.term == 2                   # fails: s1.term is 1; s2.term is 1
  `,
  "conditions about a leader without one": `
    expect leader == s1             # fails: there is no leader
    expect leader != s1             # fails: there is no leader
    expect not leader == s1
    expect no leader
    expect not leader
  `,
});

behaves("numbers beside what a store holds", {
  "stand for their digits, written or bound": `
    await leader
    let n = leader.last-index
    put x n => ok
    await all["x"] == n within 100ms
    expect s1["x"] == 1 and s1["x"] != 2 and s1["x"] in [1 2]
    expect s1["x"] == 2              # fails: s1["x"] is "1"
  `,
});

behaves("converged", {
  "the same log, all of it committed and applied": `${QUIET}
    expect converged
    async put color "red"
    await leader.last-index == 2
    expect converged                # fails: s1 last 2 (term 1), commit 1, applied 1
    await converged within 300ms
    crash s3
    put color "blue" => ok
    await converged within 300ms
    restart s3
    expect converged                # fails: s3 last 2
    await converged within 1s
  `,
});

behaves("budgets", {
  "messages and bytes since mark": `${QUIET}
    await leader.match[s2] == 1 and leader.match[s3] == 1
    wait 30ms
    mark
    expect messages(all) == 0
    expect bytes(all) == 0
    put color "red" => ok
    expect messages(ClientRequest) == 1
    expect messages(ClientRequestReply) == 1
    expect messages(RequestVote) == 0
    expect messages(AppendEntriesReply) >= 2
  `,
  "heartbeats count as AppendEntries too": `${QUIET}
    wait 50ms
    mark
    wait 300ms
    expect messages(Heartbeat) == 6
    expect messages(AppendEntries) == 6
    expect messages(HeartbeatReply) == 6
    expect messages(all) == 12
    expect bytes(all) == 384
  `,
  "bytes are those that these servers sent": `${QUIET}
    wait 50ms
    mark
    wait 300ms
    expect bytes(s1) == 192
    expect bytes({s2 s3}) == 192
    expect bytes(followers) == bytes(leader)
    crash s3
    expect bytes(all) == 384
  `,
  "a budget that is exceeded says by how much": `${QUIET}
    expect messages(all) == 0       # fails: messages(all) is
    expect bytes(all) < 1KiB and bytes(all) > 0
  `,
});
