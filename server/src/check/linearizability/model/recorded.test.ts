import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isKvError, KV_ERRORS, type KvError } from "../../../kv/error.js";
import type { Compare, RangeRequest, RequestOp, SortTarget } from "../../../kv/request.js";
import type { KeyValue, KvResponse } from "../../../kv/response.js";
import { difference } from "./difference.js";
import { emptyState, type ModelState } from "./state.js";
import { type ModelRequest, step } from "./step.js";

/** Answers of a real etcd to sequences of requests, recorded by others. Not part of the repository. */
const FOLDER = new URL("../../../../../../shared/data/etcd-oracle/corpus/", import.meta.url);

/** A JSON object whose fields are looked at one by one. */
class Fields {
  readonly #value: object;

  constructor(value: unknown) {
    this.#value = typeof value === "object" && value !== null ? value : {};
  }

  get(name: string): unknown {
    return Object.getOwnPropertyDescriptor(this.#value, name)?.value;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#value, name);
  }

  number(name: string): number {
    const value = this.get(name);
    return typeof value === "number" ? value : 0;
  }

  text(name: string): string {
    const value = this.get(name);
    return typeof value === "string" ? value : "";
  }

  flag(name: string): boolean {
    return this.get(name) === true;
  }

  list(name: string): Fields[] {
    const value = this.get(name);
    return Array.isArray(value) ? value.map((item) => new Fields(item)) : [];
  }

  fields(name: string): Fields {
    return new Fields(this.get(name));
  }
}

function oneOf<T extends string>(text: string, choices: readonly T[], otherwise: T): T {
  return choices.find((choice) => choice === text) ?? otherwise;
}

function range(fields: Fields): RangeRequest {
  return {
    kind: "range",
    key: fields.text("key"),
    rangeEnd: fields.text("range_end"),
    revision: fields.number("revision"),
    limit: fields.number("limit"),
    sortOrder: oneOf(fields.text("sort_order").toLowerCase(), ["none", "ascend", "descend"], "none"),
    sortTarget: oneOf<SortTarget>(
      fields.text("sort_target").toLowerCase(),
      ["key", "version", "create", "mod", "value"],
      "key",
    ),
    keysOnly: fields.flag("keys_only"),
    countOnly: fields.flag("count_only"),
    minModRevision: fields.number("min_mod_revision"),
    maxModRevision: fields.number("max_mod_revision"),
    minCreateRevision: fields.number("min_create_revision"),
    maxCreateRevision: fields.number("max_create_revision"),
  };
}

function compare(fields: Fields): Compare {
  const base = {
    key: fields.text("key"),
    rangeEnd: fields.text("range_end"),
    result: oneOf(
      fields.text("result").toLowerCase().replace("_", "-"),
      ["equal", "greater", "less", "not-equal"],
      "equal",
    ),
  };
  const target = oneOf(fields.text("target").toLowerCase(), ["version", "create", "mod", "value", "lease"], "version");
  switch (target) {
    case "value":
      return { ...base, target, operand: fields.text("value") };
    case "create":
    case "mod":
      return { ...base, target, operand: fields.number(`${target}_revision`) };
    case "version":
    case "lease":
      return { ...base, target, operand: fields.number(target) };
  }
}

function operation(fields: Fields): RequestOp {
  for (const name of ["range", "put", "delete_range", "txn"]) {
    if (!fields.has(`request_${name}`)) continue;
    const request = requestOf(name, fields.fields(`request_${name}`));
    if (request?.kind === "range" || request?.kind === "put" || request?.kind === "delete" || request?.kind === "txn") {
      return request;
    }
  }
  return null;
}

function requestOf(op: string, fields: Fields): ModelRequest | null {
  const keys = { key: fields.text("key"), rangeEnd: fields.text("range_end") };
  switch (op) {
    case "range":
      return range(fields);
    case "put":
      return {
        kind: "put",
        key: keys.key,
        value: fields.text("value"),
        lease: fields.number("lease"),
        prevKv: fields.flag("prev_kv"),
        ignoreValue: fields.flag("ignore_value"),
        ignoreLease: fields.flag("ignore_lease"),
      };
    case "delete":
    case "delete_range":
      return { kind: "delete", ...keys, prevKv: fields.flag("prev_kv") };
    case "txn":
      return {
        kind: "txn",
        compare: fields.list("compare").map(compare),
        success: fields.list("success").map(operation),
        failure: fields.list("failure").map(operation),
      };
    case "compact":
      return { kind: "compact", revision: fields.number("revision") };
    case "lease_grant":
      return { kind: "lease-grant", id: fields.number("ID"), ttl: fields.number("TTL") };
    case "lease_revoke":
      return { kind: "lease-revoke", id: fields.number("ID") };
    case "expire":
      return { kind: "lease-revoke", id: fields.number("ID") };
    default:
      return null;
  }
}

function pair(value: unknown): KeyValue {
  const fields: unknown[] = Array.isArray(value) ? value : [];
  const number = (at: number): number => Number(fields[at] ?? 0);
  return {
    key: String(fields[0]),
    value: String(fields[1]),
    createRevision: number(2),
    modRevision: number(3),
    version: number(4),
    lease: number(5),
  };
}

function pairs(value: unknown): KeyValue[] {
  return Array.isArray(value) ? value.map(pair) : [];
}

function responseOf(op: string, fields: Fields): KvResponse {
  const revision = fields.number("rev");
  switch (op) {
    case "range": {
      const kvs = pairs(fields.get("kvs"));
      return { kind: "range", revision, kvs, count: fields.number("count"), more: fields.flag("more") };
    }
    case "put":
      return { kind: "put", revision, prevKv: fields.has("prev_kv") ? pair(fields.get("prev_kv")) : null };
    case "delete":
      return {
        kind: "delete",
        revision,
        deleted: fields.number("deleted"),
        prevKvs: pairs(fields.get("prev_kvs")),
      };
    case "txn": {
      const responses = fields.list("responses").map((inner) => {
        const kind = ["range", "put", "delete", "txn"].find((name) => inner.has(name)) ?? "";
        return responseOf(kind, inner.fields(kind));
      });
      return { kind: "txn", revision, succeeded: fields.flag("succeeded"), responses };
    }
    case "lease_grant":
      return { kind: "lease-grant", revision, id: fields.number("ID"), ttl: fields.number("TTL") };
    case "compact":
      return { kind: "compact", revision };
    default:
      return { kind: "lease-revoke", revision };
  }
}

function errorOf(message: string): KvError | null {
  const name = Object.entries(KV_ERRORS).find(([, entry]) => entry.message === message)?.[0] ?? "";
  return isKvError(name) ? name : null;
}

/** How many answers there were, and those that differ. */
function replay(file: string): { readonly count: number; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  let count = 0;
  let state: ModelState = emptyState();
  for (const line of readFileSync(new URL(file, FOLDER), "utf8").split("\n").slice(1)) {
    if (line === "") continue;
    const fields = new Fields(JSON.parse(line));
    const request = requestOf(fields.text("op"), fields.fields("req"));
    if (request === null) continue;
    const done = step(state, request);
    state = done.state;
    if (fields.text("op") === "expire") continue;
    const error = errorOf(fields.fields("err").text("msg"));
    const seen: KvResponse = fields.has("err")
      ? { kind: "error", revision: 0, error: error ?? "unimplemented" }
      : responseOf(fields.text("op"), fields.fields("res"));
    count += 1;
    const found = difference(seen, done.response);
    if (found !== null) wrong.push(`${file} ${line.slice(0, 400)}: ${found}`);
  }
  return { count, wrong };
}

describe.skipIf(!existsSync(FOLDER))("the model, by recorded answers of etcd (skipped where they are absent)", () => {
  it("answers every request of every sequence as etcd did", () => {
    const replayed = readdirSync(FOLDER).map(replay);
    expect(replayed.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(replayed.length).toBeGreaterThan(0);
    for (const { count } of replayed) expect(count).toBeGreaterThan(0);
  });
});
