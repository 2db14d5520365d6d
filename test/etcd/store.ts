/** A state machine that is asked as a single member of etcd was when the recordings were made. */
import { checkRequest, DEFAULT_LIMITS } from "../../server/src/kv/check-request.js";
import type { KvStore } from "../../server/src/kv/contract.js";
import { FROM_KEY } from "../../server/src/kv/key-range.js";
import type { KvEvent } from "../../server/src/kv/response.js";
import { DEFAULT_OPTIONS, KvStateMachine } from "../../server/src/kv/state-machine.js";
import {
  answerOf,
  errorOf,
  eventOf,
  type JsonObject,
  latin1,
  listOf,
  numberOf,
  requestOf,
  type Step,
  textOf,
} from "./translate.js";

/** Answers the steps of a recording, one after the other. */
export class RecordedStore {
  readonly machine: KvStateMachine;
  /** What a watch of everything, opened before the first step, has received. */
  readonly live: KvEvent[] = [];

  /** `minLeaseTtl` in seconds; the recordings' etcd had 2. */
  constructor(minLeaseTtl = 2) {
    this.machine = new KvStateMachine({ ...DEFAULT_OPTIONS, sessions: false, minLeaseTtl });
  }

  /** What the step gives here, in the recording's words. */
  answer(step: Step): Pick<Step, "res" | "err"> {
    const request = requestOf(step);
    if (request === null) return this.#other(step);
    const refused = checkRequest(request, DEFAULT_LIMITS);
    if (refused !== null) return { err: errorOf(refused) };
    const applied = this.machine.apply({ client: 0, sequence: 0, operation: request });
    this.live.push(...applied.events);
    return answerOf(applied.result);
  }

  #other({ op, req }: Step): Pick<Step, "res" | "err"> {
    const { store, leases } = this.machine;
    const rev = store.revision;
    switch (op) {
      case "lease_ttl": {
        const ID = numberOf(req["ID"]);
        const lease = leases.get(ID);
        if (lease === null) return { res: { rev, ID, TTL: -1, grantedTTL: 0, keys: [] } };
        const keys = req["keys"] === true ? leases.keysOf(ID) : [];
        return { res: { rev, ID, TTL: "alive", grantedTTL: lease.ttl, keys } };
      }
      case "lease_list":
        return { res: { rev, leases: leases.list().map(({ id }) => id) } };
      case "lease_keepalive": {
        const ID = numberOf(req["ID"]);
        return { res: { rev, ID, TTL: leases.get(ID)?.ttl ?? 0 } };
      }
      case "expire": {
        const id = numberOf(req["ID"]);
        const { result, events } = this.machine.apply({
          client: 0,
          sequence: 0,
          operation: { kind: "lease-revoke", id },
        });
        this.live.push(...events);
        return { res: { rev: result.revision } };
      }
      case "watch_live":
        return { res: { events: this.live.map((event) => eventOf(event, true)) } };
      case "watch_replay":
        return { res: watched(store, req) };
      case "hashkv": {
        const hash = store.hashKv(numberOf(req["revision"]), latin1);
        if (typeof hash === "string") return { err: errorOf(hash) };
        return { res: { rev, hash: hash.hash, compact_revision: hash.compactRevision } };
      }
      default:
        throw new Error(`a recording holds an unknown request: ${op}`);
    }
  }
}

/** What a watch that is opened now receives of what happened before, in the recording's words. */
export function watched(store: KvStore, req: JsonObject): JsonObject {
  const from = numberOf(req["start_revision"]);
  if (from < store.compactRevision) {
    return { created: true, events: [], canceled: true, compact_revision: store.compactRevision };
  }
  const filters = req["filters"] === undefined ? [] : listOf(req["filters"]);
  const keys = { key: textOf(req["key"]) || FROM_KEY, rangeEnd: textOf(req["range_end"] ?? "") };
  const events = store
    .eventsSince(from, keys)
    .filter(({ type }) => !filters.includes(type === "put" ? "NOPUT" : "NODELETE"))
    .map((event) => eventOf(event, req["prev_kv"] === true));
  return { created: true, events };
}
