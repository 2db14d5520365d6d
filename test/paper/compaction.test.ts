import { behaves } from "../language-behaviour/behaves.js";

// §7 of the paper and chapter 5 of the dissertation, where state machines and clients have a part in it. What a single
// server does is in server/src/raft/transcripts/7-compaction.txt.

/** s1 leads in term 1; snapshots every ten entries. */
const EVERY_TEN = `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms; heartbeat 100ms; snapshot every 10 entries keep 0 }
    timeout s1
    await leader == s1
    await all.commit == 1`;

behaves("§7 Log compaction", {
  "§7, D §5.1 A server takes a snapshot whenever so many entries have been applied since the last": `${EVERY_TEN}
    expect all.snapshot == 0
    repeat 8 { put k "1" => ok }
    await all.applied == 9 within 1s
    expect all.snapshot == 0 for 50ms
    put k "2" => ok
    await all.snapshot == 10 within 50ms
    repeat 10 { put k "3" => ok }
    await all.snapshot == 20 within 50ms
  `,
  "§7 A follower that was away for long gets the leader's state, not its history": `${EVERY_TEN}
    isolate s3
    put a "1" => ok
    repeat 20 { put k "2" => ok }
    mark
    heal
    await s3["a"] == "1" and s3["k"] == "2" within 2s
    expect messages(InstallSnapshot) == 1
    await s3.snapshot >= 20 and s3.last-index == s1.last-index within 100ms
  `,
  "§7 Taking snapshots does not keep servers from serving": `
    cluster { nodes s1..s5; snapshot every 5 entries keep 2; append-limit 3 }
    workload w for 2s { clients 4; keys a b c; rate 150/s; mix put 40% get 30% cas 20% delete 10% }
    nemesis n for 2s { every 200ms..400ms one of { crash any follower for 300ms; isolate any follower for 300ms; crash leader for 300ms } }
    await w
    await n
    await converged within 5s
    expect all.snapshot >= 100
  `,
  "D §5.1 After a crash a server's state machine is what its snapshot and the log after it make of it": `${EVERY_TEN}
    repeat 12 { put k "1" => ok }
    put last "2" => ok
    await all["last"] == "2" and all.snapshot == 10 within 100ms
    crash all
    restart down
    expect all.applied == 10 and all["k"] == "1" and all["last"] == none
    await leader within 2s
    await all["last"] == "2" within 1s
  `,
  "§8, D §6.3 Sessions are part of the snapshot: who begins with one knows a repeated request": `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms; heartbeat 20ms; pre-vote off; check-quorum off; snapshot every 10 entries keep 0 }
    timeout s1
    await leader == s1
    await all.commit == 1
    isolate s3
    drop next ClientRequestReply all -> alice
    async alice put color "red" as w
    await s1["color"] == "red" within 1s
    repeat 20 { bob put color "blue" => ok }
    mark
    heal
    await s3["color"] == "blue" and s3.last-index == s1.last-index within 100ms
    expect messages(InstallSnapshot) == 1
    crash s1
    timeout s3
    await leader == s3 within 100ms
    await w => ok within 2s
    get color => "blue"
    get color rev 23 => error future-revision
  `,
  "D §6.3 With snapshot-carries-sessions off it executes that request again": `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms; heartbeat 100ms; snapshot every 10 entries keep 0; rule snapshot-carries-sessions off }
    expect violation of applied-twice
    expect violation of linearizability
    timeout s1
    await leader == s1
    await all.commit == 1
    drop next ClientRequestReply all -> alice
    async alice put color "red" as w
    await s1["color"] == "red" within 1s
    repeat 20 { bob put color "blue" => ok }
    await all.snapshot == 20 within 100ms
    crash all
    restart down
    await w => ok within 10s
  `,
});
