import { asCompareAndSwap, type CompareAndSwap, foundInstead } from "../../kv/compare-and-swap.js";
import { prefixOf } from "../../kv/key-range.js";
import type { DeleteRangeRequest, KvRequest, RangeRequest } from "../../kv/request.js";
import type { KvResponse } from "../../kv/response.js";
import type { Action } from "../linearizability/operation.js";

/** An etcd request as an action on values; `null` for a request that the model of values cannot express. Revisions are not looked at. */
export function actionOfRequest(request: KvRequest, response: KvResponse | null): Action | null {
  switch (request.kind) {
    case "put": {
      if (request.lease || request.ignoreValue || request.ignoreLease) return null;
      const { key, value } = request;
      if (response?.kind !== "put" || !request.prevKv) return { kind: "write", key, value };
      return { kind: "write", key, value, previous: response.prevKv?.value ?? null };
    }
    case "range":
      return read(request, response);
    case "delete":
      return deletion(request, response);
    case "txn": {
      const cas = asCompareAndSwap(request);
      return cas === null ? null : compareAndSet(cas, response);
    }
    default:
      return null;
  }
}

function read(request: RangeRequest, response: KvResponse | null): Action | null {
  if (!isPlain(request)) return null;
  const kvs = response?.kind === "range" ? response.kvs : [];
  const prefix = prefixOf(request);
  if (prefix !== null) return { kind: "read-prefix", prefix, pairs: kvs.map(({ key, value }) => [key, value]) };
  return (request.rangeEnd ?? "") === "" ? { kind: "read", key: request.key, value: kvs[0]?.value ?? null } : null;
}

function deletion(request: DeleteRangeRequest, response: KvResponse | null): Action | null {
  const prefix = prefixOf(request);
  if (prefix === null && (request.rangeEnd ?? "") !== "") return null;
  const deleted = response?.kind === "delete" ? { deleted: response.deleted } : {};
  return prefix === null
    ? { kind: "delete", key: request.key, ...deleted }
    : { kind: "delete-prefix", prefix, ...deleted };
}

function compareAndSet({ key, expected: from, value: to }: CompareAndSwap, response: KvResponse | null): Action {
  if (response?.kind !== "txn") return { kind: "cas", key, from, to };
  if (response.succeeded) return { kind: "cas", key, from, to, succeeded: true };
  return { kind: "cas", key, from, to, succeeded: false, actual: foundInstead(response)?.value ?? null };
}

function isPlain(request: RangeRequest): boolean {
  const { revision, limit, keysOnly, countOnly, serializable } = request;
  const { minModRevision, maxModRevision, minCreateRevision, maxCreateRevision } = request;
  const asked = [revision, limit, minModRevision, maxModRevision, minCreateRevision, maxCreateRevision];
  return asked.every((number) => !number) && !keysOnly && !countOnly && !serializable;
}
