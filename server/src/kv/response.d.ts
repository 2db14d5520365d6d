/** Answers of the replicated state machine, with the fields of etcd's protocol (etcdserverpb/rpc.proto). */
import type { KvError } from "./error.js";
import type { AlarmType, LeaseId, Revision } from "./request.js";
/** A key with its value and etcd's bookkeeping. Immutable. */
export interface KeyValue {
    readonly key: string;
    readonly value: string;
    readonly createRevision: Revision;
    readonly modRevision: Revision;
    /** Puts since creation, 1 first; 0 in a deletion's event. */
    readonly version: number;
    /** The lease that the key is attached to; 0 for none. */
    readonly lease: LeaseId;
}
/** A change, as a watcher sees it. A delete's `kv` has only key and modRevision of meaning (value "", version 0). */
export interface KvEvent {
    readonly type: "put" | "delete";
    readonly kv: KeyValue;
    readonly previous: KeyValue | null;
}
/** An alarm that is on. */
export interface Alarm {
    readonly member: number;
    readonly alarm: AlarmType;
}
/** `revision` is the store's after the request (the response header's). */
export type PutResponse = {
    readonly kind: "put";
    readonly revision: Revision;
    readonly prevKv: KeyValue | null;
};
/** `count`: keys in the range before limit and filters; `more`: the limit cut something. */
export type RangeResponse = {
    readonly kind: "range";
    readonly revision: Revision;
    readonly kvs: readonly KeyValue[];
    readonly count: number;
    readonly more: boolean;
};
/** `prevKvs` in key order, empty unless asked for. */
export type DeleteRangeResponse = {
    readonly kind: "delete";
    readonly revision: Revision;
    readonly deleted: number;
    readonly prevKvs: readonly KeyValue[];
};
/** One answer for each operation of the branch that ran. Inner answers carry a revision only; that of a nested transaction is 0. */
export type TxnResponse = {
    readonly kind: "txn";
    readonly revision: Revision;
    readonly succeeded: boolean;
    readonly responses: readonly KvResponse[];
};
/** The answer to a request, or one of etcd's errors. */
export type KvResponse = PutResponse | RangeResponse | DeleteRangeResponse | TxnResponse | {
    readonly kind: "compact" | "lease-revoke" | "lease-checkpoint";
    readonly revision: Revision;
}
/** `ttl` in seconds, raised to the minimum where it was below. */
 | {
    readonly kind: "lease-grant";
    readonly revision: Revision;
    readonly id: LeaseId;
    readonly ttl: number;
} | {
    readonly kind: "alarm";
    readonly revision: Revision;
    readonly alarms: readonly Alarm[];
} | {
    readonly kind: "error";
    readonly revision: Revision;
    readonly error: KvError;
};
