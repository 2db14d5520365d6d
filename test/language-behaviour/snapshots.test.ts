import { behaves } from "./behaves.js";

/** A quiet cluster: s1 leads in term 1, and messages take a millisecond. */
const QUIET = `
    cluster { latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms; snapshot off; clients alice bob }
    timeout s1
    await leader == s1
    await all.commit == 1`;

/** The same; s3 is down and needs what the others have dropped. */
const BEHIND = `${QUIET}
    crash s3
    repeat 5 { alice put color "red" => ok }
    alice put shape "round" => ok
    snapshot {s1 s2}
    expect s1.snapshot == 7`;

behaves("a snapshot", {
  "is taken when it is asked for": `${QUIET}
    put color "red" => ok
    expect s1.snapshot == 0
    snapshot s1                              # gives: s1 compacted
    expect s1.snapshot == 2
    expect s2.snapshot == 0
    crash s3
    snapshot s3                              # fails: s3 is down
  `,
  "is taken every so many entries, by each server for itself": `
    cluster { snapshot every 5 entries keep 2; clients alice }
    await leader
    repeat 12 { put color "red" => ok }
    await all.commit == 13
    expect all.snapshot == 10
    crash any follower
    repeat 2 { put color "red" => ok }
    expect leader.snapshot == 15
  `,
  "hides the log before it": `${QUIET}
    put color "red" => ok
    snapshot s1
    expect s1.log == [1 1]                   # fails: s1's log begins at entry 3, what stood before is in its snapshot
    expect s1.last-index == 2
    expect s1.last-term == 1
    expect s2.log == [1 1]
    await converged
  `,
  "is what a server begins with": `${QUIET}
    put color "red" => ok
    snapshot s1
    wait 2ms
    crash s1
    restart s1
    expect s1.commit == 2
    expect s1.applied == 2
    expect s1["color"] == "red"
  `,
  "brings back a cluster that was down altogether": `
    cluster { snapshot every 5 entries keep 0; clients alice }
    await leader
    repeat 12 { put color "red" => ok }
    await all.commit == 13
    crash all
    restart down
    await leader
    put color "blue" => ok
    get color => "blue"
    await converged
    expect all["color"] == "blue"
  `,
  "remembers which requests were executed": `${QUIET}
    drop ClientRequestReply all -> alice
    async alice cas color "red" -> "blue" as w
    wait 10ms
    heal
    snapshot all
    put color "red" => ok
    await w
    get color => "red"
  `,
});

behaves("InstallSnapshot", {
  "brings a follower up to date that needs what is gone": `${BEHIND}
    mark
    restart s3
    await s3.commit == 7 within 500ms
    expect s3.snapshot == 7
    expect s3["color"] == "red"
    expect messages(InstallSnapshot) == 1
    put color "blue" => ok
    await s3["color"] == "blue" within 100ms
    expect converged
  `,
  "goes in chunks, each counted as what it holds": `
    cluster {
      latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms; clients alice
      snapshot every 8 entries keep 0 chunk 64B
    }
    timeout s1
    await leader == s1
    crash s3
    repeat 7 { alice put color "red" => ok }
    expect s1.snapshot == 8
    restart s3
    mark
    await s3.commit == 8 within 500ms
    expect messages(InstallSnapshot) == 4
    expect bytes(s1) == 416
  `,
  "is repeated when it is lost": `${BEHIND}
    drop next 1 InstallSnapshot s1 -> s3
    restart s3
    wait 60ms
    expect s3.commit == 0
    await s3.commit == 7 within 60ms
  `,
  "that is not answered does not keep s3 from hearing its leader": `${BEHIND}
    drop InstallSnapshotReply s3 -> s1 for 3s
    restart s3
    await s3.commit == 7 within 500ms
    put color "blue" => ok
    await s3["color"] == "blue" within 300ms
    expect leader == s1
  `,
  "comes from the next leader when the first one is gone": `${BEHIND}
    drop InstallSnapshot s1 -> s3
    restart s3
    wait 300ms
    crash s1
    await leader == s2 within 5s
    await s3.commit == leader.commit within 500ms
    expect s3.snapshot == s2.snapshot
  `,
  "is not installed by a crash before that": `${BEHIND}
    crash s3 before install
    restart s3
    wait 200ms
    expect down == s3
    isolate s3
    restart s3
    expect s3.commit == 0
    expect s3.snapshot == 0
    heal
    await s3.commit == 7 within 3s
  `,
  "survives a crash once it is durable": `${BEHIND}
    restart s3
    crash s3 after install
    wait 200ms
    expect down == s3
    isolate s3
    restart s3
    expect s3.commit == 7
    expect s3["shape"] == "round"
    heal
    put color "blue" => ok
    await s3["color"] == "blue" within 3s
  `,
  "does not make a watch miss changes, nor repeat them": `${QUIET}
    alice watch color as w at s3
    put color "red" => ok
    wait 10ms
    partition {s1 s2} | s3
    repeat 3 { bob put color "green" => ok }
    snapshot {s1 s2}
    heal
    await s3.snapshot == 5 within 2s
    bob put color "blue" => ok
    expect w saw [put color "red" rev 2 put color "green" rev 3 put color "green" rev 4 put color "green" rev 5 put color "blue" rev 6] within 200ms
  `,
});
