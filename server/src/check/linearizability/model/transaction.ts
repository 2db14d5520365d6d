import type { KvError } from "../../../kv/error.js";
import type { RangeRequest, RequestOp, Revision, TxnRequest } from "../../../kv/request.js";
import type { KvResponse } from "../../../kv/response.js";
import { applyDelete, applyPut, applyRange, ignoredFault, leaseFault, type Transition } from "./change.js";
import type { ModelState } from "./state.js";
import { comparesHold } from "./transaction-rules.js";

/** A transaction with its branch chosen, and so those inside it. */
interface Chosen {
  readonly kind: "chosen";
  readonly succeeded: boolean;
  readonly operations: readonly (Exclude<RequestOp, TxnRequest | null> | Chosen)[];
}

/** What a transaction did, or why it is refused as a whole. */
export type Ran = (Transition & { readonly kind: "ran" }) | { readonly kind: "refused"; readonly error: KvError };

/**
 * Runs a transaction that is well formed (etcd: etcdserver/apply.go, Txn). All branches are chosen, and all puts and revisions in
 * them checked, by the state before; then its operations run in order, each seeing what the ones before it did.
 */
export function runTransaction(before: ModelState, request: TxnRequest): Ran {
  const chosen = choose(before, request);
  const error = putsFault(before, chosen) ?? rangesFault(before, chosen);
  if (error !== null) return { kind: "refused", error };
  const next = before.revision + 1;
  const changed: string[] = [];
  let state = before;
  let late: KvError | null = null;

  const run = ({ succeeded, operations }: Chosen, revision: Revision | null): KvResponse => {
    const responses = operations.map((operation): KvResponse => {
      if (operation.kind === "chosen") return run(operation, 0);
      if (operation.kind === "put") late ??= ignoredFault(state, operation);
      const done = runOne(state, operation, next);
      state = done.state;
      changed.push(...done.changed);
      return done.response;
    });
    return { kind: "txn", revision: revision ?? state.revision, succeeded, responses };
  };

  const response = run(chosen, null);
  // etcd's server stops here; nothing that its client could see tells it from a refusal.
  if (late !== null) return { kind: "refused", error: late };
  return { kind: "ran", state, response, changed };
}

function runOne(state: ModelState, operation: Exclude<RequestOp, TxnRequest | null>, next: Revision): Transition {
  switch (operation.kind) {
    case "put":
      return applyPut(state, operation, next);
    case "delete":
      return applyDelete(state, operation, next);
    case "range":
      return applyRange(state, operation);
  }
}

function choose(state: ModelState, { compare, success, failure }: TxnRequest): Chosen {
  const succeeded = comparesHold(state, compare);
  const operations = (succeeded ? success : failure).flatMap((operation) => {
    if (operation === null) return [];
    return [operation.kind === "txn" ? choose(state, operation) : operation];
  });
  return { kind: "chosen", succeeded, operations };
}

/** etcd: etcdserver/apply.go, checkRequestPut. */
function putsFault(state: ModelState, { operations }: Chosen): KvError | null {
  for (const operation of operations) {
    let fault: KvError | null = null;
    if (operation.kind === "chosen") fault = putsFault(state, operation);
    if (operation.kind === "put") fault = ignoredFault(state, operation) ?? leaseFault(state, operation);
    if (fault !== null) return fault;
  }
  return null;
}

function rangesFault(state: ModelState, { operations }: Chosen): KvError | null {
  for (const operation of operations) {
    let fault: KvError | null = null;
    if (operation.kind === "chosen") fault = rangesFault(state, operation);
    if (operation.kind === "range") fault = innerRevisionFault(state, operation);
    if (fault !== null) return fault;
  }
  return null;
}

/** etcd: etcdserver/apply.go, checkRequestRange: other than in a range alone, a negative revision can be one that is compacted. */
function innerRevisionFault(state: ModelState, { revision = 0 }: RangeRequest): KvError | null {
  if (revision === 0) return null;
  if (revision > state.revision) return "future-revision";
  return revision < state.compactRevision ? "compacted" : null;
}
