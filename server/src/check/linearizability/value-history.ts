import { asCompareAndSwap, foundInstead } from "../../kv/compare-and-swap.js";
import { overlap, prefixOf } from "../../kv/key-range.js";
import type { KeyRange, RangeRequest, RequestOp, TxnRequest } from "../../kv/request.js";
import type { KvResponse } from "../../kv/response.js";
import type { ModelOperation } from "./model/operation.js";
import type { ModelRequest } from "./model/step.js";
import type { Action, Operation } from "./operation.js";

/**
 * What of a history can be said with values alone, key by key: without revisions, leases and transactions but compare-and-swap. Keys that
 * something else may have changed are left out with all that touches them, and so are reads that ask for less or more than values: what
 * is left has to be linearizable if the whole is. The whole need not be if it is.
 */
export function valueHistory(operations: readonly ModelOperation[]): Operation[] {
  const entries = operations.map((operation) => ({
    operation,
    action: actionOf(operation.request, operation.response),
  }));
  const effective = entries.filter(({ operation }) => operation.response?.kind !== "error");
  const foreign = effective.flatMap(({ operation, action }) => (action === null ? changedBy(operation.request) : []));
  const isForeign = (range: KeyRange): boolean => foreign.some((other) => overlap(other, range));
  // A prefix that is deleted together with such a key is as foreign as that key.
  let deletes = effective.flatMap(({ operation: { request } }) => (request.kind === "delete" ? [request] : []));
  for (let more = true; more; ) {
    const joined = deletes.filter(isForeign);
    more = joined.length > 0;
    deletes = deletes.filter((range) => !joined.includes(range));
    foreign.push(...joined);
  }
  return effective.flatMap(({ operation, action }): Operation[] => {
    const { id, client, call, return: end, request } = operation;
    if (action === null || touchedBy(request).some(isForeign)) return [];
    return [{ id, client, call, return: end, action }];
  });
}

/** The ranges that a request may change. */
function changedBy(request: ModelRequest | RequestOp): KeyRange[] {
  switch (request?.kind) {
    case "put":
      return [{ key: request.key }];
    case "delete":
      return [request];
    case "txn":
      return [...request.success, ...request.failure].flatMap(changedBy);
    default:
      return [];
  }
}

function touchedBy(request: ModelRequest): KeyRange[] {
  return request.kind === "range" ? [request] : changedBy(request);
}

/** What a request does and what its client saw, in values; `null` where that does not say it all. */
function actionOf(request: ModelRequest, response: KvResponse | null): Action | null {
  switch (request.kind) {
    case "put": {
      const { key, value, lease, ignoreValue, ignoreLease, prevKv } = request;
      if (lease || ignoreValue || ignoreLease) return null;
      if (!prevKv || response?.kind !== "put") return { kind: "write", key, value };
      return { kind: "write", key, value, previous: response.prevKv?.value ?? null };
    }
    case "delete": {
      const target = targetOf(request);
      if (target === null) return null;
      const action =
        target.kind === "key"
          ? ({ kind: "delete", key: target.key } as const)
          : ({ kind: "delete-prefix", prefix: target.prefix } as const);
      return response?.kind === "delete" ? { ...action, deleted: response.deleted } : action;
    }
    case "txn":
      return swapOf(request, response);
    case "range": {
      const target = readsValues(request) ? targetOf(request) : null;
      if (target === null || response?.kind !== "range") return null;
      const { kvs } = response;
      if (target.kind === "key") return { kind: "read", key: target.key, value: kvs[0]?.value ?? null };
      return { kind: "read-prefix", prefix: target.prefix, pairs: kvs.map((kv) => [kv.key, kv.value] as const) };
    }
    case "compact":
    case "lease-grant":
    case "lease-revoke":
      return null;
  }
}

/** A transaction that is a compare-and-swap, as that. */
function swapOf(request: TxnRequest, response: KvResponse | null): Action | null {
  const swap = asCompareAndSwap(request);
  const [read] = request.failure;
  if (swap === null || read?.kind !== "range" || !readsValues(read)) return null;
  const { key, expected: from, value: to } = swap;
  if (response?.kind !== "txn") return { kind: "cas", key, from, to };
  const { succeeded } = response;
  if (succeeded) return { kind: "cas", key, from, to, succeeded };
  return { kind: "cas", key, from, to, succeeded, actual: foundInstead(response)?.value ?? null };
}

/** One key or the keys with a prefix; `null` for any other range. */
function targetOf(
  range: KeyRange,
): { readonly kind: "key"; readonly key: string } | { readonly kind: "prefix"; readonly prefix: string } | null {
  if ((range.rangeEnd ?? "") === "") return { kind: "key", key: range.key };
  const prefix = prefixOf(range);
  return prefix === null ? null : { kind: "prefix", prefix };
}

/** Whether a read gives all pairs there are now, with their values. */
function readsValues(request: RangeRequest): boolean {
  const { revision = 0, limit, keysOnly, countOnly } = request;
  const { minModRevision, maxModRevision, minCreateRevision, maxCreateRevision } = request;
  const filters = [minModRevision, maxModRevision, minCreateRevision, maxCreateRevision, limit];
  return revision <= 0 && !keysOnly && !countOnly && filters.every((bound) => !bound);
}
