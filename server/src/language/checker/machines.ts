/** Faults of clocks and disks, and crashes at a named point, resolved. */

import { MACHINES } from "../diagnostics/machines.js";
import { NAMES } from "../diagnostics/names.js";
import type { Micros, StepKind } from "../program.js";
import { childOf, childrenOf, hasWord, headWord, type SyntaxNode, spanOf, tokensOf } from "../syntax/tree.js";
import { readDuration, readQuantity, textOf } from "./literals.js";
import type { Scope } from "./scope.js";
import { lowerMessageType, targetOf } from "./selectors.js";

/** The furthest that a clock drifts, as shares of its rate. */
const DRIFT = { min: -0.9, max: 1 } as const;

/** `clock s2 drift 10%`, `clock s2 jump 300ms`. */
export function lowerClock(scope: Scope, node: SyntaxNode, duration: Micros | null): StepKind {
  const literal = childOf(node, "Literal");
  const target = targetOf(scope, node);
  if (hasWord(node, "jump")) {
    const by = readQuantity(scope.context, literal, "duration", true) ?? 0;
    warnOfNothing(scope, node, literal, by, "jump");
    return { kind: "clock-jump", target, by, duration };
  }
  const drift = readQuantity(scope.context, literal, "percent", true) ?? 0;
  warnOfNothing(scope, node, literal, drift, "drift");
  if (literal !== undefined && (drift < DRIFT.min || drift > DRIFT.max)) {
    scope.context.reporter.report(MACHINES.driftTooFar, spanOf(literal), [textOf(literal)]);
  }
  return { kind: "clock-drift", target, drift, duration };
}

/** `disk s1 slow 50ms`, `ignore fsync`, `tear`, `corrupt`, `fail`. */
export function lowerDisk(scope: Scope, node: SyntaxNode, duration: Micros | null): StepKind {
  const target = targetOf(scope, node);
  if (hasWord(node, "slow")) {
    const literal = childOf(node, "Literal");
    const by = readDuration(scope.context, literal);
    warnOfNothing(scope, node, literal, by, "slow");
    return { kind: "disk-slow", target, by, duration };
  }
  const words = tokensOf(node).map((token) => token.text);
  const fault = (["tear", "corrupt", "fail"] as const).find((each) => words.includes(each)) ?? "ignore-fsync";
  const lasts = childrenOf(node, "Clause").find((clause) => headWord(clause) === "for");
  if (fault === "corrupt" && lasts !== undefined) {
    scope.context.reporter.report(MACHINES.cannotBeUndone, spanOf(lasts), ["corrupt"]);
  }
  return { kind: "disk", target, fault, duration };
}

/** `crash s1 before fsync`; `null` when the crash waits for nothing. */
export function lowerCrashPoint(scope: Scope, node: SyntaxNode, duration: Micros | null): StepKind | null {
  const [point, another] = childrenOf(node, "Clause").filter((clause) => /^(before|after)$/.test(headWord(clause)));
  if (point === undefined) return null;
  if (another !== undefined) {
    scope.context.reporter.report(NAMES.clauseTwice, spanOf(another), [`${headWord(point)} …`]);
  }
  const when = headWord(point) === "before" ? "before" : "after";
  const place = (["fsync", "send", "apply", "install"] as const).find((each) => hasWord(point, each)) ?? "fsync";
  const message = lowerMessageType(scope, childOf(point, "MessageType"));
  if (message === "ClientRequest") {
    scope.context.reporter.report(MACHINES.neverSent, spanOf(point), [message]);
  }
  return { kind: "crash-point", target: targetOf(scope, node), when, place, message, duration };
}

function warnOfNothing(
  scope: Scope,
  node: SyntaxNode,
  literal: SyntaxNode | undefined,
  value: number,
  word: "drift" | "jump" | "slow",
): void {
  // What could not be read has been reported, and counts as 0 as well.
  if (value !== 0 || literal === undefined || !/^-?[0.]+([^0-9.].*)?$/.test(textOf(literal))) return;
  scope.context.reporter.report(MACHINES.noFault, spanOf(node), [`${word} ${textOf(literal)}`]);
}
