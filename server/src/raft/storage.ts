import type { RaftLog } from "./log.js";
import type { Output, WriteId } from "./output.js";
import type { HardState, Index, Snapshot } from "./types.js";

/**
 * What a server knows of its disk: which of its writes are durable, and so which promises may leave (Figure 2, persistent
 * state). Several writes may be in flight; they complete in order. One input makes at most one write, opened by the first
 * change and handed over at the end of the input.
 */
export class StableStorage<C> {
  /** Last index of the present log that is durable. */
  durableIndex: Index;
  #durableWrite: WriteId = 0;
  #lastWrite: WriteId = 0;
  /** The newest write that holds term and vote. */
  #hardStateWrite: WriteId = 0;
  /**
   * For each write in flight, oldest first: up to where the present log is durable once it completes. Ids are consecutive,
   * so the first belongs to write `#durableWrite + 1`. Never descending.
   */
  readonly #reach: Index[] = [];
  #open = false;
  #openHardState = false;
  #openTruncateFrom: Index = 0;
  #openFirst: Index = 0;
  #openSnapshot: Snapshot | null = null;
  #openCompactTo: Index = 0;
  #openRestart = false;

  constructor(lastIndex: Index) {
    this.durableIndex = lastIndex;
  }

  /** Whether this input has something to make durable. */
  get hasWrite(): boolean {
    return this.#open;
  }

  /** Term or vote changed and must be written. */
  hardStateChanged(): void {
    this.#openWrite();
    this.#openHardState = true;
    this.#hardStateWrite = this.#lastWrite;
  }

  /** Entries from `from` on were removed from the log. Call it before new ones are appended. */
  truncated(from: Index): void {
    this.#openWrite();
    if (this.#openTruncateFrom === 0 || from < this.#openTruncateFrom) this.#openTruncateFrom = from;
    if (this.#openFirst >= from) this.#openFirst = 0;
    // What older writes bring to the disk beyond this point is no longer part of the log.
    this.durableIndex = Math.min(this.durableIndex, from - 1);
    const reach = this.#reach;
    for (let i = reach.length - 1; i >= 0; i -= 1) {
      if ((reach[i] ?? 0) < from) break;
      reach[i] = from - 1;
    }
  }

  /** Entries `first`..`last` were appended to the log. */
  appended(first: Index, last: Index): void {
    this.#openWrite();
    if (this.#openFirst === 0) this.#openFirst = first;
    this.#reach[this.#reach.length - 1] = last;
  }

  /** A snapshot was taken, and the log up to `compactTo` dropped (0: nothing of it). */
  snapshotTaken(snapshot: Snapshot, compactTo: Index): void {
    this.#openWrite();
    this.#openSnapshot = snapshot;
    this.#openCompactTo = compactTo;
  }

  /** A snapshot was installed, and what follows it in the log stays: the log is durable up to the snapshot's end with it. */
  snapshotInstalled(snapshot: Snapshot): void {
    this.snapshotTaken(snapshot, snapshot.lastIncludedIndex);
    const reach = this.#reach;
    reach[reach.length - 1] = Math.max(reach.at(-1) ?? 0, snapshot.lastIncludedIndex);
  }

  /**
   * A snapshot was installed, and the log begins anew after it. Of what older writes bring to the disk, the snapshot agrees
   * with what was committed here, up to `committed`, and with nothing else for sure.
   */
  restarted(snapshot: Snapshot, committed: Index): void {
    this.#openWrite();
    this.#openSnapshot = snapshot;
    this.#openRestart = true;
    this.#openTruncateFrom = 0;
    this.#openFirst = 0;
    const agreed = Math.min(committed, snapshot.lastIncludedIndex);
    this.durableIndex = Math.min(this.durableIndex, agreed);
    const reach = this.#reach;
    for (let i = reach.length - 1; i >= 0; i -= 1) {
      if ((reach[i] ?? 0) <= agreed) break;
      reach[i] = agreed;
    }
    reach[reach.length - 1] = snapshot.lastIncludedIndex;
  }

  /** The write that must be durable before the present term and vote are spoken; 0 when they are durable. */
  afterHardState(): WriteId {
    return this.#hardStateWrite > this.#durableWrite ? this.#hardStateWrite : 0;
  }

  /** The write that must be durable before the log up to `index` is acknowledged; 0 when it is durable. */
  afterLog(index: Index): WriteId {
    if (index <= this.durableIndex) return 0;
    const reach = this.#reach;
    let i = reach.length - 1;
    while (i > 0 && (reach[i - 1] ?? 0) >= index) i -= 1;
    return this.#durableWrite + 1 + i;
  }

  /**
   * Hands the write of this input over, if there is one: the log's new entries, and `hardState` (term and vote) if they
   * changed.
   */
  flush(hardState: HardState | null, log: RaftLog<C>, output: Output<C>): void {
    if (!this.#open) return;
    const first = this.#openFirst;
    output.writes.push({
      id: this.#lastWrite,
      hardState: this.#openHardState ? hardState : null,
      snapshot: this.#openSnapshot,
      compactTo: this.#openCompactTo,
      restart: this.#openRestart,
      truncateFrom: this.#openTruncateFrom,
      firstIndex: first,
      entries: first === 0 ? [] : log.slice(first, log.lastIndex),
    });
    this.#open = false;
    this.#openHardState = false;
    this.#openTruncateFrom = 0;
    this.#openFirst = 0;
    this.#openSnapshot = null;
    this.#openCompactTo = 0;
    this.#openRestart = false;
  }

  /** All writes up to `write` are durable. False when that was known. */
  persisted(write: WriteId): boolean {
    if (write > this.#lastWrite) throw new Error(`write ${write} was never issued, the last is ${this.#lastWrite}`);
    const completed = write - this.#durableWrite;
    if (completed <= 0) return false;
    this.durableIndex = Math.max(this.durableIndex, this.#reach[completed - 1] ?? 0);
    this.#durableWrite = write;
    for (let done = 0; done < completed; done += 1) this.#reach.shift();
    return true;
  }

  /** An independent copy; not within an input. */
  clone(): StableStorage<C> {
    const copy = new StableStorage<C>(this.durableIndex);
    copy.#durableWrite = this.#durableWrite;
    copy.#lastWrite = this.#lastWrite;
    copy.#hardStateWrite = this.#hardStateWrite;
    for (const index of this.#reach) copy.#reach.push(index);
    return copy;
  }

  #openWrite(): void {
    if (this.#open) return;
    this.#open = true;
    this.#lastWrite += 1;
    this.#reach.push(this.#reach.at(-1) ?? this.durableIndex);
  }
}
