import type { KvRequest } from "./request.js";
/** Whether a request is more than `limit` bytes long when encoded, to the few bytes that numbers and lengths take. */
export declare function exceedsSize(request: KvRequest, limit: number): boolean;
/**
 * What a request takes of the space quota, in bytes; 0 for what is let through when there is none left (quota.go, Cost). Of a
 * transaction it is the larger branch; puts in nested transactions are not counted, as in etcd.
 */
export declare function quotaCost(request: KvRequest): number;
