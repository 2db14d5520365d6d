import type { Applied, Command, StateMachine, StateMachineOptions } from "./command.js";
import type { LeaseTable } from "./contract.js";
import type { Alarm } from "./response.js";
import { StateSnapshot } from "./snapshot.js";
import { MvccStore } from "./store.js";
/** etcd's settings at its default election timeout of 1 s, and no sessions, which it does not have. */
export declare const DEFAULT_OPTIONS: StateMachineOptions;
/**
 * The replicated state machine: etcd's data model and, in addition, client sessions. A client has one request outstanding at a
 * time, so that the newest answer per client is all that a session needs (dissertation §6.3).
 */
export declare class KvStateMachine implements StateMachine {
    #private;
    readonly options: StateMachineOptions;
    /** Begins with `store` and without sessions and alarms; options that are left out are {@link DEFAULT_OPTIONS}'. */
    constructor(options?: Partial<StateMachineOptions>, store?: MvccStore);
    get store(): MvccStore;
    get leases(): LeaseTable;
    get alarms(): readonly Alarm[];
    apply(command: Command): Applied;
    get bytes(): number;
    snapshot(withSessions: boolean): StateSnapshot;
    clone(): KvStateMachine;
}
