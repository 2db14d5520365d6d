import { expect, test } from "vitest";
import { clusterAt } from "../../server/src/trace/cluster-view.js";
import { diagramOf } from "../../server/src/trace/diagram.js";
import { titleOf } from "../../server/src/trace/event-title.js";
import type { Recording } from "../../server/src/trace/recording.js";
import { timelineOf } from "../../server/src/trace/timeline.js";
import { runText } from "../support/scenarios.js";

/** A run in which s1 leads from 14 ms on. */
function run(steps: string, settings = ""): Recording {
  return runText(`cluster {
  nodes s1..s3
  spares s4 s5
  latency 1ms
  fsync 5ms
  election-timeout 300ms..399ms
  heartbeat 100ms
}
scenario "views" {
  cluster { ${settings} }
  timeout s1
  await leader == s1
  at 30ms
${steps}
}`).recording;
}

/** The servers after the last event, or the first whose title fits. */
function servers(recording: Recording, title?: RegExp) {
  const events = [...Array(recording.log.count).keys()];
  const at = title === undefined ? events.at(-1) : events.find((id) => title.test(titleOf(recording, id)));
  if (at === undefined) throw new Error(`nothing is called ${title}`);
  return clusterAt(recording, at).servers;
}

/** What a diagram notes at servers. */
const notes = (recording: Recording): string[] =>
  diagramOf(recording, { kind: "events", from: 0, to: recording.log.count }, {}, 10_000).rows.flatMap((row) =>
    row.kind === "event" && row.at !== null ? [`${row.at}: ${row.text}`] : [],
  );

const marks = (recording: Recording, kind: string): string[] =>
  timelineOf(recording, { buckets: 1 }).marks.flatMap((mark) => (mark.kind === kind ? [mark.text] : []));

test("each server goes by the configuration of its own log, the old one until the joint one arrives", () => {
  const recording = run(
    "  reconfigure {s1 s4 s5}\n  await {s1 s4 s5}.config == {s1 s4 s5}\n  wait 50ms\n  crash {s2 s4}",
  );
  const first = { index: 0, voters: ["s1", "s2", "s3"], outgoing: [], learners: [] };
  expect(servers(recording, /^s1 starts/).map(({ configuration }) => configuration)).toEqual([
    first,
    first,
    first,
    { ...first, voters: [] },
    { ...first, voters: [] },
  ]);
  const joint = { index: 2, voters: ["s1", "s4", "s5"], outgoing: ["s1", "s2", "s3"], learners: [] };
  const [s1, s2, , s4] = servers(recording, /^s1 uses configuration/);
  expect([s1?.configuration, s2?.configuration, s4?.configuration.voters]).toEqual([joint, first, []]);
  // Those that are down show what their disks hold: s2 has never heard that it is left out.
  const last = servers(recording);
  expect(last.map(({ status }) => status)).toEqual(["up", "down", "up", "down", "up"]);
  expect(last[3]?.configuration).toEqual({ index: 3, voters: ["s1", "s4", "s5"], outgoing: [], learners: [] });
  expect(last[1]?.configuration).toEqual(joint);
});

test("a configuration is a mark of the timeline where somebody uses it first, and a note at each server", () => {
  const recording = run("  add learner s4\n  await s4.learners == {s4}\n  wait 50ms");
  const text = "configuration {s1 s2 s3}, learners {s4} of entry 2";
  expect(marks(recording, "configuration")).toEqual([`s1 uses ${text}`]);
  expect(notes(recording).filter((note) => note.endsWith(": uses {s1 s2 s3}, learners {s4}"))).toHaveLength(4);
  expect(servers(recording)[3]?.configuration.learners).toEqual(["s4"]);
});

test("the leader says whom it hands over to, as long as it does", () => {
  const recording = run("  crash s3\n  transfer leadership to s3\n  wait 10ms");
  expect(servers(recording).map(({ transferee }) => transferee)).toEqual(["s3", null, null, null, null]);
  expect(servers(recording, /^s1 becomes leader/)[0]?.transferee).toBe(null);
});

test("a snapshot that is installed is a mark of the timeline; one that is taken is not", () => {
  const recording = run(
    '  isolate s3\n  repeat 8 { put a "1" }\n  heal\n  await s3.snapshot >= 4',
    "snapshot every 4 entries keep 1",
  );
  expect(marks(recording, "install")).toEqual(["s3 installs a snapshot up to 8"]);
  expect(notes(recording)).toContain("s1: snapshot up to 8");
  expect(notes(recording)).toContain("s3: installs the snapshot up to 8");
  const sent = servers(recording, /^s1 → s3 InstallSnapshot/)[0];
  expect(sent?.progress.find(({ server }) => server === "s3")?.state).toBe("snapshot");
  expect([sent?.firstIndex, sent?.snapshot?.index, sent?.log[0]?.index]).toEqual([8, 8, 8]);
});

test("who stopped itself because its disk failed is told from who crashed", () => {
  const recording = run('  crash s2\n  disk s3 fail for 40ms\n  put a "1" => timeout', "client-timeout 20ms");
  expect(servers(recording).map(({ status, diskFailed }) => [status, diskFailed])).toEqual([
    ["up", false],
    ["down", false],
    ["down", true],
    ["up", false],
    ["up", false],
  ]);
  const healed = run('  disk s3 fail for 40ms\n  put a "1"\n  wait 60ms');
  expect(servers(healed).some(({ diskFailed }) => diskFailed)).toBe(false);
});

test("a crash in a diagram says at which point it was", () => {
  const recording = run(
    '  crash s3 before send AppendEntriesReply for 20ms\n  crash s2 for 20ms\n  async put a "1"\n  wait 60ms',
  );
  expect(notes(recording).filter((note) => note.includes("crashes"))).toEqual([
    "s2: crashes",
    "s3: crashes before send AppendEntriesReply",
  ]);
});

test("a clock says how far it is ahead, but for timers driven by hand", () => {
  expect(servers(run("  clock s2 jump 20ms")).map(({ clockOffsetUs }) => clockOffsetUs)).toEqual([0, 20_000, 0, 0, 0]);
  const byHand = runText('cluster { nodes s1..s3\n timers manual }\nscenario "hand" {\n  timeout s1\n}').recording;
  expect(servers(byHand).map(({ clockOffsetUs }) => clockOffsetUs)).toEqual([null, null, null]);
});
