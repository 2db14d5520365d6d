/** A client of etcd's JSON gateway that speaks in the words of the recordings (translate.ts). */
import { setTimeout as sleep } from "node:timers/promises";
import { type JsonObject, listOf, numberOf, objectOf, type Step, textOf } from "../translate.js";
import { askHashKv } from "./hash-kv.js";
import { WatchStream } from "./watch-stream.js";
import { fromBase64, numberIn, pairOf, revisionOf, toWire } from "./wire.js";

/** Where each request goes. */
const PATHS: Readonly<Record<string, string>> = {
  put: "kv/put",
  range: "kv/range",
  delete: "kv/deleterange",
  txn: "kv/txn",
  compact: "kv/compaction",
  lease_grant: "lease/grant",
  lease_revoke: "lease/revoke",
  lease_keepalive: "lease/keepalive",
  lease_ttl: "lease/timetolive",
  lease_list: "lease/leases",
};

/** How often a lease's end is looked for, and how long apart. */
const LOOKS = 400;
const LOOK_MS = 50;

/** One etcd, asked step by step. */
export class Gateway {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** A watch; its events come as they happen. */
  watch(req: JsonObject): Promise<WatchStream> {
    return WatchStream.open(this.#url, toWire(req));
  }

  /** What etcd answers to the step. */
  async answer({ op, req }: Step): Promise<Pick<Step, "res" | "err">> {
    if (op === "hashkv") {
      const { hash, compactRevision } = await askHashKv(this.#url);
      return { res: { rev: await this.#revision(), hash, compact_revision: compactRevision } };
    }
    if (op === "expire") return { res: { rev: await this.#expired(numberOf(req["ID"])) } };
    const path = PATHS[op];
    if (path === undefined) throw new Error(`no such request: ${op}`);
    const answer = await this.#post(path, req);
    if (answer["error"] !== undefined) {
      return { err: { code: numberOf(answer["code"]), msg: textOf(answer["error"]) } };
    }
    return { res: resultOf(op, req, op === "lease_keepalive" ? objectOf(answer["result"]) : answer) };
  }

  async #post(path: string, req: JsonObject): Promise<JsonObject> {
    const response = await fetch(`${this.#url}/v3/${path}`, { method: "POST", body: JSON.stringify(toWire(req)) });
    return objectOf(JSON.parse((await response.text()).split("\n")[0] ?? ""));
  }

  async #revision(): Promise<number> {
    return revisionOf(await this.#post("kv/range", { key: "\0" }));
  }

  /** Waits until a lease is gone. */
  async #expired(id: number): Promise<number> {
    for (let look = 0; look < LOOKS; look += 1) {
      const leases = await this.#post("lease/leases", {});
      if (!listOf(leases["leases"] ?? []).some((lease) => numberIn(objectOf(lease), "ID") === id)) {
        return revisionOf(leases);
      }
      await sleep(LOOK_MS);
    }
    throw new Error(`lease ${id} did not end`);
  }
}

/** The answer in the recording's words. */
function resultOf(op: string, req: JsonObject, answer: JsonObject): JsonObject {
  const rev = revisionOf(answer);
  switch (op) {
    case "put":
      return { rev, ...(answer["prev_kv"] === undefined ? {} : { prev_kv: pairOf(answer["prev_kv"]) }) };
    case "range":
      return {
        rev,
        count: numberIn(answer, "count"),
        kvs: listOf(answer["kvs"] ?? []).map(pairOf),
        ...(answer["more"] === true ? { more: true } : {}),
      };
    case "delete": {
      const before = listOf(answer["prev_kvs"] ?? []).map(pairOf);
      return { rev, deleted: numberIn(answer, "deleted"), ...(before.length === 0 ? {} : { prev_kvs: before }) };
    }
    case "txn":
      return {
        rev,
        succeeded: answer["succeeded"] === true,
        responses: listOf(answer["responses"] ?? []).map((each) => innerOf(objectOf(each))),
      };
    case "lease_grant":
    case "lease_keepalive":
      return { rev, ID: numberIn(answer, "ID"), TTL: numberIn(answer, "TTL") };
    case "lease_ttl": {
      const TTL = numberIn(answer, "TTL");
      const keys = listOf(answer["keys"] ?? []).map(fromBase64);
      const grantedTTL = numberIn(answer, "grantedTTL");
      return { rev, ID: numberOf(req["ID"]), TTL: TTL >= 0 ? "alive" : TTL, grantedTTL, keys: keys.toSorted() };
    }
    case "lease_list": {
      const ids = listOf(answer["leases"] ?? []).map((lease) => numberIn(objectOf(lease), "ID"));
      return { rev, leases: ids.toSorted((a, b) => a - b) };
    }
    default:
      return { rev };
  }
}

const INNER = { response_put: "put", response_range: "range", response_delete_range: "delete", response_txn: "txn" };

function innerOf(response: JsonObject): JsonObject {
  for (const [field, op] of Object.entries(INNER)) {
    const inner = response[field];
    if (inner !== undefined) return { [op]: resultOf(op, {}, objectOf(inner)) };
  }
  throw new Error(`an answer within a transaction that is none: ${JSON.stringify(response)}`);
}
