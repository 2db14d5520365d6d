/** Steps, resolved. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import { FAULT_STEPS } from "../grammar/faults.js";
import type { Nemesis, Step, StepKind } from "../program.js";
import { childOf, childrenOf, clauseOf, hasWord, headWord, isNode, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { PROPERTY_NAMES } from "../vocabulary/properties.js";
import { expectsRefusal, lowerClusterStep } from "./cluster.js";
import { CONDITION_KINDS, lowerCondition, lowerOperand } from "./conditions.js";
import { hasSyntaxError, reportUnknown } from "./context.js";
import { durationOf, lowerFault } from "./faults.js";
import { plainText, quantityOf, readDuration, readDurationRange, readQuantity, textOf } from "./literals.js";
import { lowerWorkload } from "./load.js";
import { lowerInvoke } from "./operations.js";
import { lowerResult } from "./results.js";
import type { Scope } from "./scope.js";
import { lowerSelector, SELECTOR_KINDS } from "./selectors.js";
import { lowerWatchExpectation } from "./watching.js";

/** Resolves the steps of a block, or of a text of steps, in order. Unreadable ones are left out. */
export function lowerSteps(scope: Scope, block: SyntaxNode | undefined): Step[] {
  const steps: Step[] = [];
  const { reporter } = scope.context;
  const broken = brokenSteps(block);
  for (const node of block === undefined ? [] : childrenOf(block, "Step", "Invoke")) {
    const before = reporter.muted;
    const end = childOf(node, "Block")?.start ?? node.end;
    reporter.muted = before || hasSyntaxError(scope.context, node.start, end) || broken.has(node);
    const kind = node.kind === "Invoke" ? lowerInvokeStep(scope, node) : lowerStep(scope, node);
    reporter.muted = before;
    const fails = expectsNoEffect(scope, node) ? { fails: true as const } : {};
    if (kind !== null)
      steps.push({ ...kind, ...fails, span: spanOf(node), line: scope.context.lines.lineOf(node.start) });
  }
  return steps;
}

/** Whether `=> failed` stands behind a fault. */
function expectsNoEffect(scope: Scope, node: SyntaxNode): boolean {
  const result = childOf(node, "Result");
  const word = headWord(node);
  return result !== undefined && word in FAULT_STEPS && expectsRefusal(scope, result, word);
}

/** Steps with something behind them on their line that could not be read. */
function brokenSteps(block: SyntaxNode | undefined): ReadonlySet<SyntaxNode> {
  const broken = new Set<SyntaxNode>();
  let before: SyntaxNode | undefined;
  for (const child of block?.children ?? []) {
    if (isNode(child)) {
      if (child.kind === "Error" && before !== undefined) broken.add(before);
      before = child;
    } else if (child.kind !== "space") {
      before = undefined;
    }
  }
  return broken;
}

function lowerInvokeStep(scope: Scope, node: SyntaxNode): StepKind | null {
  const invoke = lowerInvoke(scope, node);
  return invoke === null ? null : { kind: "invoke", invoke };
}

function lowerStep(scope: Scope, node: SyntaxNode): StepKind | null {
  const word = headWord(node);
  const literal = childOf(node, "Literal");
  switch (word) {
    case "wait":
      return { kind: "wait", duration: readDuration(scope.context, literal) };
    case "at":
      return { kind: "at", instant: readDuration(scope.context, literal), after: eventsOf(scope, node) };
    case "async":
      return lowerAsync(scope, node);
    case "end":
      return { kind: "end" };
    case "note":
      return { kind: "note", text: plainText(literal) };
    case "mark":
      return { kind: "mark" };
    case "await":
      return lowerAwait(scope, node);
    case "let":
      return lowerLet(scope, node);
    case "repeat": {
      const times = readQuantity(scope.context, literal, "integer") ?? 0;
      return { kind: "repeat", times, body: lowerSteps(scope, childOf(node, "Block")) };
    }
    case "every":
      return lowerEvery(scope, node);
    case "until": {
      const event = readQuantity(scope.context, literal, "integer") ?? 0;
      return { kind: "until", event, body: lowerSteps(scope, childOf(node, "Block")) };
    }
    case "expect":
      return lowerExpect(scope, node);
    case "always":
    case "never":
    case "reach": {
      const condition = childOf(node, ...CONDITION_KINDS);
      return condition === undefined ? null : { kind: word, condition: lowerCondition(scope, condition) };
    }
    case "workload":
      return { kind: "workload", workload: lowerWorkload(scope, node) };
    case "nemesis":
      return { kind: "nemesis", nemesis: lowerNemesis(scope, node) };
    default:
      return lowerClusterStep(scope, node, word) ?? lowerFault(scope, node, word);
  }
}

/** The number in `after N events`; `null` without the clause. */
function eventsOf(scope: Scope, node: SyntaxNode): number | null {
  const clause = clauseOf(node, "after");
  if (clause === undefined) return null;
  const literal = childOf(clause, "Literal");
  const events = readQuantity(scope.context, literal, "integer");
  if (literal === undefined || events === null) return null;
  if (events < 1) scope.context.reporter.report(NAMES.wrongValue, spanOf(literal), ["after", "a number from 1 on"]);
  return events;
}

function lowerAsync(scope: Scope, node: SyntaxNode): StepKind {
  const clause = clauseOf(node, "as");
  const name = clause === undefined ? undefined : childOf(clause, "Name");
  const body = lowerSteps(scope, childOf(node, "Block"));
  if (name !== undefined) scope.bindHandle(name, "block");
  return { kind: "async", body, handle: name === undefined ? null : plainText(name) };
}

function lowerAwait(scope: Scope, node: SyntaxNode): StepKind | null {
  const condition = childOf(node, ...CONDITION_KINDS);
  if (condition === undefined) return null;
  const result = childOf(node, "Result");
  const within = durationOf(scope, node, "within");
  const name = plainText(condition);
  const isHandle =
    condition.kind === "Name" && (scope.handle(name) !== undefined || result !== undefined || !known(scope, name));
  if (!isHandle) return { kind: "await", condition: lowerCondition(scope, condition), within };
  const handle = scope.useHandle(condition, ["operation", "block", "workload", "nemesis", "lock", "campaign"]);
  const expected = result === undefined ? null : lowerResult(scope, result, null);
  return { kind: "await-handle", handle, expected, within };
}

function known(scope: Scope, name: string): boolean {
  return scope.isNode(name) || scope.isClient(name) || scope.variable(name) !== undefined;
}

function lowerLet(scope: Scope, node: SyntaxNode): StepKind | null {
  const [nameNode, ...rest] = childrenOf(node);
  if (nameNode?.kind !== "Name") return null;
  const name = plainText(nameNode);
  const source = rest[0];
  if (source === undefined) return null;
  if (source.kind === "Invoke") {
    const invoke = lowerInvoke(scope, source);
    scope.bindVariable(nameNode, "value");
    return invoke === null ? null : { kind: "let-operation", name, invoke };
  }
  const isValue = source.kind === "Name" && scope.variable(plainText(source)) === "value";
  if (SELECTOR_KINDS.some((kind) => kind === source.kind) && !isValue) {
    const selector = lowerSelector(scope, source);
    scope.bindVariable(nameNode, "servers");
    return { kind: "let-selector", name, selector };
  }
  const value = lowerOperand(scope, source);
  scope.bindVariable(nameNode, "value");
  return { kind: "let-value", name, value };
}

function lowerEvery(scope: Scope, node: SyntaxNode): StepKind {
  const literal = childOf(node, "Literal");
  const period = readDuration(scope.context, literal);
  if (literal !== undefined && quantityOf(textOf(literal), "duration") === 0) {
    scope.context.reporter.report(NAMES.wrongValue, spanOf(literal), ["every", t("a duration such as `100ms`")]);
  }
  const duration = durationOf(scope, node, "for");
  if (duration === null)
    scope.context.reporter.report(NAMES.missingClause, spanOf(node), [
      "every",
      t("a duration: `every 100ms for 2s { … }`"),
    ]);
  return { kind: "every", period, duration: duration ?? 0, body: lowerSteps(scope, childOf(node, "Block")) };
}

function lowerExpect(scope: Scope, node: SyntaxNode): StepKind | null {
  if (hasWord(node, "violation")) {
    const properties = childrenOf(node, "Property").map((property) => {
      const name = plainText(property);
      if (!PROPERTY_NAMES.includes(name)) {
        reportUnknown(scope.context, NAMES.unknownProperty, spanOf(property), name, PROPERTY_NAMES);
      }
      return name;
    });
    return { kind: "expect-violation", properties };
  }
  const within = durationOf(scope, node, "within");
  const watching = lowerWatchExpectation(scope, node, within);
  if (watching !== null) return watching;
  const condition = childOf(node, ...CONDITION_KINDS);
  if (condition === undefined) return null;
  return {
    kind: "expect",
    condition: lowerCondition(scope, condition),
    within,
    during: durationOf(scope, node, "for"),
  };
}

function lowerNemesis(scope: Scope, node: SyntaxNode): Nemesis {
  const name = childOf(node, "Name");
  if (name !== undefined) scope.bindHandle(name, "nemesis");
  const duration = durationOf(scope, node, "for");
  if (duration === null)
    scope.context.reporter.report(NAMES.missingClause, spanOf(node), ["nemesis", t("a duration: `for 10s`")]);
  const block = childOf(node, "Block");
  const setting = block === undefined ? undefined : childOf(block, "Setting");
  const period = setting === undefined ? undefined : childOf(setting, "Literal", "LiteralRange");
  const actions = setting === undefined ? [] : lowerSteps(scope, childOf(setting, "Block"));
  if (setting === undefined) {
    scope.context.reporter.report(NAMES.missingClause, spanOf(node), [
      "nemesis",
      t("its faults: `every 1s one of { … }`"),
    ]);
  }
  return {
    name: plainText(name),
    duration: duration ?? 0,
    period: readDurationRange(scope.context, period) ?? { min: 1_000_000, max: 1_000_000 },
    actions,
  };
}
