import type { Command } from "../kv/command.js";
import type { DurableState, Raft } from "../raft/contract.js";
import type { Reason } from "../raft/reason.js";
import type { RaftConfig } from "../raft/types.js";
import type { ClientProcess } from "./client.js";
import type { EndpointId, Micros, WorldConfig } from "./config.js";
import type { History } from "./history.js";
import type { ActiveMachineFault } from "./machine-fault.js";
import type { NetworkMessage } from "./message.js";
import type { Monitor } from "./monitor.js";
import type { Network } from "./network.js";
import type { EventQueue } from "./queue.js";
import type { Recorder } from "./recorder.js";
import type { SimServer } from "./server.js";
/** Makes a Raft server. Tests put broken ones here. */
export type RaftFactory = (config: RaftConfig, durable: DurableState<Command>) => Raft<Command>;
/** What the parts of a world share. {@link World} implements it; the parts see no more than this. */
export interface Kernel {
    readonly config: WorldConfig;
    readonly nowUs: Micros;
    queue: EventQueue;
    readonly network: Network;
    /** Faults of clocks and disks, and crashes that wait, oldest first. */
    machineFaults: readonly ActiveMachineFault[];
    readonly recorder: Recorder;
    /** `null` in replays. */
    readonly monitor: Monitor | null;
    /** `null` in replays. */
    readonly history: History | null;
    readonly makeRaft: RaftFactory;
    /** By endpoint; position 0 is empty. */
    readonly servers: readonly (SimServer | undefined)[];
    /** By endpoint. */
    readonly clients: ReadonlyMap<EndpointId, ClientProcess>;
    /** Number of servers: endpoints 1..serverCount. */
    readonly serverCount: number;
    /** Sends a message now; it is recorded, and what becomes of it is the network's business. */
    transmit(message: NetworkMessage, cause: number, reason: Reason | null): void;
    /** Takes the next number of a world-wide sequence. */
    nextNumber(sequence: "operation" | "watch" | "session"): number;
}
