/** Steps that break things and mend them, resolved. */

import { t } from "../../l10n/text.js";
import { MANUAL } from "../diagnostics/manual.js";
import { NAMES } from "../diagnostics/names.js";
import type { Link, Micros, MicrosRange, Selector, StepKind } from "../program.js";
import { childOf, childrenOf, clauseOf, hasWord, headWord, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { plainText, readDuration, readDurationRange, readQuantity } from "./literals.js";
import { lowerClock, lowerCrashPoint, lowerDisk } from "./machines.js";
import type { Scope } from "./scope.js";
import { lowerLink, lowerMessageType, lowerSelector, SELECTOR_KINDS, targetOf } from "./selectors.js";

/** `for 500ms`, or `null` when the fault lasts until it is undone. */
export function durationOf(scope: Scope, node: SyntaxNode, word: "for" | "within"): Micros | null {
  const found = childrenOf(node, "Clause").filter((clause) => headWord(clause) === word);
  const second = found[1];
  if (second !== undefined) scope.context.reporter.report(NAMES.clauseTwice, spanOf(second), [word]);
  return found[0] === undefined ? null : readDuration(scope.context, childOf(found[0], "Literal"));
}

function linkOf(scope: Scope, node: SyntaxNode): Link | null {
  const link = childOf(node, "Link");
  return link === undefined ? null : lowerLink(scope, link);
}

function onLink(scope: Scope, node: SyntaxNode): Link | null {
  const on = clauseOf(node, "on");
  return on === undefined ? null : linkOf(scope, on);
}

/** `next` counts one, `next N` counts N; without it the rule lasts. */
function countOf(scope: Scope, node: SyntaxNode): number | null {
  const next = clauseOf(node, "next");
  if (next === undefined) return null;
  const literal = childOf(next, "Literal");
  return literal === undefined ? 1 : (readQuantity(scope.context, literal, "integer") ?? 1);
}

/** Resolves a fault step by its word; `null` when the word is none of them or a needed part is missing. */
export function lowerFault(scope: Scope, node: SyntaxNode, word: string): StepKind | null {
  const duration = durationOf(scope, node, "for");
  switch (word) {
    case "crash":
      return lowerCrashPoint(scope, node, duration) ?? { kind: "crash", target: processOf(scope, node), duration };
    case "pause":
      return { kind: "pause", target: processOf(scope, node), duration };
    case "isolate":
      return { kind: "isolate", target: targetOf(scope, node), duration };
    case "restart":
    case "resume":
      return { kind: word, target: processOf(scope, node) };
    case "wipe":
    case "timeout":
    case "snapshot":
      return { kind: word, target: targetOf(scope, node) };
    case "partition":
      return { kind: "partition", groups: groupsOf(scope, node), duration };
    case "heal":
      return lowerHeal(scope, node);
    case "tick":
      return { kind: "tick", target: targetOf(scope, node), duration };
    case "duplicate":
      if (childOf(node, "Literal") === undefined) return lowerWaiting(scope, node, "copy");
      return lowerChance(scope, node, word, duration);
    case "loss":
    case "reorder":
      return lowerChance(scope, node, word, duration);

    case "latency": {
      hasNoEffect(scope, node, word);
      const latency: MicrosRange | null = readDurationRange(scope.context, childOf(node, "Literal", "LiteralRange"));
      return { kind: "latency", latency: latency ?? { min: 0, max: 0 }, link: onLink(scope, node), duration };
    }
    default:
      return lowerLinkFault(scope, node, word, duration) ?? lowerMachineFault(scope, node, word, duration);
  }
}

/** What crashes and pauses: servers, and clients as well. */
function processOf(scope: Scope, node: SyntaxNode): Selector {
  return targetOf(scope, node, "servers and clients");
}

function lowerChance(
  scope: Scope,
  node: SyntaxNode,
  kind: "loss" | "duplicate" | "reorder",
  duration: Micros | null,
): StepKind {
  const chance = readQuantity(scope.context, childOf(node, "Literal"), "percent") ?? 0;
  if (kind !== "loss") hasNoEffect(scope, node, kind);
  return { kind, chance, link: onLink(scope, node), duration };
}

/** What decides when messages arrive means nothing where steps do. */
function hasNoEffect(scope: Scope, node: SyntaxNode, word: string): void {
  if (scope.config.network === "manual") scope.context.reporter.report(MANUAL.noEffect, spanOf(node), [word]);
}

/**
 * The sides of a partition. Servers that no side names form one of their own: `partition {s1 s2}` cuts these two
 * off from all others.
 */
function groupsOf(scope: Scope, node: SyntaxNode): readonly Selector[] {
  const groups = childrenOf(node, ...SELECTOR_KINDS).map((group) => lowerSelector(scope, group, "servers and clients"));
  const named = new Set(groups.flatMap(nodeNames));
  const complete =
    groups.some((group) => group.kind === "others") || scope.config.nodes.every((node) => named.has(node));
  const last = groups[groups.length - 1];
  return complete || last === undefined ? groups : [...groups, { kind: "others", span: last.span }];
}

function nodeNames(selector: Selector): readonly string[] {
  if (selector.kind === "node") return [selector.name];
  return selector.kind === "set" ? selector.members.flatMap(nodeNames) : [];
}

function lowerHeal(scope: Scope, node: SyntaxNode): StepKind {
  const link = linkOf(scope, node);
  if (link !== null) return { kind: "heal", what: { kind: "link", link } };
  const target = childOf(node, ...SELECTOR_KINDS);
  if (target === undefined) return { kind: "heal", what: { kind: "all" } };
  return { kind: "heal", what: { kind: "nodes", nodes: lowerSelector(scope, target) } };
}

function lowerLinkFault(scope: Scope, node: SyntaxNode, word: string, duration: Micros | null): StepKind | null {
  if (word === "deliver" || word === "lose") return lowerWaiting(scope, node, word);
  if (word === "release") return { kind: "release", handle: scope.useHandle(childOf(node, "Name"), ["hold"]) };
  if (word !== "cut" && word !== "drop" && word !== "delay" && word !== "hold") return null;
  const link = linkOf(scope, node);
  if (link === null) return null;
  if (word === "cut") return { kind: "cut", link, duration };
  const message = lowerMessageType(scope, childOf(node, "MessageType"));
  if (word === "drop") return { kind: "drop", message, link, count: countOf(scope, node), duration };
  if (word === "delay") {
    hasNoEffect(scope, node, word);
    const by = clauseOf(node, "by");
    if (by === undefined)
      scope.context.reporter.report(NAMES.missingClause, spanOf(node), ["delay", t("a duration: `by 200ms`")]);
    const delay = by === undefined ? 0 : readDuration(scope.context, childOf(by, "Literal"));
    const place = childOf(node, "Clause");
    if (place !== undefined && IS_PLACE.has(headWord(place))) {
      return { kind: "postpone", messages: { kind: "one", link, nth: placeOf(scope, node), message }, by: delay };
    }
    return { kind: "delay", message, link, by: delay, count: countOf(scope, node), duration };
  }
  const as = clauseOf(node, "as");
  const name = as === undefined ? undefined : childOf(as, "Name");
  if (name !== undefined) scope.bindHandle(name, "hold");
  return { kind: "hold", message, link, handle: name === undefined ? null : plainText(name), duration };
}

function needsManual(scope: Scope, node: SyntaxNode): void {
  if (scope.config.network === "auto") {
    scope.context.reporter.report(MANUAL.needsManual, spanOf(node), [headWord(node)]);
  }
}

function lowerWaiting(scope: Scope, node: SyntaxNode, kind: "deliver" | "lose" | "copy"): StepKind | null {
  const link = linkOf(scope, node);
  const message = lowerMessageType(scope, childOf(node, "MessageType"));
  if (!hasWord(node, "all")) {
    return link === null ? null : { kind, messages: { kind: "one", link, nth: placeOf(scope, node), message } };
  }
  if (link !== null) return { kind, messages: { kind: "all-on", link, message } };
  for (const word of ["to", "from"] as const) {
    const clause = clauseOf(node, word);
    const target = clause === undefined ? undefined : childOf(clause, ...SELECTOR_KINDS);
    if (target === undefined) continue;
    const nodes = lowerSelector(scope, target, "servers and clients");
    return { kind, messages: { kind: `all-${word}`, nodes, message } };
  }
  return { kind, messages: { kind: "all", message } };
}

const PLACES: ReadonlyMap<string, number | null> = new Map([
  ["first", 1],
  ["second", 2],
  ["third", 3],
  ["last", null],
]);

const IS_PLACE: ReadonlySet<string> = new Set([...PLACES.keys(), "nth"]);

/** Which of the messages under way, counted from 1; `null` for the last. */
function placeOf(scope: Scope, node: SyntaxNode): number | null {
  const clause = childOf(node, "Clause");
  if (clause === undefined) return 1;
  const known = PLACES.get(headWord(clause));
  if (known !== undefined) return known;
  const literal = childOf(clause, "Literal");
  const nth = readQuantity(scope.context, literal, "integer") ?? 1;
  if (nth === 0 && literal !== undefined) {
    scope.context.reporter.report(NAMES.wrongValue, spanOf(literal), ["nth", t("a whole number greater than 0")]);
  }
  return nth;
}

function lowerMachineFault(scope: Scope, node: SyntaxNode, word: string, duration: Micros | null): StepKind | null {
  switch (word) {
    case "clock":
      return lowerClock(scope, node, duration);
    case "disk":
      return lowerDisk(scope, node, duration);
    case "stabilize": {
      needsManual(scope, node);
      const nodes = childOf(node, ...SELECTOR_KINDS);
      return { kind: "stabilize", nodes: nodes === undefined ? null : lowerSelector(scope, nodes) };
    }
    default:
      return null;
  }
}
