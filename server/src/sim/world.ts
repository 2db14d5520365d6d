import type { Command } from "../kv/command.js";
import { RaftLog } from "../raft/log.js";
import type { Reason } from "../raft/reason.js";
import type { Entry } from "../raft/types.js";
import type { Action, ActionResult } from "./action.js";
import { applyAction } from "./apply-action.js";
import { ClientProcess } from "./client.js";
import { LocalClock, STANDS_STILL } from "./clock.js";
import type { EndpointId, InitialState, Micros, WorldConfig } from "./config.js";
import { crashesAt } from "./crash.js";
import { Disk } from "./disk.js";
import { arrive, processItem } from "./dispatch.js";
import type { History } from "./history.js";
import type { Kernel, RaftFactory } from "./kernel.js";
import type { ActiveMachineFault } from "./machine-fault.js";
import { kvStateMachine, type MachineFactory, machineOptions } from "./machine-options.js";
import type { NetworkMessage } from "./message.js";
import type { Monitor } from "./monitor.js";
import { Network, type WaitingMessage } from "./network.js";
import { startServer } from "./process.js";
import { concernsClient } from "./process-actions.js";
import { EventQueue, type QueueItem } from "./queue.js";
import { RandomStream } from "./random.js";
import { EVENT_CODE, type Recorder } from "./recorder.js";
import { SimServer } from "./server.js";
import { recordDrop, transmit } from "./transmit.js";

/** Who listens to a world. Replays pass a counting recorder and nothing else. */
export interface WorldListeners {
  readonly recorder: Recorder;
  readonly monitor: Monitor | null;
  readonly history: History | null;
  readonly makeRaft: RaftFactory;
  /** Left out: the state machine that works. */
  readonly makeMachine?: MachineFactory;
}

/** What may be done without a monitor's hearing that the cluster was disturbed. */
const QUIET_ACTIONS: ReadonlySet<Action["kind"]> = new Set([
  "step",
  "note",
  "result",
  "invoke",
  "watch",
  "unwatch",
  "watch-progress",
  "add-client",
  "snapshot",
]);

/**
 * The simulated world: servers, clients, network, disks and virtual time. The same config and the same actions at
 * the same positions give the same events, to the byte.
 */
export class World implements Kernel {
  readonly config: WorldConfig;
  readonly recorder: Recorder;
  readonly monitor: Monitor | null;
  readonly history: History | null;
  readonly makeRaft: RaftFactory;
  readonly servers: (SimServer | undefined)[] = [undefined];
  readonly clients = new Map<EndpointId, ClientProcess>();
  readonly serverCount: number;
  queue = new EventQueue();
  network: Network;
  machineFaults: readonly ActiveMachineFault[] = [];
  nowUs: Micros = 0;
  /** Queue items processed so far: with `nowUs`, the place of an action in the run. */
  position = 0;
  /** Delivered messages and fired timers so far. */
  simulatedEvents = 0;
  readonly #numbers = { operation: 0, watch: 0, session: 0 };

  private constructor(config: WorldConfig, listeners: WorldListeners, network: Network) {
    this.config = config;
    this.recorder = listeners.recorder;
    this.monitor = listeners.monitor;
    this.history = listeners.history;
    this.makeRaft = listeners.makeRaft;
    this.serverCount = config.servers.length;
    this.network = network;
  }

  /** A world at time 0 with all servers started. */
  static create(config: WorldConfig, listeners: WorldListeners): World {
    const network = new Network(config, config.servers.length + config.clients.length);
    const world = new World(config, listeners, network);
    config.servers.forEach((name, position) => {
      const initial = config.initial.find(({ server }) => server === position);
      world.servers.push(createServer(config, position + 1, name, initial, listeners.makeMachine));
    });
    config.clients.forEach((name, position) => {
      const id = config.servers.length + 1 + position;
      world.clients.set(id, new ClientProcess(id, name, 1));
    });
    for (const server of world.servers) {
      if (server === undefined) continue;
      const event = world.recorder.record(0, EVENT_CODE.start, server.id, -1, null, 0);
      const commit = config.initial.find((state) => state.server === server.id - 1)?.commit ?? 0;
      startServer(world, server, commit, false, event);
    }
    return world;
  }

  /** The server with this number. Throws for a number that is none: callers hold resolved numbers. */
  server(id: EndpointId): SimServer {
    const server = this.servers[id];
    if (server === undefined) throw new Error(`there is no server ${id}`);
    return server;
  }

  /** The client with this number. Throws for a number that is none. */
  client(id: EndpointId): ClientProcess {
    const client = this.clients.get(id);
    if (client === undefined) throw new Error(`there is no client ${id}`);
    return client;
  }

  /** The name of an endpoint. */
  nameOf(id: EndpointId): string {
    return this.servers[id]?.name ?? this.clients.get(id)?.name ?? `endpoint ${id}`;
  }

  /** The number of the server or client with this name, or `null`. */
  endpointNamed(name: string): EndpointId | null {
    for (const server of this.servers) if (server?.name === name) return server.id;
    for (const client of this.clients.values()) if (client.name === name) return client.id;
    return null;
  }

  /** The instant of the next thing that will happen by itself; `null` when nothing will. */
  get nextUs(): Micros | null {
    return this.queue.peek()?.timeUs ?? null;
  }

  /** The server that is up and leads the highest term, or `null`. */
  leader(): SimServer | null {
    let best: SimServer | null = null;
    for (const server of this.servers) {
      if (server?.status !== "up" || server.raft?.role !== "leader") continue;
      if (best === null || server.raft.term > (best.raft?.term ?? 0)) best = server;
    }
    return best;
  }

  /** Lets time pass to `timeUs` without anything happening; nothing may be due before. */
  advanceTo(timeUs: Micros): void {
    if (timeUs < this.nowUs) throw new Error(`time cannot go back from ${this.nowUs} to ${timeUs}`);
    const next = this.nextUs;
    if (next !== null && next < timeUs) throw new Error(`something is due at ${next}, before ${timeUs}`);
    this.nowUs = timeUs;
  }

  /** Processes the next queue item; false when there is none. */
  step(): boolean {
    const item = this.queue.pop();
    if (item === undefined) return false;
    this.position += 1;
    this.nowUs = item.timeUs;
    processItem(this, item);
    return true;
  }

  /** Does an action at the present instant. `line` is the scenario's (0: none), `cause` an event or -1. */
  act(action: Action, line: number, cause: number): ActionResult {
    const result = applyAction(this, action, line, cause);
    if (!QUIET_ACTIONS.has(action.kind) && !concernsClient(this, action)) this.monitor?.disturbed(result.eventId);
    return result;
  }

  /** An independent copy at the same instant, for replays: nobody listens but `recorder`. */
  clone(recorder: Recorder): World {
    const listeners = { recorder, monitor: null, history: null, makeRaft: this.makeRaft };
    const copy = new World(this.config, listeners, this.network.clone());
    for (const server of this.servers) if (server !== undefined) copy.servers.push(server.clone());
    for (const [id, client] of this.clients) copy.clients.set(id, client.clone());
    copy.queue = this.queue.clone();
    copy.machineFaults = this.machineFaults;
    copy.nowUs = this.nowUs;
    copy.position = this.position;
    copy.simulatedEvents = this.simulatedEvents;
    Object.assign(copy.#numbers, this.#numbers);
    return copy;
  }

  transmit(message: NetworkMessage, cause: number, reason: Reason | null): void {
    const server = this.servers[message.from];
    if (server === undefined) {
      transmit(this, message, cause, reason);
      return;
    }
    const { raft } = server;
    // It crashed in the middle of an input: what it would have sent after that is never sent.
    if (raft === null) return;
    const mayCrash = server.crashPoints.length > 0;
    if (mayCrash && crashesAt(this, server, raft, "before", "send", cause, message)) return;
    const sendEvent = transmit(this, message, cause, reason);
    if (mayCrash) crashesAt(this, server, raft, "after", "send", sendEvent, message);
  }

  nextNumber(sequence: "operation" | "watch" | "session"): number {
    this.#numbers[sequence] += 1;
    return this.#numbers[sequence];
  }

  /** Adds a client process. */
  addClient(name: string): EndpointId {
    const id = this.network.addEndpoint();
    this.clients.set(id, new ClientProcess(id, name, 1));
    return id;
  }

  /** Takes a message out of the network, named by the event that sent it; false when it is not under way. */
  loseInFlight(sendEvent: number): boolean {
    const kept: QueueItem[] = [];
    const lost: NetworkMessage[] = [];
    for (const item of this.queue.items()) {
      if (item.kind === "deliver" && item.sendEvent === sendEvent) lost.push(item.message);
      else kept.push(item);
    }
    const [message] = lost;
    if (message === undefined) {
      const waiting = this.network.waiting.find((each) => each.sendEvent === sendEvent);
      if (waiting === undefined) return false;
      this.network.takeWaiting(waiting);
      recordDrop(this, waiting.message, sendEvent, "lost-by-hand");
      return true;
    }
    this.queue = this.queue.with(kept);
    recordDrop(this, message, sendEvent, "lost-by-hand");
    return true;
  }

  /**
   * Messages that are to arrive, oldest first: in a manual network those that wait for a step, otherwise those that travel. What a
   * rule holds and what waits at a paused server is not among them.
   */
  underWay(): readonly WaitingMessage[] {
    if (this.config.network === "manual") return this.network.waiting;
    const travelling: WaitingMessage[] = [];
    for (const item of this.queue.items()) {
      if (item.kind === "deliver")
        travelling.push({ number: item.order, message: item.message, sendEvent: item.sendEvent });
    }
    return travelling.sort((a, b) => a.sendEvent - b.sendEvent || a.number - b.number);
  }

  /** Takes a message that is under way out of the network. */
  takeUnderWay(taken: WaitingMessage): void {
    if (this.config.network === "manual") this.network.takeWaiting(taken);
    else this.#replaceTravelling(taken, []);
  }

  /** A copy of a message under way comes right behind it. */
  copyUnderWay(copied: WaitingMessage): void {
    if (this.config.network === "manual") {
      this.network.copyWaiting(copied);
      return;
    }
    const order = this.queue.nextOrder();
    this.#replaceTravelling(copied, (item) => [item, { ...item, order }]);
  }

  /** A message that travels arrives so much later. */
  postpone(late: WaitingMessage, byUs: Micros): void {
    this.#replaceTravelling(late, (item) => [{ ...item, timeUs: item.timeUs + byUs }]);
  }

  /** The queue with other items in place of a travelling message. */
  #replaceTravelling(
    { number }: WaitingMessage,
    others: readonly QueueItem[] | ((item: QueueItem) => readonly QueueItem[]),
  ): void {
    this.queue = this.queue.with(
      this.queue.items().flatMap((item) => {
        if (item.kind !== "deliver" || item.order !== number) return [item];
        return typeof others === "function" ? others(item) : others;
      }),
    );
  }

  /** Lets a message arrive now that a manual network kept. */
  receiveNow(message: NetworkMessage, sendEvent: number): void {
    arrive(this, message, sendEvent, {
      kind: "deliver",
      timeUs: this.nowUs,
      order: this.queue.nextOrder(),
      message,
      sendEvent,
    });
  }

  /** Processes what a paused server or client missed, in order. */
  handle(item: QueueItem): void {
    // It arrived before the pause ended: what became of its link since does not matter.
    if (item.kind === "deliver") arrive(this, item.message, item.sendEvent, item);
    else processItem(this, item);
  }
}

function createServer(
  config: WorldConfig,
  id: EndpointId,
  name: string,
  initial: InitialState | undefined,
  makeMachine: MachineFactory = kvStateMachine,
): SimServer {
  const entries = (initial?.log ?? []).map((entry, position): Entry<Command> => {
    if (entry.put === null) return { kind: "no-op", term: entry.term };
    const operation = { kind: "put" as const, key: entry.put.key, value: entry.put.value };
    return { kind: "command", term: entry.term, command: { client: 0, sequence: position + 1, operation } };
  });
  const vote = initial === undefined || initial.vote === null ? 0 : initial.vote + 1;
  const hardState = { term: initial?.term ?? 0, vote };
  const diskRandom = RandomStream.of(config.seed, `disk ${name}`);
  const disk = new Disk(config.fsync, diskRandom, hardState, RaftLog.of(entries));
  const random = RandomStream.of(config.seed, `server ${name}`);
  const server = new SimServer(id, name, disk, random, machineOptions(config), makeMachine);
  if (config.timers === "manual") server.clock = new LocalClock(STANDS_STILL);
  return server;
}
