import { expect, it } from "vitest";
import { behaves, tell } from "./behaves.js";

/** A quiet cluster: s1 leads in term 1. Clients begin by asking s1. */
const QUIET = `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms; heartbeat 100ms; clients alice bob }
    timeout s1
    await leader == s1
    await all.commit == 1`;

behaves("clients", {
  "follow the hint of a server that is not the leader": `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms }
    timeout s2
    await leader == s2
    await all.commit == 1
    mark
    put color "red" => ok
    expect messages(ClientRequest) == 2
    put color "blue" => ok
    expect messages(ClientRequest) == 3
  `,
  "try another server when an answer stays away": `${QUIET}
    crash s1
    put color "red" => ok
    expect leader in {s2 s3}
  `,
  "give up after client-timeout": `
    cluster { client-timeout 300ms }
    crash all
    at 1s
    put color "red" => timeout
    at 1300ms
    get color => timeout
    at 1600ms
  `,
  "do not know whether a write that timed out took effect": `${QUIET}
    drop ClientRequestReply all -> alice
    alice put color "red" => timeout
    bob get color => "red"
  `,
  "a write that timed out may take effect later": `${QUIET}
    hold ClientRequest alice -> all as h
    alice put color "red" => timeout
    bob get color => none
    release h
    await s1["color"] == "red" within 100ms
    bob get color => "red"
  `,
  "wait while there is no leader": `
    put color "red" => ok
    expect leader
  `,
});

behaves("sessions", {
  "on: a repeated request takes effect once": `${QUIET}
    drop next ClientRequestReply all -> alice
    put color "red" => ok
    get color rev 2 => "red"
    get color rev 3 => error future-revision
  `,
  "off: it takes effect twice": `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms; sessions off; retries all }
    expect violation of applied-twice
    expect violation of linearizability
    timeout s1
    await leader == s1
    drop next ClientRequestReply all -> alice
    put color "red" => ok
    get color rev 3 => "red"
  `,
  "operations under way at once use a session each": `${QUIET}
    hold ClientRequest alice -> all as h
    async alice put a "1" as one
    wait 1ms
    async alice put b "2" as two
    release h
    await one => ok
    await two => ok
  `,
});

behaves("reads log, read-index, local", {
  "through the log": `
    cluster { reads log }
    put color "red" => ok
    get color => "red"
    expect leader.last-index == 3
  `,
  "with a read index": `
    put color "red" => ok
    get color => "red"
    expect leader.last-index == 2
  `,
  "an isolated leader answers no linearizable read": `
    await leader
    let old = leader
    put color "red" => ok
    isolate old
    get color at old => timeout | error not-leader | error no-leader
  `,
});

behaves("watch", {
  "sees every change of its key once, from now on": `${QUIET}
    put color "red"
    watch color as w
    wait 5ms
    put color "blue"
    put shape "round"
    delete color
    expect w saw [put color "blue" rev 3, delete color rev 5] within 50ms
    expect w saw [put color "blue"]   # fails: expected w to have seen [put color "blue"], but w saw [put color "blue" rev 3, delete color rev 5]
  `,
  "a prefix, from a revision in the past": `${QUIET}
    put /c/a "1"
    put /c/b "2"
    put other "3"
    watch /c/ prefix from rev 3 as w
    watch /c/ prefix from rev 1 as all-of-it
    expect w saw [put /c/b "2" rev 3] within 150ms
    delete /c/ prefix
    expect w saw [put /c/b "2", delete /c/a rev 5, delete /c/b rev 5] within 50ms
    expect all-of-it saw [put /c/a "1", put /c/b "2", delete /c/a, delete /c/b] within 50ms
  `,
  "sees nothing after unwatch": `${QUIET}
    watch color as w
    wait 5ms
    put color "red"
    expect w saw [put color "red"] within 50ms
    unwatch w
    put color "blue"
    wait 50ms
    expect w saw [put color "red" rev 2]
  `,
  "nothing has been seen yet": `${QUIET}
    watch color as w
    expect w saw []
    expect w saw [put color "red"] within 10ms   # fails: but w saw []
  `,
  "resumes at another server when its own crashes": `${QUIET}
    watch color as w
    wait 5ms
    put color "red"
    crash s1
    put color "blue"
    put color "green"
    expect w saw [put color "red" rev 2, put color "blue" rev 3, put color "green" rev 4] within 4s
  `,
  "resumes after a partition": `${QUIET}
    watch color at s2 as w
    wait 5ms
    put color "red"
    cut s2 <-> alice
    put color "blue"
    wait 3s
    heal
    put color "green"
    expect w saw [put color "red", put color "blue", put color "green"] within 3s
  `,
  "at a server sees what that server has applied": `${QUIET}
    watch color at s3 as w
    wait 5ms
    isolate s3
    put color "red"
    wait 100ms
    expect w saw []
    heal
    expect w saw [put color "red"] within 2s
  `,
  "survives loss, duplicates and reordering": `${QUIET}
    watch n from rev 1 as w
    loss 20% on alice <-> all
    duplicate 30%
    reorder 30%
    repeat 3 {
      bob put n "1" => ok
      bob put n "2" => ok
    }
    heal
    expect w saw [put n "1" rev 2, put n "2" rev 3, put n "1" rev 4, put n "2" rev 5, put n "1" rev 6, put n "2" rev 7] within 5s
  `,
});

it("operations that are asked once are one request each", () => {
  const run = tell(`await leader\n put a "1"\n get a\n delete a`);
  expect(run.recording.history.operations.map(({ outcome }) => outcome?.kind)).toEqual(["result", "result", "result"]);
});
