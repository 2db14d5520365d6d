import type { KvResult } from "../kv/contract.js";
import type { ExpectedOutcome, ExpectedResult, Operation } from "../language/program.js";
import type { OperationOutcome, OperationRecord } from "../sim/history.js";
import type { ClientOperation } from "../sim/message.js";
import { type ConditionContext, evaluateOne } from "./operands.js";
import { type Resolved, resolved, unresolved, type Value } from "./scope.js";
import { sameValue, showValue } from "./values.js";

/** A language operation as a request to the store; unresolved where a variable has no text to offer. */
export function clientOperation(context: ConditionContext, operation: Operation): Resolved<ClientOperation> {
  switch (operation.kind) {
    case "put": {
      const value = textOf(context, operation.value);
      return value.ok ? resolved({ kind: "put", key: operation.key, value: value.value }) : value;
    }
    case "get": {
      const { key, prefix, serializable, rev } = operation;
      return resolved({ kind: "get", key, prefix, serializable, revision: rev ?? 0 });
    }
    case "delete":
      return resolved({ kind: "delete", key: operation.key, prefix: operation.prefix });
    case "cas": {
      const expected = textOf(context, operation.expected);
      if (!expected.ok) return expected;
      const value = textOf(context, operation.value);
      if (!value.ok) return value;
      return resolved({ kind: "cas", key: operation.key, expected: expected.value, value: value.value });
    }
    default:
      return unresolved(`${operation.kind} comes later`);
  }
}

/** Whether an outcome is what `=>` asks for. Without it any definite answer will do. */
export function meets(context: ConditionContext, operation: OperationRecord, expected: ExpectedResult | null): boolean {
  const { outcome } = operation;
  if (outcome === null) return false;
  if (expected === null) return outcome.kind === "result";
  return expected.outcomes.some((alternative) => meetsOne(context, outcome, alternative));
}

/** What `=>` asks for, as text. */
export function expectedText(context: ConditionContext, expected: ExpectedResult | null): string {
  if (expected === null) return "an answer";
  return expected.outcomes.map((outcome) => alternativeText(context, outcome)).join(" or ");
}

function meetsOne(context: ConditionContext, outcome: OperationOutcome, expected: ExpectedOutcome): boolean {
  switch (expected.kind) {
    case "timeout":
      return outcome.kind === "timeout";
    case "error":
      return outcome.kind === "error" && outcome.error === expected.error;
    case "ok":
      return outcome.kind === "result" && isDone(outcome.result);
    case "none":
      return outcome.kind === "result" && isNothing(outcome.result);
    case "failed":
      return outcome.kind === "result" && outcome.result.kind === "cas" && !outcome.result.succeeded;
    case "value":
      return valuesMeet(context, outcome, [expected.value]);
    case "values":
      return valuesMeet(context, outcome, expected.values);
  }
}

/** A write that was carried out, or a read that found something. */
function isDone(result: KvResult): boolean {
  if (result.kind === "cas") return result.succeeded;
  return !isNothing(result);
}

/** A read or a delete that found nothing. */
function isNothing(result: KvResult): boolean {
  return (result.kind === "get" && result.kvs.length === 0) || (result.kind === "delete" && result.deleted === 0);
}

function valuesMeet(
  context: ConditionContext,
  outcome: OperationOutcome,
  wanted: readonly Parameters<typeof evaluateOne>[1][],
): boolean {
  if (outcome.kind !== "result" || outcome.result.kind !== "get") return false;
  const { kvs } = outcome.result;
  return (
    kvs.length === wanted.length &&
    kvs.every((kv, position) => {
      const operand = wanted[position];
      if (operand === undefined) return false;
      const value = evaluateOne(context, operand);
      return value.ok && sameValue(asText(value.value), kv.value);
    })
  );
}

function alternativeText(context: ConditionContext, expected: ExpectedOutcome): string {
  const show = (operand: Parameters<typeof evaluateOne>[1]): string => {
    const value = evaluateOne(context, operand);
    return value.ok ? showValue(context.world, asText(value.value)) : value.message;
  };
  switch (expected.kind) {
    case "value":
      return show(expected.value);
    case "values":
      return `[${expected.values.map(show).join(" ")}]`;
    case "error":
      return `error ${expected.error}`;
    default:
      return expected.kind;
  }
}

/** Numbers stand for their digits where the store wants text. */
function asText(value: Value): Value {
  return typeof value === "number" ? String(value) : value;
}

function textOf(context: ConditionContext, operand: Parameters<typeof evaluateOne>[1]): Resolved<string> {
  const value = evaluateOne(context, operand);
  if (!value.ok) return value;
  const text = asText(value.value);
  return typeof text === "string"
    ? resolved(text)
    : unresolved(`a value must be text, not ${showValue(context.world, text)}`);
}
