import type { CommittedStore } from "../check/committed-store.js";
import { checkWatch } from "../check/watch/check.js";
import {
  type WatchedStore,
  type WatchedStream,
  type WatchViolation,
  watchViolationText,
} from "../check/watch/watch.js";
import { prefixRange } from "../kv/key-range.js";
import type { WatchRecord } from "../sim/history.js";
import type { Recording } from "../trace/recording.js";
import type { Found } from "./history-checks.js";

/**
 * Compares what each watch received with what the committed log changed. Where servers `differ`, there is no one truth: a watch cannot
 * agree with all of them, and the first store that it contradicts is told.
 */
export function checkWatches({ history, world }: Recording, committed: CommittedStore, differ: boolean): Found[] {
  const stores: JudgedBy[] = [{ ...committed, from: 0, to: Number.POSITIVE_INFINITY }];
  for (const server of differ ? world.servers : []) {
    if (server === undefined) continue;
    const { store } = server.machine;
    const { compactRevision, revision: to } = store;
    const from = compactRevision + 1;
    stores.push({ changes: store.eventsSince(from, prefixRange("")), compactRevision, from, to });
  }
  return history.watches.flatMap((watch) => {
    const stream = streamOf(watch);
    for (const { from, to, ...store } of stores) {
      const received = stream.received.filter(({ event: { kv } }) => kv.modRevision >= from && kv.modRevision <= to);
      const judged =
        received.length === stream.received.length ? stream : { ...stream, received, resumed: [], progress: [] };
      const violations = checkWatch({ ...judged, from: Math.max(from, stream.from) }, store);
      if (violations.length > 0) return violations.map((violation) => watchFound(watch, judged, violation));
    }
    return [];
  });
}

/** A store that judges what was received of certain revisions. */
interface JudgedBy extends WatchedStore {
  readonly from: number;
  readonly to: number;
}

function watchFound({ name }: WatchRecord, { received }: WatchedStream, violation: WatchViolation): Found {
  return {
    property: "watch",
    eventId: received[violation.position]?.batch ?? received.at(-1)?.batch ?? 0,
    message: `${name} is not ${violation.guarantee}: ${watchViolationText(violation)}`,
  };
}

function streamOf({ options, fromRevision: from, received, connections, progress }: WatchRecord): WatchedStream {
  const before = (eventId: number): number => {
    let low = 0;
    let high = received.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((received[middle]?.eventId ?? 0) < eventId) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    keys: options,
    from,
    without: options.without,
    prevKv: options.prevKv,
    received: received.map(({ event, eventId }) => ({ event, batch: eventId })),
    resumed: connections
      .slice(1)
      .map(({ startRevision, eventId }) => ({ revision: startRevision, received: before(eventId) })),
    progress: progress.map(({ revision, eventId }) => ({ revision, received: before(eventId) })),
  };
}
