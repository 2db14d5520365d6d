import { behaves } from "./behaves.js";

behaves("isolate, partition, cut, heal", {
  "an isolated leader is deposed by the others": `
    await leader
    let old = leader
    isolate old
    await leader != old within 2s
    heal
    await old.role == follower within 1s
  `,
  "isolating several cuts them off from each other too": `
    cluster { nodes s1..s5 }
    await leader
    isolate {s1 s2 s3}
    expect no leader within 2s
    expect no leader for 2s
  `,
  "clients reach an isolated server": `
    put color "red" => ok
    await all["color"] == "red"
    isolate s2
    get color serializable at s2 => "red"
  `,
  "servers that no side names form a side of their own": `
    cluster { nodes s1..s5; pre-vote off; check-quorum off }
    partition {s1} | {s2}
    timeout s1
    timeout s2
    await leader within 2s
    expect leader in {s3 s4 s5}
    expect s1.role != leader for 1s
  `,
  "one side stands against all others": `
    cluster { nodes s1..s5 }
    partition {s1 s2}
    await leader within 2s
    expect leader in {s3 s4 s5}
    expect {s1 s2}.role != leader for 1s
  `,
  "others are those that the step has not named": `
    cluster { nodes s1..s5 }
    await leader
    let l = leader
    partition {leader any follower} | others
    await leader != l within 3s
    await l.role == follower within 3s
    expect count(leaders) == 1
  `,
  "others after all except one is that one": `
    await leader
    let l = leader
    partition all except leader | others
    await leader != l within 3s
    expect count(leaders) >= 1
  `,
  "a link may be cut one way": `
    await leader
    let f = any follower
    await all.commit == 1
    cut leader -> f
    put color "red" => ok
    wait 40ms
    expect f.last-index == 1
    heal leader -> f
    await f["color"] == "red" within 1s
  `,
  "healing one leaves the others": `
    await leader
    isolate s1
    isolate s2
    isolate s3
    heal s1 <-> s2
    await leader within 5s
    expect leader in {s1 s2}
    expect s3.term == 1 or s3.role != leader
    heal
    await converged within 3s
  `,
  "healing a server leaves the cuts of others": `
    await leader
    partition s1 | s2 | s3
    heal s1
    await leader within 5s
    await all.commit == leader.commit within 2s
  `,
  "a cut within an isolation ends without it": `
    isolate s1 for 500ms
    cut s2 -> s3 for 100ms
    await leader within 5s
    wait 1s
    await converged within 2s
  `,
  "a cut that was healed by hand is not undone twice": `
    at 1s
    cut s1 -> s2 for 200ms
    heal
    cut s1 -> s2
    at 2s
    mark
    expect s1.last-index >= s2.last-index
  `,
  "isolating nobody is no fault": `
    isolate candidates
    await leader within 1s
  `,
  "a message is lost whose link is cut when it would arrive": `
    cluster { latency 20ms; election-timeout 500ms..900ms; heartbeat 100ms }
    await leader
    await all.commit == 1
    let f = any follower
    async put color "red"
    await leader.last-index == 2
    wait 5ms
    cut leader -> f
    wait 50ms
    heal
    expect f.last-index == 1
    await f.last-index == 2 within 1s
  `,
  "a cut that is over before the message arrives does it no harm": `
    cluster { latency 20ms; election-timeout 500ms..900ms; heartbeat 100ms }
    await leader
    await all.commit == 1
    let f = any follower
    async put color "red"
    await leader.last-index == 2
    cut leader -> f for 10ms
    wait 25ms
    expect f.last-index == 2
  `,
  "a client's link can be cut": `
    await leader
    put color "red" => ok
    cut alice <-> all
    alice put color "blue" => timeout
    bob get color => "red"
    heal alice <-> all
    alice put color "blue" => ok
  `,
  "a client is cut off only by a side that names it": `
    cluster { nodes s1..s5 }
    await leader
    put color "red" => ok
    partition {s1 s2 alice} | {s3 s4 s5}
    alice put color "blue" => timeout
    bob put color "green" => ok
  `,
  "random sides are two sides": `
    cluster { nodes s1..s2 }
    await leader
    let old = leader
    repeat 20 {
      partition random
      expect no leader within 2s
      heal
      await leader within 5s
    }
  `,
});

behaves("loss, duplicate, reorder, latency", {
  "losing everything is like a cut": `
    await leader
    loss 100% on s1 <-> all
    loss 100% on s2 <-> all
    expect no leader within 2s
    loss 0%
    await leader within 5s
  `,
  "without a link it concerns every link, clients too": `
    await leader
    loss 100% for 3s
    put color "red" => timeout
    expect no leader
    wait 2500ms
    put color "red" => ok
  `,
  "the newest of several counts, and the older one again after it": `
    await leader
    loss 100%
    loss 0% for 500ms
    put color "red" => ok
    wait 500ms
    put color "red" => timeout
  `,
  "latency may be a range, and end": `
    cluster { latency 1ms; fsync 1ms; clients alice }
    await leader
    put warm "up"
    at 1s
    latency 100ms on alice -> all for 50ms
    get warm => "up"
    expect messages(all) > 0
    at 1102ms     # fails: past
    at 1200ms
    get warm => "up"
    at 1210ms
  `,
  "duplicates and reordering change nothing that counts": `
    duplicate 50%
    reorder 50%
    repeat 20 {
      put color "red" => ok
      cas color "red" -> "blue" => ok
      get color => "blue"
    }
    heal
    await converged within 2s
  `,
});

behaves("heal", {
  "without a target the network is whole again: every fault ends": `
    await leader
    loss 100%
    drop AppendEntries s1 <-> all
    delay s2 <-> all by 10s
    hold s3 <-> all
    heal
    put color "red" => ok
    await converged within 2s
  `,
  "with a target it ends cuts only": `
    await leader
    loss 100% on s1 <-> all
    isolate s1
    heal s1
    put color "red" => ok
    wait 500ms
    expect s1["color"] == none
  `,
});
