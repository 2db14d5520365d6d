import type { Command } from "../kv/command.js";
import { RaftLog } from "../raft/log.js";
import type { Write, WriteId } from "../raft/output.js";
import type { HardState } from "../raft/types.js";
import type { Micros, MicrosRange } from "./config.js";
import type { RandomStream } from "./random.js";

/**
 * One server's disk: what is durable, and the writes on their way there. Writes become durable in the order of
 * issue; several may be under way. A crash loses exactly those that are.
 */
export class Disk {
  readonly #fsync: MicrosRange;
  readonly #random: RandomStream;
  #hardState: HardState;
  #log: RaftLog<Command>;
  #pending: Write<Command>[] = [];
  #busyUntil: Micros = 0;

  constructor(fsync: MicrosRange, random: RandomStream, hardState: HardState, log: RaftLog<Command>) {
    this.#fsync = fsync;
    this.#random = random;
    this.#hardState = hardState;
    this.#log = log;
  }

  /** Durable term and vote. */
  get hardState(): HardState {
    return this.#hardState;
  }

  /** The durable log. Read only. */
  get log(): RaftLog<Command> {
    return this.#log;
  }

  /** Writes that are not durable yet. */
  get pendingWrites(): number {
    return this.#pending.length;
  }

  /** Issues a write at `nowUs`; returns the instant at which it is durable. */
  submit(write: Write<Command>, nowUs: Micros): Micros {
    this.#pending.push(write);
    const durableUs = nowUs + this.#random.integer(this.#fsync.min, this.#fsync.max);
    this.#busyUntil = Math.max(this.#busyUntil, durableUs);
    return this.#busyUntil;
  }

  /** The write `id` and all before it are durable now. */
  complete(id: WriteId): void {
    let done = 0;
    for (const write of this.#pending) {
      if (write.id > id) break;
      this.#apply(write);
      done += 1;
    }
    this.#pending.splice(0, done);
  }

  /** Loses what is not durable. */
  crash(): void {
    this.#pending = [];
    this.#busyUntil = 0;
  }

  /** Loses everything: an empty disk under the old identity. */
  wipe(): void {
    this.crash();
    this.#hardState = { term: 0, vote: 0 };
    this.#log = new RaftLog<Command>();
  }

  /** An independent copy that shares the entries. */
  clone(): Disk {
    const copy = new Disk(this.#fsync, this.#random.clone(), this.#hardState, this.#log.clone());
    copy.#pending = this.#pending.slice();
    copy.#busyUntil = this.#busyUntil;
    return copy;
  }

  #apply(write: Write<Command>): void {
    if (write.hardState !== null) this.#hardState = write.hardState;
    if (write.truncateFrom > 0) this.#log.truncateFrom(write.truncateFrom);
    for (const entry of write.entries) this.#log.append(entry);
  }
}
