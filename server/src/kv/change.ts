import type { KeyValue, KvEvent, Revision } from "./contract.js";

/**
 * One change of one key: an event for watchers, and a link in the key's history. Immutable and shared by all
 * clones of a store. The links are private so that an event printed, compared or sent elsewhere does not drag its
 * key's whole past along.
 */
export class Change implements KvEvent {
  readonly type: "put" | "delete";
  readonly kv: KeyValue;
  readonly previous: KeyValue | null;
  readonly #before: Change | null;
  /** An older change further back, placed so that any one is reached in O(log n) (Myers' random-access list). */
  readonly #jump: Change | null;
  readonly #depth: number;

  private constructor(type: "put" | "delete", kv: KeyValue, before: Change | null) {
    this.type = type;
    this.kv = kv;
    this.previous = before?.live ?? null;
    this.#before = before;
    this.#depth = before === null ? 0 : before.#depth + 1;
    this.#jump = before === null ? null : before.#jumpOfNext();
  }

  /** A put of `key` at `revision`, after `before`. */
  static put(key: string, value: string, revision: Revision, before: Change | null): Change {
    const live = before?.live ?? null;
    const kv: KeyValue = {
      key,
      value,
      createRevision: live === null ? revision : live.createRevision,
      modRevision: revision,
      version: live === null ? 1 : live.version + 1,
    };
    return new Change("put", kv, before);
  }

  /** A deletion of the live pair that `before` made. */
  static remove(revision: Revision, before: Change): Change {
    const kv: KeyValue = { key: before.kv.key, value: "", createRevision: 0, modRevision: revision, version: 0 };
    return new Change("delete", kv, before);
  }

  /** The pair that lives after this change; `null` after a deletion. */
  get live(): KeyValue | null {
    return this.type === "put" ? this.kv : null;
  }

  /** The revision of this change. */
  get revision(): Revision {
    return this.kv.modRevision;
  }

  /** The change of the same key before this one. */
  get before(): Change | null {
    return this.#before;
  }

  /** The newest change of this key at or before `revision`, from this one back; `null` when there is none. */
  at(revision: Revision): Change | null {
    let change: Change | null = this;
    while (change !== null && change.revision > revision) {
      const jump: Change | null = change.#jump;
      change = jump !== null && jump.revision > revision ? jump : change.#before;
    }
    return change;
  }

  #jumpOfNext(): Change {
    const jump = this.#jump;
    const second = jump === null ? null : jump.#jump;
    if (jump === null || second === null) return this;
    return this.#depth - jump.#depth === jump.#depth - second.#depth ? second : this;
  }
}
