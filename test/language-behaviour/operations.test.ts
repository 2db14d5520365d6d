import { behaves } from "./behaves.js";

behaves("put, get, delete, cas", {
  "the revision grows with every change, and only then": `
    put color "red"                  => ok
    get color                        => "red"
    put color "blue"                 => ok
    get color rev 2                  => "red"
    get color rev 3                  => "blue"
    get color rev 4                  => error future-revision
    get shape                        => none
  `,
  "delete answers ok, or none when there was nothing": `
    put color "red"
    delete color                     => ok
    delete color                     => none
    get color                        => none
    get color rev 2                  => "red"
    get color rev 3                  => none
    get color rev 4                  => error future-revision
  `,
  "delete of nothing is not ok": `
    delete color                     => ok   # fails: delete color: expected ok, but got none
  `,
  "cas holds or fails": `
    cas color "red" -> "blue"        => failed
    put color "red"
    cas color "red" -> "blue"        => ok
    cas color "red" -> "green"       => failed
    get color                        => "blue"
    cas color "red" -> "green"       => ok   # fails: expected ok, but got failed
    cas color "blue" -> "green"      => failed   # fails: expected failed, but got ok
    get color                        => "green"
  `,
  "a prefix gives values in the order of keys": `
    put /config/b "2"
    put /config/a "1"
    put /other "3"
    get /config/ prefix              => ["1" "2"]
    get /config/ prefix              => ["2" "1"]   # fails: expected ["2" "1"], but got
    get /other prefix                => "3"
    get /other prefix                => ["3"]
    get /nothing prefix              => none
    delete /config/ prefix           => ok
    get /config/ prefix              => none
    delete /config/ prefix           => none
  `,
  "keys are words, paths, numbers or strings": `
    put "two words" "x"              => ok
    get "two words"                  => "x"
    put 7 "seven"                    => ok
    get "7"                          => "seven"
  `,
  alternatives: `
    get color                        => "red" | none
    put color "red"                  => failed | ok
    get color                        => none | "blue"   # fails: expected none or "blue", but got "red"
  `,
  "ok of a read means that there is something": `
    put color "red"
    get color                        => ok
    get shape                        => ok   # fails: expected ok, but got none
  `,
  "a value is not met by an answer that has none": `
    put color "red"                  => "red"   # fails: expected "red", but got ok
  `,
});

behaves("reads", {
  "serializable asks one server, which may be behind": `
    await leader
    let f = any followers
    put color "red"                  => ok
    await followers["color"] == "red"
    isolate f
    put color "blue"                 => ok
    get color serializable at f      => "red"
    get color                        => "blue"
    heal
    await f["color"] == "blue"
    get color serializable at f      => "blue"
  `,
  "serializable works without a leader, linearizable does not": `
    put color "red"                  => ok
    await followers["color"] == "red"
    let l = leader
    crash all except l
    wait 1s
    expect no leader
    get color serializable at l      => "red"
    get color                        => timeout
  `,
  "a read with a revision may be serializable too": `
    put color "red"
    put color "blue"
    await all["color"] == "blue"
    get color serializable rev 2 at s2 => "red"
  `,
});

behaves("at NODE", {
  "asks that server and no other": `
    await leader
    put color "red" at leader        => ok
    let f = any followers
    put color "blue" at f            => error not-leader
    get color at f                   => "red"
    get color                        => "red"
  `,
  "a server that knows no leader says so": `
    crash {s1 s2}
    wait 1s
    put color "red" at s3            => error no-leader
  `,
  "a server that is down says nothing": `
    await leader
    let l = leader
    crash l
    put color "red" at l             => timeout
    put color "red" at l             # fails: got timeout
  `,
  "a leader that does not exist ends the scenario": `
    put color "red" at leader        # fails: there is no leader
    put color "red"                  # not reached
  `,
});

behaves("results that were not stated", {
  "any definite answer will do": `
    get color                        # gives: none
    cas color "a" -> "b"             # gives: failed
    put color "red"                  # gives: ok
    get color                        # gives: "red"
    delete color                     # gives: ok
  `,
  "a timeout will not, nor an error": `
    crash {s1 s2}
    put color "red"                  # fails: got timeout
    restart down
    await leader within 3s
    get color rev 99                 # fails: got error future-revision
  `,
});

behaves("async and await", {
  "an operation goes on beside the steps": `
    await leader
    at 2s
    async alice put color "red" as w1
    at 2s
    await w1                         => ok within 1s
    await w1                         => ok
    get color                        => "red"
  `,
  "several operations of one client are under way at once": `
    async alice put a "1" as one
    async alice put b "2" as two
    async alice cas c "x" -> "y" as three
    await one                        => ok
    await two                        => ok
    await three                      => failed
    get a                            => "1"
    get b                            => "2"
  `,
  "the wrong answer fails the step and lets the scenario go on": `
    async get color as r
    await r                          => "red"   # fails: expected "red", but got none
    put color "red"                  => ok
  `,
  "no answer in time ends the scenario": `
    crash {s1 s2}
    async put color "red" as w
    await w => ok within 200ms       # fails: w (put color "red") has no answer after 200 ms
    note "never"                     # not reached
  `,
  "a write that a server took and then cannot answer for is unknown, not refused": `
    await leader
    let old = leader
    async put color "red" at old as w
    isolate old
    await leader != old within 900ms
    await w                          => timeout within 2s
  `,
  "an operation that nobody awaits does not keep the scenario": `
    crash all
    async put color "red" as w
    wait 10ms
  `,
});
