import { behaves } from "../language-behaviour/behaves.js";

// §6 of the paper and chapters 3.10 and 4 of the dissertation, where clients and time have a part in it. What a single
// server does is in server/src/raft/transcripts: 6-joint-consensus, 4-membership, 3.10-transfer.

behaves("§6, D §4 Cluster membership changes", {
  "§6 The cluster serves its clients all through a change": `
    cluster { nodes s1..s3; spares s4 s5; clients alice bob }
    await leader
    workload w for 2s { clients 3; keys a b; rate 100/s; mix put 50% get 30% cas 20% }
    wait 300ms
    reconfigure {s1 s4 s5}
    await leader.config == {s1 s4 s5} within 1s
    wait 300ms
    reconfigure {s2 s3 s5}
    await leader.config == {s2 s3 s5} within 1s
    await w
    put done "yes" => ok
    await s2["done"] == "yes" and s3["done"] == "yes" and s5["done"] == "yes" within 2s
    expect leader in {s2 s3 s5}
  `,
  "§6, D §4.2.3 A removed server that hears no leader any more does not disturb the others": `
    cluster { nodes s1..s4; clients alice }
    timeout s1
    await leader == s1
    wait 50ms
    remove s4
    await s1.config == {s1 s2 s3} within 1s
    let term = s1.term
    expect leader == s1 and leader.term == term for 3s
    put color "red" => ok
  `,
  "§6, D §4.2.3 With check-quorum and pre-vote off it does": `
    cluster { nodes s1..s4; clients alice; check-quorum off; pre-vote off }
    timeout s1
    await leader == s1
    wait 50ms
    let term = s1.term
    remove s4
    await any {s1 s2 s3}.term > term within 3s
  `,
  "D §4.2.1 Catching up as a learner first keeps writes going when another server fails meanwhile": `
    cluster { nodes s1..s3; spares s4; clients alice }
    timeout s1
    await leader == s1
    wait 50ms
    cut s4 <-> all
    add learner s4
    crash s3
    put color "red" => ok
    heal
    restart s3
    await s4["color"] == "red" and s1.match[s4] == s1.last-index within 2s
    promote s4
    await leader.config == {s1 s2 s3 s4} within 1s
  `,
  "D §4.2.1 Added as a voter at once, an empty server that cannot be reached takes the majority away": `
    cluster { nodes s1..s3; spares s4; clients alice; client-timeout 400ms }
    timeout s1
    await leader == s1
    wait 50ms
    cut s4 <-> all
    add voter s4
    crash s3
    put color "red" => timeout
  `,
  "D §4.2.2 A leader that is removed leaves the cluster to the others": `
    cluster { nodes s1..s3; clients alice }
    timeout s1
    await leader == s1
    wait 50ms
    remove s1
    await leader in {s2 s3} within 2s
    expect s1.role == follower
    put color "red" => ok
    expect leader.config == {s2 s3}
  `,
});

behaves("D §3.10 Leadership transfer", {
  "D §3.10 Leadership goes over in about the time that a few messages take, not an election timeout": `
    cluster { nodes s1..s3; clients alice; latency 2ms; election-timeout 1s..2s }
    timeout s1
    await leader == s1
    wait 50ms
    transfer leadership to s2
    await leader == s2 within 50ms
    put color "red" => ok
  `,
  "D §3.10 What clients ask meanwhile is done by the one or by the other": `
    cluster { nodes s1..s3; clients alice }
    timeout s1
    await leader == s1
    workload w for 1s { clients 3; keys a; rate 100/s; mix put 50% get 50% }
    wait 200ms
    transfer leadership to s2
    wait 300ms
    transfer leadership to s3
    await w
    await converged within 1s
  `,
});

behaves("D §6.4.1 Leases", {
  "D §6.4.1 A read by lease sends no message but the client's": `
    cluster { nodes s1..s3; clients alice; reads lease; latency 1ms; heartbeat 60ms }
    timeout s1
    await leader == s1
    put color "red" => ok
    wait 70ms
    mark
    get color => "red"
    expect messages(all) <= 6
  `,
  "D §6.4.1 A leader whose lease is over answers only after a round of heartbeats: cut off, not at all": `
    cluster { nodes s1..s3; clients alice bob; reads lease; client-timeout 300ms }
    timeout s1
    await leader == s1
    put color "red" => ok
    isolate s1
    await leader in {s2 s3} within 3s
    bob put color "blue" => ok
    alice get color at s1 => timeout | error not-leader | error no-leader
  `,
});
