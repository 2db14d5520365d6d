import type { LeaseId, Revision } from "./request.js";
import type { KeyValue } from "./response.js";

/** Stands for the position of no change. */
export const NO_CHANGE = -1;

/**
 * What one change made of a key: the pair that a put left, or a deletion, which has no version. Immutable, and shared by all
 * clones of a store. It knows the change of its key before it by the position in the store's history, not by a
 * reference: what a compaction takes out of one store's history is free once no clone has it any more. The positions
 * are private, so that a pair printed, compared or sent elsewhere is etcd's KeyValue and nothing else.
 */
export class Change implements KeyValue {
  readonly key: string;
  readonly value: string;
  readonly createRevision: Revision;
  readonly modRevision: Revision;
  readonly version: number;
  readonly lease: LeaseId;
  readonly #position: number;
  readonly #sub: number;
  readonly #before: number;
  readonly #jump: number;
  readonly #depth: number;

  /** A put: `created` is its own revision where the key's life begins. */
  constructor(
    key: string,
    value: string,
    created: Revision,
    revision: Revision,
    version: number,
    lease: LeaseId,
    position: number,
    sub: number,
    before: number,
    jump: number,
    depth: number,
  ) {
    this.key = key;
    this.value = value;
    this.createRevision = created;
    this.modRevision = revision;
    this.version = version;
    this.lease = lease;
    this.#position = position;
    this.#sub = sub;
    this.#before = before;
    this.#jump = jump;
    this.#depth = depth;
  }

  /** Whether the key lives after this change. */
  get live(): boolean {
    return this.version > 0;
  }

  /** Position in the history. */
  get position(): number {
    return this.#position;
  }

  /** The change's number within its revision, from 0 (etcd: revision.sub). */
  get sub(): number {
    return this.#sub;
  }

  /** Position of the change of the same key before this one; {@link NO_CHANGE} for none. */
  get before(): number {
    return this.#before;
  }

  /** Position of an older change of the key, placed so that any one is reached in O(log n) (Myers' random-access list). */
  get jump(): number {
    return this.#jump;
  }

  /** How many changes of the key came before. */
  get depth(): number {
    return this.#depth;
  }
}
