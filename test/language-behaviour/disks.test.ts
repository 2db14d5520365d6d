import { behaves } from "./behaves.js";

/** A quiet cluster: s1 leads in term 1. */
const QUIET = `
    cluster { latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms; check-quorum off; clients alice bob }
    timeout s1
    await leader == s1
    await all.commit == 1`;

behaves("a slow disk", {
  "delays a follower's answer, and a majority does without": `${QUIET}
    disk s2 slow 200ms       # gives: disk s2 slow 200ms
    put color "red" => ok
    expect leader.match[s2] == 1
    expect leader.match[s3] == 2
    await leader.match[s2] == 2 within 250ms
  `,
  "delays commitment on a majority": `${QUIET}
    disk {s2 s3} slow 200ms
    async put color "red" as w
    wait 190ms
    expect s1.commit == 1
    await w => ok within 100ms
  `,
  "when slowness ends, writes under way are done when they would have been": `${QUIET}
    disk {s2 s3} slow 10s
    async put color "red" as w
    async put color "blue" as v
    wait 100ms
    expect s1.commit == 1
    heal s3
    await w => ok within 3ms
    await v => ok within 3ms
    expect leader.match[s2] == 1
    disk s2 slow 100ms
    heal s2
    put color "green" => ok
    await leader.match[s2] == 4 within 20ms
  `,
  "slowness adds up, for a while": `${QUIET}
    disk {s2 s3} slow 100ms for 1s
    disk {s2 s3} slow 100ms
    async put color "red" as w
    wait 190ms
    expect s1.commit == 1
    await w => ok within 100ms
    wait 1s
    async put color "blue" as v
    wait 90ms
    expect s1.commit == 2
    await v => ok within 30ms
    heal
    put color "green" => ok
  `,
});

behaves("a disk that ignores fsync", {
  "does no harm without a crash": `${QUIET}
    disk all ignore fsync
    put color "red" => ok
    wait 100ms
    get color => "red"
    expect all.last-index == 2
  `,
  "loses in a crash what it acknowledged": `${QUIET}
    disk s3 ignore fsync
    put color "red" => ok
    await s3.commit == 2
    crash s3
    restart s3
    expect s3.last-index == 1
    # The leader believes that s3 holds the entry, so it does not send it again before the next election.
    expect leader.match[s3] == 2
  `,
  "for ends it: the next write is durable, and everything before it": `${QUIET}
    disk s3 ignore fsync for 50ms
    put color "red" => ok
    wait 100ms
    put color "blue" => ok
    wait 20ms
    crash s3
    restart s3
    expect s3.last-index == 3
  `,
  "forgets votes as well": `
    cluster { pre-vote off; latency 1ms; fsync 1ms; election-timeout 900ms..999ms }
    disk s2 ignore fsync
    drop RequestVoteReply s2 -> s1
    timeout s1
    await s2.vote == s1
    wait 10ms
    crash s2
    restart s2
    expect s2.term == 0
    expect s2.vote == none
  `,
});

behaves("a torn record", {
  "that was never reported as durable does no harm": `
    cluster { fsync 20ms; latency 1ms; election-timeout 900ms..999ms; heartbeat 100ms; check-quorum off }
    timeout s1
    await leader == s1
    await all.commit == 1
    disk s3 tear
    async put color "red"
    await s3.last-index == 2
    crash s3
    restart s3
    expect s3.last-index == 1
    await s3["color"] == "red" within 1s
    wait 30ms
    # The next crash tears nothing more.
    crash s3
    restart s3
    expect s3.last-index == 2
  `,
  "that was reported as durable is lost": `${QUIET}
    put color "red" => ok
    await all.last-index == 2
    wait 10ms
    disk s3 tear
    crash s3
    restart s3
    expect s3.last-index == 1
  `,
  "for ends it unused": `${QUIET}
    put color "red" => ok
    await all.last-index == 2
    wait 10ms
    disk s3 tear for 10ms
    wait 20ms
    crash s3
    restart s3
    expect s3.last-index == 2
  `,
  "on an empty disk is nothing": `
    disk s3 tear
    crash s3
    restart s3
    expect s3.last-index == 0
  `,
});

behaves("a damaged record", {
  "is found, and the server refuses to start until it is wiped": `${QUIET}
    put color "red" => ok
    await all.commit == 2
    disk s3 corrupt          # gives: disk s3 corrupt
    expect s3["color"] == "red"
    crash s3
    restart s3               # fails: s3 refuses to start: crc mismatch
    expect s3 in down
    wipe s3
    restart s3
    expect s3.last-index == 0
  `,
  "keeps a server down that would have restarted by itself": `${QUIET}
    disk s3 corrupt
    crash s3 for 100ms
    wait 1s
    expect s3 in down
  `,
  "is taken for the end of the log without checksums": `
    cluster { rule checksum-records off; latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms }
    timeout s1
    await leader == s1
    put color "red" => ok
    put color "blue" => ok
    put color "green" => ok
    await all.last-index == 4
    let t = s3.term
    wait 10ms
    disk s3 corrupt
    crash s3
    restart s3
    expect s3.last-index < 4
    expect s3.term == t
  `,
  "needs an entry": `
    disk s3 corrupt          # fails: s3's log holds no entry that could be damaged
  `,
  "is gone with the entry": `
    given {
      s1 term 1 log [1]
      s2 term 3 log [1 3]
      s3 term 3 log [1 3]
    }
    cluster { latency 1ms; fsync 1ms; election-timeout 900ms..999ms }
    await leader
    crash s1
    restart s1
  `,
});

behaves("a failing disk", {
  "stops its server at the next write, which does not start again until the disk is in order": `${QUIET}
    disk s3 fail             # gives: disk s3 fail
    expect s3 in all for 300ms
    put color "red" => ok
    await s3 in down within 10ms
    restart s3               # fails: s3 cannot start: its disk fails
    heal s3
    expect s3 in down
    restart s3
    await s3["color"] == "red" within 1s
  `,
  "of a leader costs it its leadership": `${QUIET}
    disk leader fail
    async put color "red"
    await s1 in down
    await leader != s1 within 3s
  `,
  "for lets the server start when it is over": `${QUIET}
    disk s3 fail for 500ms
    put color "red" => ok
    await s3 in down within 10ms
    await s3 in all within 500ms
    await s3["color"] == "red" within 500ms
  `,
  "keeps a server down whose crash is over, until the disk is in order": `${QUIET}
    crash s3 for 100ms
    disk s3 fail for 500ms
    wait 450ms
    expect s3 in down
    await s3 in all within 100ms
  `,
  "leaves a server down that was crashed by hand": `${QUIET}
    disk s3 fail for 100ms
    crash s3
    wait 500ms
    expect s3 in down
  `,
  "of a server that is paused shows when it goes on": `${QUIET}
    async put color "red" as w
    await s3.last-index == 2
    pause s3
    disk s3 fail
    await w => ok
    wait 100ms
    expect s3 in all
    resume s3
    expect s3 in down
  `,
});
