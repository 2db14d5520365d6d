import { asCompareAndSwap } from "../../kv/compare-and-swap.js";
import { prefixOf } from "../../kv/key-range.js";
import type { KeyRange, KvRequest } from "../../kv/request.js";
import type { KeyValue, KvResponse } from "../../kv/response.js";
import { named, quoted } from "./printable.js";

/** A request in a few words. */
export function requestLabel(request: KvRequest): string {
  switch (request.kind) {
    case "put":
      return `put ${named(request.key)} ${request.ignoreValue ? "ignore-value" : quoted(request.value)}`;
    case "range":
      return `get ${keysLabel(request)}${request.revision ? ` rev ${request.revision}` : ""}`;
    case "delete":
      return `delete ${keysLabel(request)}`;
    case "txn": {
      const cas = asCompareAndSwap(request);
      if (cas !== null) return `cas ${named(cas.key)} ${quoted(cas.expected)} ${quoted(cas.value)}`;
      const { compare, success, failure } = request;
      return `txn if ${compare.length} then ${success.length} else ${failure.length}`;
    }
    case "compact":
      return `compact ${request.revision}`;
    case "lease-grant":
      return `lease grant ${request.id} ttl ${request.ttl}s`;
    case "lease-revoke":
      return `lease revoke ${request.id}`;
    case "lease-checkpoint":
    case "alarm":
      return request.kind;
  }
}

function keysLabel(range: KeyRange): string {
  const { key, rangeEnd = "" } = range;
  if (rangeEnd === "") return named(key);
  const prefix = prefixOf(range);
  if (prefix !== null) return `prefix ${named(prefix)}`;
  return rangeEnd === "\0" ? `from ${named(key)}` : `${named(key)} to ${named(rangeEnd)}`;
}

/** An answer in a few words. */
export function responseLabel(response: KvResponse): string {
  const rev = response.revision > 0 ? `, rev ${response.revision}` : "";
  switch (response.kind) {
    case "put":
      return `ok${response.prevKv === null ? "" : `, was ${quoted(response.prevKv.value)}`}${rev}`;
    case "range":
      return `${pairsLabel(response.kvs)}${rev}`;
    case "delete":
      return `${response.deleted} deleted${rev}`;
    case "txn":
      return `${response.succeeded ? "succeeded" : "failed"}${rev}`;
    case "error":
      return `error ${response.error}`;
    default:
      return `ok${rev}`;
  }
}

/** Pairs that a label shows. */
const SHOWN = 3;

function pairsLabel(kvs: readonly KeyValue[]): string {
  const [only] = kvs;
  if (only === undefined) return "none";
  if (kvs.length === 1) return quoted(only.value);
  const pairs = kvs.slice(0, SHOWN).map(({ key, value }) => `${named(key)}=${quoted(value)}`);
  return kvs.length > SHOWN ? `${pairs.join(" ")} … ${kvs.length}` : pairs.join(" ");
}
