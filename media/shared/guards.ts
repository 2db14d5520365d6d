/** Guards of the contract in server/src/protocol: what a webview believes of the messages it gets. */
import type { Bookmark } from "../../server/src/protocol/bookmarks.js";
import type { RoleView } from "../../server/src/protocol/cluster-view.js";
import type { DiagramRow, DiagramView } from "../../server/src/protocol/diagram-view.js";
import type { EventCategory, EventView } from "../../server/src/protocol/event-view.js";
import type { NoteView } from "../../server/src/protocol/lecture.js";
import type { SessionInfo, SessionState, Verdict } from "../../server/src/protocol/session.js";
import type { TimelineView } from "../../server/src/protocol/timeline-view.js";
import type { ToWebview } from "../../server/src/protocol/webview.js";
import type { Guard } from "./guard.js";
import { arrayOf, isBoolean, isNumber, isString, isUnknown, literal, nullable, object, union } from "./guard.js";

const isVerdict = literal("pass", "fail", "unproven");

const isSessionState: Guard<SessionState> = union(
  object<{ readonly kind: "running" }>({ kind: literal("running") }),
  object<{ readonly kind: "paused" }>({ kind: literal("paused") }),
  object<{ readonly kind: "cancelled" }>({ kind: literal("cancelled") }),
  object<{ readonly kind: "finished"; readonly verdict: Verdict }>({ kind: literal("finished"), verdict: isVerdict }),
  object<{ readonly kind: "failed"; readonly message: string }>({ kind: literal("failed"), message: isString }),
);

/** A session as lists and headers show it. No webview shows how long it took. */
export const isSessionInfo: Guard<SessionInfo> = (value): value is SessionInfo =>
  isSession(value) && (!("settings" in value) || isTexts(value.settings));

const isTexts = arrayOf(isString);

const isSession = object<Omit<SessionInfo, "tookMs" | "settings">>({
  id: isString,
  kind: literal("run", "live"),
  uri: nullable(isString),
  title: isString,
  seed: isNumber,
  startedAt: isString,
  state: isSessionState,
  timeUs: isNumber,
  events: isNumber,
  traceHash: nullable(isString),
  cursor: nullable(isNumber),
  pace: nullable(isNumber),
  leader: nullable(isString),
  term: isNumber,
  servers: arrayOf(isString),
  clients: arrayOf(isString),
});

const isRole: Guard<RoleView> = literal("follower", "pre-candidate", "candidate", "leader");

/** What an event is about. */
export const isCategory: Guard<EventCategory> = literal(
  "message",
  "timer",
  "role",
  "log",
  "disk",
  "client",
  "watch",
  "fault",
  "step",
  "note",
  "violation",
);

/** What an event in words has, member by member. */
export const EVENT_MEMBERS = {
  id: isNumber,
  timeUs: isNumber,
  category: isCategory,
  at: nullable(isString),
  title: isString,
  reason: nullable(isString),
  cause: nullable(isNumber),
  line: nullable(isNumber),
  fields: arrayOf(object({ name: isString, value: isString })),
} as const;

/** One event in words. */
export const isEventView: Guard<EventView> = object<EventView>(EVENT_MEMBERS);

/** A bookmark. */
export const isBookmark: Guard<Bookmark> = object<Bookmark>({ eventId: isNumber, timeUs: isNumber, name: isString });

/** A note of a scenario. */
export const isNoteView: Guard<NoteView> = object<NoteView>({
  eventId: isNumber,
  timeUs: isNumber,
  text: isString,
  line: nullable(isNumber),
});

/** The timeline over a span. */
export const isTimelineView: Guard<TimelineView> = object<TimelineView>({
  sessionId: isString,
  events: isNumber,
  fromUs: isNumber,
  toUs: isNumber,
  endUs: isNumber,
  density: arrayOf(isNumber),
  lanes: arrayOf(
    object({
      server: isString,
      segments: arrayOf(
        object({
          fromUs: isNumber,
          toUs: isNumber,
          role: union(isRole, literal("down", "paused")),
          term: isNumber,
        }),
      ),
    }),
  ),
  marks: arrayOf(
    object({
      eventId: isNumber,
      timeUs: isNumber,
      kind: literal("leader", "configuration", "install", "fault", "undone", "note", "failure", "violation", "step"),
      text: isString,
      line: nullable(isNumber),
    }),
  ),
  faults: arrayOf(
    object({
      eventId: isNumber,
      endEventId: nullable(isNumber),
      fromUs: isNumber,
      toUs: nullable(isNumber),
      kind: literal("fault", "down", "paused"),
      text: isString,
      line: nullable(isNumber),
      row: isNumber,
    }),
  ),
  moreFaults: isNumber,
  faultRows: isNumber,
  each: nullable(
    object({ first: isNumber, sinceUs: arrayOf(isNumber), signs: arrayOf(isNumber), lanes: arrayOf(isNumber) }),
  ),
});

/** One row of a diagram. */
export const isDiagramRow: Guard<DiagramRow> = union(
  object<Extract<DiagramRow, { kind: "message" }>>({
    kind: literal("message"),
    eventId: isNumber,
    deliveredId: nullable(isNumber),
    from: isString,
    to: isString,
    type: isString,
    label: isString,
    sentUs: isNumber,
    deliveredUs: nullable(isNumber),
    lost: isBoolean,
    count: isNumber,
    line: nullable(isNumber),
  }),
  object<Extract<DiagramRow, { kind: "event" }>>({
    kind: literal("event"),
    eventId: isNumber,
    at: nullable(isString),
    category: isCategory,
    text: isString,
    timeUs: isNumber,
    line: nullable(isNumber),
  }),
  object<Extract<DiagramRow, { kind: "term" }>>({
    kind: literal("term"),
    eventId: isNumber,
    term: isNumber,
    timeUs: isNumber,
  }),
);

/** A sequence diagram of a window. */
export const isDiagramView: Guard<DiagramView> = object<DiagramView>({
  sessionId: isString,
  fromEvent: isNumber,
  toEvent: isNumber,
  fromUs: isNumber,
  toUs: isNumber,
  lifelines: arrayOf(object({ name: isString, kind: literal("server", "client") })),
  rows: arrayOf(isDiagramRow),
  moreRows: isNumber,
  mermaid: isString,
});

/** A message from the extension. */
export const isToWebview: Guard<ToWebview> = union(
  object<Extract<ToWebview, { kind: "init" }>>({
    kind: literal("init"),
    session: nullable(isSessionInfo),
    locale: isString,
  }),
  object<Extract<ToWebview, { kind: "response" }>>({ kind: literal("response"), id: isNumber, result: isUnknown }),
  object<Extract<ToWebview, { kind: "failure" }>>({ kind: literal("failure"), id: isNumber, message: isString }),
  object<Extract<ToWebview, { kind: "session" }>>({ kind: literal("session"), session: isSessionInfo }),
  object<Extract<ToWebview, { kind: "compare" }>>({ kind: literal("compare"), left: isString, right: isString }),
  object<Extract<ToWebview, { kind: "deleted" }>>({ kind: literal("deleted"), sessionId: isString }),
  object<Extract<ToWebview, { kind: "cursor" }>>({
    kind: literal("cursor"),
    sessionId: isString,
    cursor: nullable(isNumber),
  }),
  object<Extract<ToWebview, { kind: "bookmarks" }>>({
    kind: literal("bookmarks"),
    sessionId: isString,
    bookmarks: arrayOf(isBookmark),
  }),
  object<Extract<ToWebview, { kind: "lecture" }>>({ kind: literal("lecture") }),
  object<Extract<ToWebview, { kind: "caret" }>>({ kind: literal("caret"), uri: isString, line: isNumber }),
  object<Extract<ToWebview, { kind: "server" }>>({
    kind: literal("server"),
    status: literal("starting", "running", "stopped"),
    message: isString,
  }),
);
