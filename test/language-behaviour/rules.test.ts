import { behaves } from "./behaves.js";

/** A quiet cluster: s1 leads in term 1, and messages take a millisecond. */
const QUIET = `
    cluster { latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms; check-quorum off; clients alice bob }
    timeout s1
    await leader == s1
    await all.commit == 1`;

behaves("drop", {
  "the next ones only": `${QUIET}
    mark
    drop next 2 AppendEntries s1 -> s2
    put color "red" => ok
    wait 20ms
    expect s2.last-index == 1
    expect s3.last-index == 2
    await s2["color"] == "red" within 400ms
  `,
  "all of a type until it is healed": `${QUIET}
    drop AppendEntries s1 -> s2
    put color "red" => ok
    wait 700ms
    expect s2.last-index == 1
    heal
    await s2["color"] == "red" within 400ms
  `,
  "for a while": `${QUIET}
    drop AppendEntries s1 -> s2 for 300ms
    put color "red" => ok
    wait 290ms
    expect s2.last-index == 1
    await s2["color"] == "red" within 300ms
  `,
  "without a type: every message": `${QUIET}
    drop s1 -> s2 for 300ms
    put color "red" => ok
    wait 290ms
    expect s2.last-index == 1
  `,
  "heartbeats are AppendEntries without entries": `${QUIET}
    drop Heartbeat s1 -> s2
    put color "red" => ok
    await s2.last-index == 2 within 20ms
    drop Heartbeat s1 -> s3
    expect no leader or leader != s1 within 3s
  `,
  "answers to heartbeats": `
    cluster { check-quorum on; pre-vote off }
    await leader
    let l = leader
    drop HeartbeatReply all <-> all
    await l.role == follower within 2s
  `,
  "a client's request and the answer to it": `${QUIET}
    drop next ClientRequest alice -> all
    alice put color "red" => ok
    drop next ClientRequestReply all -> alice
    alice cas color "red" -> "blue" => ok
    bob get color => "blue"
    bob get color rev 3 => "blue"
    bob get color rev 4 => error future-revision
  `,
  votes: `
    cluster { pre-vote off }
    drop next 1 RequestVote s1 -> s2
    drop next 1 RequestVote s1 -> s3
    timeout s1
    wait 50ms
    expect s1.role == candidate
    expect {s2 s3}.term == 0
  `,
});

behaves("delay", {
  "makes messages of a type take so much longer": `${QUIET}
    delay AppendEntries s1 -> s2 by 200ms
    put color "red" => ok
    wait 190ms
    expect s2.last-index == 1
    await s2.last-index == 2 within 20ms
  `,
  "other messages overtake a delayed one": `${QUIET}
    delay next AppendEntries s1 -> s2 by 250ms
    put color "red" => ok
    put color "blue" => ok
    await s2["color"] == "blue" within 120ms
    always s2["color"] == "blue"
    always s2.last-index == 3
    wait 300ms
  `,
  "a drop concerns delayed messages too": `${QUIET}
    delay AppendEntries s1 -> s2 by 10ms
    drop AppendEntries s1 -> s2
    put color "red" => ok
    wait 100ms
    expect s2.last-index == 1
  `,
  "delays add up": `${QUIET}
    delay AppendEntries s1 -> s2 by 100ms
    delay s1 -> s2 by 100ms
    put color "red" => ok
    wait 190ms
    expect s2.last-index == 1
    await s2.last-index == 2 within 20ms
  `,
});

behaves("hold and release", {
  "held messages arrive in order when they are released": `${QUIET}
    hold AppendEntries s1 -> s2 as h
    put color "red" => ok
    put color "blue" => ok
    wait 300ms
    expect s2.last-index == 1
    release h
    await s2.last-index == 3 within 5ms
    await s2["color"] == "blue" within 200ms
    put color "green" => ok
    await s2["color"] == "green" within 200ms
  `,
  "what was released before cannot be released again": `${QUIET}
    hold AppendEntries s1 -> s2 as h
    release h
    release h          # fails: it was released before
  `,
  "never released: the messages never come": `${QUIET}
    hold s1 -> s2
    put color "red" => ok
    wait 500ms
    expect s2.last-index == 1
  `,
  "for lets go by itself": `${QUIET}
    hold AppendEntries s1 -> s2 as h for 200ms
    put color "red" => ok
    wait 190ms
    expect s2.last-index == 1
    await s2.last-index == 2 within 20ms
    release h          # fails: it was released before
  `,
  "heal lets go": `${QUIET}
    hold AppendEntries s1 -> s2 as h
    put color "red" => ok
    heal
    await s2.last-index == 2 within 20ms
    release h          # fails: it was released before
  `,
  "what is released into a cut link is lost": `${QUIET}
    hold AppendEntries s1 -> s2 as h
    put color "red" => ok
    cut s1 -> s2
    release h
    wait 50ms
    expect s2.last-index == 1
  `,
  "what is released is subject to the other rules": `${QUIET}
    hold AppendEntries s1 -> s2 as one
    hold s1 -> s2 as two
    put color "red" => ok
    release one
    wait 50ms
    expect s2.last-index == 1
    release two
    await s2.last-index == 2 within 20ms
  `,
  "a hold outlives its sender": `${QUIET}
    hold AppendEntries s1 -> s2 as h
    put color "red" => ok
    crash s1
    release h
    await s2.last-index == 2 within 5ms
  `,
});
