import type { LeaseId, PutRequest, RequestOp, Revision, TxnRequest } from "../../../kv/request.js";
import type { KvResponse } from "../../../kv/response.js";
import type { ModelRequest } from "./step.js";

/**
 * One operation of a history, or one that no client sent (a lease's expiry: its revocation, proposed by the leader; what servers were
 * given to start with). Reads that promise less than linearizability are no part of such a history.
 */
export interface ModelOperation {
  /** The caller's number for it, unique in its history. */
  readonly id: number;
  readonly client: number;
  readonly request: ModelRequest;
  /** Position of the call in the history's order of events. All calls and returns of a history have different ones. */
  readonly call: number;
  /** Position of the return; `null` when the outcome is unknown: it may take effect at any time after the call, or never. */
  readonly return: number | null;
  /** What the client saw; `null` if and only if `return` is. */
  readonly response: KvResponse | null;
  /** Of an operation without an answer: it is known to be the change that made this revision. Left out, nothing is known. */
  readonly made?: Revision;
}

/** Whether a request only looks, whatever the state is. */
export function onlyReads(request: ModelRequest | RequestOp): boolean {
  if (request === null || request.kind === "range") return true;
  return request.kind === "txn" && [...request.success, ...request.failure].every(onlyReads);
}

/** What an answer says of the change that it was given for: made it none, one, or does the answer not tell? */
export function changeSeen(response: KvResponse): "none" | "one" | "unknown" {
  switch (response.kind) {
    case "put":
      return "one";
    case "delete":
      return response.deleted > 0 ? "one" : "none";
    case "txn":
      return response.responses.some((inner) => changeSeen(inner) === "one") ? "one" : "none";
    case "lease-revoke":
      return "unknown";
    default:
      return "none";
  }
}

/** All puts that stand in a request, in both branches of transactions. */
export function putsOf(request: ModelRequest | RequestOp): PutRequest[] {
  if (request?.kind === "put") return [request];
  return request?.kind === "txn" ? branches(request).flatMap(putsOf) : [];
}

/** What a request touches besides keys: leases by their ids, and {@link COMPACTION}. */
export type Footprint = ReadonlySet<LeaseId>;

/** Stands for the compacted revision in a {@link Footprint}; no lease has this id. */
export const COMPACTION = -1;

/** The leases that a request names, and whether what is compacted matters to it. */
export function footprintOf(request: ModelRequest | RequestOp): Footprint {
  const found = new Set<LeaseId>();
  collect(request, found);
  return found;
}

function collect(request: ModelRequest | RequestOp, found: Set<LeaseId>): void {
  switch (request?.kind) {
    case "put":
      if (request.lease) found.add(request.lease);
      return;
    case "lease-grant":
    case "lease-revoke":
      found.add(request.id);
      return;
    case "compact":
      found.add(COMPACTION);
      return;
    case "range":
      if (request.revision) found.add(COMPACTION);
      return;
    case "txn":
      for (const operation of branches(request)) collect(operation, found);
      return;
    default:
      return;
  }
}

function branches({ success, failure }: TxnRequest): RequestOp[] {
  return [...success, ...failure];
}
