import { behaves } from "../language-behaviour/behaves.js";

// §8 of the paper and chapter 6 of the dissertation: how clients and a replicated state machine meet.

/** A quiet cluster: s1 leads in term 1. Clients begin by asking s1. */
const QUIET = `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms; heartbeat 100ms }
    timeout s1
    await leader == s1
    await all.commit == 1`;

behaves("§8 Client interaction", {
  "§8, D §6.2 A server that does not lead refuses a request and names the leader it has heard of; the client asks there": `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms }
    timeout s2
    await leader == s2
    await all.commit == 1
    mark
    put color "red" => ok
    expect messages(ClientRequest) == 2 and messages(ClientRequestReply) == 2
    put color "blue" => ok
    expect messages(ClientRequest) == 3
    put color "green" at s3 => error not-leader
  `,
  "§8, D §6.2 When the leader crashes, requests time out, and the client tries other servers": `${QUIET}
    crash s1
    put color "red" => ok
    expect leader in {s2 s3}
  `,
  "§8, D §6.3 A request that is repeated, because the leader crashed after committing it, is not executed twice": `${QUIET}
    drop next ClientRequestReply all -> alice
    async alice put color "red" as w
    await all["color"] == "red" within 1s
    crash s1
    await leader within 2s
    bob put color "blue" => ok
    await w => ok within 2s
    get color => "blue"
    get color rev 4 => error future-revision
  `,
  "§8, D §6.3 Without serial numbers a repeated request is executed twice": `
    cluster { latency 1ms; fsync 1ms; election-timeout 400ms..499ms; heartbeat 100ms; sessions off; retries all }
    expect violation of applied-twice
    expect violation of linearizability
    timeout s1
    await leader == s1
    await all.commit == 1
    drop next ClientRequestReply all -> alice
    async alice put color "red" as w
    await all["color"] == "red" within 1s
    crash s1
    await leader within 2s
    bob put color "blue" => ok
    await w => ok within 2s
  `,
  "D §6.3 The state machine keeps the answer of a request, and gives it again: here that a compare held, which by now does not": `${QUIET}
    put color "red" => ok
    drop next ClientRequestReply all -> alice
    async alice cas color "red" -> "blue" as w
    await all["color"] == "blue" within 1s
    await w => ok within 2s
    get color rev 4 => error future-revision
  `,
  "D §6.3 A client may have several requests under way: each session answers in its own sequence": `${QUIET}
    hold ClientRequest alice -> all as h
    async alice put a "1" as one
    wait 1ms
    async alice put b "2" as two
    release h
    await one => ok
    await two => ok
  `,
  "§8 Every operation takes effect once, between its call and its answer, whatever becomes of the leaders": `
    cluster { nodes s1..s5; clients alice bob; client-timeout 400ms }
    workload w for 3s { clients 4; keys a b; rate 100/s; mix put 40% get 40% cas 20% }
    nemesis n for 3s { every 200ms..400ms one of { crash leader for 300ms; isolate leader for 300ms; pause leader for 200ms } }
    await w
    await n
    await converged within 3s
  `,
});

behaves("§8, D §6.4 Read-only requests", {
  "§8, D §6.4 A read writes nothing into the log": `${QUIET}
    put color "red" => ok
    get color => "red"
    get color => "red"
    expect leader.last-index == 2
  `,
  "§8, D §6.4 A leader that was deposed without knowing it answers no read": `
    cluster { check-quorum off; pre-vote off; client-timeout 400ms }
    await leader
    wait 20ms
    let old = leader
    put color "red" => ok
    isolate old
    await leader != old within 2s
    bob put color "blue" => ok
    alice get color at old => timeout
    bob get color => "blue"
  `,
  "§8, D §6.4 Without the round of heartbeats it answers what is old": `
    cluster { check-quorum off; pre-vote off; rule confirm-leadership off }
    expect violation of linearizability
    await leader
    wait 20ms
    let old = leader
    put color "red" => ok
    isolate old
    await leader != old within 2s
    bob put color "blue" => ok
    alice get color at old => "red"
  `,
  "D §6.4 A follower serves reads too: what was committed before is seen there, though its own state is behind": `${QUIET}
    hold AppendEntries s1 -> s3 as h
    put color "red" => ok
    bob get color serializable at s3 => none
    async bob get color at s3 as r
    wait 20ms
    release h
    await r => "red" within 100ms
    expect messages(ReadIndex) == 1
  `,
  "D §6.4 A read costs one round of heartbeats and its answers, and no disk": `${QUIET}
    wait 5ms
    mark
    get color => none
    expect messages(Heartbeat) == 2 and messages(AppendEntries) == 2
    expect all.last-index == 1
  `,
});
