/** etcd's requests, read from JSON: the fields of kv/request.ts. */
import type {
  Compare,
  KeyRange,
  KvRequest,
  PutRequest,
  RangeRequest,
  RequestOp,
  TxnRequest,
} from "../../kv/request.js";
import { Fields, type Problems, present } from "./fields.js";

/** The requests that a recorded history may hold. */
export const REQUESTS = ["range", "put", "delete", "txn", "compact", "lease-grant", "lease-revoke"] as const;

/** Transactions in transactions; etcd's limits on operations would stop earlier than this is reached in earnest. */
const DEEPEST = 16;

/** The request of one operation. Fields besides the request's are left to the caller. */
export function requestOf(kind: (typeof REQUESTS)[number], fields: Fields, depth = 0): KvRequest {
  switch (kind) {
    case "range":
      return range(fields);
    case "put":
      return put(fields);
    case "delete":
      return { kind, ...keyRange(fields), ...present({ prevKv: optionalFlag(fields, "prevKv") }) };
    case "txn":
      return txn(fields, depth);
    case "compact":
      return { kind, revision: fields.integer("revision"), ...present({ physical: optionalFlag(fields, "physical") }) };
    case "lease-grant":
      return { kind, id: fields.integer("id", 0), ttl: fields.integer("ttl") };
    case "lease-revoke":
      return { kind, id: fields.integer("id") };
  }
}

function optionalFlag(fields: Fields, name: string): boolean | undefined {
  return fields.raw(name) === undefined ? undefined : fields.flag(name);
}

function optionalInteger(fields: Fields, name: string): number | undefined {
  return fields.raw(name) === undefined ? undefined : fields.integer(name);
}

function keyRange(fields: Fields): KeyRange {
  const key = fields.text("key");
  return fields.raw("rangeEnd") === undefined ? { key } : { key, rangeEnd: fields.text("rangeEnd") };
}

function range(fields: Fields): RangeRequest {
  return {
    kind: "range",
    ...keyRange(fields),
    ...present<Omit<RangeRequest, "kind" | keyof KeyRange>>({
      revision: optionalInteger(fields, "revision"),
      limit: optionalInteger(fields, "limit"),
      sortOrder: optionalWord(fields, "sortOrder", ["none", "ascend", "descend"]),
      sortTarget: optionalWord(fields, "sortTarget", ["key", "version", "create", "mod", "value"]),
      keysOnly: optionalFlag(fields, "keysOnly"),
      countOnly: optionalFlag(fields, "countOnly"),
      minModRevision: optionalInteger(fields, "minModRevision"),
      maxModRevision: optionalInteger(fields, "maxModRevision"),
      minCreateRevision: optionalInteger(fields, "minCreateRevision"),
      maxCreateRevision: optionalInteger(fields, "maxCreateRevision"),
      serializable: optionalFlag(fields, "serializable"),
    }),
  };
}

function optionalWord<W extends string>(fields: Fields, name: string, words: readonly W[]): W | undefined {
  return fields.raw(name) === undefined ? undefined : (fields.word(name, words) ?? undefined);
}

function put(fields: Fields): PutRequest {
  return {
    kind: "put",
    key: fields.text("key"),
    value: fields.text("value", fields.raw("ignoreValue") === true ? "" : undefined),
    ...present<Omit<PutRequest, "kind" | "key" | "value">>({
      lease: optionalInteger(fields, "lease"),
      prevKv: optionalFlag(fields, "prevKv"),
      ignoreValue: optionalFlag(fields, "ignoreValue"),
      ignoreLease: optionalFlag(fields, "ignoreLease"),
    }),
  };
}

function txn(fields: Fields, depth: number): TxnRequest {
  const { problems } = fields;
  if (depth >= DEEPEST) {
    problems.report(fields.place, `transactions are nested more than ${DEEPEST} deep.`);
    return { kind: "txn", compare: [], success: [], failure: [] };
  }
  const branch = (name: string): RequestOp[] =>
    fields.list(name, []).map(({ value, place }) => (value === null ? null : inner(value, place, problems, depth + 1)));
  return {
    kind: "txn",
    compare: fields.list("compare", []).map(({ value, place }) => compare(value, place, problems)),
    success: branch("success"),
    failure: branch("failure"),
  };
}

function inner(value: unknown, place: string, problems: Problems, depth: number): RequestOp {
  const fields = new Fields(value, place, problems);
  const kind = fields.word("op", ["range", "put", "delete", "txn"]);
  if (kind === null) return null;
  const request = requestOf(kind, fields, depth);
  fields.done();
  switch (request.kind) {
    case "range":
    case "put":
    case "delete":
    case "txn":
      return request;
    default:
      return null;
  }
}

function compare(value: unknown, place: string, problems: Problems): Compare {
  const fields = new Fields(value, place, problems);
  const target = fields.word("target", ["version", "create", "mod", "value", "lease"]) ?? "version";
  const result = fields.word("result", ["equal", "greater", "less", "not-equal"], "equal") ?? "equal";
  const range = keyRange(fields);
  const made: Compare =
    target === "value"
      ? { ...range, result, target, operand: fields.text("operand") }
      : { ...range, result, target, operand: fields.integer("operand") };
  fields.done();
  return made;
}
