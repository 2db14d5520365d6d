import { describe, expect, it } from "vitest";
import { clusterAt } from "../../server/src/trace/cluster-view.js";
import { narrate } from "../../server/src/trace/narration.js";
import { why, whyLines } from "../../server/src/trace/why/chain.js";
import { runText } from "../support/scenarios.js";

/** A run in which s1 leads at 14 ms and has committed an entry of its term by 30 ms. */
function run(steps: string, settings = "") {
  return runText(`cluster {
  nodes s1..s3
  latency 1ms
  fsync 5ms
  election-timeout 300ms..399ms
  heartbeat 100ms
  check-quorum off
}
scenario "faults" {
  cluster { ${settings} }
  timeout s1
  await leader == s1
  at 30ms
${steps}
}`).recording;
}

/** What is told of a run from 30 ms on, without the results of steps. */
function told(steps: string, settings = ""): string {
  const lines = narrate(run(steps, settings)).map((line) => line.trimStart());
  return lines.filter((line) => Number.parseFloat(line) >= 30 && !line.includes("  step ok")).join("\n");
}

describe("the transcript of machine faults", () => {
  it("tells of a crash point: armed, reached, over", () => {
    expect(told('  crash s3 after fsync for 50ms\n  put a "1" => ok\n  wait 100ms')).toMatchInlineSnapshot(`
      "30.0 ms  crash s3 after fsync for 50ms (line 14)
      30.0 ms  client asks: put a "1" (line 15)
      37.0 ms  s3 reaches a crash point: crash s3 after fsync for 50ms
      37.0 ms  s3 crashes
      38.0 ms  s1 commits up to 2: entry 2 is of the leader's own term and on 2 servers, a majority: it is committed (§5.3, §5.4.2)
      39.0 ms  client: put a "1" => ok (9.0 ms, 1 attempt, rev 2) (line 15)
      87.0 ms  s3 restarts"
    `);
  });

  it("tells what a disk that ignores fsync had reported", () => {
    expect(told('  disk s3 ignore fsync\n  put a "1" => ok\n  wait 20ms\n  crash s3')).toMatchInlineSnapshot(`
      "30.0 ms  disk s3 ignore fsync (line 14)
      30.0 ms  client asks: put a "1" (line 15)
      38.0 ms  s1 commits up to 2: entry 2 is of the leader's own term and on 2 servers, a majority: it is committed (§5.3, §5.4.2)
      39.0 ms  client: put a "1" => ok (9.0 ms, 1 attempt, rev 2) (line 15)
      59.0 ms  s3 crashes (line 17)
      59.0 ms  s3's disk had not written what it reported: 1 entry reported as durable is lost, its log ends at 1: the disk ignored fsync: what this server promised is gone (Figure 2)"
    `);
  });

  it("tells of torn records, harmless or not", () => {
    const steps =
      '  disk {s2 s3} tear\n  put a "1" => ok\n  crash s3\n  restart s3\n  wait 20ms\n  crash s2\n  restart s2';
    expect(told(steps.replace("put", "async put").replace(" => ok", "\n  wait 4ms"))).toMatchInlineSnapshot(`
      "30.0 ms  disk s2 tear (line 14)
      30.0 ms  disk s3 tear (line 14)
      30.0 ms  client asks: put a "1" (line 15)
      34.0 ms  s3 crashes (line 17)
      34.0 ms  s3 finds its last record half-written and drops it, its log ends at 1: it had never been reported as durable, so nobody counts on it
      34.0 ms  s3 restarts (line 18)
      38.0 ms  s1 commits up to 2: entry 2 is of the leader's own term and on 2 servers, a majority: it is committed (§5.3, §5.4.2)
      39.0 ms  client: put a "1" => ok (9.0 ms, 1 attempt, rev 2) (line 15)
      39.0 ms  s3 refuses a heartbeat of s1: the entries would follow entry 2, but this log ends at 1: it would have a gap (§5.3)
      54.0 ms  s2 crashes (line 20)
      54.0 ms  s2 finds its last record half-written and drops it: 1 entry reported as durable is lost, its log ends at 1: it had been reported as durable: what this server promised is gone (Figure 2)
      54.0 ms  s2 restarts (line 21)"
    `);
  });

  it("tells why a server refuses to start", () => {
    expect(told("  disk s3 corrupt\n  crash s3 for 10ms\n  wait 20ms")).toMatchInlineSnapshot(`
      "30.0 ms  disk s3 corrupt (line 14)
      30.0 ms  s3 crashes (line 15)
      40.0 ms  s3 refuses to start: crc mismatch, the record of entry 1 is damaged; wipe its disk: a server that went on without an entry it acknowledged would break its promise (etcd's WAL)"
    `);
  });

  it("tells what is taken for the end of the log", () => {
    expect(
      told("  disk s3 corrupt\n  crash s3 for 10ms\n  wait 20ms", "rule checksum-records off"),
    ).toMatchInlineSnapshot(`
      "30.0 ms  disk s3 corrupt (line 14)
      30.0 ms  s3 crashes (line 15)
      40.0 ms  s3 takes a damaged record for the end of its log: 1 entry reported as durable is lost, its log ends at 0: the rule checksum-records is off: without a checksum nothing tells a damaged record from the end (etcd's WAL)
      40.0 ms  s3 restarts"
    `);
  });

  it("tells of a failing disk from its beginning to its end", () => {
    expect(told('  disk s3 fail for 60ms\n  put a "1" => ok\n  wait 60ms')).toMatchInlineSnapshot(`
      "30.0 ms  disk s3 fail for 60.0 ms (line 14)
      30.0 ms  client asks: put a "1" (line 15)
      32.0 ms  s3 cannot write to its disk and stops itself: a server whose disk fails can promise nothing any more (Figure 2: state is durable before it is spoken)
      32.0 ms  s3 crashes
      38.0 ms  s1 commits up to 2: entry 2 is of the leader's own term and on 2 servers, a majority: it is committed (§5.3, §5.4.2)
      39.0 ms  client: put a "1" => ok (9.0 ms, 1 attempt, rev 2) (line 15)
      90.0 ms  ends: disk s3 fail
      90.0 ms  s3 restarts"
    `);
  });

  it("tells of clocks", () => {
    expect(told("  clock s1 drift -90% for 50ms\n  clock s2 jump 500ms\n  wait 55ms")).toMatchInlineSnapshot(`
      "30.0 ms  clock s1 drift -90% for 50.0 ms (line 14)
      30.0 ms  clock s2 jump 500ms (line 15)
      30.0 ms  s2 asks whether it could win term 2: it heard nothing from s1, its leader, for 8.0 ms, while its clock was wrong: clock s2 jump 500ms (§5.2)
      31.0 ms  s1 refuses s2 a pre-vote for term 2: it hears s1, the leader of term 1, and so ignores candidates (§6, D §4.2.3)
      31.0 ms  s3 refuses s2 a pre-vote for term 2: it hears s1, the leader of term 1, and so ignores candidates (§6, D §4.2.3)
      32.0 ms  s2 gives up: follower in term 1: 2 of 3 voters would refuse, so a majority is out of reach: no term is begun (D §9.6)
      80.0 ms  ends: clock s1 drift -90%"
    `);
  });
});

describe("the cluster's picture", () => {
  it("shows the faults of each server and what its clock shows", () => {
    const recording = run(`  clock s2 drift -50%
  clock s2 jump 1s
  disk s2 slow 50ms for 1s
  disk s3 corrupt
  crash s3 before send AppendEntriesReply for 200ms
  wait 20ms`);
    const { faults, servers, timeUs } = clusterAt(recording, recording.log.count - 1);
    expect(faults.map(({ text, untilUs }) => [text, untilUs])).toEqual([
      ["clock s2 drift -50%", null],
      ["disk s2 slow 50ms", 1_030_000],
      ["crash s3 before send AppendEntriesReply for 200ms", null],
    ]);
    expect(servers.map(({ faults: own }) => own.map(({ kind }) => kind))).toEqual([
      [],
      ["clock-drift", "disk-slow"],
      ["crash-point"],
    ]);
    expect(servers.map(({ damagedIndex }) => damagedIndex)).toEqual([null, null, 1]);
    expect(servers.map(({ clockOffsetUs }) => clockOffsetUs)).toEqual([0, 1_000_000 - (timeUs - 30_000) / 2, 0]);
  });

  it("shows term and vote of a server that is down as they are on its disk", () => {
    const recording = run("  crash s3\n  disk s3 ignore fsync\n  restart s3\n  timeout s3\n  wait 20ms\n  crash s3");
    const server = clusterAt(recording, recording.log.count - 1).servers[2];
    expect(server).toMatchObject({ status: "down", term: 1, vote: "s1" });
  });
});

describe("why", () => {
  it("leads from a crash at a point to what the server was doing", () => {
    const recording = run('  crash s3 after fsync\n  async put a "1"\n  wait 20ms');
    const crash = recording.log.landmarks.find((id) => recording.log.kind(id) === "crash") ?? -1;
    const lines = whyLines(why(recording, crash)).map((line) => line.replace(/,? (at|\[event).*$/, ""));
    expect(lines.slice(0, 4)).toMatchInlineSnapshot(`
      [
        "s3 crashes (line 15)",
        "because s3 reaches a crash point: crash s3 after fsync (line 15)",
        "because s3's write is durable, its log up to 2 (line 15)",
        "because s3 receives AppendEntries term 1, 1 entry after 1/1, commit 1 from s1: the entry before matches, so 1 entry is appended; the log agrees with the leader's up to 2 (§5.3) (line 15)",
      ]
    `);
  });
});

describe("an election timeout", () => {
  it("is explained by the clock that was wrong, the server's own or its leader's", () => {
    const own = run("  clock s2 jump 500ms\n  wait 5ms");
    const leaders = run("  clock s1 drift -90%\n  await leader != s1");
    for (const [recording, server, fault] of [
      [own, 2, "clock s2 jump 500ms (line 14)"],
      [leaders, 0, "clock s1 drift -90% (line 14)"],
    ] as const) {
      const timer = Array.from({ length: recording.log.count }, (_, id) => id).find(
        (id) =>
          recording.log.kind(id) === "timer" &&
          recording.log.word(id, 0) === 0 &&
          (server === 0 || recording.log.at(id) === server),
      );
      expect(whyLines(why(recording, timer ?? -1))[1]).toContain(`because ${fault}`);
    }
  });

  it("is explained by the leader's crash rather than by a clock that is a little wrong", () => {
    const recording = run("  clock all drift 1%\n  crash s1\n  await leader");
    const timer = Array.from({ length: recording.log.count }, (_, id) => id).find(
      (id) => recording.log.kind(id) === "timer" && recording.log.word(id, 0) === 0,
    );
    expect(whyLines(why(recording, timer ?? -1))[1]).toContain("because s1 crashes");
  });

  it("is not explained by a drift that had ended, nor by a jump before the timer was set", () => {
    const recording = run(
      "  clock s2 drift 50% for 20ms\n  clock s2 jump 10ms\n  at 250ms\n  crash s1\n  await leader",
    );
    const timers = Array.from({ length: recording.log.count }, (_, id) => id).filter(
      (id) => recording.log.kind(id) === "timer" && recording.log.word(id, 0) === 0,
    );
    expect(timers.length).toBeGreaterThan(0);
    for (const timer of timers) expect(whyLines(why(recording, timer)).slice(0, 2).join(" ")).not.toContain("clock");
  });
});
