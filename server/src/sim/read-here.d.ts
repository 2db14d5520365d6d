import type { RangeRequest, TxnRequest } from "../kv/request.js";
import type { KvResponse } from "../kv/response.js";
import type { SimServer } from "./server.js";
/** Answers a read from a server's own state as it is; a transaction that is read so only reads. */
export declare function readHere({ machine }: SimServer, request: RangeRequest | TxnRequest): KvResponse;
