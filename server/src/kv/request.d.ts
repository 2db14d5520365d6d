/**
 * Requests to the replicated state machine, with the fields of etcd's protocol (etcdserverpb/rpc.proto). A field left out has
 * proto3's zero value. Keys and values are text; keys order by the bytes of their UTF-8.
 */
/** Store revision (etcd): 1 is the empty store, each request that changes something adds exactly 1. */
export type Revision = number;
/** A lease's id: a positive integer; 0 is no lease, and in a grant lets the server choose. */
export type LeaseId = number;
/** Keys: without `rangeEnd` (or with an empty one) the one key; with `"\0"` all keys from `key` on; else `key` up to, without, `rangeEnd`. */
export interface KeyRange {
    readonly key: string;
    readonly rangeEnd?: string;
}
/** Fields that a range can be ordered by. */
export type SortTarget = "key" | "version" | "create" | "mod" | "value";
/** etcd's RangeRequest. */
export interface RangeRequest extends KeyRange {
    readonly kind: "range";
    /** 0 or below: the current one; inside a transaction a negative one is an error. */
    readonly revision?: Revision;
    /** Pairs at most; 0 for no limit. */
    readonly limit?: number;
    readonly sortOrder?: "none" | "ascend" | "descend";
    readonly sortTarget?: SortTarget;
    readonly keysOnly?: boolean;
    readonly countOnly?: boolean;
    readonly minModRevision?: Revision;
    readonly maxModRevision?: Revision;
    readonly minCreateRevision?: Revision;
    readonly maxCreateRevision?: Revision;
    /** Answered from the state of the server that is asked, without a quorum. */
    readonly serializable?: boolean;
}
/** etcd's PutRequest. */
export interface PutRequest {
    readonly kind: "put";
    readonly key: string;
    readonly value: string;
    readonly lease?: LeaseId;
    readonly prevKv?: boolean;
    readonly ignoreValue?: boolean;
    readonly ignoreLease?: boolean;
}
/** etcd's DeleteRangeRequest. */
export interface DeleteRangeRequest extends KeyRange {
    readonly kind: "delete";
    readonly prevKv?: boolean;
}
/** What a compare looks at. */
export type CompareTarget = "version" | "create" | "mod" | "value" | "lease";
/** How it compares. */
export type CompareResult = "equal" | "greater" | "less" | "not-equal";
/** etcd's Compare: every key of the range must hold. */
export type Compare = KeyRange & {
    readonly result: CompareResult;
} & ({
    readonly target: "version" | "create" | "mod" | "lease";
    readonly operand: number;
} | {
    readonly target: "value";
    readonly operand: string;
});
/** An operation inside a transaction. `null` is one with nothing set, which etcd refuses. */
export type RequestOp = RangeRequest | PutRequest | DeleteRangeRequest | TxnRequest | null;
/** etcd's TxnRequest. */
export interface TxnRequest {
    readonly kind: "txn";
    readonly compare: readonly Compare[];
    readonly success: readonly RequestOp[];
    readonly failure: readonly RequestOp[];
}
/** etcd's CompactionRequest. */
export interface CompactionRequest {
    readonly kind: "compact";
    readonly revision: Revision;
    readonly physical?: boolean;
}
/** etcd's LeaseGrantRequest; `ttl` in seconds. */
export interface LeaseGrantRequest {
    readonly kind: "lease-grant";
    readonly id: LeaseId;
    readonly ttl: number;
}
/** etcd's LeaseRevokeRequest. */
export interface LeaseRevokeRequest {
    readonly kind: "lease-revoke";
    readonly id: LeaseId;
    /** Proposed by the leader, because the lease's time was over by its clock. */
    readonly expired?: boolean;
}
/** etcd's LeaseCheckpointRequest: what is left of leases, in seconds, for the next leader. */
export interface LeaseCheckpointRequest {
    readonly kind: "lease-checkpoint";
    readonly checkpoints: readonly {
        readonly id: LeaseId;
        readonly remainingTtl: number;
    }[];
}
/** etcd's AlarmType without NONE. */
export type AlarmType = "nospace" | "corrupt";
/** etcd's AlarmRequest; `member` is a server's number, 0 for all (get) or nobody (deactivate). */
export interface AlarmRequest {
    readonly kind: "alarm";
    readonly action: "get" | "activate" | "deactivate";
    readonly member: number;
    readonly alarm: AlarmType | null;
}
/** Whatever goes through the log. */
export type WriteRequest = PutRequest | DeleteRangeRequest | TxnRequest | CompactionRequest | LeaseGrantRequest | LeaseRevokeRequest | LeaseCheckpointRequest | AlarmRequest;
/** What can stand in a replicated command: a write, or a read that goes through the log (`reads log`). */
export type KvRequest = WriteRequest | RangeRequest;
