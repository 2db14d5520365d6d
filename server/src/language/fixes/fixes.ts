/** The mechanical remedies of all findings, and which findings have none, and why. */

import type { Diagnostic, Program, QuickFix } from "../program.js";
import { MEANT_REMEDIES } from "./meant.js";
import { placeOf } from "./place.js";
import { distinct, WRITTEN_REMEDIES } from "./written.js";

/** A curly quote has a partner, which is a finding of its own. */
const BETTER_FROM_TEXT = "RL0007";

/** A text with more findings than this is no scenario, and each remedy takes a look at the text. */
const MOST_FINDINGS = 200;

/** The findings with their remedies: those that whoever reported it knew, and those that follow from the text. */
export function withFixes(text: string, program: Program, findings: readonly Diagnostic[]): Diagnostic[] {
  return findings.map((finding, index) => {
    if (index >= MOST_FINDINGS) return finding;
    const remedy = WRITTEN_REMEDIES[finding.code] ?? MEANT_REMEDIES[finding.code];
    if (remedy === undefined) return finding;
    const more = remedy(placeOf(text, program, finding));
    const better = finding.code === BETTER_FROM_TEXT && more.length > 0;
    const fixes: readonly QuickFix[] = distinct([...(better ? [] : finding.fixes), ...more]);
    return { ...finding, fixes };
  });
}

/** Findings without a mechanical remedy, by code, with the reason. */
export const NOT_MECHANICAL: Readonly<Record<string, string>> = {
  RL0001: "what is missing only its author knows",
  RL0009: "where the text belongs is not known; a `}` too many is removed",
  RL0010: "which parentheses mean something is not known",
  RL0011: "a file this large is something else",
  RL1017: "how many there should be is the author's choice",
  RL1019: "what to compare with is the author's choice",
  RL1020: "which of the two sides is meant is not known",
  RL1021: "which name of the right kind is meant is not known",
  RL1029: "which of the two is meant is not known",
  RL2001: "which of the terms is wrong is not known",
  RL2013: "which servers belong together is the author's choice, and the partition may be meant",
  RL2021: "a leader from before may make it hold",
  RL2040: "who should vote is the author's choice",
  RL2051: "whether the server is to vote, or another one is meant, is not known",
  RL2052: "whether the server is to learn, or another one is meant, is not known",
  RL2054: "which of the two parts is meant is not known",
  RL2055: "which number is meant is not known",
  RL2056: "which log is meant is not known",
  RL2059: "what should have happened before is not known",
  RL2202: "which of the two logs is wrong is not known",
  RL2203: "which of the two logs, or commit indices, is wrong is not known",
  RL2204: "which servers should hold the entry is not known",
  RL2206: "which servers should have come to the term is not known",
  RL2303: "which operations to leave out is the author's choice",
};
