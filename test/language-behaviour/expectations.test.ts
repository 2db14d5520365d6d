import { behaves } from "./behaves.js";

behaves("expect", {
  now: `
    expect leader                   # fails: expected leader, but s1 follower (term 0)
    await leader
    expect leader
  `,
  "a failed one lets the scenario go on": `
    expect s1.term == 9             # fails: s1.term is 0
    expect s1.term == 8             # fails: s1.term is 0
    put color "red" => ok
  `,
  "within: at any instant until then, and no longer than needed": `
    expect leader within 1s
    expect no leader within 1s      # fails: expected no leader within 1000 ms, but s
  `,
  "for: all through": `
    await leader
    expect leader for 1s
    crash leader for 100ms
    expect no leader for 100ms
    expect no leader for 5s         # fails: expected no leader for 5000 ms, but after
  `,
  "for takes its time, or ends when it breaks": `
    at 1s
    expect leader for 500ms
    at 1500ms
    expect no leader for 1s         # fails: but after 0 ms
    put color "red" => ok
  `,
  "within and for: it must begin in time, and then last": `
    expect leader within 1s for 500ms
    crash leader
    expect leader within 3s for 500ms
    expect leader within 10ms for 500ms
    expect no leader within 100ms for 10ms   # fails: expected no leader within 100 ms
  `,
  "within and for: it may break and begin again in time": `
    at 1s
    pause {s1 s2 s3} for 100ms
    expect leader within 2s for 1s
    crash leader
    every 500ms for 500ms { note "between" }
    expect leader within 3s for 1s
  `,
});

behaves("reach", {
  "says when it got there, also within a step that waits": `
    reach leader                    # gives: reach leader:
    reach s1.term >= 1              # gives: s1.term is 1
    await leader
  `,
  "is no failure where this run does not get there: another seed may": `
    reach count(leaders) == 2       # gives: not reached with this seed; another one may get there
    wait 1s
  `,
});

behaves("always and never", {
  "hold to the end": `
    always count(leaders) <= 1      # gives: always count(leaders) <= 1: held to the end
    never s1.term > 50              # gives: held to the end
    put color "red" => ok
  `,
  "count from where they stand": `
    crash s1
    restart s1
    never s1 in down
    wait 1s
  `,
  "break at the event that breaks them, once": `
    await leader
    always leader                   # fails: always leader: s1
    never count(down) == 1          # fails: never count(down) == 1: count(down) is 1
    crash leader
    await leader within 3s
    crash leader
    wait 10ms
  `,
  "are looked at where they stand": `
    never s1.term == 0              # fails: s1.term is 0
    always leader                   # fails: s1 follower
  `,
  "are looked at between steps that take no time": `
    never s1 in down                # fails: s1 is s1, down is s1
    crash s1
    restart s1
  `,
  "always of one who is down does not hold": `
    always s1.term >= 0             # fails: s1 is down
    crash s1
    wait 10ms
  `,
});

behaves("expect violation", {
  "of a property that a switched off rule protects": `
    cluster { nodes s1..s4; rule majority-to-win off; pre-vote off; check-quorum off }
    expect violation of election-safety
    partition {s1 s2} | {s3 s4}
    timeout {s1 s3}
    wait 100ms
  `,
  "that is not broken fails": `
    expect violation of election-safety or log-matching   # fails: expected a violation of election-safety or log-matching, but it was kept
    put color "red" => ok
  `,
  "of what local reads break": `
    cluster { reads local }
    expect violation of linearizability or log-matching
    await leader
    put color "red" => ok
    await all["color"] == "red"
    let old = leader
    isolate old
    await leader != old within 2s
    put color "blue" at leader => ok
    get color at old => "red"
  `,
});

behaves("given", {
  "servers begin with a log, a term, a vote and what is committed": `
    given {
      s1 term 6 log [1 4:color="red" 6] commit 2
      s2 term 6 log [1 4:color="red"] vote s1
      s3 log [1]
    }
    expect s1.log == [1 4 6]
    expect s1.term == 6
    expect s1.vote == none
    expect s1.commit == 2
    expect s1["color"] == "red"
    expect s2.vote == s1
    expect s2.commit == 0
    expect s2["color"] == none
    expect s3.term == 1
    await leader == s1 within 3s
    await converged within 2s
    expect all["color"] == "red"
    get color => "red"
  `,
  "what a line leaves out is empty": `
    given { s1 term 3 }
    expect s1.log == []
    expect s1.term == 3
    expect s2.term == 0
  `,
});
