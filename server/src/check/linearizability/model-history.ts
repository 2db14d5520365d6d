import type { KvRequest, RangeRequest, TxnRequest } from "../../kv/request.js";
import type { KvResponse } from "../../kv/response.js";
import { isReadOnly, isSerializable } from "../../kv/txn.js";
import type { Index } from "../../raft/types.js";
import type { ClientOperation } from "../../sim/client-operation.js";
import type { OperationRecord } from "../../sim/history.js";
import type { AppliedEntries } from "../applied-entries.js";
import { finish, type Sliced } from "../sliced.js";
import type { ModelOperation } from "./model/operation.js";
import type { ModelRequest } from "./model/step.js";

/** What the committed log shows of a run. */
export interface CommittedLog {
  readonly log: AppliedEntries;
  /** The index at which a client's request was executed; 0 when it was not. */
  executedAt(session: number, sequence: number): Index;
}

/** A run's client history, made ready for the check by etcd's full model. */
export interface ModelHistory {
  /** Ids are the records' numbers; those of what no client sent are negative. */
  readonly operations: readonly ModelOperation[];
  /** Ids in the order that the log and the revisions in the answers suggest. */
  readonly witness: readonly number[];
  /** Operations of unknown outcome that took effect, with their index in the log. */
  readonly committed: ReadonlyMap<number, Index>;
  /** Operations of unknown outcome that are not in the log. */
  readonly notCommitted: ReadonlySet<number>;
}

/** Errors that the model gives as well. After any other one an earlier attempt may still have taken effect. */
const MODELLED: ReadonlySet<string> = new Set([
  "key-empty",
  "key-not-found",
  "value-provided",
  "lease-provided",
  "too-many-operations",
  "duplicate-key",
  "lease-not-found",
  "lease-exists",
  "lease-ttl-too-large",
  "compacted",
  "future-revision",
]);

/** Errors with which an operation certainly did nothing, for reasons that the model does not know. */
const REFUSED: ReadonlySet<string> = new Set(["request-too-large", "learner"]);

/**
 * Translates what clients saw, and what the servers proposed themselves. What the log shows is believed of operations whose outcome
 * their clients do not know, and helps to find an order for the others.
 */
export function modelHistory(records: readonly OperationRecord[], committed: CommittedLog): ModelHistory {
  return finish(modelHistoryInSlices(records, committed));
}

/** Records after which others may have their turn. */
const SLICE = 4096;

/** {@link modelHistory} in pieces of some milliseconds. */
export function* modelHistoryInSlices(
  records: readonly OperationRecord[],
  committed: CommittedLog,
): Sliced<ModelHistory> {
  const { log } = committed;
  const operations = internalOperations(log);
  const positions = new Map<number, Index>();
  const notCommitted = new Set<number>();
  const placed: Placed[] = operations.map(({ id }) => ({ id, index: -id, read: false, call: 0 }));
  for (const operation of operations) positions.set(operation.id, -operation.id);
  for (const [at, record] of records.entries()) {
    if (at % SLICE === SLICE - 1) yield;
    const operation = operationOf(record, committed);
    if (operation === null) continue;
    operations.push(operation);
    const { id, call } = operation;
    const index = committed.executedAt(record.session, record.sequence);
    if (operation.response === null) {
      if (index > 0) positions.set(id, index);
      else notCommitted.add(id);
    }
    if (index > 0) placed.push({ id, index, read: false, call });
    else if (operation.response !== null) {
      // What a server refused at once tells no revision.
      const { kind, revision } = operation.response;
      const upTo = kind === "error" ? Number.POSITIVE_INFINITY : revision;
      placed.push({ id, index: lastBefore(log, upTo, operation.return ?? 0), read: true, call });
    }
  }
  placed.sort((a, b) => a.index - b.index || Number(a.read) - Number(b.read) || a.call - b.call);
  return { operations, witness: placed.map(({ id }) => id), committed: positions, notCommitted };
}

/** Where an operation may stand in the order: at its index, or as a read behind it. */
interface Placed {
  readonly id: number;
  readonly index: Index;
  readonly read: boolean;
  readonly call: number;
}

/** What no client sent: given entries, and what leaders proposed themselves. An operation's id is its index below zero. */
function internalOperations(log: AppliedEntries): ModelOperation[] {
  const found: ModelOperation[] = [];
  for (let index = 1; index <= log.lastIndex; index += 1) {
    const entry = log.at(index);
    if (entry?.kind !== "command" || entry.command.client !== 0) continue;
    const request = modelRequest(entry.command.operation);
    // Nobody called them: they may take effect from before everything else on.
    if (request !== null) {
      found.push({ id: -index, client: 0, request, call: index - log.lastIndex - 1, return: null, response: null });
    }
  }
  return found;
}

function operationOf(record: OperationRecord, committed: CommittedLog): ModelOperation | null {
  const { body, outcome, number: id, client, invokeEvent: call, session, sequence } = record;
  if (isWeakRead(body)) return null;
  const index = committed.executedAt(session, sequence);
  const entry = index > 0 ? committed.log.at(index) : undefined;
  // A lease's id is chosen by the server: the log has it.
  const request = modelRequest(entry?.kind === "command" ? entry.command.operation : body);
  if (request === null || (outcome?.kind === "error" && REFUSED.has(outcome.error))) return null;
  const response = modelledResponse(outcome);
  if (response === null) return { id, client, request, call, return: null, response: null };
  const asked =
    request.kind === "lease-grant" && response.kind === "lease-grant" ? { ...request, id: response.id } : request;
  return { id, client, request: asked, call, return: record.returnEvent, response };
}

/** Whether an operation is a read that promises less than linearizability: serializable, or at a revision. */
export function isWeakRead(body: ClientOperation): body is RangeRequest | TxnRequest {
  if (body.kind === "range") return isWeakRange(body);
  if (body.kind !== "txn" || !isReadOnly(body)) return false;
  return (
    isSerializable(body) ||
    [...body.success, ...body.failure].some((each) => each?.kind === "range" && isWeakRange(each))
  );
}

function isWeakRange({ serializable, revision = 0 }: RangeRequest): boolean {
  return serializable === true || revision > 0;
}

/** What the model knows of; alarms and what is left of leases are not its business, and no more is what one server answers by itself. */
function modelRequest(body: ClientOperation | KvRequest): ModelRequest | null {
  switch (body.kind) {
    case "put":
    case "range":
    case "delete":
    case "txn":
    case "compact":
    case "lease-grant":
    case "lease-revoke":
      return body;
    default:
      return null;
  }
}

/** An answer that the model can judge; `null` for any other outcome. */
export function modelledResponse(outcome: OperationRecord["outcome"]): KvResponse | null {
  if (outcome?.kind === "error") {
    const { error } = outcome;
    return isModelled(error) ? { kind: "error", revision: 0, error } : null;
  }
  if (outcome?.kind !== "result") return null;
  const { result } = outcome;
  switch (result.kind) {
    case "put":
    case "range":
    case "delete":
    case "txn":
    case "compact":
    case "lease-grant":
    case "lease-revoke":
      return result;
    default:
      return null;
  }
}

type ModelledError = Extract<KvResponse, { readonly kind: "error" }>["error"];

function isModelled(error: string): error is ModelledError {
  return MODELLED.has(error);
}

/** The last index after which the store had at most `revision` and which was applied before `event`: a read stands behind it. */
function lastBefore(log: AppliedEntries, revision: number, event: number): Index {
  let low = 0;
  let high = log.lastIndex;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (log.eventAt(middle) < event && log.revisionAt(middle) <= revision) low = middle;
    else high = middle - 1;
  }
  return low;
}
