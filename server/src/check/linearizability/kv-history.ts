import type { KvRequest, Revision } from "../../kv/request.js";
import type { KvResponse } from "../../kv/response.js";
import { type ClientOperation, isRead, type OperationResult } from "../../sim/client-operation.js";
import type { OperationRecord } from "../../sim/history.js";
import { isServerRequest } from "../../sim/server-requests.js";
import { actionOfRequest } from "../histories/by-values.js";
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
    if (promisesLess(body)) {
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
    operations.push({ id, client, call, return: end, action });
    if (result !== null) places.push({ id, revision: result.revision, late: changed(result) ? 0 : 1, call });
    else if (effectOf(record) > 0) places.push({ id, revision: effectOf(record), late: 0, call });
  }
  places.sort((a, b) => a.revision - b.revision || a.late - b.late || a.call - b.call);
  return { operations, witness: places.map(({ id }) => id), unchecked, complete };
}

/** Reads that promise less than linearizability: serializable, or at a revision. */
function promisesLess(body: ClientOperation): boolean {
  return body.kind === "range" && (body.serializable === true || (body.revision ?? 0) > 0);
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
  return isStoreRequest(body)
    ? actionOfRequest(body, result !== null && isStoreResponse(result) ? result : null)
    : null;
}

function isStoreRequest(body: ClientOperation): body is KvRequest {
  return !isServerRequest(body);
}

function isStoreResponse(result: OperationResult): result is KvResponse {
  return result.kind === "put" || result.kind === "range" || result.kind === "delete" || result.kind === "txn";
}
