import type { Command } from "../kv/command.js";
import type { PutRequest } from "../kv/request.js";
import type { Raft } from "../raft/contract.js";
import { RaftLog } from "../raft/log.js";
import type { MembershipChange } from "../raft/membership.js";
import { RaftNode } from "../raft/node.js";
import type { TimerKind } from "../raft/types.js";
import { ClientProcess } from "../sim/client.js";
import { clientTimerDue, invoke, receiveReply } from "../sim/client-input.js";
import type { ClientOperation } from "../sim/client-operation.js";
import type { EndpointId, WorldConfig } from "../sim/config.js";
import { stopServer } from "../sim/crash.js";
import { Disk } from "../sim/disk.js";
import { History } from "../sim/history.js";
import type { Kernel, RaftFactory } from "../sim/kernel.js";
import { machineOptions } from "../sim/machine-options.js";
import type { NetworkMessage } from "../sim/message.js";
import { Network } from "../sim/network.js";
import { startServer } from "../sim/process.js";
import { EventQueue, type QueueItem } from "../sim/queue.js";
import { RandomStream } from "../sim/random.js";
import { CountingRecorder } from "../sim/recorder.js";
import { receiveRequest } from "../sim/request-input.js";
import { SimServer } from "../sim/server.js";
import { persisted, receive, settle, timerDue } from "../sim/server-input.js";
import { takeSnapshot } from "../sim/snapshots.js";
import { Checks } from "./checks.js";
import { configOf, type Setup } from "./setup.js";
import type { Step } from "./step.js";

/** A client's timer that may fire. */
export type ClientTimer = Extract<QueueItem, { readonly kind: "client" }>;
/** A write that may become durable. */
export type PendingWrite = Extract<QueueItem, { readonly kind: "durable" }>;

/** Takes the messages that are sent on a {@link Stage}, and decides when each is delivered, if ever. */
export interface Carrier {
  sent(message: NetworkMessage): void;
}

/** Hears of every step that had an effect, when it has happened. */
export type Listener = (step: Step) => void;

/** Takes what servers and clients would wait for. Nothing here comes up by itself: whoever directs the stage chooses. */
class Waiting extends EventQueue {
  /** By server, oldest first. */
  readonly writes: PendingWrite[][] = [];
  clientTimers: ClientTimer[] = [];

  override push(item: QueueItem): void {
    // A server's timers need no item: they are armed or not.
    if (item.kind === "durable") this.writes[item.server]?.push(item);
    else if (item.kind === "client") this.clientTimers.push(item);
  }

  begin(servers: number): void {
    this.writes.length = 0;
    for (let id = 0; id <= servers; id += 1) this.writes.push([]);
    this.clientTimers = [];
  }
}

const makeRaft: RaftFactory = (config, durable) => new RaftNode<Command>(config, durable);

/**
 * A cluster without time: the world's own servers, disks and clients, on which anything that can happen may happen next.
 * Messages go to the carrier; timers, writes and crashes are chosen by whoever directs. Safety is checked after every
 * input, nothing is recorded. One stage serves many runs, one after the other.
 */
export class Stage implements Kernel {
  readonly queue = new Waiting();
  readonly network: Network;
  readonly makeRaft = makeRaft;
  config: WorldConfig;
  recorder = new CountingRecorder(0);
  monitor: Checks;
  readonly machineFaults = [];
  history = new History();
  servers: (SimServer | undefined)[] = [undefined];
  clients = new Map<EndpointId, ClientProcess>();
  serverCount = 0;
  listener: Listener | null = null;
  /** Messages delivered, timers fired, servers crashed and requests begun. It is also the time. */
  events = 0;
  readonly #carrier: Carrier;
  readonly #random = RandomStream.of(0, "unused");
  #proposals = 0;
  #numbers = { operation: 0, watch: 0, session: 0 };

  constructor(setup: Setup, carrier: Carrier) {
    this.#carrier = carrier;
    this.config = configOf(setup);
    this.network = new Network(this.config, 0);
    this.monitor = new Checks(setup.invariants);
    this.begin(setup);
  }

  get nowUs(): number {
    return this.events;
  }

  /** Begins a run: all servers start with empty disks. */
  begin(setup: Setup): void {
    this.config = configOf(setup);
    this.recorder = new CountingRecorder(0);
    this.monitor = new Checks(setup.invariants);
    this.history = new History();
    this.serverCount = setup.servers;
    this.queue.begin(setup.servers);
    this.events = 0;
    this.#proposals = 0;
    this.#numbers = { operation: 0, watch: 0, session: 0 };
    this.servers = [undefined];
    this.clients = new Map();
    const options = machineOptions(this.config);
    for (const name of this.config.servers) {
      const disk = new Disk(this.config.fsync, this.#random, { term: 0, vote: 0 }, new RaftLog());
      const server = new SimServer(this.servers.length, name, disk, this.#random, options);
      this.servers.push(server);
    }
    this.config.clients.forEach((name, position) => {
      const id = setup.servers + 1 + position;
      this.clients.set(id, new ClientProcess(id, name, 1));
    });
    for (const server of this.servers) if (server !== undefined) startServer(this, server, 0, false, 0);
  }

  /** Delivers a message; false when its server is down, and the message lost. */
  deliver(message: NetworkMessage): boolean {
    if (message.to > this.serverCount) {
      const client = this.clients.get(message.to);
      if (client === undefined) return false;
      this.events += 1;
      if (message.type === "ClientRequestReply") receiveReply(this, client, message, 0);
    } else {
      const server = this.servers[message.to];
      const raft = server?.raft;
      if (server === undefined || raft === undefined || raft === null) return false;
      this.events += 1;
      this.#handle(server, raft, message);
    }
    if (this.listener !== null) this.listener({ kind: "deliver", message });
    return true;
  }

  /** Fires a server's timer; false when it is not armed. */
  fire(id: EndpointId, timer: TimerKind): boolean {
    const server = this.servers[id];
    const raft = server?.raft;
    if (server === undefined || raft === undefined || raft === null) return false;
    const armed = server.timers[timer];
    if (armed.deadlineUs === null) return false;
    this.events += 1;
    armed.deadlineUs = this.events;
    timerDue(this, server, raft, timer);
    if (this.listener !== null) this.listener({ kind: "fire", server: id, timer });
    return true;
  }

  /** Fires a client's timer; false when it means nothing any more. */
  fireClient({ client: id, operation, timer, attempt }: ClientTimer): boolean {
    const client = this.clients.get(id);
    if (client === undefined || !clientTimerDue(this, client, operation, timer, attempt)) return false;
    this.events += 1;
    if (this.listener !== null) this.listener({ kind: "fire-client", client: id, operation, timer, attempt });
    return true;
  }

  /** Hands a new command to a server; false when it does not lead. */
  propose(id: EndpointId): boolean {
    const server = this.servers[id];
    const raft = server?.raft;
    if (server === undefined || raft === undefined || raft === null || raft.role !== "leader") return false;
    this.events += 1;
    this.#proposals += 1;
    const number = this.#proposals;
    raft.propose({ client: 0, sequence: number, operation: put(number) });
    settle(this, server, raft, 0);
    if (this.listener !== null) this.listener({ kind: "propose", server: id, number });
    return true;
  }

  /** Asks a leader for a change of the configuration; false when it does not lead or refuses. */
  change(id: EndpointId, change: MembershipChange): boolean {
    const server = this.servers[id];
    const raft = server?.raft;
    if (server === undefined || raft === undefined || raft === null || raft.role !== "leader") return false;
    const { kind } = raft.changeMembership(change);
    settle(this, server, raft, 0);
    if (kind !== "appended") return false;
    this.events += 1;
    if (this.listener !== null) this.listener({ kind: "change", server: id, change });
    return true;
  }

  /** Has a leader hand its leadership to another server; false when it does not lead or refuses. */
  transfer(id: EndpointId, target: EndpointId): boolean {
    const server = this.servers[id];
    const raft = server?.raft;
    if (server === undefined || raft === undefined || raft === null || raft.role !== "leader") return false;
    const refused = raft.transferLeadership(target);
    settle(this, server, raft, 0);
    if (refused !== null) return false;
    this.events += 1;
    if (this.listener !== null) this.listener({ kind: "transfer", server: id, target });
    return true;
  }

  /** A server takes a snapshot of what it has applied; false when there is nothing new to take. */
  snapshot(id: EndpointId): boolean {
    const server = this.servers[id];
    const raft = server?.raft;
    if (server === undefined || raft === undefined || raft === null) return false;
    if (takeSnapshot(this, server, raft, 0) < 0) return false;
    settle(this, server, raft, 0);
    this.events += 1;
    if (this.listener !== null) this.listener({ kind: "snapshot", server: id });
    return true;
  }

  /** A client begins an operation, at a server or at the one it believes to lead. */
  invoke(id: EndpointId, body: ClientOperation, at: EndpointId | null): boolean {
    const client = this.clients.get(id);
    if (client === undefined) return false;
    this.events += 1;
    invoke(this, client, body, at, 0, 0);
    if (this.listener !== null) this.listener({ kind: "invoke", client: id, body, at });
    return true;
  }

  /** Whether a server waits for its disk. */
  hasWrites(id: EndpointId): boolean {
    return (this.queue.writes[id]?.length ?? 0) > 0;
  }

  /** The oldest write of a server is durable, or all that it has issued. */
  persist(id: EndpointId, all: boolean): boolean {
    const server = this.servers[id];
    const raft = server?.raft;
    const writes = this.queue.writes[id];
    if (server === undefined || raft === undefined || raft === null || writes === undefined) return false;
    const last = all ? writes.at(-1) : writes[0];
    if (last === undefined) return false;
    if (writes.length === 1 || !all) writes.shift();
    else writes.length = 0;
    persisted(this, server, raft, last.write, 0);
    if (this.listener !== null) this.listener({ kind: "persist", server: id, all });
    return true;
  }

  /** Stops a server at once; it keeps what is durable. */
  crash(id: EndpointId): boolean {
    const server = this.servers[id];
    if (server === undefined || server.raft === null) return false;
    this.events += 1;
    stopServer(this, server, 0);
    const writes = this.queue.writes[id];
    if (writes !== undefined) writes.length = 0;
    if (this.listener !== null) this.listener({ kind: "crash", server: id });
    return true;
  }

  /** Starts a server that crashed. */
  restart(id: EndpointId): boolean {
    const server = this.servers[id];
    if (server === undefined || server.raft !== null) return false;
    startServer(this, server, 0, true, 0);
    if (this.listener !== null) this.listener({ kind: "restart", server: id });
    return true;
  }

  /** For the servers and clients: sends a message. */
  transmit(message: NetworkMessage): void {
    this.#carrier.sent(message);
  }

  /** For the clients: the next number of a sequence. */
  nextNumber(sequence: "operation" | "watch" | "session"): number {
    this.#numbers[sequence] += 1;
    return this.#numbers[sequence];
  }

  #handle(server: SimServer, raft: Raft<Command>, message: NetworkMessage): void {
    switch (message.type) {
      case "ClientRequest":
        receiveRequest(this, server, raft, message, 0);
        return;
      case "ClientRequestReply":
      case "WatchCreateRequest":
      case "WatchCancelRequest":
      case "WatchProgressRequest":
      case "WatchPing":
      case "WatchPong":
      case "WatchResponse":
        throw new Error(`a ${message.type} has no place on a stage's server`);
      default:
        receive(this, server, raft, message, 0);
    }
  }
}

const PUTS: PutRequest[] = [];

function put(number: number): PutRequest {
  const known = PUTS[number];
  if (known !== undefined) return known;
  const made: PutRequest = { kind: "put", key: "k", value: `v${number}` };
  PUTS[number] = made;
  return made;
}
