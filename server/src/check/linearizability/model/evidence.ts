import type { RequestOp, Revision } from "../../../kv/request.js";
import type { KeyValue, KvResponse } from "../../../kv/response.js";
import { changeSeen, type ModelOperation } from "./operation.js";
import type { ModelRequest } from "./step.js";

/** What answers tell of a key at the revision that last changed it. `null`: not told. */
export interface Sighting {
  readonly key: string;
  readonly createRevision: Revision;
  readonly version: number;
  readonly value: string | null;
  readonly lease: number | null;
}

/** What the answers of a history tell of what happened at which revision. Whatever explains them all agrees with it. */
export interface Evidence {
  /** By the revision that made what was seen, and by key. */
  readonly seen: ReadonlyMap<Revision, ReadonlyMap<string, Sighting>>;
  /** By key, and by the revision that last changed it: up to which revision it was so for certain. */
  readonly quiet: ReadonlyMap<string, ReadonlyMap<Revision, Revision>>;
  /** By key: the revisions at which an operation that returned put it, in ascending order. */
  readonly puts: ReadonlyMap<string, readonly Revision[]>;
}

/** Gathers what the operations that returned tell, of revisions after `initial`. */
export function gather(operations: readonly ModelOperation[], initial: Revision): Evidence {
  const gathering = new Gathering(initial);
  for (const { request, response } of operations) {
    if (response === null || response.kind === "error") continue;
    const { revision } = response;
    const changed = changeSeen(response) === "one";
    gathering.visit(request, response, changed ? revision - 1 : revision, changed ? revision : null);
  }
  for (const revisions of gathering.puts.values()) revisions.sort((a, b) => a - b);
  return gathering;
}

class Gathering implements Evidence {
  readonly seen = new Map<Revision, Map<string, Sighting>>();
  readonly quiet = new Map<string, Map<Revision, Revision>>();
  readonly puts = new Map<string, Revision[]>();
  readonly #initial: Revision;

  constructor(initial: Revision) {
    this.#initial = initial;
  }

  /** `before`: the store's revision when the operation began; `made`: what it made of it. */
  visit(request: ModelRequest | RequestOp, response: KvResponse, before: Revision, made: Revision | null): void {
    switch (response.kind) {
      case "put":
        if (request?.kind !== "put") return;
        if (made !== null) at(this.puts, request.key, () => []).push(made);
        if (response.prevKv !== null) this.#pair(response.prevKv, before, true);
        return;
      case "delete":
        for (const pair of response.prevKvs) this.#pair(pair, before, true);
        return;
      case "range": {
        if (request?.kind !== "range") return;
        const { revision = 0, keysOnly = false } = request;
        for (const pair of response.kvs) this.#pair(pair, revision > 0 ? revision : before, !keysOnly);
        return;
      }
      case "txn": {
        if (request?.kind !== "txn") return;
        const operations = response.succeeded ? request.success : request.failure;
        response.responses.forEach((inner, place) => {
          this.visit(operations[place] ?? null, inner, before, made);
        });
        return;
      }
      default:
        return;
    }
  }

  /** A pair that was there at the revision `until`. What a transaction made itself is no evidence: it may have deleted it again. */
  #pair(pair: KeyValue, until: Revision, withValue: boolean): void {
    const { key, modRevision, createRevision, version, value, lease } = pair;
    if (modRevision > until) return;
    const quiet = at(this.quiet, key, () => new Map<Revision, Revision>());
    quiet.set(modRevision, Math.max(until, quiet.get(modRevision) ?? 0));
    this.#sighting(modRevision, { key, createRevision, version, value: withValue ? value : null, lease });
    if (createRevision < modRevision) {
      this.#sighting(createRevision, { key, createRevision, version: 1, value: null, lease: null });
    }
  }

  #sighting(revision: Revision, sighting: Sighting): void {
    if (revision <= this.#initial) return;
    const seen = at(this.seen, revision, () => new Map<string, Sighting>());
    const known = seen.get(sighting.key);
    if (known === undefined || (known.value === null && sighting.value !== null)) seen.set(sighting.key, sighting);
  }
}

function at<K, V>(map: Map<K, V>, key: K, fresh: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = fresh();
    map.set(key, found);
  }
  return found;
}
