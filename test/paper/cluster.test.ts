import { behaves } from "../language-behaviour/behaves.js";

// What the paper says of whole clusters: of clocks, clients and state machines. What it says of a single server is in
// server/src/raft/transcripts.

behaves("§5.2 Leader election", {
  "§5.2 Election timeouts are drawn at random from an interval, so that mostly one server times out first, and wins": `
    cluster { nodes s1..s5; pre-vote off; check-quorum off }
    await leader within 300ms
    expect leader.term == 1
    let first = leader
    repeat 5 {
      let old = leader
      let term = leader.term
      crash old
      await leader within 1s
      restart old
      await converged within 1s
    }
    expect leader.term <= 12
  `,
  "§5.2 Drawn from an interval without width, split votes repeat": `
    cluster { nodes s1..s5; latency 5ms; pre-vote off; check-quorum off; election-timeout 150ms..150ms }
    expect violation of progress
    expect no leader for 2s
    expect all.term > 10
  `,
  "§5.2 A leader keeps its followers from standing as long as its heartbeats come": `
    cluster { pre-vote off; check-quorum off }
    await leader
    let first = leader
    wait 10ms
    let term = leader.term
    expect leader == first and all.term == term for 5s
  `,
});

behaves("§5.3 Log replication", {
  "§5.3 The leader applies a command once it is committed, and answers the client then": `
    await leader
    wait 20ms
    let old = leader
    crash all except old
    async alice put color "red" as w
    wait 100ms
    expect leader.last-index == 2 and leader.applied == 1 and leader["color"] == none
    restart down
    await w => ok within 1s
    expect old["color"] == "red"
  `,
  "§5.3 A follower applies an entry once it knows that it is committed": `
    await leader
    wait 20ms
    let f = any follower
    hold AppendEntries leader -> f as h
    put color "red" => ok
    expect f["color"] == none for 50ms
    release h
    await f["color"] == "red" within 100ms
  `,
  "§5.3, §5.4.3 All servers apply the same commands in the order of the log": `
    workload w for 1s { clients 3; keys k; rate 100/s; mix put 100% }
    always s1.applied <= s1.commit and s2.applied <= s2.commit and s3.applied <= s3.commit
    await w
    await converged within 1s
    let k = get k
    expect all["k"] == k
  `,
  "§5.3 One slow follower does not slow the others: a command is done when a majority has answered": `
    await leader
    wait 20ms
    latency 400ms on leader <-> any follower
    let before = leader.commit
    at 1s
    put color "red" => ok
    at 1020ms
    expect leader.commit > before
  `,
});

behaves("§5.6 Timing and availability", {
  "§5.6 Safety does not depend on timing: with messages slower than elections there is no steady leader, and nothing wrong": `
    cluster { nodes s1..s5; pre-vote off; check-quorum off; election-timeout 10ms..20ms; heartbeat 5ms; latency 1ms..40ms }
    expect violation of progress
    workload w for 3s { clients 3; keys k; rate 50/s; mix put 50% get 50% }
    await w
    expect all.term > 20
  `,
  "§5.6 With messages much faster than elections a leader stays, and after its death another is there within two election timeouts": `
    cluster { nodes s1..s5; pre-vote off; check-quorum off; election-timeout 150ms..300ms; latency 1ms..3ms }
    await leader
    wait 20ms
    let term = leader.term
    expect leader.term == term for 2s
    crash leader
    await leader within 600ms
  `,
});
