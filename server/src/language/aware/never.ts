/** Why a condition cannot hold within its time, as far as that is certain. */

import { t } from "../../l10n/text.js";
import type { Reporter } from "../diagnostics/definition.js";
import { LOST_QUORUM } from "../diagnostics/lost-quorum.js";
import { NEVER_HOLDS } from "../diagnostics/never-holds.js";
import { RAFT } from "../diagnostics/raft.js";
import type { Comparison, Condition, NodeField, Operand, QuickFix, Selector, Span } from "../program.js";
import { formatDuration } from "../vocabulary/durations.js";
import { contradictionIn } from "./contradictions.js";
import { stepBefore } from "./fixes.js";
import type { ClusterState } from "./state.js";
import type { Written } from "./written.js";

/** Tells a finding; called once for a condition at most. */
export type Tell = (reporter: Reporter) => void;

/** What conditions are judged by. */
export interface Judge {
  readonly state: ClusterState;
  readonly written: Written;
  /** The text that spans refer to. */
  readonly text: string;
  /** The step that states the condition. */
  readonly step: Span;
  /** Tells that a leader is needed; `null`: there may be one. */
  readonly needsLeader: (span: Span, window: number) => Tell | null;
}

/** Why the condition cannot hold at any instant of the window, or `null` when it might. */
export function never(judge: Judge, condition: Condition, window: number): Tell | null {
  switch (condition.kind) {
    case "and": {
      for (const operand of condition.operands) {
        const tell = never(judge, operand, window);
        if (tell !== null) return tell;
      }
      const pair = contradictionIn(condition.operands);
      if (pair === null) return null;
      const [one, other] = pair.map(({ span }) => judge.text.slice(span.start, span.end));
      return (reporter) => reporter.report(NEVER_HOLDS.contradiction, condition.span, [one ?? "", other ?? ""]);
    }
    case "or": {
      const tells = condition.operands.map((operand) => never(judge, operand, window));
      return tells.includes(null) ? null : (tells[0] ?? null);
    }
    case "has-leader":
      return noLeader(judge, condition.span, window);
    case "compare":
      return (
        neverCompares(judge, condition.left, condition.operator, condition.right, condition.span, window) ??
        neverCompares(judge, condition.right, mirrored(condition.operator), condition.left, condition.span, window)
      );
    default:
      return null;
  }
}

function mirrored(operator: Comparison): Comparison | null {
  switch (operator) {
    case "<":
      return ">";
    case "<=":
      return ">=";
    case ">":
      return "<";
    case ">=":
      return "<=";
    case "in":
      return null;
    default:
      return operator;
  }
}

/** There can be no leader: because a majority is missing, or because it is too soon for any election. */
function noLeader(judge: Judge, span: Span, window: number): Tell | null {
  const tell = judge.needsLeader(span, window);
  if (tell !== null) return tell;
  const { state } = judge;
  if (state.mayBeElectedWithin(window)) return null;
  const { electionTimeout } = state.config;
  const args: [string, string] = [formatDuration(state.now.max + window), formatDuration(electionTimeout.min)];
  const fixes = longerWithin(judge.text, span, 10 * electionTimeout.max);
  return (reporter) => reporter.report(NEVER_HOLDS.tooSoon, span, args, { fixes });
}

/** Gives the `within` behind a condition, or a new one, a longer time. */
function longerWithin(text: string, { end }: Span, duration: number): QuickFix[] {
  const rest = /^[^\n;}]*/.exec(text.slice(end))?.[0] ?? "";
  const found = /^(\s*within\s+)(\S+)/.exec(rest);
  const newText = formatDuration(duration);
  const title = t("Wait up to {0}", newText);
  if (found === null) {
    return rest.trim() === "" ? [{ title, edits: [{ span: { start: end, end }, newText: ` within ${newText}` }] }] : [];
  }
  const start = end + (found[1] ?? "").length;
  return [{ title, edits: [{ span: { start, end: start + (found[2] ?? "").length }, newText }] }];
}

/** `operator` `null`: `in` seen from its set. */
function neverCompares(
  judge: Judge,
  left: Operand,
  operator: Comparison | null,
  right: Operand,
  span: Span,
  window: number,
): Tell | null {
  return (
    ofDown(judge, left, span, window) ??
    ofLeader(judge, left, span, window) ??
    (operator === null
      ? null
      : (roleThatCannotBe(judge, left, operator, right, span) ??
        leaderThatCannotBe(judge, left, operator, right, span, window) ??
        upThoughDown(judge, left, operator, right, span) ??
        numberThatCannotBe(judge, left, operator, right, span, window) ??
        logThatCannotBe(judge, left, operator, right, span) ??
        valueThatCannotBe(judge, left, operator, right, span)))
  );
}

/** The server that an operand asks, when it is one. */
function askedOf(operand: Operand): Selector | null {
  return operand.kind === "field" || operand.kind === "key" || operand.kind === "progress" ? operand.nodes : null;
}

function ofDown({ state, text, step }: Judge, operand: Operand, span: Span, window: number): Tell | null {
  const asked = askedOf(operand);
  const down = asked === null ? null : downThrough(state, asked, window);
  if (asked === null || down === null) return null;
  const related = [{ span: down.span, message: t("down since here") }];
  const { name } = down;
  const fixes = [stepBefore(text, step, `restart ${name}`)];
  return (reporter) => reporter.report(NEVER_HOLDS.fieldOfDown, span, [name], { related, fixes });
}

/** The crash because of which a server, named or known by a variable, surely is down through the window. */
function downThrough(state: ClusterState, selector: Selector, window: number): { name: string; span: Span } | null {
  if (selector.kind === "node") {
    const { name } = selector;
    const found = state.outages.through(window).find((outage) => outage.kind === "crash" && outage.node === name);
    return found === undefined ? null : { name, span: found.span };
  }
  if (selector.kind !== "variable" || state.bindings.get(selector.name)?.kind !== "live") return null;
  const { name } = selector;
  const found = state.outages.through(window).find((outage) => outage.kind === "crash" && outage.variable === name);
  return found === undefined ? null : { name, span: found.span };
}

/** Whether the operand can be told only while there is a leader. */
function ofLeader(judge: Judge, operand: Operand, span: Span, window: number): Tell | null {
  const asked = operand.kind === "nodes" ? operand.nodes : askedOf(operand);
  if (asked?.kind === "leader") return noLeader(judge, span, window);
  const inSet = asked?.kind === "set" && asked.members.some((member) => member.kind === "leader");
  return inSet ? noLeader(judge, span, window) : null;
}

function roleThatCannotBe(
  { state }: Judge,
  left: Operand,
  operator: Comparison,
  right: Operand,
  span: Span,
): Tell | null {
  if (left.kind !== "field" || left.field !== "role" || right.kind !== "word" || operator !== "==") return null;
  if (left.nodes.kind !== "node" || state.unsafe) return null;
  const { name } = left.nodes;
  const role = right.value;
  if (role === "learner") {
    if (state.configurations.mayLearn(name)) return null;
    return (reporter) => reporter.report(NEVER_HOLDS.neverLearns, span, [name]);
  }
  const stands = role === "leader" || role === "candidate" || role === "pre-candidate";
  if (!stands || state.configurations.mayVote(name)) return null;
  return (reporter) => reporter.report(NEVER_HOLDS.neverVotes, span, [name, role]);
}

function leaderThatCannotBe(
  { state, text, step }: Judge,
  left: Operand,
  operator: Comparison,
  right: Operand,
  span: Span,
  window: number,
): Tell | null {
  if (left.kind !== "nodes" || left.nodes.kind !== "leader" || right.kind !== "nodes") return null;
  if (operator !== "==" && operator !== "in") return null;
  const wanted = right.nodes.kind === "set" ? right.nodes.members : [right.nodes];
  if (wanted.length === 0 || (operator === "==" && wanted.length > 1)) return null;
  let tell: Tell | null = null;
  for (const each of wanted) {
    const down = downThrough(state, each, window);
    const stranger = each.kind === "node" && !state.unsafe && !state.configurations.mayVote(each.name);
    if (down !== null) {
      const related = [{ span: down.span, message: t("down since here") }];
      const fixes = [stepBefore(text, step, `restart ${down.name}`)];
      tell ??= (reporter) => reporter.report(RAFT.downLeader, span, [down.name], { related, fixes });
    } else if (stranger) tell ??= (reporter) => reporter.report(NEVER_HOLDS.neverVotes, span, [each.name, "leader"]);
    else return null;
  }
  return tell;
}

/** `s1 in down` of a server that surely is up. */
function upThoughDown({ state }: Judge, left: Operand, operator: Comparison, right: Operand, span: Span): Tell | null {
  if (operator !== "in" || left.kind !== "nodes" || left.nodes.kind !== "node") return null;
  if (right.kind !== "nodes" || right.nodes.kind !== "down" || state.lost) return null;
  const { name } = left.nodes;
  if (state.outages.status("crash", name) !== "no") return null;
  const fixes = [
    {
      title: t("Say that it is up"),
      edits: [{ span: right.span, newText: "all" }],
    },
  ];
  return (reporter) => reporter.report(NEVER_HOLDS.notDown, span, [name], { fixes });
}

/** The least that a number can be, and what it is while no leader has ever been. */
const LEAST: Partial<Readonly<Record<NodeField, { readonly least: number; readonly empty: number | null }>>> = {
  term: { least: 0, empty: null },
  commit: { least: 0, empty: 0 },
  applied: { least: 0, empty: 0 },
  "last-index": { least: 0, empty: 0 },
  "last-term": { least: 0, empty: 0 },
  snapshot: { least: 0, empty: 0 },
  revision: { least: 1, empty: 1 },
  compacted: { least: -1, empty: null },
  keys: { least: 0, empty: 0 },
  leases: { least: 0, empty: 0 },
};

function numberThatCannotBe(
  judge: Judge,
  left: Operand,
  operator: Comparison,
  right: Operand,
  span: Span,
  window: number,
): Tell | null {
  if (right.kind !== "number") return null;
  const { state, text } = judge;
  const shown = text.slice(left.span.start, left.span.end);
  const { least, most } = boundsOf(state, left);
  if (least !== null && outside(operator, right.value, least, most ?? Number.POSITIVE_INFINITY)) {
    return (reporter) => reporter.report(NEVER_HOLDS.outOfRange, span, [shown, least, most]);
  }
  if (left.kind === "count" && left.of.kind === "leaders" && outside(operator, right.value, 0, 0)) {
    return noLeader(judge, span, window);
  }
  // Of several servers the comparison may be about nobody, and then it holds.
  if (left.kind !== "field" || left.nodes.kind !== "node") return null;
  const empty = LEAST[left.field]?.empty ?? null;
  const { network, timers } = state.config;
  if (empty === null || state.mayHaveLed || state.hasPast || network === "manual" || timers === "manual") return null;
  if (!outside(operator, right.value, empty, empty)) return null;
  const loss = state.loss(window);
  if (loss === null) return null;
  return (reporter) =>
    reporter.report(NEVER_HOLDS.nothingYet, span, [shown, empty, loss.why], { related: loss.related });
}

function boundsOf(state: ClusterState, operand: Operand): { least: number | null; most: number | null } {
  switch (operand.kind) {
    case "field":
      if (operand.nodes.kind !== "node" && operand.nodes.kind !== "leader") return { least: null, most: null };
      return { least: LEAST[operand.field]?.least ?? null, most: null };
    case "count":
      return { least: 0, most: state.configurations.servers.length };
    case "messages":
    case "bytes":
      return { least: 0, most: null };
    case "progress":
      if (operand.nodes.kind !== "node" && operand.nodes.kind !== "leader") return { least: null, most: null };
      return { least: operand.field === "next" ? 1 : 0, most: null };
    default:
      return { least: null, most: null };
  }
}

/** Whether no number from `least` to `most` compares so with `value`. */
function outside(operator: Comparison, value: number, least: number, most: number): boolean {
  switch (operator) {
    case "==":
      return value < least || value > most;
    case "!=":
      return least === most && value === least;
    case "<":
      return least >= value;
    case "<=":
      return least > value;
    case ">":
      return most <= value;
    case ">=":
      return most < value;
    case "in":
      return false;
  }
}

function logThatCannotBe(
  { state }: Judge,
  left: Operand,
  operator: Comparison,
  right: Operand,
  span: Span,
): Tell | null {
  if (left.kind !== "field" || left.field !== "log" || left.nodes.kind !== "node" || operator !== "==") return null;
  if (right.kind !== "list" || state.unsafe) return null;
  let before = 0;
  for (const item of right.items) {
    if (item.kind !== "number") return null;
    const term = item.value;
    if (term === 0 || term < before) {
      const args: [number, number] = [term, term === 0 ? 0 : before];
      return (reporter) => reporter.report(NEVER_HOLDS.impossibleLog, span, args);
    }
    before = term;
  }
  return null;
}

function valueThatCannotBe(
  { written }: Judge,
  left: Operand,
  operator: Comparison,
  right: Operand,
  span: Span,
): Tell | null {
  if (left.kind !== "key" || left.attribute !== "value" || operator !== "==") return null;
  if (left.nodes.kind !== "node" && left.nodes.kind !== "leader") return null;
  const value = right.kind === "string" ? right.value : right.kind === "number" ? String(right.value) : null;
  if (value === null) return null;
  return written.tellIfNever(left.key, [{ value, span: right.span }], span, null);
}

/** What the walk does with a lost majority where a leader is needed. */
export function leaderFinding(
  state: ClusterState,
  text: string,
  span: Span,
  window: number,
  tellOld: boolean,
): Tell | null {
  const loss = state.loss(window);
  if (loss === null) return null;
  const { why, related } = loss;
  if (!state.mayLead) {
    // Where it is a condition of its own, the contrary is what the scenario shows.
    const alone = tellOld && text.slice(span.start, span.end) === "leader";
    const fixes = alone ? [{ title: t("Expect `no leader`"), edits: [{ span, newText: "no leader" }] }] : [];
    return (reporter) => reporter.report(LOST_QUORUM.noLeader, span, [why], { related, fixes });
  }
  if (!tellOld || !state.config.checkQuorum) return null;
  return (reporter) => reporter.report(LOST_QUORUM.onlyOldLeader, span, [why], { related });
}
