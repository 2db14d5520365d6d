import { checkLinearizability } from "../check/linearizability/check.js";
import { kvHistory } from "../check/linearizability/kv-history.js";
import type { Operation } from "../check/linearizability/operation.js";
import type { SafetyChecker } from "../check/safety.js";
import { checkWatch, type WatchViolation, watchViolationText } from "../check/watch.js";
import { prefixRange } from "../kv/key-range.js";
import type { OperationRecord, ReceivedEvent } from "../sim/history.js";
import { operationText, outcomeText } from "../trace/operation-text.js";
import type { Recording } from "../trace/recording.js";

/** Steps of the linearizability search: some seconds of work at most. */
const SEARCH_BUDGET = 5_000_000;
/** Operations of a failing history that a message spells out. */
const SHOWN = 6;

/** A broken property, before the scenario's expectations are looked at. */
export interface Found {
  readonly property: string;
  readonly eventId: number;
  readonly message: string;
}

/** What the checks of the clients' history found. */
export interface HistoryFindings {
  readonly found: readonly Found[];
  /** What a checker could not decide within its budget, for people; empty when everything was decided. */
  readonly unproven: readonly string[];
}

/** Checks what clients saw, at the end of a run: linearizability, and what watches were promised. */
export function checkHistory(recording: Recording, checker: SafetyChecker): HistoryFindings {
  const { found, unproven } = checkOperations(recording, checker);
  return { found: [...found, ...checkWatches(recording)], unproven };
}

function checkOperations(recording: Recording, checker: SafetyChecker): HistoryFindings {
  const { history, world } = recording;
  const { operations, witness } = kvHistory(history.operations, ({ session, sequence }) =>
    checker.effectOf(session, sequence),
  );
  const given = givenWrites(recording);
  const options = { initial: null, budget: SEARCH_BUDGET, witness: [...given.map(({ id }) => id), ...witness] };
  const result = checkLinearizability([...given, ...operations], options);
  switch (result.kind) {
    case "ok":
      return { found: [], unproven: [] };
    case "unproven":
      return {
        found: [],
        unproven: [`linearizability of ${result.keys.join(", ")} is undecided after ${result.steps} steps`],
      };
    case "violation": {
      const { blocked, history: part, keys } = result.violation;
      const text = (operation: Operation): string => {
        const record = history.operation(operation.id);
        if (record === undefined) return "a given entry";
        const outcome =
          operation.return === null || record.outcome === null ? "no answer yet" : outcomeText(record.outcome);
        return `${world.nameOf(record.client)} ${operationText(record.body)} => ${outcome}${replacedText(record)}`;
      };
      const before = part.filter(({ id }) => id !== blocked.id).slice(-SHOWN);
      const message = `${text(blocked)}: no order of the operations on ${keys.join(", ")} explains it; before it: ${before.map(text).join("; ")}`;
      const eventId = history.operation(blocked.id)?.returnEvent ?? recording.log.count - 1;
      return { found: [{ property: "linearizability", eventId, message }], unproven: [] };
    }
  }
}

/** What an answer says of the value before: that has to fit as well. */
function replacedText({ outcome }: OperationRecord): string {
  if (outcome?.kind !== "result" || outcome.result.kind !== "put") return "";
  const { prevKv: previous } = outcome.result;
  return previous === null ? " (the first)" : ` (replacing ${JSON.stringify(previous.value)})`;
}

/** Entries that servers were given to start with may take effect at any time, or never. */
function givenWrites({ world }: Recording): Operation[] {
  const puts = new Map<string, { readonly key: string; readonly value: string }>();
  for (const { log } of world.config.initial)
    for (const { put } of log) if (put !== null) puts.set(JSON.stringify(put), put);
  const count = puts.size;
  return [...puts.values()].map(({ key, value }, position) => ({
    id: -1 - position,
    client: 0,
    call: position - count - 1,
    return: null,
    action: { kind: "write", key, value },
  }));
}

/**
 * Compares what each watch received with every server's store, as far as that has come. Stores agree where nothing is
 * broken; where they do not, a watch cannot agree with all of them, and the first that it contradicts is told.
 */
function checkWatches({ history, world }: Recording): Found[] {
  if (history.watches.length === 0) return [];
  const stores = world.servers.flatMap((server) => {
    if (server === undefined) return [];
    const { store } = server.machine;
    return [{ revision: store.revision, changes: store.eventsSince(1, prefixRange("")) }];
  });
  return history.watches.flatMap(({ name, received, options, fromRevision: from }) => {
    for (const { revision, changes } of stores) {
      const judged = received.filter(({ event }) => event.kv.modRevision <= revision);
      const events = judged.map(({ event, eventId }) => ({ event, batch: eventId }));
      const violations = checkWatch(events, changes, { ...options, from });
      if (violations.length > 0) return violations.map((violation) => watchFound(name, violation, judged));
    }
    return [];
  });
}

function watchFound(name: string, violation: WatchViolation, judged: readonly ReceivedEvent[]): Found {
  return {
    property: "watch",
    eventId: judged[violation.position]?.eventId ?? judged.at(-1)?.eventId ?? 0,
    message: `${name} is not ${violation.guarantee}: ${watchViolationText(violation)}`,
  };
}
