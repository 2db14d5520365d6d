import type { Command } from "../kv/command.js";
import { RaftLog } from "../raft/log.js";
import type { Write, WriteId } from "../raft/output.js";
import { startingLog } from "../raft/recovery.js";
import type { Entry, HardState, Index, Snapshot } from "../raft/types.js";
import type { Micros, MicrosRange } from "./config.js";
import { type DiskFaults, NO_DISK_FAULTS } from "./machine-fault.js";
import type { RandomStream } from "./random.js";

/**
 * How a disk lost something, in the order of their codes in the trace; append only. `unsynced`: a crash took what was
 * reported as durable and was not. `torn`: recovery dropped a half-written record. `damaged`: recovery took a damaged
 * record for the end of the log.
 */
export const DISK_LOSSES = ["unsynced", "torn", "damaged"] as const;

/** What a disk lost. */
export interface DiskLoss {
  readonly what: (typeof DISK_LOSSES)[number];
  /** Entries lost that had been reported as durable: 0 when the loss is harmless. */
  readonly entries: number;
}

/** What a server finds on its disk when it starts: something it can start from, or not. */
export type Recovery =
  | { readonly kind: "starts"; readonly losses: readonly DiskLoss[] }
  | { readonly kind: "fails" }
  | { readonly kind: "damaged"; readonly index: Index };

/** What is really on the disk while it reports more. */
interface Synced {
  readonly hardState: HardState;
  readonly log: RaftLog<Command>;
  readonly snapshot: Snapshot | null;
  /** The first entry of `log` that was damaged then; 0 for none. */
  readonly damaged: Index;
}

const NO_ENTRIES: readonly Entry<Command>[] = [];

/**
 * One server's disk: what is durable, and the writes on their way there. Writes become durable in the order of
 * issue; several may be under way. A crash loses exactly those that are, unless the disk has faults.
 *
 * A write is one record of the write-ahead log; an entry of the durable log can be damaged by itself. Term and vote are
 * kept apart from the log, as in hashicorp/raft: damage to the log does not touch them.
 */
export class Disk {
  /** The faults in force. */
  faults: DiskFaults = NO_DISK_FAULTS;
  readonly #fsync: MicrosRange;
  readonly #random: RandomStream;
  #hardState: HardState;
  #log: RaftLog<Command>;
  #snapshot: Snapshot | null = null;
  #pending: Write<Command>[] = [];
  #busyUntil: Micros = 0;
  /** When writes under way that a fault slows would be durable without it. */
  readonly #slowed = new Map<WriteId, Micros>();
  /** `null` while everything that was reported as durable is. */
  #synced: Synced | null = null;
  /** The first damaged entry; 0 for none. */
  #damaged: Index = 0;
  /** Left by a crash for recovery to find. */
  #torn: DiskLoss | null = null;
  // What the last durable record replaced: enough to take it back.
  #hasLast = false;
  #beforeHardState: HardState;
  #beforeLastIndex: Index = 0;
  #beforeRemoved: readonly Entry<Command>[] = NO_ENTRIES;
  #beforeDamaged: Index = 0;
  #beforeSnapshot: Pick<Synced, "log" | "snapshot"> | null = null;

  constructor(fsync: MicrosRange, random: RandomStream, hardState: HardState, log: RaftLog<Command>) {
    this.#fsync = fsync;
    this.#random = random;
    this.#hardState = hardState;
    this.#beforeHardState = hardState;
    this.#log = log;
  }

  /** Durable term and vote, as the disk reports it. */
  get hardState(): HardState {
    return this.#hardState;
  }

  /** The durable log, as the disk reports it. Read only. */
  get log(): RaftLog<Command> {
    return this.#log;
  }

  /** The durable snapshot; `null` before the first. It replaces the one before at once or not at all. */
  get snapshot(): Snapshot | null {
    return this.#snapshot;
  }

  /** Writes that are not reported as durable yet. */
  get pendingWrites(): number {
    return this.#pending.length;
  }

  /** Entries in writes that are not reported as durable yet. */
  get pendingEntries(): number {
    return this.#pending.reduce((sum, { entries }) => sum + entries.length, 0);
  }

  /** The last entry that was handed to the disk, durable or on its way there. */
  get writtenIndex(): Index {
    let written = this.#log.lastIndex;
    for (const { truncateFrom, firstIndex, entries } of this.#pending) {
      if (truncateFrom > 0) written = Math.min(written, truncateFrom - 1);
      if (entries.length > 0) written = firstIndex + entries.length - 1;
    }
    return written;
  }

  /** When the last of the writes under way is to be reported as durable; `null` while there is none. */
  get doneUs(): Micros | null {
    return this.#pending.length === 0 ? null : this.#busyUntil;
  }

  /** The last entry that a crash now would leave, where less is on the disk than was reported; `null` where it told the truth. */
  get syncedIndex(): Index | null {
    return this.#synced?.log.lastIndex ?? null;
  }

  /** The first damaged entry of the durable log; 0 for none. */
  get damagedIndex(): Index {
    return this.#damaged;
  }

  /** Whether a crash now would lose something that was reported as durable. */
  get hasUnsynced(): boolean {
    return this.#synced !== null;
  }

  /** Issues a write at `nowUs`; returns the instant at which it is reported as durable. */
  submit(write: Write<Command>, nowUs: Micros): Micros {
    this.#pending.push(write);
    let durableUs = nowUs + this.#random.integer(this.#fsync.min, this.#fsync.max);
    if (this.faults.slowUs > 0) {
      this.#slowed.set(write.id, durableUs);
      durableUs += this.faults.slowUs;
    }
    this.#busyUntil = Math.max(this.#busyUntil, durableUs);
    return this.#busyUntil;
  }

  /** When a write under way is to be durable under the faults in force now, of which some have ended; `null` if none slowed it. */
  timeOf(id: WriteId): Micros | null {
    const plainUs = this.#slowed.get(id);
    return plainUs === undefined ? null : plainUs + this.faults.slowUs;
  }

  /** The last of the writes under way is durable at `timeUs`, sooner than was said. */
  hurried(timeUs: Micros): void {
    this.#busyUntil = timeUs;
  }

  /** The write `id` and all before it are reported as durable now. */
  complete(id: WriteId): void {
    let done = 0;
    for (const write of this.#pending) {
      if (write.id > id) break;
      if (this.faults.ignoresFsync)
        this.#synced ??= {
          hardState: this.#hardState,
          log: this.#log.clone(),
          snapshot: this.#snapshot,
          damaged: this.#damaged,
        };
      // An fsync that is done makes everything before it durable as well.
      else this.#synced = null;
      this.#apply(write);
      if (this.#slowed.size > 0) this.#slowed.delete(write.id);
      done += 1;
    }
    if (done === 1) this.#pending.shift();
    else this.#pending.splice(0, done);
  }

  /** Damages the record of entry `index`; nothing shows until it is read. */
  damage(index: Index): void {
    if (this.#damaged === 0 || index < this.#damaged) this.#damaged = index;
  }

  /** Loses what is not durable. Returns what was lost although it had been reported as durable, or `null`. */
  crash(): DiskLoss | null {
    const inFlight = this.#pending.length > 0;
    this.#pending = [];
    this.#busyUntil = 0;
    this.#slowed.clear();
    const before = this.#log.lastIndex;
    const unsynced = this.#synced;
    if (unsynced !== null) {
      this.#hardState = unsynced.hardState;
      this.#log = unsynced.log;
      this.#snapshot = unsynced.snapshot;
      this.#synced = null;
      this.#hasLast = false;
      this.#damageIs(unsynced.damaged);
    }
    if (this.faults.tears) {
      // Of several records that were under way, the torn one is the first: those behind it had not been begun.
      if (inFlight || unsynced !== null) this.#torn = { what: "torn", entries: 0 };
      else if (this.#hasLast) this.#takeLastBack(before);
    }
    return unsynced === null ? null : { what: "unsynced", entries: Math.max(0, before - this.#log.lastIndex) };
  }

  /**
   * Reads the disk as a server does that starts, which begins with {@link log} as it is then. `checksums`: whether it
   * recognises a damaged record.
   */
  recover(checksums: boolean): Recovery {
    if (this.faults.fails) return { kind: "fails" };
    if (this.#damaged !== 0 && checksums) return { kind: "damaged", index: this.#damaged };
    const losses: DiskLoss[] = [];
    if (this.#torn !== null) losses.push(this.#torn);
    this.#torn = null;
    if (this.#damaged !== 0) {
      losses.push({ what: "damaged", entries: this.#log.lastIndex - this.#damaged + 1 });
      this.#log.truncateFrom(this.#damaged);
      this.#damaged = 0;
      this.#hasLast = false;
    }
    // What the server begins with is what its next write goes on from.
    if (this.#snapshot !== null) this.#log = startingLog(this.#snapshot, this.#log);
    this.#forgetDamage(this.#log.lastIndex + 1);
    return { kind: "starts", losses };
  }

  /** Loses everything: an empty disk under the old identity. Its faults stay. */
  wipe(): void {
    this.#pending = [];
    this.#busyUntil = 0;
    this.#slowed.clear();
    this.#hardState = { term: 0, vote: 0 };
    this.#log = new RaftLog<Command>();
    this.#synced = null;
    this.#damaged = 0;
    this.#torn = null;
    this.#hasLast = false;
    this.#snapshot = null;
  }

  /** An independent copy that shares the entries. */
  clone(): Disk {
    const copy = new Disk(this.#fsync, this.#random.clone(), this.#hardState, this.#log.clone());
    copy.faults = this.faults;
    copy.#pending = this.#pending.slice();
    copy.#busyUntil = this.#busyUntil;
    for (const [id, plainUs] of this.#slowed) copy.#slowed.set(id, plainUs);
    copy.#synced = this.#synced === null ? null : { ...this.#synced, log: this.#synced.log.clone() };
    copy.#damaged = this.#damaged;
    copy.#torn = this.#torn;
    copy.#hasLast = this.#hasLast;
    copy.#beforeHardState = this.#beforeHardState;
    copy.#beforeLastIndex = this.#beforeLastIndex;
    copy.#beforeRemoved = this.#beforeRemoved;
    copy.#beforeDamaged = this.#beforeDamaged;
    copy.#beforeSnapshot =
      this.#beforeSnapshot === null ? null : { ...this.#beforeSnapshot, log: this.#beforeSnapshot.log.clone() };
    copy.#snapshot = this.#snapshot;
    return copy;
  }

  #apply(write: Write<Command>): void {
    const { truncateFrom } = write;
    this.#hasLast = true;
    this.#beforeHardState = this.#hardState;
    this.#beforeLastIndex = this.#log.lastIndex;
    this.#beforeDamaged = this.#damaged;
    this.#beforeRemoved = truncateFrom > 0 ? this.#log.slice(truncateFrom, this.#log.lastIndex) : NO_ENTRIES;
    if (write.hardState !== null) this.#hardState = write.hardState;
    this.#beforeSnapshot = write.snapshot === null ? null : { snapshot: this.#snapshot, log: this.#log.clone() };
    if (write.snapshot !== null) this.#keep(write.snapshot, write.restart);
    if (write.compactTo > 0) this.#log.compactTo(write.compactTo);
    if (write.snapshot !== null && this.#damaged < this.#log.firstIndex) this.#damaged = 0;
    if (truncateFrom > 0) {
      this.#log.truncateFrom(truncateFrom);
      this.#forgetDamage(truncateFrom);
    }
    if (write.firstIndex > 0 && write.firstIndex !== this.#log.lastIndex + 1) {
      throw new Error(`a write of entry ${write.firstIndex} to a disk whose log ends at ${this.#log.lastIndex}`);
    }
    for (const entry of write.entries) this.#log.append(entry);
  }

  /** The last record was reported as durable and is half-written all the same. */
  #takeLastBack(before: Index): void {
    const kept = this.#beforeLastIndex - this.#beforeRemoved.length;
    this.#torn = { what: "torn", entries: Math.max(0, before - kept) };
    if (this.#beforeSnapshot === null) {
      this.#log.truncateFrom(kept + 1);
      for (const entry of this.#beforeRemoved) this.#log.append(entry);
    } else {
      this.#log = this.#beforeSnapshot.log;
      this.#snapshot = this.#beforeSnapshot.snapshot;
      this.#beforeSnapshot = null;
    }
    this.#hardState = this.#beforeHardState;
    this.#hasLast = false;
    this.#damageIs(this.#beforeDamaged);
  }

  /** The log is an earlier one again, whose first damaged entry was `before`; what was damaged since stays so. */
  #damageIs(before: Index): void {
    this.#forgetDamage(this.#log.lastIndex + 1);
    if (before !== 0) this.damage(before);
  }

  /** Entries from `index` on are gone, and the damage to them as well. */
  #forgetDamage(index: Index): void {
    if (this.#damaged >= index) this.#damaged = 0;
  }

  /** A log that lacks what the snapshot ends with, which only a lost write can bring about, goes on after it as well. */
  #keep(snapshot: Snapshot, restart: boolean): void {
    const { lastIncludedIndex: index, lastIncludedTerm } = snapshot;
    this.#snapshot = snapshot;
    if (restart || this.#log.lastIndex < index) this.#log.restart(index, lastIncludedTerm);
  }
}
