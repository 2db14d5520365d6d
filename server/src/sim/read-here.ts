import type { RangeRequest, TxnRequest } from "../kv/request.js";
import type { KvResponse } from "../kv/response.js";
import { readTxn } from "../kv/txn.js";
import type { SimServer } from "./server.js";

/** Answers a read from a server's own state as it is; a transaction that is read so only reads. */
export function readHere({ machine }: SimServer, request: RangeRequest | TxnRequest): KvResponse {
  if (machine.alarms.some(({ alarm }) => alarm === "corrupt")) {
    return { kind: "error", revision: machine.store.revision, error: "corrupt" };
  }
  return request.kind === "range" ? machine.store.range(request) : readTxn(machine.store, request);
}
