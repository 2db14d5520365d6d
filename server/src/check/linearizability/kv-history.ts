import type { RangeRequest, RequestOp, Revision } from "../../kv/request.js";
import type { KvResponse } from "../../kv/response.js";
import { answerOf, type ClientRecord, isOther } from "./client-record.js";
import type { HistoricRead } from "./model/historic.js";
import { changeSeen, type ModelOperation, onlyReads } from "./model/operation.js";
import type { ModelRequest } from "./model/step.js";
import type { Operation } from "./operation.js";
import { valueHistory } from "./value-history.js";
import { type Believed, witnessOrder } from "./witness-order.js";

/** What executing an operation did, by the committed log. */
export interface LogEffect {
  /** Its position: that of its first execution. */
  readonly position: number;
  /** The store's revision afterwards. */
  readonly revision: Revision;
  /** Whether it made that revision. */
  readonly changed: boolean;
}

/** A request that no client sent: a lease's expiry, or what servers were given to start with. It may take effect after `call`, or never. */
export interface InternalRequest {
  /** A negative number of its own. */
  readonly id: number;
  readonly request: ModelRequest;
  /** Position in the history's order of events, before which it was certainly not executed. */
  readonly call: number;
  readonly effect: LogEffect | null;
}

/** What else is known of a run. Nothing of it is believed where answers tell otherwise. */
export interface RunKnowledge<R extends ClientRecord = ClientRecord> {
  /** What the committed log shows of an operation; `null` when it shows nothing. */
  effectOf(record: R): LogEffect | null;
  /** Whether what the log does not show will never take effect: the run is over, and the log known to its end. */
  readonly complete?: boolean;
  readonly internal?: readonly InternalRequest[];
  /** The run of a server's process (after a restart it is another one) that answered an operation; `null` where it is not known. */
  serverOf?(record: R): number | null;
}

/** A run's client history, made ready for the checks. */
export interface KvHistory {
  /** For the full model (model/check.ts), by call order; ids are the records' numbers. */
  readonly model: readonly ModelOperation[];
  /** What values alone can say, for the search key by key (check.ts), by call order; the same ids. */
  readonly operations: readonly Operation[];
  /** Ids in the order in which they probably took effect, for both. */
  readonly witness: readonly number[];
  /** For the full model: positions in the log of operations of unknown outcome. */
  readonly committed: ReadonlyMap<number, number>;
  /** For the full model: operations of unknown outcome that never took effect. */
  readonly notCommitted: ReadonlySet<number>;
  /** Reads that promise less than linearizability, for model/historic.ts; ids are the records' numbers. */
  readonly historic: readonly HistoricRead[];
  /** Numbers of operations that no check looks at: what the model does not know, and reads without an answer. */
  readonly unchecked: readonly number[];
}

/** Translates what clients saw. */
export function kvHistory<R extends ClientRecord>(records: readonly R[], knowledge: RunKnowledge<R>): KvHistory {
  const model: ModelOperation[] = [];
  const believed: Believed[] = [];
  const committed = new Map<number, number>();
  const notCommitted = new Set<number>();
  const historic: HistoricRead[] = [];
  const unchecked: number[] = [];

  const enter = (operation: ModelOperation, effect: LogEffect | null): void => {
    model.push(operation);
    const belief = beliefOf(operation, effect);
    if (belief !== null) believed.push(belief);
    if (operation.response !== null) return;
    if (effect !== null) committed.set(operation.id, effect.position);
    else if (knowledge.complete) notCommitted.add(operation.id);
  };

  for (const { id, request, call, effect } of knowledge.internal ?? []) {
    enter({ id, client: 0, request, call, return: null, response: null }, effect);
  }
  for (const record of records) {
    const { number: id, client, invokeEvent: call, returnEvent } = record;
    const answer = answerOf(record);
    const response = answer.kind === "answered" ? answer.response : null;
    const request = requestOf(record.body, response);
    if (answer.kind === "refused" || request === null || (response === null && onlyReads(request))) {
      unchecked.push(id);
    } else if (isStaleRead(request)) {
      const server = knowledge.serverOf?.(record) ?? null;
      const end = returnEvent ?? call;
      if (response !== null) historic.push({ id, client, server, request, call, return: end, response });
    } else {
      const end = response === null ? null : returnEvent;
      enter({ id, client, request, call, return: end, response }, knowledge.effectOf(record));
    }
  }
  model.sort((a, b) => a.call - b.call);
  return {
    model,
    operations: valueHistory(model.filter(({ id }) => !notCommitted.has(id))),
    witness: witnessOrder(believed),
    committed,
    notCommitted,
    historic,
    unchecked,
  };
}

/** The request as the model takes it; `null` where it does not know such a one, or what the server made of it. */
function requestOf(body: ClientRecord["body"], response: KvResponse | null): ModelRequest | null {
  if (isOther(body) || body.kind === "alarm" || body.kind === "lease-checkpoint") return null;
  if (body.kind !== "lease-grant" || body.id !== 0) return body;
  // The server chose the id: where nobody was told it, nobody can have used it.
  return response?.kind === "lease-grant" ? { ...body, id: response.id } : null;
}

/**
 * Whether a request is answered from one server's state as it is: serializable reads, and transactions of nothing else; one without operations
 * is such a one (etcd: v3_server.go, isTxnSerializable).
 */
function isStaleRead(request: ModelRequest): request is HistoricRead["request"] {
  if (request.kind === "range") return request.serializable === true;
  return request.kind === "txn" && [...request.success, ...request.failure].every(isSerializableRange);
}

function isSerializableRange(operation: RequestOp): operation is RangeRequest {
  return operation?.kind === "range" && operation.serializable === true;
}

function beliefOf(operation: ModelOperation, effect: LogEffect | null): Believed | null {
  const { id, call, return: end, response } = operation;
  if (response === null && effect === null) return null;
  const told = response === null || response.kind === "error" ? null : response;
  const change = told === null ? "unknown" : changeSeen(told);
  const changed = change === "unknown" ? (effect?.changed ?? false) : change === "one";
  return {
    id,
    call,
    return: end,
    revision: told?.revision ?? effect?.revision ?? null,
    changed: changed && (told !== null || effect !== null),
    position: effect?.position ?? null,
    late: response?.kind === "error" && response.error === "compacted",
  };
}
