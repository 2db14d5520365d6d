import type { KvError } from "./error.js";
import type { KvRequest } from "./request.js";
/** What a server allows in one request. */
export interface RequestLimits {
    /** Compares, and operations of either branch, in a transaction (etcd: --max-txn-ops). */
    readonly maxTxnOps: number;
    /** Bytes of a request when encoded (etcd: --max-request-bytes). */
    readonly maxRequestBytes: number;
}
/** etcd's defaults (embed/config.go: DefaultMaxTxnOps, DefaultMaxRequestBytes). */
export declare const DEFAULT_LIMITS: RequestLimits;
/**
 * What etcd refuses in a request without a look at its state, before it proposes it; `null` for nothing
 * (etcdserver/api/v3rpc/key.go; v3_server.go, processInternalRaftRequestOnce).
 */
export declare function checkRequest(request: KvRequest, limits: RequestLimits): KvError | null;
/** {@link checkRequest} without the size. */
export declare function checkForm(request: KvRequest, maxTxnOps: number): KvError | null;
