import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../language/check.js";
import { flipped } from "../language/knobs.js";
import { ScenarioRun } from "../scenario/run.js";
import { traceLines } from "../trace/export.js";
import { type ComparedRun, type Comparison, compareRuns } from "./comparison.js";

const FIRST = `cluster {
  nodes s1..s3
  clients alice bob
  seed 3
}

scenario "other" {
  await leader
}

scenario "a write" {
  await leader
  alice put color "red"
  crash leader
  await leader
  bob get color => "red"
}
`;

function ran(text: string, title: string, seed?: number, settings: readonly string[] = []): ComparedRun {
  const found = check(text).program.scenarios.find((scenario) => scenario.title === title);
  if (found === undefined) throw new Error(`there is no scenario ${title}`);
  const scenario = flipped(found, settings);
  if (typeof scenario === "string") throw new Error(scenario);
  const run = new ScenarioRun(scenario, text, seed === undefined ? {} : { seed });
  const { verdict, violations } = run.finish();
  return { recording: run.recording, violations, verdict, seed: run.seed, text, scenario };
}

async function compared(left: ComparedRun, right: ComparedRun): Promise<Comparison> {
  const comparison = await compareRuns({ left, right }, async () => true);
  if (comparison === null) throw new Error("it was cancelled");
  return comparison;
}

/** Where the traces' lines part, told apart from the scenario's own events; the numbers of events are those of the trace. */
function firstByLines(left: ComparedRun, right: ComparedRun): readonly (number | null)[] {
  const lines = ({ recording }: ComparedRun) =>
    [...traceLines(recording)].flatMap((line) => {
      const { id, kind, cause, line: at, ...rest } = JSON.parse(line);
      return ["step", "note", "result"].includes(kind) ? [] : [{ id, text: JSON.stringify({ kind, ...rest }) }];
    });
  const [a, b] = [lines(left), lines(right)];
  const at = a.findIndex(({ text }, position) => text !== b[position]?.text);
  return [a[at]?.id ?? null, b[at]?.id ?? null];
}

describe("two runs compared", () => {
  it("are equal when they are the same, with every milestone", async () => {
    const comparison = await compared(ran(FIRST, "a write"), ran(FIRST, "a write"));
    expect(comparison.trace).toMatchObject({ kind: "equal", hash: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(comparison.inputs).toEqual([]);
    expect(comparison.counts).toMatchObject({ time: 0, outcome: 0 });
    expect(comparison.counts.equal).toBeGreaterThan(8);
  });

  it.each([4, 5, 6, 7, 8])("part at the first event that differs, with seed %d, from either side", async (seed) => {
    const [left, right] = [ran(FIRST, "a write"), ran(FIRST, "a write", seed)];
    const [there, back] = [await compared(left, right), await compared(right, left)];
    if (there.trace.kind === "equal" || back.trace.kind === "equal") throw new Error("two seeds gave one trace");
    expect([there.trace.left?.id, there.trace.right?.id]).toEqual(firstByLines(left, right));
    expect([back.trace.right, back.trace.left]).toEqual([there.trace.left, there.trace.right]);
    expect(back.trace.same).toBe(there.trace.same);
    expect(back.counts).toEqual(there.counts);
    const rows = there.rows("all", 0, 200).rows.map(({ left: a, right: b, grade }) => ({ a, b, grade }));
    const swapped = back.rows("all", 0, 200).rows.map(({ left: a, right: b, grade }) => ({ a: b, b: a, grade }));
    expect(new Set(swapped.map((row) => JSON.stringify(row)))).toEqual(new Set(rows.map((row) => JSON.stringify(row))));
  });

  it("are told what differs where another seed draws other timeouts", async () => {
    const comparison = await compared(ran(FIRST, "a write"), ran(FIRST, "a write", 4));
    expect(comparison.inputs).toEqual([{ kind: "seed", left: 3, right: 4 }]);
    if (comparison.trace.kind === "equal") throw new Error("two seeds gave one trace");
    expect(comparison.trace.sentences.join("\n")).toMatch(
      /^s\d waited [\d.]+ ms in the left run(?: and [\d.]+ ms in the right one|; in the right one it would have waited [\d.]+ ms)\./,
    );
    expect(comparison.trace.sentences.at(-1)).toMatch(/drawn from election-timeout/);
  });

  it("are told which knob was flipped, and what it changed", async () => {
    const off = ran(FIRST, "a write", undefined, ["pre-vote off"]);
    const comparison = await compared(ran(FIRST, "a write"), off);
    expect(comparison.inputs).toEqual([{ kind: "setting", name: "pre-vote", left: "on", right: "off" }]);
    if (comparison.trace.kind === "equal") throw new Error("the knob changed nothing");
    expect(comparison.trace.left?.title).toMatch(/asks whether it could win term 1/);
    expect(comparison.trace.right?.title).toMatch(/becomes candidate in term 1/);
    expect(comparison.trace.left?.timeUs).toBe(comparison.trace.right?.timeUs);
  });

  it("are told the line that was edited, and steps below it are still found", async () => {
    const edited = FIRST.replace("  crash leader\n", '# A comment.\n  note "Here."\n  pause leader\n').replace(
      'scenario "other" {',
      'scenario "other" {\n  crash s1',
    );
    const comparison = await compared(ran(FIRST, "a write"), ran(edited, "a write"));
    expect(comparison.inputs).toEqual([
      {
        kind: "text",
        edits: [
          { side: "left", line: 14, text: "crash leader" },
          { side: "right", line: 16, text: 'note "Here."' },
          { side: "right", line: 17, text: "pause leader" },
        ],
        more: 0,
      },
    ]);
    if (comparison.trace.kind === "equal") throw new Error("the edit changed nothing");
    expect([comparison.trace.left?.line, comparison.trace.right?.line]).toEqual([14, 17]);
    const read = comparison.rows("all", 0, 200).rows.find(({ label }) => label.includes("bob get color"));
    expect([read?.left?.line, read?.right?.line]).toEqual([16, 19]);
  });

  it("are told that one ends before the other", async () => {
    const longer = FIRST.replace('bob get color => "red"\n', 'bob get color => "red"\n  wait 1s\n');
    const comparison = await compared(ran(FIRST, "a write"), ran(longer, "a write"));
    expect(comparison.trace).toMatchObject({ kind: "different", left: null });
    if (comparison.trace.kind === "equal") throw new Error("the edit changed nothing");
    expect(comparison.trace.sentences).toEqual([
      expect.stringMatching(/^The left run ends at .*; the right one goes on\.$/),
    ]);
  });

  it("hands rows out in pages of what is asked for", async () => {
    const comparison = await compared(ran(FIRST, "a write"), ran(FIRST, "a write", 4));
    const { counts } = comparison;
    expect(comparison.rows("outcome", 0, 200).total).toBe(counts.outcome);
    expect(comparison.rows("changed", 0, 200).total).toBe(counts.outcome + counts.time);
    const all = comparison.rows("all", 0, 200);
    expect(all.total).toBe(counts.equal + counts.time + counts.outcome);
    expect([...comparison.rows("all", 0, 3).rows, ...comparison.rows("all", 3, 200).rows]).toEqual(all.rows);
    expect(all.rows.at(-1)).toMatchObject({ kind: "verdict", left: { value: "pass", eventId: null } });
    const times = all.rows.map(({ left, right }) =>
      Math.min(left?.timeUs ?? Number.POSITIVE_INFINITY, right?.timeUs ?? Number.POSITIVE_INFINITY),
    );
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("is ended by whoever waits", async () => {
    let asked = 0;
    const longRun = ran(FIRST.replace("  await leader\n  bob", "  wait 120s\n  bob"), "a write");
    const other = ran(FIRST.replace("  await leader\n  bob", "  wait 120s\n  crash all\n  bob"), "a write");
    const answer = await compareRuns({ left: longRun, right: other }, async () => {
      asked += 1;
      return false;
    });
    expect(answer).toBeNull();
    expect(asked).toBe(1);
  });
});

describe("samples against themselves and their rules", () => {
  const samples = path.resolve(import.meta.dirname, "../../../samples/6-rules");
  it("a rule off parts from the rule on, and the violation is among the outcomes", async () => {
    const text = await readFile(path.join(samples, "one-vote-per-term.raftlab"), "utf8");
    const title = check(text).program.scenarios[0]?.title ?? "";
    const comparison = await compared(ran(text, title), ran(text, title, undefined, ["rule one-vote-per-term on"]));
    expect(comparison.inputs).toEqual([{ kind: "setting", name: "rule one-vote-per-term", left: "off", right: "on" }]);
    const outcomes = comparison.rows("outcome", 0, 200).rows;
    expect(outcomes.some(({ kind, left, right }) => kind === "violation" && left !== null && right === null)).toBe(
      true,
    );
  });
});
