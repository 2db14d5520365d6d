/** What two runs were made from, and what of it is not the same. */
import { check } from "../language/check.js";
import { settingValues } from "../language/print/setting-values.js";
import type { ClusterConfig, Scenario } from "../language/program.js";
import type { InputDifference } from "../protocol/comparison.js";
import { textEdits } from "./text-edits.js";

/** What a run is decided by. */
export interface RunInputs {
  readonly seed: number;
  /** The text of its file; `null` for what no text tells: what persons did to a live cluster. */
  readonly text: string | null;
  /** On its cluster as it ran, with settings that were changed for the run. */
  readonly scenario: Scenario | null;
}

/** How two runs were made. */
export interface InputsCompared {
  readonly differences: readonly InputDifference[];
  /** The line of the left text that a line of the right one was; `null` for one that is new there. */
  leftLine(line: number): number | null;
}

/** Edited lines that are told. */
const EDITS = 40;

/** What two runs were made from that is not the same. */
export function compareInputs(left: RunInputs, right: RunInputs): InputsCompared {
  const differences: InputDifference[] = [];
  if (left.seed !== right.seed) differences.push({ kind: "seed", left: left.seed, right: right.seed });
  const [a, b] = [left.scenario, right.scenario];
  if (a === null || b === null || left.text === null || right.text === null) {
    return { differences: [...differences, { kind: "person" }], leftLine: (line) => line };
  }
  if (a.title !== b.title) differences.push({ kind: "scenario", left: a.title, right: b.title });
  differences.push(...settingDifferences(a.config, b.config));
  if (left.text === right.text && a.title === b.title) return { differences, leftLine: (line) => line };
  const { edits, leftLine } = textEdits(
    { text: left.text, others: othersOf(left.text, a.title) },
    { text: right.text, others: othersOf(right.text, b.title) },
  );
  if (edits.length > 0)
    differences.push({ kind: "text", edits: edits.slice(0, EDITS), more: Math.max(0, edits.length - EDITS) });
  return { differences, leftLine };
}

function othersOf(text: string, title: string): readonly Scenario[] {
  return check(text).program.scenarios.filter((scenario) => scenario.title !== title);
}

function settingDifferences(left: ClusterConfig, right: ClusterConfig): readonly InputDifference[] {
  const [a, b] = [settingValues(left), settingValues(right)];
  // A rule that is on is not among the values.
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((name): readonly InputDifference[] => {
    const [ofLeft, ofRight] = [a.get(name) ?? "on", b.get(name) ?? "on"];
    return ofLeft === ofRight ? [] : [{ kind: "setting", name, left: ofLeft, right: ofRight }];
  });
}
