import { inRange } from "../../kv/key-range.js";
import type { KeyRange, RequestOp } from "../../kv/request.js";
import { rangeText } from "../../kv/request-text.js";
import { isReadOnly, isSerializable } from "../../kv/txn.js";
import type { ClientOperation } from "../../sim/client-operation.js";
import type { OperationOutcome, OperationRecord } from "../../sim/history.js";

/** What sort of operation it is; filters go by it. `server`: one that a server answers by itself, such as `status`. */
export type OperationSort = "read" | "write" | "txn" | "lease" | "compact" | "server";

/** How an operation ended. `unknown`: nobody knows whether it took effect; `open`: it has no answer yet. */
export type OutcomeSort = "ok" | "none" | "failed" | "error" | "unknown" | "open";

/** What a read promises: the newest state, that of the server asked, or that of a revision. */
export type Reading = "linearizable" | "serializable" | "revision";

/** The sort of an operation. */
export function sortOf(body: ClientOperation): OperationSort {
  switch (body.kind) {
    case "range":
      return "read";
    case "put":
    case "delete":
      return "write";
    case "txn":
      return "txn";
    case "compact":
      return "compact";
    case "lease-grant":
    case "lease-revoke":
    case "lease-keepalive":
    case "lease-ttl":
    case "lease-list":
    case "lease-checkpoint":
      return "lease";
    default:
      return "server";
  }
}

/** How an operation ended. */
export function outcomeSort(outcome: OperationOutcome | null): OutcomeSort {
  if (outcome === null) return "open";
  if (outcome.kind === "timeout") return "unknown";
  if (outcome.kind === "error") return "error";
  const { result } = outcome;
  switch (result.kind) {
    case "error":
      return "error";
    case "range":
      return result.count === 0 ? "none" : "ok";
    case "delete":
      return result.deleted === 0 ? "none" : "ok";
    case "txn":
      return result.succeeded ? "ok" : "failed";
    default:
      return "ok";
  }
}

/** What a read promises; `null` of what is no read. */
export function readingOf(body: ClientOperation): Reading | null {
  if (body.kind === "range") {
    if ((body.revision ?? 0) > 0) return "revision";
    return body.serializable === true ? "serializable" : "linearizable";
  }
  if (body.kind !== "txn" || !isReadOnly(body)) return null;
  return isSerializable(body) ? "serializable" : "linearizable";
}

/** The keys that an operation names: of a transaction, those of its conditions and of both branches; each once, at most `most`. */
export function rangesOf(body: ClientOperation, most = 16): readonly KeyRange[] {
  const found = new Map<string, KeyRange>();
  const add = (range: KeyRange): void => {
    if (found.size < most) found.set(JSON.stringify([range.key, range.rangeEnd ?? ""]), range);
  };
  const visit = (operation: ClientOperation | RequestOp): void => {
    switch (operation?.kind) {
      case "put":
        add({ key: operation.key });
        return;
      case "range":
      case "delete":
        add(operation);
        return;
      case "txn":
        for (const compare of operation.compare) add(compare);
        for (const each of [...operation.success, ...operation.failure]) visit(each);
        return;
      default:
        return;
    }
  };
  visit(body);
  return [...found.values()];
}

/** Whether an operation names a key or a range that holds it, or one whose words hold the text. */
export function touches({ body }: Pick<OperationRecord, "body">, text: string): boolean {
  return rangesOf(body).some((range) => inRange(text, range) || rangeText(range).includes(text));
}
