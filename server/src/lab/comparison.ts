/** Two runs side by side: for the editor's panel and for the command line. */
import { t } from "../l10n/text.js";
import type {
  ComparedTrace,
  InputDifference,
  MilestoneChoice,
  MilestoneCounts,
  MilestoneRow,
  MilestoneSide,
} from "../protocol/comparison.js";
import { describe } from "../trace/describe.js";
import { type Both, type Chance, firstDifference } from "../trace/first-difference.js";
import { type MilestonePair, pairMilestones } from "../trace/milestone-pairs.js";
import { type Milestone, Milestones } from "../trace/milestones.js";
import { Parting, type Side } from "../trace/parting.js";
import type { Recording } from "../trace/recording.js";
import type { Mark } from "../trace/view.js";
import { compareInputs, type RunInputs } from "./run-inputs.js";

/** One of two runs to compare. */
export interface ComparedRun extends RunInputs {
  readonly recording: Recording;
  readonly violations: readonly Mark[];
  /** How it ended, in a word; `null` while it has not. */
  readonly verdict: string | null;
}

/** Events and landmarks that are gone through at once. */
const SLICE = 10_000;

/** Two runs compared. It keeps no trace, so it may outlive them. */
export interface Comparison {
  readonly trace: ComparedTrace;
  readonly inputs: readonly InputDifference[];
  readonly counts: MilestoneCounts;
  /** A page of what the two come to. */
  rows(
    choice: MilestoneChoice,
    from: number,
    count: number,
  ): { readonly rows: readonly MilestoneRow[]; readonly total: number };
}

/**
 * Compares two runs as far as they have come; `between` is called every few milliseconds and says whether to go on.
 *
 * @returns `null` when it was not to go on
 */
export async function compareRuns(
  runs: Both<ComparedRun>,
  between: () => Promise<boolean>,
): Promise<Comparison | null> {
  const recordings = { left: runs.left.recording, right: runs.right.recording };
  const parting = new Parting(recordings.left.log, recordings.right.log);
  while (!parting.advance(SLICE)) if (!(await between())) return null;
  const left = await milestonesOf(runs.left, between);
  const right = left === null ? null : await milestonesOf(runs.right, between);
  if (left === null || right === null) return null;
  const { differences, leftLine } = compareInputs(runs.left, runs.right);
  const pairs = pairMilestones(left, right, leftLine);
  const texts = { left: linesOf(runs.left.text), right: linesOf(runs.right.text) };
  return {
    trace: traceOf(recordings, parting, differences),
    inputs: differences,
    counts: countsOf(pairs),
    rows: (choice, from, count) => {
      const chosen = choose(pairs, choice);
      return { rows: chosen.slice(from, from + count).map((pair) => rowOf(pair, texts)), total: chosen.length };
    },
  };
}

async function milestonesOf(
  { recording, violations, verdict }: ComparedRun,
  between: () => Promise<boolean>,
): Promise<readonly Milestone[] | null> {
  const milestones = new Milestones(recording, violations);
  while (!milestones.advance(SLICE)) if (!(await between())) return null;
  if (verdict === null) return milestones.found;
  const { nowUs: timeUs } = recording.world;
  return [...milestones.found, { kind: "verdict", name: "", line: 0, eventId: -1, timeUs, what: "", value: verdict }];
}

function traceOf(recordings: Both<Recording>, parting: Parting, inputs: readonly InputDifference[]): ComparedTrace {
  const { log } = recordings.left;
  if (parting.equal) return { kind: "equal", hash: log.hash, events: log.count };
  const at = (side: Side): number | null => parting.first(side);
  const view = (side: Side) => {
    const id = at(side);
    return id === null ? null : describe(recordings[side], id, true);
  };
  const [left, right] = [view("left"), view("right")];
  const { sentences, chances, contents } = firstDifference(recordings, parting);
  const drawn = inputs.some(({ kind }) => kind === "seed") ? chances.map(chanceText) : [];
  const ends = [left, right].map(
    (event, side) => event?.timeUs ?? recordings[side === 0 ? "left" : "right"].world.nowUs,
  );
  return {
    kind: "different",
    same: parting.same,
    partUs: Math.min(...ends),
    left,
    right,
    sentences: [...sentences, ...drawn],
    contents,
  };
}

function chanceText(chance: Chance): string {
  switch (chance) {
    case "timer":
      return t("How long an election timer runs is drawn from election-timeout: another seed draws otherwise (§5.2).");
    case "message":
      return t(
        "How long a message is under way, and whether it is lost, is drawn at random: another seed draws otherwise.",
      );
    case "disk":
      return t("How long a write takes is drawn from fsync: another seed draws otherwise.");
  }
}

function countsOf(pairs: readonly MilestonePair[]): MilestoneCounts {
  const counts = { equal: 0, time: 0, outcome: 0 };
  for (const { grade } of pairs) counts[grade] += 1;
  return counts;
}

function choose(pairs: readonly MilestonePair[], choice: MilestoneChoice): readonly MilestonePair[] {
  switch (choice) {
    case "all":
      return pairs;
    case "changed":
      return pairs.filter(({ grade }) => grade !== "equal");
    case "outcome":
      return pairs.filter(({ grade }) => grade === "outcome");
  }
}

function linesOf(text: string | null): readonly string[] {
  return text === null ? [] : text.split(/\r\n|\r|\n/);
}

function rowOf({ left, right, grade }: MilestonePair, texts: Both<readonly string[]>): MilestoneRow {
  const one = left ?? right;
  const same = left === null || right === null || left.what === right.what;
  const label = one === null ? "" : labelOf(one, same, texts[left === null ? "right" : "left"]);
  return { kind: one?.kind ?? "verdict", label, left: sideOf(left, same), right: sideOf(right, same), grade };
}

function sideOf(milestone: Milestone | null, same: boolean): MilestoneSide | null {
  if (milestone === null) return null;
  const { eventId, timeUs, what, value, line } = milestone;
  const told = same || what === "" ? value : value === "" ? what : `${what} => ${value}`;
  return { eventId: eventId < 0 ? null : eventId, timeUs, value: told, line: line > 0 ? line : null };
}

/** What both have in common: `leader of term 2`, or with `same` also what it is. */
function labelOf({ kind, name, line, what }: Milestone, same: boolean, text: readonly string[]): string {
  switch (kind) {
    case "term":
      return t("first in term {0}", name);
    case "leader":
      return t("leader of term {0}", name);
    case "entry":
      return same && what !== "" ? t("entry {0} committed: {1}", name, what) : t("entry {0} committed", name);
    case "step": {
      const step = text[line - 1]?.trim() ?? "";
      return step === "" ? t("line {0}", line) : t("line {0}: {1}", line, step);
    }
    case "operation": {
      const [client = "", number = ""] = name.split(" ");
      return same ? t("{0}: {1}", client, what) : t("{0}, operation {1}", client, number);
    }
    case "fault":
      if (same) return what;
      return line > 0 ? t("line {0}", line) : t("a fault");
    case "violation":
      return t("broken: {0}", name);
    case "verdict":
      return t("verdict");
  }
}
