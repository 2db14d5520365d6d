/** Which operations of clients cannot be answered without a majority. */

import type { ClusterConfig, Operation, TxnOperation } from "../program.js";

/** Whether the operation surely needs one: it goes through the log, or is a read that a quorum confirms. */
export function needsMajority(operation: Operation, config: ClusterConfig): boolean {
  switch (operation.kind) {
    case "put":
    case "delete":
    case "cas":
    case "compact":
    case "lease-grant":
    case "lease-revoke":
    case "lock":
    case "unlock":
    case "campaign":
    case "proclaim":
    case "resign":
    case "alarm-disarm":
      return true;
    case "get":
      return !operation.serializable && readsOfMajority(config);
    case "elected":
      return readsOfMajority(config);
    case "txn": {
      const operations = [...operation.success, ...operation.failure];
      // As in etcd: reads alone do not go through the log, and one that is serializable asks nobody.
      if (!operations.every(isRead)) return true;
      return readsOfMajority(config) && operations.some((each) => each.kind === "get" && !each.serializable);
    }
    default:
      return false;
  }
}

function isRead(operation: TxnOperation): boolean {
  return operation.kind === "get";
}

function readsOfMajority(config: ClusterConfig): boolean {
  return config.reads === "read-index" || config.reads === "log";
}
