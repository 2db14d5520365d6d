import type { StateMachine } from "./command.js";
/**
 * A state machine's state at one moment, with its sessions (D §6.3). Immutable; it shares the history with the machine that
 * it was taken of, so that taking and restoring it cost no more than a clone.
 */
export declare class StateSnapshot {
    #private;
    /** An estimate of its size when written out: keys, values and bookkeeping of every change kept, and the sessions. */
    readonly bytes: number;
    /** `machine` belongs to the snapshot from now on. */
    constructor(machine: StateMachine);
    /** A state machine with this state. */
    restore(): StateMachine;
}
