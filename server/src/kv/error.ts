/** etcd's errors: the names the scenario language writes, and what etcd's clients get (etcdserver/api/v3rpc/rpctypes/error.go). */

/** A gRPC status code by its name and number. */
export const GRPC_CODES = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
} as const;

/** What an error's name stands for. `message` is etcd's text to the letter. */
export interface KvErrorEntry {
  readonly code: keyof typeof GRPC_CODES;
  readonly message: string;
}

/**
 * By name in kebab-case. `request-superseded` is the session's, not etcd's: the request is older than the newest one executed
 * for its client, so that it is not executed and its answer is gone (dissertation §6.3).
 */
export const KV_ERRORS = {
  "key-empty": { code: "INVALID_ARGUMENT", message: "etcdserver: key is not provided" },
  "key-not-found": { code: "INVALID_ARGUMENT", message: "etcdserver: key not found" },
  "value-provided": { code: "INVALID_ARGUMENT", message: "etcdserver: value is provided" },
  "lease-provided": { code: "INVALID_ARGUMENT", message: "etcdserver: lease is provided" },
  "too-many-operations": { code: "INVALID_ARGUMENT", message: "etcdserver: too many operations in txn request" },
  "duplicate-key": { code: "INVALID_ARGUMENT", message: "etcdserver: duplicate key given in txn request" },
  "request-too-large": { code: "INVALID_ARGUMENT", message: "etcdserver: request is too large" },
  "invalid-sort-option": { code: "INVALID_ARGUMENT", message: "etcdserver: invalid sort option" },
  "lease-not-found": { code: "NOT_FOUND", message: "etcdserver: requested lease not found" },
  "member-not-found": { code: "NOT_FOUND", message: "etcdserver: member not found" },
  "no-space": { code: "RESOURCE_EXHAUSTED", message: "etcdserver: mvcc: database space exceeded" },
  "too-many-requests": { code: "RESOURCE_EXHAUSTED", message: "etcdserver: too many requests" },
  "lease-exists": { code: "FAILED_PRECONDITION", message: "etcdserver: lease already exists" },
  "not-leader": { code: "FAILED_PRECONDITION", message: "etcdserver: not leader" },
  "bad-leader-transferee": { code: "FAILED_PRECONDITION", message: "etcdserver: bad leader transferee" },
  compacted: { code: "OUT_OF_RANGE", message: "etcdserver: mvcc: required revision has been compacted" },
  "future-revision": { code: "OUT_OF_RANGE", message: "etcdserver: mvcc: required revision is a future revision" },
  "lease-ttl-too-large": { code: "OUT_OF_RANGE", message: "etcdserver: too large lease TTL" },
  "no-leader": { code: "UNAVAILABLE", message: "etcdserver: no leader" },
  "leader-changed": { code: "UNAVAILABLE", message: "etcdserver: leader changed" },
  unavailable: { code: "UNAVAILABLE", message: "etcdserver: request timed out" },
  learner: { code: "FAILED_PRECONDITION", message: "etcdserver: rpc not supported for learner" },
  corrupt: { code: "DATA_LOSS", message: "etcdserver: corrupt cluster" },
  unimplemented: { code: "UNIMPLEMENTED", message: "etcdserver: not implemented in the lab" },
  "empty-watcher-range": { code: "UNKNOWN", message: "mvcc: watcher range is empty" },
  "watch-canceled": { code: "CANCELLED", message: "etcdserver: watch canceled" },
  "election-no-leader": { code: "UNKNOWN", message: "election: no leader" },
  "election-not-leader": { code: "UNKNOWN", message: "election: not leader" },
  "session-expired": { code: "UNKNOWN", message: "mutex: session is expired" },
  locked: { code: "UNKNOWN", message: "mutex: Locked by another session" },
  "request-superseded": {
    code: "FAILED_PRECONDITION",
    message: "raftlab: a newer request of this client was executed",
  },
} as const satisfies Readonly<Record<string, KvErrorEntry>>;

/** The name of one of etcd's errors. */
export type KvError = keyof typeof KV_ERRORS;

/** Whether `name` is an error's name. */
export function isKvError(name: string): name is KvError {
  return Object.hasOwn(KV_ERRORS, name);
}
