import type { KvError } from "../../../kv/error.js";
import type {
  AlarmRequest,
  CompactionRequest,
  KvRequest,
  LeaseCheckpointRequest,
  LeaseGrantRequest,
  LeaseRevokeRequest,
  Revision,
} from "../../../kv/request.js";
import { applyDelete, applyPut, applyRange, ignoredFault, leaseFault, NOTHING, type Transition } from "./change.js";
import { pairsIn } from "./read.js";
import { hasLease, type ModelState, withKey, withLease } from "./state.js";
import { runTransaction } from "./transaction.js";
import { putFault, transactionFault } from "./transaction-rules.js";

/** The requests that the specification knows: alarms and what is left of leases change nothing that it holds. */
export type ModelRequest = Exclude<KvRequest, AlarmRequest | LeaseCheckpointRequest>;

/** The longest TTL that a lease can have, in seconds (etcd: lease/lessor.go, MaxLeaseTTL). */
const MAX_TTL = 9_000_000_000;

/** Executes one request with etcd's meaning. */
export function step(state: ModelState, request: ModelRequest): Transition {
  switch (request.kind) {
    case "range": {
      const fault = request.key === "" ? "key-empty" : revisionFault(state, request.revision ?? 0);
      return fault === null ? applyRange(state, request) : refuse(state, fault);
    }
    case "put": {
      const fault = putFault(request) ?? leaseFault(state, request) ?? ignoredFault(state, request);
      return fault === null ? applyPut(state, request, state.revision + 1) : refuse(state, fault);
    }
    case "delete":
      return request.key === "" ? refuse(state, "key-empty") : applyDelete(state, request, state.revision + 1);
    case "txn": {
      const fault = transactionFault(request);
      if (fault !== null) return refuse(state, fault);
      const done = runTransaction(state, request);
      return done.kind === "refused" ? refuse(state, done.error) : done;
    }
    case "compact":
      return compact(state, request);
    case "lease-grant":
      return grant(state, request);
    case "lease-revoke":
      return revoke(state, request);
  }
}

function refuse(state: ModelState, error: KvError): Transition {
  return { state, response: { kind: "error", revision: state.revision, error }, changed: NOTHING };
}

/** etcd: mvcc/kvstore_txn.go, rangeKeys. */
function revisionFault({ revision, compactRevision }: ModelState, asked: Revision): KvError | null {
  if (asked > revision) return "future-revision";
  return asked > 0 && asked < compactRevision ? "compacted" : null;
}

/** etcd: mvcc/kvstore.go, Compact. The past stays: only the answers change. */
function compact(state: ModelState, { revision }: CompactionRequest): Transition {
  if (revision <= state.compactRevision) return refuse(state, "compacted");
  if (revision > state.revision) return refuse(state, "future-revision");
  return {
    state: { ...state, compactRevision: revision },
    response: { kind: "compact", revision: state.revision },
    changed: NOTHING,
  };
}

/** etcd: lease/lessor.go, Grant. The answer has the TTL that was asked for: how far it is raised is the cluster's setting. */
function grant(state: ModelState, { id, ttl }: LeaseGrantRequest): Transition {
  if (id === 0) return refuse(state, "lease-not-found");
  if (ttl > MAX_TTL) return refuse(state, "lease-ttl-too-large");
  if (hasLease(state, id)) return refuse(state, "lease-exists");
  return {
    state: withLease(state, id, true),
    response: { kind: "lease-grant", revision: state.revision, id, ttl },
    changed: NOTHING,
  };
}

/** etcd: lease/lessor.go, Revoke: all keys of the lease go in one revision. */
function revoke(state: ModelState, { id }: LeaseRevokeRequest): Transition {
  if (!hasLease(state, id)) return refuse(state, "lease-not-found");
  const keys = pairsIn(state, { key: "\0", rangeEnd: "\0" }, null).filter(({ lease }) => lease === id);
  const revision = state.revision + 1;
  const after = keys.reduce((changing, { key }) => withKey(changing, key, null, revision), state);
  return {
    state: withLease(after, id, false),
    response: { kind: "lease-revoke", revision: after.revision },
    changed: keys.map(({ key }) => key),
  };
}
