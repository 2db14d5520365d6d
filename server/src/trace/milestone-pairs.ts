/** The milestones of two runs side by side. */
import type { Milestone } from "./milestones.js";

/** How the two of a pair relate; `time`: the same thing at another instant. */
export type MilestoneGrade = "equal" | "time" | "outcome";

/** A milestone as each of two runs came to it, if it did. */
export interface MilestonePair {
  readonly left: Milestone | null;
  readonly right: Milestone | null;
  readonly grade: MilestoneGrade;
}

/**
 * Pairs what is of one kind and name, the n-th with the n-th, in the order in which the first of both came to it. `leftLine`: the line of the
 * left text that a line of the right one was, `null` for one that is new there.
 */
export function pairMilestones(
  left: readonly Milestone[],
  right: readonly Milestone[],
  leftLine: (line: number) => number | null = (line) => line,
): readonly MilestonePair[] {
  const keysOfLeft = keyed(left, (line) => String(line));
  const keysOfRight = keyed(right, (line) => {
    const was = leftLine(line);
    return was === null ? `new ${line}` : String(was);
  });
  const pairs: MilestonePair[] = [];
  for (const [key, a] of keysOfLeft) pairs.push(pairOf(a, keysOfRight.get(key) ?? null));
  for (const [key, b] of keysOfRight) if (!keysOfLeft.has(key)) pairs.push(pairOf(null, b));
  return pairs
    .map((pair, at) => ({ pair, at, timeUs: firstTime(pair) }))
    .sort((a, b) => a.timeUs - b.timeUs || a.at - b.at)
    .map(({ pair }) => pair);
}

function keyed(milestones: readonly Milestone[], lineName: (line: number) => string): ReadonlyMap<string, Milestone> {
  const counts = new Map<string, number>();
  const byKey = new Map<string, Milestone>();
  for (const milestone of milestones) {
    const { kind, name, line } = milestone;
    const key = `${kind} ${name} ${line === 0 ? "" : lineName(line)}`;
    const number = (counts.get(key) ?? 0) + 1;
    counts.set(key, number);
    byKey.set(`${key} #${number}`, milestone);
  }
  return byKey;
}

function pairOf(left: Milestone | null, right: Milestone | null): MilestonePair {
  return { left, right, grade: gradeOf(left, right) };
}

function gradeOf(left: Milestone | null, right: Milestone | null): MilestoneGrade {
  if (left === null || right === null || left.what !== right.what || left.value !== right.value) return "outcome";
  return left.timeUs === right.timeUs ? "equal" : "time";
}

function firstTime({ left, right }: MilestonePair): number {
  return Math.min(left?.timeUs ?? Number.POSITIVE_INFINITY, right?.timeUs ?? Number.POSITIVE_INFINITY);
}
