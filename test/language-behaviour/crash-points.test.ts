import { behaves } from "./behaves.js";

/** A quiet cluster: s1 leads in term 1, and its disk takes 5 ms. */
const QUIET = `
    cluster { latency 1ms; fsync 5ms; election-timeout 300ms..399ms; heartbeat 100ms; check-quorum off; clients alice bob }
    timeout s1
    await leader == s1
    await all.commit == 1
    wait 20ms`;

behaves("a crash at a point", {
  "before fsync: the write is lost": `${QUIET}
    crash s3 before fsync    # gives: crash s3 before fsync
    expect s3 in all for 300ms
    put color "red" => ok
    expect s3 in down
    restart s3
    expect s3.last-index == 1
  `,
  "after fsync: the write is there, and nobody was told": `${QUIET}
    crash s3 after fsync
    put color "red" => ok
    await s3 in down within 10ms
    expect leader.match[s3] == 1
    restart s3
    expect s3.last-index == 2
  `,
  "before send: the message does not leave": `${QUIET}
    mark
    crash s1 before send AppendEntries
    put color "red" => ok
    expect s1 in down
    expect leader != s1
    restart s1
    await converged within 2s
  `,
  "after send: exactly one has left": `${QUIET}
    mark
    crash s1 after send AppendEntries
    async put color "red"
    await s1 in down
    expect messages(AppendEntries) == 1
    wait 3ms
    expect s2.last-index == 2
    expect s3.last-index == 1
  `,
  "before send of another type waits for that type": `${QUIET}
    crash s2 before send RequestVote
    put color "red" => ok
    expect s2 in all
    crash s1
    await s2 in down within 3s
  `,
  "send without a type: the next message of any": `${QUIET}
    crash s3 before send
    await s3 in down within 150ms
  `,
  "before apply: committed, not applied": `${QUIET}
    crash s1 before apply
    async put color "red"
    await s1 in down
    expect {s2 s3}["color"] == none
    await leader within 3s
    await leader["color"] == "red" within 1s
  `,
  "after apply, before the client hears of it: the retry is applied once": `${QUIET}
    crash s1 after apply for 2s
    put color "red" => ok
    expect leader != s1
    get color rev 3 => error future-revision
    get color rev 2 => "red"
  `,
  "for says how long the server stays down": `${QUIET}
    crash s3 before fsync for 200ms
    wait 1s
    expect s3 in all
    async put color "red"
    await s3 in down
    wait 190ms
    expect s3 in down
    wait 20ms
    expect s3 in all
    await s3["color"] == "red" within 1s
  `,
  "strikes once": `${QUIET}
    crash s3 before fsync for 50ms
    put color "red" => ok
    await s3["color"] == "red" within 2s
    put color "blue" => ok
    await s3["color"] == "blue" within 2s
  `,
  "waits across a restart": `${QUIET}
    crash s3
    crash s3 after fsync
    restart s3
    put color "red"
    await s3 in down within 200ms
  `,
  "heal disarms it": `${QUIET}
    crash s2 before fsync
    crash s3 before fsync
    heal s2
    put color "red" => ok
    expect s3 in down
    expect s2 in all
    restart s3
    crash s3 before fsync
    heal
    put color "blue" => ok
    expect s3 in all for 100ms
  `,
  "two at once: each strikes in its turn": `${QUIET}
    crash s3 before fsync for 50ms
    crash s3 after fsync for 50ms
    put color "red" => ok
    expect s3 in down
    await s3["color"] == "red" within 3s
  `,
  "at an election: the vote is durable, and was not spoken": `
    cluster { pre-vote off; latency 1ms; fsync 1ms; election-timeout 900ms..999ms }
    crash s2 after fsync
    crash s3
    timeout s1
    await s2 in down within 10ms
    expect s1.role == candidate
    restart s2
    expect s2.term == 1
    expect s2.vote == s1
  `,
  "the leader itself, in the middle of becoming one": `
    cluster { latency 1ms; fsync 1ms; election-timeout 300ms..400ms }
    crash s1 before send Heartbeat
    crash s1 before send AppendEntries
    timeout s1
    await s1 in down within 100ms
    await leader within 2s
    restart s1
    await s1.role == follower
    await converged within 2s
  `,
});
