import type { DeleteRangeRequest, PutRequest, TxnRequest } from "./request.js";
import type { KvResponse } from "./response.js";
import type { MvccStore } from "./store.js";
/** Whether a transaction does nothing but read, so that it does not go through the log (etcdserver/v3_server.go, isTxnReadonly). */
export declare function isReadOnly({ success, failure }: TxnRequest): boolean;
/**
 * Whether any server may answer a transaction from its own state (v3_server.go, isTxnSerializable). One without operations
 * counts, whatever it compares.
 */
export declare function isSerializable({ success, failure }: TxnRequest): boolean;
/** Answers a transaction for which {@link isReadOnly} holds and whose form was checked. */
export declare function readTxn(store: MvccStore, request: TxnRequest): KvResponse;
/**
 * Executes a transaction whose form was checked (etcdserver/apply.go, Txn): all branches are chosen, and the chosen operations
 * checked, against the state before it. A check that fails fails it all, and nothing is changed. The caller commits.
 */
export declare function applyTxn(store: MvccStore, request: TxnRequest): KvResponse;
/** Executes a put whose form was checked (apply.go, Put). The caller commits. */
export declare function applyPut(store: MvccStore, request: PutRequest): KvResponse;
/** Executes a deletion whose form was checked (apply.go, DeleteRange). The caller commits. */
export declare function applyDelete(store: MvccStore, request: DeleteRangeRequest): KvResponse;
