import { expect, test } from "vitest";
import { clusterAt, clusterNow } from "../../server/src/trace/cluster-view.js";
import { describe as describeEvent } from "../../server/src/trace/describe.js";
import { eventOfLine, lineOf } from "../../server/src/trace/lines.js";
import { narrate } from "../../server/src/trace/narration.js";
import type { Recording } from "../../server/src/trace/recording.js";
import { why, whyLines } from "../../server/src/trace/why/chain.js";
import { runText } from "../support/scenarios.js";

const HEAD = "cluster { nodes s1..s3; clients alice; network manual; timers manual; pre-vote off; check-quorum off }";

function recorded(...steps: readonly string[]): Recording {
  return runText(`${HEAD}\nscenario "x" {\n${steps.join("\n")}\n}\n`).recording;
}

test("messages that wait show in the picture, oldest first, and what they wait for", () => {
  const recording = recorded("timeout s1", "wait 1ms", "deliver s1 -> s2", "wait 1ms", "duplicate s2 -> s1");
  const view = clusterNow(recording);
  expect(view.messages.map(({ from, to, type, arrivesUs }) => [from, to, type, arrivesUs])).toEqual([
    ["s1", "s3", "RequestVote", null],
    ["s2", "s1", "RequestVoteReply", null],
    ["s2", "s1", "RequestVoteReply", null],
  ]);
  expect(view.messages[0]?.text).toMatch(/, waits to be delivered$/);
  const event = recording.log.count - 1;
  expect(clusterAt(recording, event)).toEqual({ ...view, eventId: event });
});

test("timers that stand still show what is left to them", () => {
  const recording = recorded("tick s1 for 40ms", "wait 1s");
  const [first, second] = clusterNow(recording).servers;
  const left = (deadlineUs = 0): number => deadlineUs - 1_000_000;
  expect(first?.timers[0]?.startUs).toBe(1_000_000 - 40_000);
  expect(left(first?.timers[0]?.deadlineUs)).toBeLessThanOrEqual(260_000);
  expect(left(second?.timers[0]?.deadlineUs)).toBeGreaterThanOrEqual(150_000);
});

test("a message that was delivered by hand arrived because of that line", () => {
  const recording = recorded("timeout s1", "deliver s1 -> s2", "deliver s2 -> s1");
  const { log } = recording;
  const delivered = Array.from({ length: log.count }, (_, id) => id).filter((id) => log.kind(id) === "deliver");
  expect(delivered.map((id) => lineOf(recording, id))).toEqual([4, 5]);
  const asked = eventOfLine(recording, 4);
  expect(describeEvent(recording, asked, true)).toMatchObject({
    title: "deliver s1 -> s2 RequestVote term 1, last entry 0/0",
    line: 4,
  });
});

test("an election leads back to the tick that made it begin, and to its line", () => {
  const recording = recorded("tick s2 for 300ms", "stabilize");
  const leads = recording.log.landmarks.find(
    (id) => recording.log.kind(id) === "transition" && recording.log.word(id, 0) === 3,
  );
  const lines = whyLines(why(recording, leads ?? -1));
  expect(lines.at(-3)).toMatch(/^because s2's election timer runs out: its timer was moved on until it ran out/);
  expect(lines.at(-2)).toMatch(/^because tick s2 for 300.0 ms \(line 3\)/);
});

test("the narration tells ticks, losses, copies and what was delivered", () => {
  const recording = recorded(
    "tick s2 for 300ms",
    "duplicate s2 -> s1",
    "lose s2 -> s3",
    "deliver s2 -> s1",
    'note "done"',
  );
  const told = narrate(recording).join("\n");
  expect(told).toContain("tick s2 for 300.0 ms (line 3)");
  expect(told).toContain("duplicate s2 -> s1 RequestVote term 1, last entry 0/0 (line 4)");
  expect(told).toContain("lose s2 -> s3 RequestVote term 1, last entry 0/0 (line 5)");
  // The loss itself says no more than the step that asked for it.
  expect(told).not.toContain("lost: ");
  expect(told).toContain("step ok: s2 -> s1 RequestVote term 1, last entry 0/0 (line 6)");
});
