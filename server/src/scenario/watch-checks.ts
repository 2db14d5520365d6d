import type { CommittedStore } from "../check/committed-store.js";
import { checkWatch } from "../check/watch/check.js";
import type { WatchRequest, WatchStep, WatchViolation } from "../check/watch/watch.js";
import { prefixRange } from "../kv/key-range.js";
import type { KvEvent } from "../kv/response.js";
import { t } from "../l10n/text.js";
import type { WatchRecord } from "../sim/history.js";
import type { Recording } from "../trace/recording.js";
import type { Found } from "./history-checks.js";

/**
 * Compares what each watch received with what the committed log changed. Where servers `differ`, there is no one truth: a watch cannot
 * agree with all of them, and the first store that it contradicts is told.
 */
export function checkWatches(recording: Recording, committed: CommittedStore, differ: boolean): Found[] {
  return brokenWatches(recording, committed, differ).map(watchFound);
}

/** A promise to a watch that was broken. */
export interface BrokenWatch {
  readonly watch: WatchRecord;
  /** The event at which the watch received what is wrong, or at which it was certain that something is missing. */
  readonly eventId: number;
  readonly violation: WatchViolation;
}

/** What {@link checkWatches} tells of, as data. */
export function brokenWatches(
  { history, world }: Recording,
  committed: CommittedStore,
  differ: boolean,
): BrokenWatch[] {
  const stores: JudgedBy[] = [{ ...committed, from: 0, to: Number.POSITIVE_INFINITY }];
  for (const server of differ ? world.servers : []) {
    if (server === undefined) continue;
    const { store } = server.machine;
    const { compactRevision, revision: to } = store;
    const from = compactRevision + 1;
    stores.push({ changes: store.eventsSince(from, prefixRange("")), compactRevision, from, to });
  }
  return history.watches.flatMap((watch) => {
    for (const store of stores) {
      const steps = stepsOf(watch, store);
      const violations = checkWatch(
        requestOf(watch, store),
        steps.map(({ step }) => step),
        store.changes,
        store.compactRevision,
      );
      if (violations.length === 0) continue;
      return violations.map((violation) => {
        const eventId = steps[violation.position]?.eventId ?? steps.at(-1)?.eventId ?? 0;
        return { watch, eventId, violation };
      });
    }
    return [];
  });
}

/** A store that judges what was received of certain revisions. */
interface JudgedBy {
  readonly changes: readonly KvEvent[];
  readonly compactRevision: number;
  readonly from: number;
  readonly to: number;
}

/** A step with its event in the trace. */
interface PlacedStep {
  readonly eventId: number;
  readonly step: WatchStep;
}

function requestOf({ options, fromRevision }: WatchRecord, { from }: JudgedBy): WatchRequest {
  const { without, prevKv } = options;
  return { ...options, from: Math.max(fromRevision, from), without, prevKv };
}

/** What happened to a watch, in order, as far as a store can judge it. */
function stepsOf(watch: WatchRecord, { from, to }: JudgedBy): PlacedStep[] {
  const { received, connections, progress, cancellation, fromRevision } = watch;
  const steps: PlacedStep[] = connections.map(({ startRevision, eventId }) => {
    return { eventId, step: { kind: "connected", from: startRevision > 0 ? startRevision : fromRevision } };
  });
  for (let first = 0; first < received.length; ) {
    const eventId = received[first]?.eventId ?? 0;
    let end = first + 1;
    while (received[end]?.eventId === eventId) end += 1;
    const events = received.slice(first, end).map(({ event }) => event);
    const judged = events.filter(({ kv }) => kv.modRevision >= from && kv.modRevision <= to);
    if (judged.length > 0) steps.push({ eventId, step: { kind: "events", batch: eventId, events: judged } });
    first = end;
  }
  for (const { revision, eventId } of progress) {
    if (revision <= to) steps.push({ eventId, step: { kind: "progress", revision } });
  }
  if (cancellation?.error === "compacted") {
    const { compactRevision, eventId } = cancellation;
    steps.push({ eventId, step: { kind: "canceled", compactRevision } });
  }
  return steps.sort((a, b) => a.eventId - b.eventId);
}

function watchFound({ watch: { name }, eventId, violation }: BrokenWatch): Found {
  const { guarantee, message } = violation;
  return { property: "watch", eventId, message: t("{0} is not {1}: {2}", name, guarantee, message) };
}
