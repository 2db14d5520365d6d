import type { Reason } from "../raft/reason.js";
import type { Action, ActionResult } from "./action.js";
import { ClientProcess } from "./client.js";
import type { EndpointId, Micros, WorldConfig } from "./config.js";
import type { History } from "./history.js";
import type { Kernel, RaftFactory } from "./kernel.js";
import type { ActiveMachineFault } from "./machine-fault.js";
import { type MachineFactory } from "./machine-options.js";
import type { NetworkMessage } from "./message.js";
import type { Monitor } from "./monitor.js";
import { Network } from "./network.js";
import { EventQueue, type QueueItem } from "./queue.js";
import { type Recorder } from "./recorder.js";
import { SimServer } from "./server.js";
/** Who listens to a world. Replays pass a counting recorder and nothing else. */
export interface WorldListeners {
    readonly recorder: Recorder;
    readonly monitor: Monitor | null;
    readonly history: History | null;
    readonly makeRaft: RaftFactory;
    /** Left out: the state machine that works. */
    readonly makeMachine?: MachineFactory;
}
/**
 * The simulated world: servers, clients, network, disks and virtual time. The same config and the same actions at
 * the same positions give the same events, to the byte.
 */
export declare class World implements Kernel {
    #private;
    readonly config: WorldConfig;
    readonly recorder: Recorder;
    readonly monitor: Monitor | null;
    readonly history: History | null;
    readonly makeRaft: RaftFactory;
    readonly servers: (SimServer | undefined)[];
    readonly clients: Map<number, ClientProcess>;
    readonly serverCount: number;
    queue: EventQueue;
    network: Network;
    machineFaults: readonly ActiveMachineFault[];
    nowUs: Micros;
    /** Queue items processed so far: with `nowUs`, the place of an action in the run. */
    position: number;
    /** Delivered messages and fired timers so far. */
    simulatedEvents: number;
    private constructor();
    /** A world at time 0 with all servers started. */
    static create(config: WorldConfig, listeners: WorldListeners): World;
    /** The server with this number. Throws for a number that is none: callers hold resolved numbers. */
    server(id: EndpointId): SimServer;
    /** The client with this number. Throws for a number that is none. */
    client(id: EndpointId): ClientProcess;
    /** The name of an endpoint. */
    nameOf(id: EndpointId): string;
    /** The number of the server or client with this name, or `null`. */
    endpointNamed(name: string): EndpointId | null;
    /** The instant of the next thing that will happen by itself; `null` when nothing will. */
    get nextUs(): Micros | null;
    /** The server that is up and leads the highest term, or `null`. */
    leader(): SimServer | null;
    /** Lets time pass to `timeUs` without anything happening; nothing may be due before. */
    advanceTo(timeUs: Micros): void;
    /** Processes the next queue item; false when there is none. */
    step(): boolean;
    /** Does an action at the present instant. `line` is the scenario's (0: none), `cause` an event or -1. */
    act(action: Action, line: number, cause: number): ActionResult;
    /** An independent copy at the same instant, for replays: nobody listens but `recorder`. */
    clone(recorder: Recorder): World;
    transmit(message: NetworkMessage, cause: number, reason: Reason | null): void;
    nextNumber(sequence: "operation" | "watch" | "session"): number;
    /** Adds a client process. */
    addClient(name: string): EndpointId;
    /** Takes a message out of the network, named by the event that sent it; false when it is not under way. */
    loseInFlight(sendEvent: number): boolean;
    /** Lets a message arrive now that a manual network kept. */
    receiveNow(message: NetworkMessage, sendEvent: number): void;
    /** Processes what a paused server or client missed, in order. */
    handle(item: QueueItem): void;
}
