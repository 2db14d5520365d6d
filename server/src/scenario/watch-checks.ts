import type { CommittedStore } from "../check/committed-store.js";
import { checkWatch } from "../check/watch/check.js";
import { type WatchedStream, watchViolationText } from "../check/watch/watch.js";
import type { WatchRecord } from "../sim/history.js";
import type { Recording } from "../trace/recording.js";
import type { Found } from "./history-checks.js";

/** Compares what each watch received with what the committed log changed. */
export function checkWatches({ history }: Recording, { changes, compactRevision }: CommittedStore): Found[] {
  return history.watches.flatMap((watch) =>
    checkWatch(streamOf(watch), { changes, compactRevision }).map((violation) => ({
      property: "watch",
      eventId: watch.received[violation.position]?.eventId ?? watch.received.at(-1)?.eventId ?? 0,
      message: `${watch.name} is not ${violation.guarantee}: ${watchViolationText(violation)}`,
    })),
  );
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
