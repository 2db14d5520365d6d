import type { Command, StateMachine } from "../kv/command.js";
import { Lessor } from "../kv/lessor.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import type { WriteId } from "../raft/output.js";
import type { Reason } from "../raft/reason.js";
import type { Term, TimerKind } from "../raft/types.js";
import { LocalClock } from "./clock.js";
import type { EndpointId, Micros } from "./config.js";
import type { Disk } from "./disk.js";
import type { ActiveMachineFault } from "./machine-fault.js";
import { type MachineFactory, type MachineOptions } from "./machine-options.js";
import type { ClientRequest } from "./message.js";
import type { QueueItem } from "./queue.js";
import type { RandomStream } from "./random.js";
import { WatchTable } from "./watch-table.js";
/** A timer of a server. Re-arming only moves `deadlineUs`; the queue item looks again when it comes up. */
export interface SimTimer {
    /** `null` when stopped. */
    deadlineUs: Micros | null;
    /** The deadline by the server's own clock, from which `deadlineUs` follows; meaningless when stopped. */
    localDeadlineUs: Micros;
    startUs: Micros;
    /** The event that set it. */
    setBy: number;
    /** Instant of the earliest queue item for it; `null` when there is none. */
    queuedUs: Micros | null;
}
/** A reply or request that waits until a write is durable. */
export interface WaitingMessage {
    readonly message: Message<Command>;
    readonly after: WriteId;
    readonly reason: Reason | null;
}
/** One server: a Raft node, a key-value state machine and a disk, and what belongs to its process. */
export declare class SimServer {
    #private;
    readonly id: EndpointId;
    readonly name: string;
    readonly disk: Disk;
    readonly options: MachineOptions;
    /** Goes on while the server is paused or down. */
    clock: LocalClock;
    /** Draws election timeouts. */
    readonly random: RandomStream;
    status: "up" | "down" | "paused";
    /** Counts starts: timers and disk completions of an earlier life are void. */
    incarnation: number;
    /** Counts pauses: the end of one that was resumed by hand is void. */
    pauses: number;
    /** Where a crash waits for this server, oldest first. */
    crashPoints: readonly ActiveMachineFault[];
    /** Down because its disk failed: it starts again when the time of that fault is over. */
    stoppedByDisk: boolean;
    /** `null` while down. */
    raft: Raft<Command> | null;
    machine: StateMachine;
    durableWrite: WriteId;
    /** The write that brings an installed snapshot to the disk; 0 when none is under way. */
    installing: WriteId;
    waiting: WaitingMessage[];
    /** Requests proposed here and not applied yet, by log index. */
    proposals: Map<number, {
        readonly request: ClientRequest;
        readonly term: Term;
    }>;
    /** Reads asked of Raft, by context number. */
    reads: Map<number, ClientRequest>;
    nextReadContext: number;
    /** Leases that it chose the ids of. */
    leaseCount: number;
    /** Counts the time of leases while it leads. */
    lessor: Lessor;
    /** A look at the leases is in the queue. */
    lessorQueued: boolean;
    /** The event from which it counts a lease: its grant, newest renewal, or the leader's election. */
    leaseEvents: Map<number, number>;
    /** Revocations under way, with the local time at which they were proposed. */
    revoking: Map<number, number>;
    /** Renewals that wait for a revocation under way. */
    renewals: Map<number, readonly ClientRequest[]>;
    watches: WatchTable;
    /** What came in while paused, in order. */
    inbox: QueueItem[];
    electionTimeoutUs: Micros;
    readonly timers: Readonly<Record<TimerKind, SimTimer>>;
    constructor(id: EndpointId, name: string, disk: Disk, random: RandomStream, options: MachineOptions, makeMachine?: MachineFactory);
    /** Forgets everything that lives in the process's memory. */
    loseMemory(): void;
    /** An independent copy; entries, history and messages are shared. */
    clone(): SimServer;
}
