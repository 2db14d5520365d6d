/**
 * Between the recorded requests and answers of a real etcd (`../shared/data/etcd-oracle`, its README) and this project's: the
 * same for the recordings, for a simulated cluster and for an etcd that runs.
 */
import { GRPC_CODES, KV_ERRORS, type KvError } from "../../server/src/kv/error.js";
import type {
  Compare,
  CompareResult,
  KvRequest,
  RangeRequest,
  RequestOp,
  SortTarget,
  TxnRequest,
} from "../../server/src/kv/request.js";
import type { KeyValue, KvEvent, KvResponse } from "../../server/src/kv/response.js";

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
/** An object of JSON. */
export type JsonObject = { readonly [name: string]: Json };

/** One line of a recording. */
export interface Step {
  readonly i: number;
  readonly op: string;
  readonly req: JsonObject;
  readonly res?: JsonObject;
  readonly err?: { readonly code: number; readonly msg: string };
}

/** Reads a recording; the first line is its header. */
export function readRecording(text: string): readonly Step[] {
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line): Step => {
      const step = objectOf(JSON.parse(line));
      const err = step["err"] === undefined ? undefined : objectOf(step["err"]);
      return {
        i: numberOf(step["i"]),
        op: textOf(step["op"]),
        req: objectOf(step["req"] ?? {}),
        ...(step["res"] === undefined ? {} : { res: objectOf(step["res"]) }),
        ...(err === undefined ? {} : { err: { code: numberOf(err["code"]), msg: textOf(err["msg"]) } }),
      };
    });
}

/** The bytes of a binary string: one for each character. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A recorded request to the replicated store as ours; `null` for what goes another way (leases' times, watches, hashes). */
export function requestOf({ op, req }: Step): KvRequest | null {
  switch (op) {
    case "put":
      return putOf(req);
    case "range":
      return rangeOf(req);
    case "delete":
      return deleteOf(req);
    case "txn":
      return txnOf(req);
    case "compact":
      return { kind: "compact", revision: numberOf(req["revision"]), physical: req["physical"] === true };
    case "lease_grant":
      return { kind: "lease-grant", id: numberOf(req["ID"]), ttl: numberOf(req["TTL"]) };
    case "lease_revoke":
      return { kind: "lease-revoke", id: numberOf(req["ID"]) };
    default:
      return null;
  }
}

/** Our answer as the recording writes it: `{res}` or `{err}`. */
export function answerOf(response: KvResponse): Pick<Step, "res" | "err"> {
  return response.kind === "error" ? { err: errorOf(response.error) } : { res: resultOf(response) };
}

/** One of etcd's errors as its clients get it. */
export function errorOf(error: KvError): { readonly code: number; readonly msg: string } {
  const { code, message } = KV_ERRORS[error];
  return { code: GRPC_CODES[code], msg: message };
}

/** A watch's event as the recording writes it. */
export function eventOf({ type, kv, previous }: KvEvent, withPrevious: boolean): Json {
  const event = [type === "put" ? "PUT" : "DELETE", pairOf(kv)];
  return withPrevious && previous !== null ? [...event, pairOf(previous)] : event;
}

/** A pair as the recording writes it. */
export function pairOf({ key, value, createRevision, modRevision, version, lease }: KeyValue): Json {
  return [key, value, createRevision, modRevision, version, lease];
}

function resultOf(response: KvResponse): JsonObject {
  switch (response.kind) {
    case "put":
      return { rev: response.revision, ...(response.prevKv === null ? {} : { prev_kv: pairOf(response.prevKv) }) };
    case "range":
      return {
        rev: response.revision,
        count: response.count,
        kvs: response.kvs.map(pairOf),
        ...(response.more ? { more: true } : {}),
      };
    case "delete":
      return {
        rev: response.revision,
        deleted: response.deleted,
        ...(response.prevKvs.length === 0 ? {} : { prev_kvs: response.prevKvs.map(pairOf) }),
      };
    case "txn":
      return {
        rev: response.revision,
        succeeded: response.succeeded,
        responses: response.responses.map((each): JsonObject => ({ [each.kind]: resultOf(each) })),
      };
    case "lease-grant":
      return { rev: response.revision, ID: response.id, TTL: response.ttl };
    default:
      return { rev: response.revision };
  }
}

function putOf(req: JsonObject): KvRequest & { readonly kind: "put" } {
  return {
    kind: "put",
    key: textOf(req["key"]),
    value: textOf(req["value"] ?? ""),
    lease: numberOf(req["lease"] ?? 0),
    prevKv: req["prev_kv"] === true,
    ignoreValue: req["ignore_value"] === true,
    ignoreLease: req["ignore_lease"] === true,
  };
}

const ORDERS: Readonly<Record<string, "none" | "ascend" | "descend">> = {
  NONE: "none",
  ASCEND: "ascend",
  DESCEND: "descend",
};
const TARGETS: Readonly<Record<string, SortTarget>> = {
  KEY: "key",
  VERSION: "version",
  CREATE: "create",
  MOD: "mod",
  VALUE: "value",
};

function rangeOf(req: JsonObject): RangeRequest {
  return {
    kind: "range",
    key: textOf(req["key"]),
    rangeEnd: textOf(req["range_end"] ?? ""),
    revision: numberOf(req["revision"] ?? 0),
    limit: numberOf(req["limit"] ?? 0),
    sortOrder: ORDERS[textOf(req["sort_order"] ?? "NONE")] ?? "none",
    sortTarget: TARGETS[textOf(req["sort_target"] ?? "KEY")] ?? "key",
    serializable: req["serializable"] === true,
    keysOnly: req["keys_only"] === true,
    countOnly: req["count_only"] === true,
    minModRevision: numberOf(req["min_mod_revision"] ?? 0),
    maxModRevision: numberOf(req["max_mod_revision"] ?? 0),
    minCreateRevision: numberOf(req["min_create_revision"] ?? 0),
    maxCreateRevision: numberOf(req["max_create_revision"] ?? 0),
  };
}

function deleteOf(req: JsonObject): KvRequest & { readonly kind: "delete" } {
  return {
    kind: "delete",
    key: textOf(req["key"]),
    rangeEnd: textOf(req["range_end"] ?? ""),
    prevKv: req["prev_kv"] === true,
  };
}

function txnOf(req: JsonObject): TxnRequest {
  return {
    kind: "txn",
    compare: listOf(req["compare"]).map((each) => compareOf(objectOf(each))),
    success: listOf(req["success"]).map(operationOf),
    failure: listOf(req["failure"]).map(operationOf),
  };
}

function operationOf(json: Json): RequestOp {
  const operation = objectOf(json);
  if (operation["request_put"] !== undefined) return putOf(objectOf(operation["request_put"]));
  if (operation["request_range"] !== undefined) return rangeOf(objectOf(operation["request_range"]));
  if (operation["request_delete_range"] !== undefined) return deleteOf(objectOf(operation["request_delete_range"]));
  return operation["request_txn"] === undefined ? null : txnOf(objectOf(operation["request_txn"]));
}

const RESULTS: Readonly<Record<string, CompareResult>> = {
  EQUAL: "equal",
  GREATER: "greater",
  LESS: "less",
  NOT_EQUAL: "not-equal",
};
const FIELDS = { VERSION: "version", CREATE: "create_revision", MOD: "mod_revision", LEASE: "lease" } as const;
const COMPARES = { VERSION: "version", CREATE: "create", MOD: "mod", LEASE: "lease" } as const;

/** A target whose own field is not the one that is set compares with 0 or the empty value. */
function compareOf(req: JsonObject): Compare {
  const keys = { key: textOf(req["key"] ?? ""), rangeEnd: textOf(req["range_end"] ?? "") };
  const result = RESULTS[textOf(req["result"] ?? "EQUAL")] ?? "equal";
  const target = textOf(req["target"] ?? "VERSION");
  if (target === "VALUE") return { ...keys, result, target: "value", operand: textOf(req["value"] ?? "") };
  if (target !== "CREATE" && target !== "MOD" && target !== "LEASE" && target !== "VERSION") {
    throw new Error(`unknown target of a compare: ${target}`);
  }
  return { ...keys, result, target: COMPARES[target], operand: numberOf(req[FIELDS[target]] ?? 0) };
}

/** A text, or an error that says what it was. */
export function textOf(json: unknown): string {
  if (typeof json !== "string") throw new Error(`expected a text, not ${JSON.stringify(json)}`);
  return json;
}

/** A number, or an error that says what it was. */
export function numberOf(json: unknown): number {
  if (typeof json !== "number") throw new Error(`expected a number, not ${JSON.stringify(json)}`);
  return json;
}

/** A list, or an error that says what it was. */
export function listOf(json: Json | undefined): readonly Json[] {
  if (!isList(json)) throw new Error(`expected a list, not ${JSON.stringify(json)}`);
  return json;
}

/** An object of JSON, or an error that says what it was. */
export function objectOf(json: unknown): JsonObject {
  if (!isObject(json)) throw new Error(`expected an object, not ${JSON.stringify(json)}`);
  return json;
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function isObject(json: unknown): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
