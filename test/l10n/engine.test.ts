/**
 * What the engine tells, in Chinese: the run is the same to the last event, and no English sentence is left in what people read.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readMessages, useMessages } from "../../server/src/l10n/text.js";
import { REASON_CODES, reason } from "../../server/src/raft/reason.js";
import { CORRECT_RAFT, type Rules } from "../../server/src/raft/types.js";
import { runResult } from "../../server/src/scenario/result.js";
import type { ScenarioRun } from "../../server/src/scenario/run.js";
import { describeAll } from "../../server/src/trace/describe.js";
import { diagramOf } from "../../server/src/trace/diagram.js";
import { narrate } from "../../server/src/trace/narration.js";
import { reasonText } from "../../server/src/trace/reason-text.js";
import { samples } from "../support/samples.js";
import { finished, runText, type TextedScenario } from "../support/scenarios.js";

/** The texts that ship. */
function chinese(): void {
  useMessages(readMessages(JSON.parse(readFileSync(path.resolve("l10n/bundle.l10n.zh-cn.json"), "utf8"))));
}

afterEach(() => useMessages(null));

/** Words of English prose that are neither words of the scenario language nor names. */
const PROSE =
  /\b(the|is|are|was|were|has|have|had|would|it|its|that|which|because|this|there|a|an|so|but|than|receives|becomes|commits|crashes|restarts|refuses|asks|voted|expected|nobody|nothing)\b/u;

/** All that is code, a reference or a name is left out: rules and settings with their hyphens, etcd's files, numbered names. */
function prose(text: string): string {
  return text
    .replace(/`[^`]*`|"[^"]*"/gu, "")
    .replace(/（etcd[^）]*）/gu, "")
    .replace(/error [a-z-]+/gu, "")
    .replace(/\b[a-z]+(-[a-z]+)+\b|\bs\d+\b/gu, "");
}

/** Words that may stand in a Chinese sentence about a decision. */
const TERMS = new Set(["D", "etcd", "WAL", "fsync"]);

describe("decisions", () => {
  beforeEach(chinese);

  const names = (id: number): string => `s${id}`;
  const allOff = Object.fromEntries(Object.keys(CORRECT_RAFT).map((rule) => [rule, false]));
  const rulesOff: Rules = { ...CORRECT_RAFT, ...allOff };

  it.each(REASON_CODES)("%s is told in Chinese, with all rules on and off", (code) => {
    for (const rules of [CORRECT_RAFT, rulesOff]) {
      for (const [a, b] of [
        [2, 3],
        [1, 1],
        [0, 0],
        [3, 0],
      ] as const) {
        const text = reasonText(reason(code, a, b), names, rules);
        expect(text).toMatch(/\p{Script=Han}/u);
        const words = prose(text).match(/[A-Za-z]+/gu) ?? [];
        expect(
          words.filter((word) => !TERMS.has(word)),
          text,
        ).toEqual([]);
      }
    }
  });
});

/** Elections, partitions, clients, membership, disks, and rules that are off: violations of several properties. */
const SAMPLES = [
  "2-partitions/two-leaders",
  "2-partitions/deaf-leader",
  "6-rules/up-to-date-vote",
  "6-rules/one-vote-per-term",
  "6-rules/confirm-leadership",
  "6-rules/checksum-records",
  "7-durability/vote-amnesia",
  "9-membership/joint-consensus",
  "11-etcd/fair-lock",
];

/** Everything about a run that no language may change. */
function facts(run: ScenarioRun): unknown {
  const { verdict, traceHash, events, virtualTimeUs, steps, violations, operations } = runResult(run, "a.raftlab");
  return {
    verdict,
    traceHash,
    events,
    virtualTimeUs,
    steps: steps.map(({ line, timeUs, eventId, ok }) => [line, timeUs, eventId, ok]),
    violations: violations.map(({ property, eventId, line, expected, why }) => [
      property,
      eventId,
      line,
      expected,
      why.length,
    ]),
    operations: operations.map(({ op, key, value, returnUs, revision }) => [op, key, value, returnUs, revision]),
  };
}

/** All that people read of a run; what a scenario's author wrote himself is left out. */
function told(run: ScenarioRun): string[] {
  const { recording } = run;
  const result = runResult(run, "a.raftlab");
  const events = describeAll(recording, 0, 1500);
  const window = { kind: "events", from: 0, to: recording.log.count - 1 } as const;
  const rows = diagramOf(recording, window, {}, 300).rows;
  return [
    ...result.steps.map(({ result: text }) => text),
    ...result.violations.flatMap(({ message, why }) => [message, ...why]),
    ...narrate(recording, { marks: result.violations }).filter((line) => !line.includes("ms  —")),
    ...events.filter(({ category }) => category !== "note").flatMap(({ title, reason: why }) => [title, why ?? ""]),
    ...rows.flatMap((row) => (row.kind === "event" && row.category !== "note" ? [row.text] : [])),
  ];
}

function english(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => PROSE.test(prose(text)));
}

describe("samples", () => {
  const all = samples();
  const scenarios = (name: string): readonly TextedScenario[] =>
    all.find((sample) => sample.name === name)?.scenarios ?? [];

  it.each(SAMPLES)("%s runs the same in Chinese, and is told in Chinese", (name) => {
    expect(scenarios(name).length).toBeGreaterThan(0);
    for (const scenario of scenarios(name)) {
      const inEnglish = finished(scenario);
      const known = facts(inEnglish);
      const before = told(inEnglish);
      expect(english(before).length).toBeGreaterThan(0);
      chinese();
      const inChinese = finished(scenario);
      expect(facts(inChinese)).toEqual(known);
      expect(english(told(inChinese))).toEqual([]);
      useMessages(null);
      expect(told(inEnglish)).toEqual(before);
    }
  });
});

describe("steps that fail", () => {
  beforeEach(chinese);

  it("say in Chinese what was expected, what was, and what is missing", () => {
    const run = runText(`cluster { nodes s1..s3; clients alice }
scenario "no majority" {
  await leader
  let old = leader
  crash {s1 s2}
  alice put color "red" => ok
  expect s3.role == leader within 1s
  await leader within 2s
}
`);
    const failed = run.steps.filter(({ ok }) => !ok).map(({ result }) => result);
    expect(failed).toHaveLength(3);
    expect(failed[0]).toMatch(/^put color "red"：期望 ok，实际是 timeout：/u);
    expect(failed[1]).toMatch(/^期望 s3\.role == leader 在 1000 毫秒内成立，但是 /u);
    expect(failed[2]).toMatch(/^leader 在 2000 毫秒内没有成立：.*多数派需要 2 个：无法选出领导者$/u);
    expect(english(failed)).toEqual([]);
  });

  it("keep the words of the language: results are ok, none, timeout and etcd's errors", () => {
    const run = runText(`cluster { nodes s1..s3; clients alice }
scenario "words" {
  await leader
  alice put color "red" => ok
  alice get size => none
  alice get color rev 99 => error future-revision
}
`);
    expect(run.report?.verdict).toBe("pass");
    expect(run.steps.slice(1).map(({ result }) => result)).toEqual(["ok", "none", "error future-revision"]);
  });
});
