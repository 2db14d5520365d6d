import { Change, NO_CHANGE } from "./change.js";
import { FROM_KEY, inRange } from "./key-range.js";
import type { KeyRange, LeaseId, Revision } from "./request.js";
import type { KeyValue, KvEvent } from "./response.js";
import { SharedList } from "./shared-list.js";

/** {@link History.compactRevision} before the first compaction (etcd: mvcc/kvstore.go, NewStore). */
const NEVER_COMPACTED: Revision = -1;

/** All changes of a store that are kept, in the order they happened, and through them the past of every key. */
export class History {
  readonly #changes: SharedList<Change>;
  #compactRevision: Revision = NEVER_COMPACTED;
  /** Position of the first change whose revision is at least the compacted one. */
  #compactStart = 0;

  /** An empty history, or an independent copy of `original` in constant time. */
  constructor(original: History | null = null) {
    this.#changes = original === null ? new SharedList() : original.#changes.clone();
    if (original === null) return;
    this.#compactRevision = original.#compactRevision;
    this.#compactStart = original.#compactStart;
  }

  /** The revision of the last compaction; -1 before the first. */
  get compactRevision(): Revision {
    return this.#compactRevision;
  }

  /** Adds a put after `newest`, the newest change kept of its key. */
  put(key: string, value: string, lease: LeaseId, revision: Revision, sub: number, newest: Change | undefined): Change {
    const live = newest?.live === true;
    const created = live ? newest.createRevision : revision;
    const version = live ? newest.version + 1 : 1;
    return this.#add(key, value, created, revision, version, lease, sub, newest);
  }

  /** Adds a deletion after `newest`. */
  remove(revision: Revision, sub: number, newest: Change): Change {
    return this.#add(newest.key, "", 0, revision, 0, 0, sub, newest);
  }

  /** The change of the same key before `change`; `undefined` where there is none, or none that is kept. */
  before(change: Change): Change | undefined {
    return this.#changes.at(change.before);
  }

  /** The newest change of a key at or before `revision`, which is not compacted, from `newest` back. */
  at(newest: Change, revision: Revision): Change | undefined {
    let change: Change | undefined = newest;
    while (change !== undefined && change.modRevision > revision) {
      const jump = this.#changes.at(change.jump);
      change = jump !== undefined && jump.modRevision > revision ? jump : this.#changes.at(change.before);
    }
    return change;
  }

  /** The change as watchers see it. */
  event(change: Change): KvEvent {
    return { type: change.live ? "put" : "delete", kv: change, previous: this.#previous(change) };
  }

  /** Events of one key from its `newest` change back to revision `from`, newest first, at most `most`. */
  eventsOfKey(newest: Change | undefined, from: Revision, most = Number.POSITIVE_INFINITY): KvEvent[] {
    const events: KvEvent[] = [];
    let change = newest;
    while (change !== undefined && change.modRevision >= from && events.length < most) {
      events.push(this.event(change));
      change = this.before(change);
    }
    return events;
  }

  /** Events in a range with `from` <= revision <= `to`, oldest first. `from` is not compacted. */
  eventsOfRange(from: Revision, to: Revision, range: KeyRange): KvEvent[] {
    const events: KvEvent[] = [];
    const all = range.key === FROM_KEY && range.rangeEnd === FROM_KEY;
    const { length } = this.#changes;
    for (let position = this.#firstAt(from); position < length; position += 1) {
      const change = this.#changes.at(position);
      if (change === undefined) continue;
      if (change.modRevision > to) break;
      if (change.modRevision >= from && (all || inRange(change.key, range))) events.push(this.event(change));
    }
    return events;
  }

  /** Calls `visit` for every change kept up to `revision`, oldest first. */
  scan(revision: Revision, visit: (change: Change) => void): void {
    const { length } = this.#changes;
    for (let position = 0; position < length; position += 1) {
      const change = this.#changes.at(position);
      if (change === undefined) continue;
      if (change.modRevision > revision) return;
      visit(change);
    }
  }

  /**
   * Drops what no read from `revision` on can see: every change that a later one at or before `revision` replaced, and deletions
   * before it. A deletion at `revision` itself stays until the next compaction, so that watches from there see it (etcd >= 3.4.34, 3.5.16;
   * mvcc/key_index.go, compact). Calls `dropped` for each. The cost is that of the changes since the last compaction.
   */
  compact(revision: Revision, dropped: (change: Change) => void): void {
    const { length } = this.#changes;
    let start = length;
    for (let position = this.#compactStart; position < length; position += 1) {
      const change = this.#changes.at(position);
      if (change === undefined) continue;
      if (change.modRevision >= revision && start === length) start = position;
      if (change.modRevision > revision) break;
      this.#drop(this.before(change), dropped);
      if (!change.live && change.modRevision < revision) this.#drop(change, dropped);
    }
    this.#compactStart = start;
    this.#compactRevision = revision;
  }

  #drop(change: Change | undefined, dropped: (change: Change) => void): void {
    if (change === undefined) return;
    this.#changes.drop(change.position);
    dropped(change);
  }

  #add(
    key: string,
    value: string,
    created: Revision,
    revision: Revision,
    version: number,
    lease: LeaseId,
    sub: number,
    newest: Change | undefined,
  ): Change {
    const position = this.#changes.length;
    const change =
      newest === undefined
        ? new Change(key, value, created, revision, version, lease, position, sub, NO_CHANGE, NO_CHANGE, 0)
        : new Change(
            key,
            value,
            created,
            revision,
            version,
            lease,
            position,
            sub,
            newest.position,
            this.#jumpAfter(newest),
            newest.depth + 1,
          );
    this.#changes.push(change);
    return change;
  }

  #jumpAfter(newest: Change): number {
    const jump = this.#changes.at(newest.jump);
    const second = jump === undefined ? undefined : this.#changes.at(jump.jump);
    if (jump === undefined || second === undefined) return newest.position;
    return newest.depth - jump.depth === jump.depth - second.depth ? second.position : newest.position;
  }

  /**
   * The pair at the revision before the change's; none for the beginning of a key's life, and none where it is compacted
   * (etcdserver/api/v3rpc/watch.go, sendLoop).
   */
  #previous(change: Change): KeyValue | null {
    const revision = change.modRevision;
    if (revision <= this.#compactRevision || change.createRevision === revision) return null;
    let before = this.before(change);
    while (before !== undefined && before.modRevision === revision) before = this.before(before);
    return before?.live === true ? before : null;
  }

  /** Position from which on all changes of revision `from` and later stand. */
  #firstAt(from: Revision): number {
    let low = this.#compactStart;
    if (from <= this.#compactRevision) return low;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // Only changes at the compacted revision itself can be missing here.
      if ((this.#changes.at(middle)?.modRevision ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
