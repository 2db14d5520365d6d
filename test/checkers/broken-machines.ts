import type { Applied, Command } from "../../server/src/kv/command.js";
import type { KeyRange, Revision } from "../../server/src/kv/request.js";
import type { KvEvent } from "../../server/src/kv/response.js";
import { KvStateMachine } from "../../server/src/kv/state-machine.js";
import { MvccStore } from "../../server/src/kv/store.js";
import type { MachineFactory } from "../../server/src/sim/machine-options.js";

/** A state machine that tells other changes than it made. */
export function telling(broken: (events: readonly KvEvent[]) => readonly KvEvent[]): MachineFactory {
  return (options) =>
    new (class extends KvStateMachine {
      override apply(command: Command): Applied {
        const applied = super.apply(command);
        return { ...applied, events: broken(applied.events) };
      }
    })(options);
}

/** A state machine whose store finds other events of the past than there were. */
export function remembering(
  broken: (events: readonly KvEvent[], all: readonly KvEvent[]) => readonly KvEvent[],
): MachineFactory {
  return (options) =>
    new KvStateMachine(
      options,
      new (class extends MvccStore {
        override eventsSince(from: Revision, keys: KeyRange, to?: number): readonly KvEvent[] {
          const all = super.eventsSince(from, { key: "\0", rangeEnd: "\0" }, to);
          return broken(super.eventsSince(from, keys, to), all);
        }
      })(),
    );
}
