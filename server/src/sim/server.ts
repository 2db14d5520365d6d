import type { Command, StateMachine } from "../kv/command.js";
import { Lessor } from "../kv/lessor.js";
import type { LeaseId } from "../kv/request.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import type { WriteId } from "../raft/output.js";
import type { Reason } from "../raft/reason.js";
import type { Index, Term, TimerKind } from "../raft/types.js";
import { LocalClock } from "./clock.js";
import type { EndpointId, Micros } from "./config.js";
import type { Disk } from "./disk.js";
import type { ActiveMachineFault } from "./machine-fault.js";
import { kvStateMachine, type MachineFactory, type MachineOptions } from "./machine-options.js";
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

const NO_CRASH_POINTS: readonly ActiveMachineFault[] = [];

/** One server: a Raft node, a key-value state machine and a disk, and what belongs to its process. */
export class SimServer {
  readonly id: EndpointId;
  readonly name: string;
  readonly disk: Disk;
  readonly options: MachineOptions;
  readonly #makeMachine: MachineFactory;
  /** Goes on while the server is paused or down. */
  clock = new LocalClock();
  /** Draws election timeouts. */
  readonly random: RandomStream;
  status: "up" | "down" | "paused" = "down";
  /** Counts starts: timers and disk completions of an earlier life are void. */
  incarnation = 0;
  /** Counts pauses: the end of one that was resumed by hand is void. */
  pauses = 0;
  /** Where a crash waits for this server, oldest first. */
  crashPoints = NO_CRASH_POINTS;
  /** Down because its disk failed: it starts again when the time of that fault is over. */
  stoppedByDisk = false;
  /** `null` while down. */
  raft: Raft<Command> | null = null;
  machine: StateMachine;
  durableWrite: WriteId = 0;
  /** The write that brings an installed snapshot to the disk; 0 when none is under way. */
  installing: WriteId = 0;
  waiting: WaitingMessage[] = [];
  /** Requests proposed here and not applied yet, by log index. */
  proposals = new Map<Index, { readonly request: ClientRequest; readonly term: Term }>();
  /** Reads asked of Raft, by context number. */
  reads = new Map<number, ClientRequest>();
  nextReadContext = 1;
  /** Leases that it chose the ids of. */
  leaseCount = 0;
  /** Counts the time of leases while it leads. */
  lessor: Lessor;
  /** A look at the leases is in the queue. */
  lessorQueued = false;
  /** The event from which it counts a lease: its grant, newest renewal, or the leader's election. */
  leaseEvents = new Map<LeaseId, number>();
  /** Revocations under way, with the local time at which they were proposed. */
  revoking = new Map<LeaseId, Micros>();
  /** Renewals that wait for a revocation under way. */
  renewals = new Map<LeaseId, readonly ClientRequest[]>();
  watches = new WatchTable();
  /** What came in while paused, in order. */
  inbox: QueueItem[] = [];
  electionTimeoutUs: Micros = 0;
  readonly timers: Readonly<Record<TimerKind, SimTimer>>;

  constructor(
    id: EndpointId,
    name: string,
    disk: Disk,
    random: RandomStream,
    options: MachineOptions,
    makeMachine: MachineFactory = kvStateMachine,
  ) {
    this.options = options;
    this.#makeMachine = makeMachine;
    this.lessor = new Lessor(options);
    this.id = id;
    this.name = name;
    this.disk = disk;
    this.random = random;
    this.machine = makeMachine(options);
    this.timers = { election: stoppedTimer(), heartbeat: stoppedTimer() };
  }

  /** Forgets everything that lives in the process's memory. */
  loseMemory(): void {
    this.raft = null;
    this.machine = this.#makeMachine(this.options);
    this.durableWrite = 0;
    this.installing = 0;
    this.waiting = [];
    this.proposals = new Map();
    this.reads = new Map();
    this.watches = new WatchTable();
    this.inbox = [];
    this.lessor = new Lessor(this.options);
    this.lessorQueued = false;
    this.leaseEvents = new Map();
    this.revoking = new Map();
    this.renewals = new Map();
    for (const timer of [this.timers.election, this.timers.heartbeat]) {
      timer.deadlineUs = null;
      timer.queuedUs = null;
    }
  }

  /** An independent copy; entries, history and messages are shared. */
  clone(): SimServer {
    const copy = new SimServer(
      this.id,
      this.name,
      this.disk.clone(),
      this.random.clone(),
      this.options,
      this.#makeMachine,
    );
    copy.status = this.status;
    copy.incarnation = this.incarnation;
    copy.pauses = this.pauses;
    copy.clock = this.clock.clone();
    copy.crashPoints = this.crashPoints;
    copy.stoppedByDisk = this.stoppedByDisk;
    copy.raft = this.raft?.clone() ?? null;
    copy.machine = this.machine.clone();
    copy.durableWrite = this.durableWrite;
    copy.installing = this.installing;
    copy.waiting = this.waiting.slice();
    copy.proposals = new Map(this.proposals);
    copy.reads = new Map(this.reads);
    copy.nextReadContext = this.nextReadContext;
    copy.leaseCount = this.leaseCount;
    copy.lessor = this.lessor.clone();
    copy.lessorQueued = this.lessorQueued;
    copy.leaseEvents = new Map(this.leaseEvents);
    copy.revoking = new Map(this.revoking);
    copy.renewals = new Map(this.renewals);
    copy.watches = this.watches.clone();
    copy.inbox = this.inbox.slice();
    copy.electionTimeoutUs = this.electionTimeoutUs;
    Object.assign(copy.timers.election, this.timers.election);
    Object.assign(copy.timers.heartbeat, this.timers.heartbeat);
    return copy;
  }
}

function stoppedTimer(): SimTimer {
  return { deadlineUs: null, localDeadlineUs: 0, startUs: 0, setBy: -1, queuedUs: null };
}
