import type { ExpectedOutcome, ExpectedResult, Operation } from "../language/program.js";
import type { OperationOutcome, OperationRecord } from "../sim/history.js";
import type { ClientOperation } from "../sim/message.js";
import { type ConditionContext, evaluateOne } from "./operands.js";
import { type Resolved, resolved, unresolved, type Value } from "./scope.js";
import { quote, sameValue, showValue } from "./values.js";

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

/** A request as the language writes it: `put color "red"`. */
export function operationText(body: ClientOperation): string {
  switch (body.kind) {
    case "put":
      return `put ${body.key} ${quote(body.value)}`;
    case "get": {
      const prefix = body.prefix ? " prefix" : "";
      const revision = body.revision > 0 ? ` rev ${body.revision}` : "";
      return `get ${body.key}${prefix}${revision}${body.serializable ? " serializable" : ""}`;
    }
    case "delete":
      return `delete ${body.key}${body.prefix ? " prefix" : ""}`;
    case "cas":
      return `cas ${body.key} ${quote(body.expected)} -> ${quote(body.value)}`;
  }
}

/** An outcome as the language writes it after `=>`. */
export function outcomeText(outcome: OperationOutcome): string {
  switch (outcome.kind) {
    case "timeout":
      return "timeout";
    case "error":
      return `error ${outcome.error}`;
    case "result": {
      const { result } = outcome;
      switch (result.kind) {
        case "put":
        case "error":
          return "ok";
        case "delete":
          return result.deleted === 0 ? "none" : "ok";
        case "cas":
          return result.succeeded ? "ok" : "failed";
        case "get": {
          const values = result.kvs.map((kv) => quote(kv.value));
          const [only] = values;
          if (only === undefined) return "none";
          return values.length === 1 ? only : `[${values.join(" ")}]`;
        }
      }
    }
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
      return outcome.kind === "result" && outcomeText(outcome) !== "failed" && outcomeText(outcome) !== "none";
    case "none":
    case "failed":
      return outcome.kind === "result" && outcomeText(outcome) === expected.kind;
    case "value":
      return valuesMeet(context, outcome, [expected.value]);
    case "values":
      return valuesMeet(context, outcome, expected.values);
  }
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
