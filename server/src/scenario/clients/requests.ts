import { compareAndSwap } from "../../kv/compare-and-swap.js";
import { FROM_KEY, prefixRange } from "../../kv/key-range.js";
import type { Compare, CompareResult, KeyRange, RequestOp } from "../../kv/request.js";
import { t } from "../../l10n/text.js";
import type { Get, Keys, Operand, Operation, Put, TxnCompare, TxnOperation } from "../../language/program.js";
import type { ClientOperation } from "../../sim/client-operation.js";
import { type ConditionContext, evaluateOne } from "../operands.js";
import { type Resolved, resolved, unresolved, type Value } from "../scope.js";
import { showValue } from "../values.js";
import { leaseNamed, ownedKey } from "./handles.js";
import { wholeSeconds } from "./seconds.js";

/** The operations of the language that are one request. */
export type RequestOperation = Extract<
  Operation,
  {
    readonly kind:
      | "get"
      | "put"
      | "delete"
      | "txn"
      | "cas"
      | "compact"
      | "lease-grant"
      | "lease-keepalive"
      | "lease-revoke"
      | "lease-ttl"
      | "lease-list"
      | "status"
      | "members"
      | "hashkv"
      | "alarm-list"
      | "alarm-disarm"
      | "defragment";
  }
>;

/** A language operation as a request; unresolved where a variable has no text to offer, or a lease is not known. */
export function requestOf(context: ConditionContext, operation: RequestOperation): Resolved<ClientOperation> {
  switch (operation.kind) {
    case "get":
    case "put":
    case "delete":
    case "txn":
      return txnOperation(context, operation);
    case "cas": {
      const expected = textOf(context, operation.expected);
      if (!expected.ok) return expected;
      const value = textOf(context, operation.value);
      if (!value.ok) return value;
      return resolved(compareAndSwap({ key: operation.key, expected: expected.value, value: value.value }));
    }
    case "compact":
      return resolved({ kind: "compact", revision: operation.rev, physical: operation.physical });
    case "lease-grant":
      return resolved({ kind: "lease-grant", id: operation.id ?? 0, ttl: wholeSeconds(operation.ttl) });
    case "lease-keepalive":
    case "lease-revoke": {
      const id = leaseNamed(context, operation.lease);
      return id.ok ? resolved({ kind: operation.kind, id: id.value }) : id;
    }
    case "lease-ttl": {
      const id = leaseNamed(context, operation.lease);
      return id.ok ? resolved({ kind: "lease-ttl", id: id.value, keys: operation.keys }) : id;
    }
    case "lease-list":
    case "status":
    case "defragment":
      return resolved({ kind: operation.kind });
    case "members":
      return resolved({ kind: "member-list" });
    case "hashkv":
      return resolved({ kind: "hashkv", revision: operation.rev ?? 0 });
    case "alarm-list":
      return resolved({ kind: "alarm", action: "get", member: 0, alarm: null });
    case "alarm-disarm": {
      const member = operation.member === null ? disarmable(context) : context.world.endpointNamed(operation.member);
      return resolved({ kind: "alarm", action: "deactivate", member: member ?? 0, alarm: "nospace" });
    }
  }
}

/** Without a name: the first member whose alarm is on, as etcdctl goes through them. */
function disarmable({ world }: ConditionContext): number | null {
  const [alarm] = world.leader()?.machine.alarms ?? [];
  return alarm?.member ?? null;
}

/** The keys of a step as etcd's range. */
export function rangeOf(keys: Keys): KeyRange {
  switch (keys.kind) {
    case "one":
      return { key: keys.key };
    case "prefix":
      return prefixRange(keys.key);
    case "to":
      return { key: keys.key, rangeEnd: keys.end };
    case "from":
      return { key: keys.key, rangeEnd: FROM_KEY };
  }
}

function txnOperation(context: ConditionContext, operation: TxnOperation): Resolved<Exclude<RequestOp, null>> {
  switch (operation.kind) {
    case "get":
      return resolved(rangeRequest(operation));
    case "put":
      return putRequest(context, operation);
    case "delete":
      // The pairs before are always asked for: the checks have more to hold against.
      return resolved({ kind: "delete", ...rangeOf(operation.keys), prevKv: true });
    case "txn": {
      const compare = all(operation.compares, (each) => compareOf(context, each));
      if (!compare.ok) return compare;
      const success = all(operation.success, (each) => txnOperation(context, each));
      if (!success.ok) return success;
      const failure = all(operation.failure, (each) => txnOperation(context, each));
      if (!failure.ok) return failure;
      return resolved({ kind: "txn", compare: compare.value, success: success.value, failure: failure.value });
    }
  }
}

function rangeRequest(get: Get): Exclude<RequestOp, null> & { readonly kind: "range" } {
  return {
    kind: "range",
    ...rangeOf(get.keys),
    ...(get.serializable ? { serializable: true } : {}),
    ...(get.rev === null ? {} : { revision: get.rev }),
    ...(get.limit === null ? {} : { limit: get.limit }),
    ...(get.order === null ? {} : { sortOrder: get.order }),
    ...(get.by === null ? {} : { sortTarget: get.by }),
    ...(get.keysOnly ? { keysOnly: true } : {}),
    ...(get.countOnly ? { countOnly: true } : {}),
    ...(get.minMod === null ? {} : { minModRevision: get.minMod }),
    ...(get.maxMod === null ? {} : { maxModRevision: get.maxMod }),
    ...(get.minCreate === null ? {} : { minCreateRevision: get.minCreate }),
    ...(get.maxCreate === null ? {} : { maxCreateRevision: get.maxCreate }),
  };
}

function putRequest(context: ConditionContext, put: Put): Resolved<Exclude<RequestOp, null>> {
  const value = put.value === null ? resolved("") : textOf(context, put.value);
  if (!value.ok) return value;
  const lease = put.lease === null ? resolved(0) : leaseNamed(context, put.lease);
  if (!lease.ok) return lease;
  return resolved({
    kind: "put",
    key: put.key,
    value: value.value,
    prevKv: true,
    ...(lease.value === 0 ? {} : { lease: lease.value }),
    ...(put.value === null ? { ignoreValue: true } : {}),
    ...(put.ignoreLease ? { ignoreLease: true } : {}),
  });
}

const RESULTS: Readonly<Record<"==" | "!=" | "<" | ">", CompareResult>> = {
  "==": "equal",
  "!=": "not-equal",
  "<": "less",
  ">": "greater",
};

function compareOf(context: ConditionContext, compare: TxnCompare): Resolved<Compare> {
  if (compare.kind === "owner") {
    const owned = ownedKey(context, compare.handle);
    if (!owned.ok) return owned;
    return resolved({ key: owned.value.key, target: "create", result: "equal", operand: owned.value.token });
  }
  const range = rangeOf(compare.keys);
  const result = RESULTS[compare.operator];
  const { target } = compare;
  if (target === "value") {
    const operand = textOf(context, compare.operand);
    return operand.ok ? resolved({ ...range, target, result, operand: operand.value }) : operand;
  }
  const operand = numberOf(context, compare.operand);
  return operand.ok ? resolved({ ...range, target, result, operand: operand.value }) : operand;
}

/** A number, or the id of a lease by its name. */
function numberOf(context: ConditionContext, operand: Operand): Resolved<number> {
  if (operand.kind === "word") return leaseNamed(context, operand.value);
  const value = evaluateOne(context, operand);
  if (!value.ok) return value;
  const number = typeof value.value === "string" ? Number(value.value) : value.value;
  return typeof number === "number" && Number.isSafeInteger(number)
    ? resolved(number)
    : unresolved(t("a revision or a version is a number, not {0}", showValue(context.world, value.value)));
}

/** An operand as the text that the store wants; numbers stand for their digits. */
export function textOf(context: ConditionContext, operand: Operand): Resolved<string> {
  const value = evaluateOne(context, operand);
  if (!value.ok) return value;
  const text = asText(value.value);
  return typeof text === "string"
    ? resolved(text)
    : unresolved(t("a value must be text, not {0}", showValue(context.world, text)));
}

/** Numbers stand for their digits where the store wants text. */
export function asText(value: Value): Value {
  return typeof value === "number" ? String(value) : value;
}

function all<A, B>(items: readonly A[], each: (item: A) => Resolved<B>): Resolved<readonly B[]> {
  const values: B[] = [];
  for (const item of items) {
    const value = each(item);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return resolved(values);
}
