import type { StateMachineOptions } from "../kv/command.js";
import type { Revision } from "../kv/request.js";
import type { KvEvent } from "../kv/response.js";
import { KvStateMachine } from "../kv/state-machine.js";
import type { MvccStore } from "../kv/store.js";
import type { AppliedEntries } from "./applied-entries.js";

/** What the committed log made: every change, and the store with all its history. */
export interface CommittedStore {
  /** In order, each with the pair before it. */
  readonly changes: readonly KvEvent[];
  /** Nothing of it is compacted. */
  readonly store: MvccStore;
  /** The newest revision that the log compacts; -1 for none. */
  readonly compactRevision: Revision;
}

/** Executes the committed log once more, but for its compactions. */
export function committedStore(log: AppliedEntries, options: StateMachineOptions): CommittedStore {
  const machine = new KvStateMachine(options);
  const changes: KvEvent[] = [];
  let compactRevision = -1;
  for (let index = 1; index <= log.lastIndex; index += 1) {
    const entry = log.at(index);
    if (entry?.kind !== "command") continue;
    const { operation } = entry.command;
    if (operation.kind === "compact") {
      if (operation.revision <= machine.store.revision) compactRevision = Math.max(compactRevision, operation.revision);
      continue;
    }
    for (const event of machine.apply(entry.command).events) changes.push(event);
  }
  return { changes, store: machine.store, compactRevision };
}
