import type { StateMachine } from "./command.js";

/**
 * A state machine's state at one moment, with its sessions (D §6.3). Immutable; it shares the history with the machine that
 * it was taken of, so that taking and restoring it cost no more than a clone.
 */
export class StateSnapshot {
  /** An estimate of its size when written out: keys, values and bookkeeping of every change kept, and the sessions. */
  readonly bytes: number;
  readonly #machine: StateMachine;

  /** `machine` belongs to the snapshot from now on. */
  constructor(machine: StateMachine) {
    this.#machine = machine;
    this.bytes = machine.bytes;
  }

  /** A state machine with this state. */
  restore(): StateMachine {
    return this.#machine.clone();
  }
}
