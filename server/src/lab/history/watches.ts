import { WATCH_GUARANTEES } from "../../check/watch/watch.js";
import { t } from "../../l10n/text.js";
import type { WatchLaneView, WatchMarkView } from "../../protocol/history-view.js";
import type { WatchRecord } from "../../sim/history.js";
import { firstWhere } from "../../trace/history/index.js";
import { watchRequestText } from "../../trace/operation-text.js";
import type { Recording } from "../../trace/recording.js";
import type { CheckedHistory } from "./checks.js";

/** Watches, marks of each within a window, and breaches of each that a view holds. */
const WATCHES = 50;
const MARKS = 300;
/** Stretches of a span in which changes are told together where there are more. */
const STRETCHES = 120;
const BREACHES = 50;

/** The watches of a run as lanes, with what happened to each within a span. */
export function watchLanes(
  recording: Recording,
  span: Span,
  checked: CheckedHistory | null,
): { readonly watches: readonly WatchLaneView[]; readonly moreWatches: number } {
  const { watches } = recording.history;
  const shown = watches.slice(0, WATCHES);
  return {
    watches: shown.map((watch) => laneOf(recording, watch, span, checked)),
    moreWatches: watches.length - shown.length,
  };
}

function laneOf(recording: Recording, watch: WatchRecord, span: Span, checked: CheckedHistory | null): WatchLaneView {
  const { number, name, client, options, connections, received, cancellation } = watch;
  const marks = marksOf(recording, watch, span);
  const breaches = (checked?.placing.watches ?? []).filter((broken) => broken.watch.number === number);
  return {
    number,
    name,
    client: recording.world.nameOf(client),
    request: watchRequestText(options),
    openedUs: connections[0]?.timeUs ?? 0,
    endedUs: cancellation?.timeUs ?? null,
    received: received.length,
    connections: connections.length,
    marks,
    verdicts:
      checked === null
        ? null
        : WATCH_GUARANTEES.map((guarantee) => {
            const broken = breaches.filter(({ violation }) => violation.guarantee === guarantee).length;
            return { guarantee, broken };
          }),
    breaches: breaches.slice(0, BREACHES).map(({ eventId, violation }) => ({
      guarantee: violation.guarantee,
      eventId,
      timeUs: recording.timeOf(eventId),
      revision: violation.revision,
      key: violation.key,
      message: violation.message,
    })),
  };
}

/** What happened to a watch within a span, ascending; where that is too much, its changes are told together by stretches of time. */
function marksOf(recording: Recording, watch: WatchRecord, span: Span): readonly WatchMarkView[] {
  const marks = [...connectionMarks(recording, watch), ...endMarks(watch)].filter((mark) => isWithin(mark, span));
  const told = [...eventMarks(watch, span), ...progressMarks(watch, span)].sort((a, b) => a.eventId - b.eventId);
  const short = told.length > MARKS ? together(told, span) : told;
  return [...marks, ...short].sort((a, b) => a.eventId - b.eventId);
}

interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

function isWithin({ timeUs }: { readonly timeUs: number }, { fromUs, toUs }: Span): boolean {
  return timeUs >= fromUs && timeUs <= toUs;
}

function connectionMarks({ world }: Recording, { connections }: WatchRecord): WatchMarkView[] {
  return connections.map(({ server, startRevision, timeUs, eventId }, at) => {
    const name = world.nameOf(server);
    const text =
      startRevision > 0
        ? t("asks {0} for what comes from rev {1} on", name, startRevision)
        : t("asks {0} for what comes from now on", name);
    const kind = at === 0 ? "opened" : "resumed";
    return { kind, timeUs, eventId, fromRevision: startRevision, toRevision: startRevision, count: 0, text };
  });
}

function endMarks({ cancellation }: WatchRecord): WatchMarkView[] {
  if (cancellation === null) return [];
  const { error, compactRevision, timeUs, eventId } = cancellation;
  const text = error === null ? t("ended by its client") : t("ended by its server: {0}", error);
  const kind = error === null ? "ended" : "canceled";
  return [{ kind, timeUs, eventId, fromRevision: compactRevision, toRevision: compactRevision, count: 0, text }];
}

function eventMarks({ received }: WatchRecord, span: Span): WatchMarkView[] {
  const marks: WatchMarkView[] = [];
  const [start, stop] = within(received, span);
  for (let first = start; first < stop; ) {
    const { eventId = 0, timeUs = 0, event } = received[first] ?? {};
    let end = first + 1;
    while (end < stop && received[end]?.eventId === eventId) end += 1;
    const fromRevision = event?.kv.modRevision ?? 0;
    const toRevision = received[end - 1]?.event.kv.modRevision ?? fromRevision;
    marks.push(changes(timeUs, eventId, fromRevision, toRevision, end - first));
    first = end;
  }
  return marks;
}

function progressMarks({ progress }: WatchRecord, span: Span): WatchMarkView[] {
  return progress.slice(...within(progress, span)).map(({ revision, timeUs, eventId }) => {
    const text = t("progress: everything up to rev {0} was sent", revision);
    return { kind: "progress", timeUs, eventId, fromRevision: revision, toRevision: revision, count: 0, text };
  });
}

/** Where a list that ascends in time lies within a span: its first place, and the one after its last. */
function within(list: readonly { readonly timeUs: number }[], { fromUs, toUs }: Span): [number, number] {
  const timeAt = (at: number): number => list[at]?.timeUs ?? 0;
  return [firstWhere(list.length, (at) => timeAt(at) >= fromUs), firstWhere(list.length, (at) => timeAt(at) > toUs)];
}

/** One mark for all changes of each stretch of the span; notifications of progress are left out. */
function together(marks: readonly WatchMarkView[], { fromUs, toUs }: Span): WatchMarkView[] {
  const width = Math.max(1, (toUs - fromUs) / STRETCHES);
  const found = new Map<number, WatchMarkView>();
  for (const mark of marks) {
    if (mark.kind !== "events") continue;
    const stretch = Math.floor((mark.timeUs - fromUs) / width);
    const known = found.get(stretch) ?? { ...mark, count: 0 };
    const from = Math.min(known.fromRevision, mark.fromRevision);
    const to = Math.max(known.toRevision, mark.toRevision);
    found.set(stretch, changes(known.timeUs, known.eventId, from, to, known.count + mark.count));
  }
  return [...found.values()];
}

function changes(timeUs: number, eventId: number, from: number, to: number, count: number): WatchMarkView {
  const text = count === 1 ? t("1 change, rev {0}", from) : t("{0} changes, rev {1} to {2}", count, from, to);
  return { kind: "events", timeUs, eventId, fromRevision: from, toRevision: to, count, text };
}
