import type { KvResult, Revision } from "../../kv/contract.js";
import type { OperationRecord } from "../../sim/history.js";
import type { ClientOperation } from "../../sim/message.js";
import type { Action, Operation } from "./operation.js";

/** A run's client history, made ready for the check. */
export interface KvHistory {
  /** By call order; ids are the records' numbers. */
  readonly operations: readonly Operation[];
  /** Ids in the order that the revisions in the answers suggest. */
  readonly witness: readonly number[];
  /** Numbers of operations that promise less than linearizability: serializable reads and reads at a given revision. */
  readonly unchecked: readonly number[];
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
  const places: { readonly id: number; readonly revision: Revision; readonly late: number; readonly call: number }[] =
    [];
  for (const record of records) {
    const { body, outcome, number: id, client, invokeEvent: call } = record;
    if (body.key === "" || (outcome?.kind === "error" && HARMLESS_ERRORS.has(outcome.error))) continue;
    if (body.kind === "get" && (body.serializable || body.revision > 0)) {
      unchecked.push(id);
      continue;
    }
    const result = outcome?.kind === "result" ? outcome.result : null;
    const end = result === null ? null : record.returnEvent;
    operations.push({ id, client, call, return: end, action: actionOf(body, result) });
    if (result !== null) places.push({ id, revision: result.revision, late: changed(result) ? 0 : 1, call });
    else if (effectOf(record) > 0) places.push({ id, revision: effectOf(record), late: 0, call });
  }
  places.sort((a, b) => a.revision - b.revision || a.late - b.late || a.call - b.call);
  return { operations, witness: places.map(({ id }) => id), unchecked };
}

function changed(result: KvResult): boolean {
  switch (result.kind) {
    case "put":
      return true;
    case "delete":
      return result.deleted > 0;
    case "cas":
      return result.succeeded;
    case "get":
    case "error":
      return false;
  }
}

function actionOf(body: ClientOperation, result: KvResult | null): Action {
  const { key } = body;
  switch (body.kind) {
    case "put": {
      const { value } = body;
      if (result?.kind !== "put") return { kind: "write", key, value };
      return { kind: "write", key, value, previous: result.previous?.value ?? null };
    }
    case "delete": {
      const action = body.prefix
        ? ({ kind: "delete-prefix", prefix: key } as const)
        : ({ kind: "delete", key } as const);
      return result?.kind === "delete" ? { ...action, deleted: result.deleted } : action;
    }
    case "cas": {
      const { expected: from, value: to } = body;
      if (result?.kind !== "cas") return { kind: "cas", key, from, to };
      return { kind: "cas", key, from, to, succeeded: result.succeeded, actual: result.actual?.value ?? null };
    }
    case "get": {
      const kvs = result?.kind === "get" ? result.kvs : [];
      if (!body.prefix) return { kind: "read", key, value: kvs[0]?.value ?? null };
      return { kind: "read-prefix", prefix: key, pairs: kvs.map((kv) => [kv.key, kv.value] as const) };
    }
  }
}
