/** etcd's errors: the names the scenario language writes, and what etcd's clients get (etcdserver/api/v3rpc/rpctypes/error.go). */
/** A gRPC status code by its name and number. */
export declare const GRPC_CODES: {
    readonly CANCELLED: 1;
    readonly UNKNOWN: 2;
    readonly INVALID_ARGUMENT: 3;
    readonly NOT_FOUND: 5;
    readonly RESOURCE_EXHAUSTED: 8;
    readonly FAILED_PRECONDITION: 9;
    readonly OUT_OF_RANGE: 11;
    readonly UNIMPLEMENTED: 12;
    readonly UNAVAILABLE: 14;
    readonly DATA_LOSS: 15;
};
/** What an error's name stands for. `message` is etcd's text to the letter. */
export interface KvErrorEntry {
    readonly code: keyof typeof GRPC_CODES;
    readonly message: string;
}
/**
 * By name in kebab-case. `request-superseded` is the session's, not etcd's: the request is older than the newest one executed
 * for its client, so that it is not executed and its answer is gone (dissertation §6.3).
 */
export declare const KV_ERRORS: {
    readonly "key-empty": {
        readonly code: "INVALID_ARGUMENT";
        readonly message: "etcdserver: key is not provided";
    };
    readonly "key-not-found": {
        readonly code: "INVALID_ARGUMENT";
        readonly message: "etcdserver: key not found";
    };
    readonly "value-provided": {
        readonly code: "INVALID_ARGUMENT";
        readonly message: "etcdserver: value is provided";
    };
    readonly "lease-provided": {
        readonly code: "INVALID_ARGUMENT";
        readonly message: "etcdserver: lease is provided";
    };
    readonly "too-many-operations": {
        readonly code: "INVALID_ARGUMENT";
        readonly message: "etcdserver: too many operations in txn request";
    };
    readonly "duplicate-key": {
        readonly code: "INVALID_ARGUMENT";
        readonly message: "etcdserver: duplicate key given in txn request";
    };
    readonly "request-too-large": {
        readonly code: "INVALID_ARGUMENT";
        readonly message: "etcdserver: request is too large";
    };
    readonly "invalid-sort-option": {
        readonly code: "INVALID_ARGUMENT";
        readonly message: "etcdserver: invalid sort option";
    };
    readonly "lease-not-found": {
        readonly code: "NOT_FOUND";
        readonly message: "etcdserver: requested lease not found";
    };
    readonly "member-not-found": {
        readonly code: "NOT_FOUND";
        readonly message: "etcdserver: member not found";
    };
    readonly "no-space": {
        readonly code: "RESOURCE_EXHAUSTED";
        readonly message: "etcdserver: mvcc: database space exceeded";
    };
    readonly "too-many-requests": {
        readonly code: "RESOURCE_EXHAUSTED";
        readonly message: "etcdserver: too many requests";
    };
    readonly "lease-exists": {
        readonly code: "FAILED_PRECONDITION";
        readonly message: "etcdserver: lease already exists";
    };
    readonly "not-leader": {
        readonly code: "FAILED_PRECONDITION";
        readonly message: "etcdserver: not leader";
    };
    readonly "bad-leader-transferee": {
        readonly code: "FAILED_PRECONDITION";
        readonly message: "etcdserver: bad leader transferee";
    };
    readonly compacted: {
        readonly code: "OUT_OF_RANGE";
        readonly message: "etcdserver: mvcc: required revision has been compacted";
    };
    readonly "future-revision": {
        readonly code: "OUT_OF_RANGE";
        readonly message: "etcdserver: mvcc: required revision is a future revision";
    };
    readonly "lease-ttl-too-large": {
        readonly code: "OUT_OF_RANGE";
        readonly message: "etcdserver: too large lease TTL";
    };
    readonly "no-leader": {
        readonly code: "UNAVAILABLE";
        readonly message: "etcdserver: no leader";
    };
    readonly "leader-changed": {
        readonly code: "UNAVAILABLE";
        readonly message: "etcdserver: leader changed";
    };
    readonly unavailable: {
        readonly code: "UNAVAILABLE";
        readonly message: "etcdserver: request timed out";
    };
    readonly learner: {
        readonly code: "FAILED_PRECONDITION";
        readonly message: "etcdserver: rpc not supported for learner";
    };
    readonly corrupt: {
        readonly code: "DATA_LOSS";
        readonly message: "etcdserver: corrupt cluster";
    };
    readonly unimplemented: {
        readonly code: "UNIMPLEMENTED";
        readonly message: "etcdserver: not implemented in the lab";
    };
    readonly "empty-watcher-range": {
        readonly code: "UNKNOWN";
        readonly message: "mvcc: watcher range is empty";
    };
    readonly "watch-canceled": {
        readonly code: "CANCELLED";
        readonly message: "etcdserver: watch canceled";
    };
    readonly "election-no-leader": {
        readonly code: "UNKNOWN";
        readonly message: "election: no leader";
    };
    readonly "election-not-leader": {
        readonly code: "UNKNOWN";
        readonly message: "election: not leader";
    };
    readonly "session-expired": {
        readonly code: "UNKNOWN";
        readonly message: "mutex: session is expired";
    };
    readonly locked: {
        readonly code: "UNKNOWN";
        readonly message: "mutex: Locked by another session";
    };
    readonly "request-superseded": {
        readonly code: "FAILED_PRECONDITION";
        readonly message: "raftlab: a newer request of this client was executed";
    };
};
/** The name of one of etcd's errors. */
export type KvError = keyof typeof KV_ERRORS;
/** Whether `name` is an error's name. */
export declare function isKvError(name: string): name is KvError;
