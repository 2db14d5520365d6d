import type { StateMachine, StateMachineOptions } from "../kv/command.js";
import type { LessorOptions } from "../kv/lessor.js";
import type { WorldConfig } from "./config.js";
/** What the state machines and lessors of a cluster have in common. */
export type MachineOptions = StateMachineOptions & LessorOptions;
/** Makes a server's state machine. Tests put broken ones here. */
export type MachineFactory = (options: MachineOptions) => StateMachine;
/** The one that works. */
export declare const kvStateMachine: MachineFactory;
/** By a world's settings. A lease lasts one and a half election timeouts at least (etcdserver/server.go). */
export declare function machineOptions(config: WorldConfig): MachineOptions;
