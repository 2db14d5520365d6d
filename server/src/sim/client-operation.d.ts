/** What clients ask of servers: requests to the replicated store, and those that one server answers by itself. */
import type { KvRequest, LeaseId, Revision } from "../kv/request.js";
import type { KvResponse } from "../kv/response.js";
import type { EndpointId } from "./config.js";
/**
 * etcd's requests that do not go through the log. Keep-alive and time-to-live are the leader's to answer; the others are about
 * the server that is asked (etcdserver/api/v3rpc/lease.go, maintenance.go, member.go).
 */
export type ServerRequest = {
    readonly kind: "lease-keepalive";
    readonly id: LeaseId;
} | {
    readonly kind: "lease-ttl";
    readonly id: LeaseId;
    readonly keys: boolean;
} | {
    readonly kind: "lease-list" | "status" | "member-list" | "defragment";
} | {
    readonly kind: "hashkv";
    readonly revision: Revision;
};
/** What a client asks of a server. */
export type ClientOperation = KvRequest | ServerRequest;
/** The answers to {@link ServerRequest}s. `revision` is the store's at the server that answered; cluster calls leave it 0, as etcd does. */
export type ServerResponse = 
/** `ttl` in seconds; 0: there is no such lease. `revision` is that before the renewal. */
{
    readonly kind: "lease-keepalive";
    readonly revision: Revision;
    readonly id: LeaseId;
    readonly ttl: number;
}
/** `ttl` in whole seconds, -1 for an unknown lease; `keys` when asked for. */
 | {
    readonly kind: "lease-ttl";
    readonly revision: Revision;
    readonly id: LeaseId;
    readonly ttl: number;
    readonly grantedTtl: number;
    readonly keys: readonly string[];
} | {
    readonly kind: "lease-list";
    readonly revision: Revision;
    readonly leases: readonly LeaseId[];
}
/** `leader` 0: none is known. */
 | {
    readonly kind: "status";
    readonly revision: Revision;
    readonly leader: EndpointId;
    readonly raftTerm: number;
    readonly raftIndex: number;
    readonly raftAppliedIndex: number;
    readonly dbSize: number;
    readonly isLearner: boolean;
    /** etcd's texts: "etcdserver: no leader", alarms. */
    readonly errors: readonly string[];
} | {
    readonly kind: "member-list";
    readonly revision: Revision;
    readonly members: readonly {
        readonly id: EndpointId;
        readonly isLearner: boolean;
    }[];
} | {
    readonly kind: "hashkv";
    readonly revision: Revision;
    readonly hash: number;
    readonly compactRevision: Revision;
}
/** Nothing to do here: the lab's store has no file that could be fragmented. */
 | {
    readonly kind: "defragment";
    readonly revision: Revision;
};
/** The answer to a client's operation. */
export type OperationResult = KvResponse | ServerResponse;
/** Whether an operation changes nothing, so that asking again is harmless (clientv3/retry.go: reads are repeated, writes are not). */
export declare function isRead(operation: ClientOperation): boolean;
