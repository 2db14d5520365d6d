import { asCompareAndSwap, foundInstead } from "../../kv/compare-and-swap.js";
import { prefixOf } from "../../kv/key-range.js";
import type { RangeRequest, Revision } from "../../kv/request.js";
import { type ClientOperation, isRead, type OperationResult } from "../../sim/client-operation.js";
import type { OperationRecord } from "../../sim/history.js";
import type { Action, Operation } from "./operation.js";

/** A run's client history, made ready for the check. */
export interface KvHistory {
  /** By call order; ids are the records' numbers. */
  readonly operations: readonly Operation[];
  /** Ids in the order that the revisions in the answers suggest. */
  readonly witness: readonly number[];
  /** Numbers of operations that promise less than linearizability: serializable reads and reads at a given revision. */
  readonly unchecked: readonly number[];
  /** Whether everything that may have changed a key is among them: transactions, leases and odd ranges are not told by values alone. */
  readonly complete: boolean;
}

/** Errors with which an operation certainly did nothing. After any other one an earlier attempt may still take effect. */
const HARMLESS_ERRORS: ReadonlySet<string> = new Set(["key-empty", "future-revision", "compacted"]);

/**
 * Translates what clients saw. `effectOf` says for an operation of unknown outcome at which revision it took effect,
 * 0 for never or unknown: that only helps to find an order, and is not believed.
 */
export function kvHistory(
  records: readonly OperationRecord[],
  effectOf: (record: OperationRecord) => Revision,
): KvHistory {
  const operations: Operation[] = [];
  const unchecked: number[] = [];
  let complete = true;
  const places: { readonly id: number; readonly revision: Revision; readonly late: number; readonly call: number }[] =
    [];
  for (const record of records) {
    const { body, outcome, number: id, client, invokeEvent: call } = record;
    if (outcome?.kind === "error" && HARMLESS_ERRORS.has(outcome.error)) continue;
    if (body.kind === "range" && (body.serializable || (body.revision ?? 0) > 0)) {
      unchecked.push(id);
      continue;
    }
    const result = outcome?.kind === "result" ? outcome.result : null;
    const end = result === null ? null : record.returnEvent;
    const action = actionOf(body, result);
    if (action === null) {
      complete &&= isRead(body);
      continue;
    }
    if (body.kind === "put" && ((body.lease ?? 0) !== 0 || body.ignoreValue)) complete = false;
    operations.push({ id, client, call, return: end, action });
    if (result !== null) places.push({ id, revision: result.revision, late: changed(result) ? 0 : 1, call });
    else if (effectOf(record) > 0) places.push({ id, revision: effectOf(record), late: 0, call });
  }
  places.sort((a, b) => a.revision - b.revision || a.late - b.late || a.call - b.call);
  return { operations, witness: places.map(({ id }) => id), unchecked, complete };
}

/** Whether a read shows all pairs of its range with their values. */
function isPlain(read: RangeRequest): boolean {
  const { limit, keysOnly, countOnly, minModRevision, maxModRevision, minCreateRevision, maxCreateRevision } = read;
  return !(
    limit ||
    keysOnly ||
    countOnly ||
    minModRevision ||
    maxModRevision ||
    minCreateRevision ||
    maxCreateRevision
  );
}

function changed(result: OperationResult): boolean {
  switch (result.kind) {
    case "put":
      return true;
    case "delete":
      return result.deleted > 0;
    case "txn":
      return result.succeeded;
    default:
      return false;
  }
}

function actionOf(body: ClientOperation, result: OperationResult | null): Action | null {
  switch (body.kind) {
    case "put": {
      const { key, value } = body;
      if (result?.kind !== "put" || !body.prevKv) return { kind: "write", key, value };
      return { kind: "write", key, value, previous: result.prevKv?.value ?? null };
    }
    case "delete": {
      const prefix = prefixOf(body);
      if (prefix === null && (body.rangeEnd ?? "") !== "") return null;
      const action =
        prefix === null ? ({ kind: "delete", key: body.key } as const) : ({ kind: "delete-prefix", prefix } as const);
      return result?.kind === "delete" ? { ...action, deleted: result.deleted } : action;
    }
    case "txn": {
      const swap = asCompareAndSwap(body);
      if (swap === null) return null;
      const { key, expected: from, value: to } = swap;
      if (result?.kind !== "txn") return { kind: "cas", key, from, to };
      const actual = result.succeeded ? from : (foundInstead(result)?.value ?? null);
      return { kind: "cas", key, from, to, succeeded: result.succeeded, actual };
    }
    case "range": {
      const kvs = result?.kind === "range" ? result.kvs : [];
      const prefix = prefixOf(body);
      if ((prefix === null && (body.rangeEnd ?? "") !== "") || !isPlain(body)) return null;
      if (prefix === null) return { kind: "read", key: body.key, value: kvs[0]?.value ?? null };
      return { kind: "read-prefix", prefix, pairs: kvs.map((kv) => [kv.key, kv.value] as const) };
    }
    default:
      return null;
  }
}
