/** Where two traces part. */
import { t } from "../l10n/text.js";
import type { Failure } from "../protocol/requests.js";
import type { TraceComparison } from "../protocol/runs.js";
import { EVENT_CODE } from "../sim/recorder.js";
import { describe } from "../trace/describe.js";
import type { EventLog } from "../trace/event-log.js";
import { hasEvent, hasLine, isScript, ScriptEvents } from "../trace/script-events.js";
import type { OpenSession } from "./open-session.js";
import { pause } from "./slices.js";

/** Events between two looks at the messages that wait. */
const SLICE = 20_000;

/**
 * Compares two sessions as far as they have come: by hash, and where that differs by going through the events of both, in slices that leave
 * time for other requests. What happened to the cluster counts; a scenario's own events and lines do not. Answers a failure when `signal`
 * is given.
 */
export async function compareSessions(
  left: OpenSession,
  right: OpenSession,
  signal: AbortSignal,
): Promise<{ readonly ok: true; readonly comparison: TraceComparison } | Failure> {
  const [a, b] = [new ClusterEvents(left.recording.log), new ClusterEvents(right.recording.log)];
  const { hash } = left.recording.log;
  if (hash !== right.recording.log.hash) {
    for (let events = 0; !(a.ended && b.ended); events += 1) {
      if (!isSame(a, b)) {
        const views = { left: viewAt(left, a), right: viewAt(right, b) };
        return { ok: true, comparison: { kind: "different", same: events, ...views } };
      }
      a.next();
      b.next();
      if (events % SLICE !== SLICE - 1) continue;
      await pause();
      if (signal.aborted) return { ok: false, message: t("The comparison was cancelled.") };
    }
  }
  return { ok: true, comparison: { kind: "equal", hash, events: left.recording.log.count } };
}

function viewAt({ recording }: OpenSession, events: ClusterEvents): ReturnType<typeof describe> | null {
  return events.ended ? null : describe(recording, events.id, true);
}

/** Goes through what happened to a cluster, event by event. */
class ClusterEvents {
  readonly log: EventLog;
  readonly #script = new ScriptEvents();
  /** A live cluster may go on meanwhile: what was there when it was asked for is compared. */
  readonly #end: number;
  /** The number of the event in its trace. */
  id = 0;

  constructor(log: EventLog) {
    this.log = log;
    this.#end = log.count;
    this.#skip();
  }

  get ended(): boolean {
    return this.id >= this.#end;
  }

  next(): void {
    this.id += 1;
    this.#skip();
  }

  /** The number of an event among those of the cluster. */
  clusterNumber(id: number): number {
    return this.#script.clusterNumber(id);
  }

  #skip(): void {
    for (; !this.ended && isScript(EVENT_CODE[this.log.kind(this.id)]); this.id += 1) this.#script.add(this.id);
  }
}

/** Whether both are at the same event, or at their ends: what the hash takes in. */
function isSame(a: ClusterEvents, b: ClusterEvents): boolean {
  if (a.ended || b.ended) return a.ended === b.ended;
  const [x, y] = [a.log, b.log];
  if (x.timeUs(a.id) !== y.timeUs(b.id) || x.kind(a.id) !== y.kind(b.id) || x.at(a.id) !== y.at(b.id)) return false;
  if (a.clusterNumber(x.cause(a.id)) !== b.clusterNumber(y.cause(b.id))) return false;
  const [ofX, ofY] = [x.reason(a.id), y.reason(b.id)];
  if (ofX?.code !== ofY?.code || ofX?.a !== ofY?.a || ofX?.b !== ofY?.b) return false;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  return words.length === others.length && words.every((word, at) => word === others[at]);
}

/** The words of the event, without its line in the scenario, and with the cluster's numbers for events. */
function wordsOf(events: ClusterEvents): readonly number[] {
  const { log, id } = events;
  const code = EVENT_CODE[log.kind(id)];
  return Array.from({ length: log.wordCount(id) }, (_, position) => {
    if (position === 0 && hasLine(code)) return 0;
    const word = log.word(id, position);
    return position === 1 && hasEvent(code) ? events.clusterNumber(word) : word;
  });
}
