import { t } from "../l10n/text.js";
import type { ClusterView } from "../protocol/cluster-view.js";
import { MOST_MERMAID_ROWS } from "../protocol/diagram-rows.js";
import type { DiagramView } from "../protocol/diagram-view.js";
import type { EventView } from "../protocol/event-view.js";
import type { NoteView } from "../protocol/lecture.js";
import type { entryRequest } from "../protocol/log-entry.js";
import type {
  CursorMove,
  clusterViewRequest,
  diagramRequest,
  eventsRequest,
  Failure,
  Outcome,
  timelineRequest,
  whyQuestionsRequest,
  whyRequest,
} from "../protocol/requests.js";
import type { tracePageRequest } from "../protocol/runs.js";
import type { EventId } from "../protocol/session.js";
import { EVENT_SIGNS, type TimelineEvents, type TimelineMark, type TimelineView } from "../protocol/timeline-view.js";
import type { WhyQuestion, WhyView } from "../protocol/why.js";
import { clusterAt } from "../trace/cluster-view.js";
import { jump } from "../trace/cursor.js";
import { describe, describeAll } from "../trace/describe.js";
import { diagramOf } from "../trace/diagram.js";
import { entryDetails } from "../trace/entry-details.js";
import { traceLines } from "../trace/export.js";
import { eventOfLine } from "../trace/lines.js";
import { notesOf } from "../trace/notes.js";
import { type TimelineEvents as SignedEvents, timelineOf } from "../trace/timeline.js";
import { answer } from "../trace/why/answer.js";
import { momentQuestions } from "../view-model/questions.js";
import type { ParamsOf, ResultOf } from "./contract.js";
import { type OpenSession, shownEvent } from "./open-session.js";

/** Events of one page of the list. */
const MOST_EVENTS = 500;
/** Events of one page of a trace that is exported. */
const MOST_LINES = 5000;
const MOST_BUCKETS = 4000;

/** The views of a session at a position: what the webviews ask for. Each is a function of the trace. */
export class SessionViews {
  /** The cluster at an event (`null`: at the cursor), and that event in words. */
  cluster(
    session: OpenSession,
    params: ParamsOf<typeof clusterViewRequest>,
  ): Outcome<{ view: ClusterView; event: EventView | null }> {
    const { recording } = session;
    const eventId = params.eventId ?? shownEvent(session);
    const unknown = unknownEvent(session, eventId);
    if (unknown !== null && eventId !== -1) return unknown;
    const view = { ...clusterAt(recording, eventId, params), sessionId: session.id };
    return { ok: true, view, event: eventId < 0 ? null : describe(recording, eventId, true) };
  }

  /** One entry of the log, and what all servers have there. */
  entry(session: OpenSession, params: ParamsOf<typeof entryRequest>): ResultOf<typeof entryRequest> {
    const eventId = params.eventId ?? shownEvent(session);
    const unknown = unknownEvent(session, eventId);
    if (unknown !== null && eventId !== -1) return unknown;
    const entry = entryDetails(session.recording, eventId, params.server, params.index);
    return typeof entry === "string" ? { ok: false, message: entry } : { ok: true, entry };
  }

  /** The timeline of a span. */
  timeline(session: OpenSession, params: ParamsOf<typeof timelineRequest>): Outcome<{ view: TimelineView }> {
    const { recording, violations } = session;
    const buckets = Math.min(Math.max(1, Math.floor(params.buckets)), MOST_BUCKETS);
    const span = { fromUs: params.fromUs ?? 0, toUs: params.toUs ?? recording.world.nowUs };
    const timeline = timelineOf(recording, { ...span, buckets }, violations);
    const marks = timeline.marks.map((mark) => (mark.kind === "step" ? inItsWords(session, mark) : mark));
    return { ok: true, view: { ...timeline, marks, each: coded(timeline.each), sessionId: session.id } };
  }

  /** The notes, one after another. */
  notes({ recording }: OpenSession): Outcome<{ notes: readonly NoteView[]; more: number }> {
    const { notes, more } = notesOf(recording);
    return { ok: true, notes, more };
  }

  /** A sequence diagram of a window. */
  diagram(session: OpenSession, params: ParamsOf<typeof diagramRequest>): Outcome<{ view: DiagramView }> {
    const { window, filter = {}, limit } = params;
    const rows = limit === undefined ? undefined : Math.min(Math.max(1, limit), MOST_MERMAID_ROWS);
    const diagram = diagramOf(session.recording, window, filter, rows, session.violations);
    return { ok: true, view: { ...diagram, sessionId: session.id } };
  }

  /** Why an event happened, or why the subject is as it is at the event. */
  why(session: OpenSession, { eventId, about }: ParamsOf<typeof whyRequest>): Outcome<{ why: WhyView }> {
    const unknown = unknownEvent(session, eventId);
    if (unknown !== null) return unknown;
    const why = answer(session.recording, eventId, about ?? null);
    return why === null
      ? { ok: false, message: t("There is nothing of this kind at this moment.") }
      : { ok: true, why };
  }

  /** What one can ask about a moment. */
  whyQuestions(
    session: OpenSession,
    { eventId }: ParamsOf<typeof whyQuestionsRequest>,
  ): Outcome<{ questions: readonly WhyQuestion[] }> {
    const at = eventId ?? shownEvent(session);
    const unknown = unknownEvent(session, at);
    if (unknown !== null) return unknown;
    const view = { ...clusterAt(session.recording, at), sessionId: session.id };
    return { ok: true, questions: momentQuestions(view) };
  }

  /** A page of events in words. */
  events(
    session: OpenSession,
    { from, count }: ParamsOf<typeof eventsRequest>,
  ): Outcome<{ events: readonly EventView[] }> {
    return { ok: true, events: describeAll(session.recording, Math.max(0, from), Math.min(count, MOST_EVENTS)) };
  }

  /** A page of the trace as lines of JSON. */
  tracePage(
    { recording }: OpenSession,
    { from, count }: ParamsOf<typeof tracePageRequest>,
  ): Outcome<{ lines: string; next: EventId | null }> {
    const end = Math.min(from + Math.min(count, MOST_LINES), recording.log.count);
    const lines: string[] = [];
    for (const line of traceLines(recording, from)) {
      if (from + lines.length >= end) break;
      lines.push(`${line}\n`);
    }
    return { ok: true, lines: lines.join(""), next: end < recording.log.count ? end : null };
  }

  /** The first event that a scenario line caused. */
  eventOfLine(session: OpenSession, line: number): Outcome<{ eventId: EventId }> {
    const eventId = eventOfLine(session.recording, line);
    if (eventId >= 0) return { ok: true, eventId };
    return { ok: false, message: t("Line {0} caused no event in this run.", line) };
  }

  /** Moves the session's cursor; the event it stands at (`null` before the first), or why it stays. */
  move(session: OpenSession, move: CursorMove): EventView | null | string {
    const { recording } = session;
    if (move.kind === "event") {
      const { eventId } = move;
      const unknown = eventId === null || eventId === -1 ? null : unknownEvent(session, eventId);
      if (unknown !== null) return unknown.message;
      session.cursor = eventId;
    } else {
      const target = destination(session, move);
      if (target === null) return t("There is no such event in that direction.");
      session.cursor = target;
    }
    const shown = shownEvent(session);
    return shown < 0 ? null : describe(recording, shown, true);
  }
}

/** The codes of the signs are the protocol's: the trace has their names. */
function coded(each: SignedEvents | null): TimelineEvents | null {
  return each === null ? null : { ...each, signs: each.signs.map((sign) => EVENT_SIGNS.indexOf(sign)) };
}

/** A step is best said as it was written. */
function inItsWords(session: OpenSession, mark: TimelineMark): TimelineMark {
  const words = mark.line === null ? null : (session.lineText?.(mark.line, mark.eventId) ?? null);
  return words === null || words === "" ? mark : { ...mark, text: words };
}

/** Why there is no such event, or `null`. */
export function unknownEvent({ recording }: OpenSession, eventId: EventId): Failure | null {
  const { count } = recording.log;
  if (Number.isSafeInteger(eventId) && eventId >= 0 && eventId < count) return null;
  return { ok: false, message: t("There is no event {0}: this session has events 0 to {1}.", eventId, count - 1) };
}

/** Where a relative move leads; `null` when there is nothing. */
function destination(session: OpenSession, move: Exclude<CursorMove, { readonly kind: "event" }>): EventId | null {
  const { recording, violations } = session;
  const { log } = recording;
  switch (move.kind) {
    case "time":
      return log.lastAt(move.timeUs);
    case "by":
      return Math.min(Math.max(-1, shownEvent(session) + move.events), log.count - 1);
    case "jump":
      return jump(recording, shownEvent(session), move, violations);
  }
}
