import type { Command } from "../kv/command.js";
import { RaftLog } from "../raft/log.js";
import type { Write, WriteId } from "../raft/output.js";
import type { HardState, Index, Snapshot } from "../raft/types.js";
import type { Micros, MicrosRange } from "./config.js";
import { type DiskFaults } from "./machine-fault.js";
import type { RandomStream } from "./random.js";
/**
 * How a disk lost something, in the order of their codes in the trace; append only. `unsynced`: a crash took what was
 * reported as durable and was not. `torn`: recovery dropped a half-written record. `damaged`: recovery took a damaged
 * record for the end of the log.
 */
export declare const DISK_LOSSES: readonly ["unsynced", "torn", "damaged"];
/** What a disk lost. */
export interface DiskLoss {
    readonly what: (typeof DISK_LOSSES)[number];
    /** Entries lost that had been reported as durable: 0 when the loss is harmless. */
    readonly entries: number;
}
/** What a server finds on its disk when it starts: something it can start from, or not. */
export type Recovery = {
    readonly kind: "starts";
    readonly losses: readonly DiskLoss[];
} | {
    readonly kind: "fails";
} | {
    readonly kind: "damaged";
    readonly index: Index;
};
/**
 * One server's disk: what is durable, and the writes on their way there. Writes become durable in the order of
 * issue; several may be under way. A crash loses exactly those that are, unless the disk has faults.
 *
 * A write is one record of the write-ahead log; an entry of the durable log can be damaged by itself. Term and vote are
 * kept apart from the log, as in hashicorp/raft: damage to the log does not touch them.
 */
export declare class Disk {
    #private;
    /** The faults in force. */
    faults: DiskFaults;
    constructor(fsync: MicrosRange, random: RandomStream, hardState: HardState, log: RaftLog<Command>);
    /** Durable term and vote, as the disk reports it. */
    get hardState(): HardState;
    /** The durable log, as the disk reports it. Read only. */
    get log(): RaftLog<Command>;
    /** The durable snapshot; `null` before the first. It replaces the one before at once or not at all. */
    get snapshot(): Snapshot | null;
    /** Writes that are not reported as durable yet. */
    get pendingWrites(): number;
    /** The first damaged entry of the durable log; 0 for none. */
    get damagedIndex(): Index;
    /** Whether a crash now would lose something that was reported as durable. */
    get hasUnsynced(): boolean;
    /** Issues a write at `nowUs`; returns the instant at which it is reported as durable. */
    submit(write: Write<Command>, nowUs: Micros): Micros;
    /** When a write under way is to be durable under the faults in force now, of which some have ended; `null` if none slowed it. */
    timeOf(id: WriteId): Micros | null;
    /** The last of the writes under way is durable at `timeUs`, sooner than was said. */
    hurried(timeUs: Micros): void;
    /** The write `id` and all before it are reported as durable now. */
    complete(id: WriteId): void;
    /** Damages the record of entry `index`; nothing shows until it is read. */
    damage(index: Index): void;
    /** Loses what is not durable. Returns what was lost although it had been reported as durable, or `null`. */
    crash(): DiskLoss | null;
    /**
     * Reads the disk as a server does that starts, which begins with {@link log} as it is then. `checksums`: whether it
     * recognises a damaged record.
     */
    recover(checksums: boolean): Recovery;
    /** Loses everything: an empty disk under the old identity. Its faults stay. */
    wipe(): void;
    /** An independent copy that shares the entries. */
    clone(): Disk;
}
