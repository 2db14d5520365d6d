/** Guards of the contract in server/src/protocol: what a webview believes of the messages it gets. */
import type { SessionInfo, SessionState, Verdict } from "../../server/src/protocol/session.js";
import type {
  ClusterView,
  DiagramRow,
  DiagramView,
  EventCategory,
  EventView,
  RoleView,
  ServerView,
  TimelineView,
  WhyView,
} from "../../server/src/protocol/views.js";
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
export const isSessionInfo: Guard<SessionInfo> = object<Omit<SessionInfo, "tookMs">>({
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

const isCategory: Guard<EventCategory> = literal(
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

const isServerView: Guard<ServerView> = object<ServerView>({
  name: isString,
  status: literal("up", "down", "paused"),
  diskFailed: isBoolean,
  role: isRole,
  term: isNumber,
  vote: nullable(isString),
  leader: nullable(isString),
  votes: arrayOf(isString),
  configuration: object({
    index: isNumber,
    voters: arrayOf(isString),
    outgoing: arrayOf(isString),
    learners: arrayOf(isString),
  }),
  transferee: nullable(isString),
  commitIndex: isNumber,
  appliedIndex: isNumber,
  durableIndex: isNumber,
  lastIndex: isNumber,
  firstIndex: isNumber,
  snapshot: nullable(object({ index: isNumber, term: isNumber, bytes: isNumber })),
  log: arrayOf(
    object({
      index: isNumber,
      term: isNumber,
      text: isString,
      durable: isBoolean,
      committed: isBoolean,
      applied: isBoolean,
    }),
  ),
  timers: arrayOf(object({ kind: literal("election", "heartbeat"), startUs: isNumber, deadlineUs: isNumber })),
  progress: arrayOf(
    object({ server: isString, next: isNumber, match: isNumber, state: literal("probe", "replicate", "snapshot") }),
  ),
  revision: isNumber,
  kv: arrayOf(
    object({
      key: isString,
      value: isString,
      createRevision: isNumber,
      modRevision: isNumber,
      version: isNumber,
      lease: nullable(isString),
    }),
  ),
  moreKeys: isNumber,
  compactRevision: isNumber,
  leases: arrayOf(
    object({
      id: isString,
      ttl: isNumber,
      remainingUs: nullable(isNumber),
      keys: arrayOf(isString),
      moreKeys: isNumber,
    }),
  ),
  moreLeases: isNumber,
  alarms: arrayOf(isString),
  pendingWrites: isNumber,
  faults: arrayOf(
    object({
      kind: literal(
        "clock-drift",
        "clock-jump",
        "disk-slow",
        "disk-ignore-fsync",
        "disk-tear",
        "disk-corrupt",
        "disk-fail",
        "crash-point",
      ),
      text: isString,
    }),
  ),
  clockOffsetUs: nullable(isNumber),
  damagedIndex: nullable(isNumber),
});

/** The cluster at one event. */
export const isClusterView: Guard<ClusterView> = object<ClusterView>({
  sessionId: isString,
  eventId: isNumber,
  timeUs: isNumber,
  servers: arrayOf(isServerView),
  clients: arrayOf(
    object({
      name: isString,
      status: literal("up", "down", "paused"),
      target: nullable(isString),
      pending: nullable(isString),
    }),
  ),
  messages: arrayOf(
    object({
      eventId: isNumber,
      type: isString,
      from: isString,
      to: isString,
      term: isNumber,
      sentUs: isNumber,
      arrivesUs: nullable(isNumber),
      text: isString,
      positive: nullable(isBoolean),
      entries: isNumber,
      byHand: isBoolean,
    }),
  ),
  moreMessages: isNumber,
  faults: arrayOf(object({ id: isNumber, text: isString, sinceUs: isNumber, untilUs: nullable(isNumber) })),
  blocked: arrayOf(object({ from: isString, to: isString })),
});

/** One event in words. */
export const isEventView: Guard<EventView> = object<EventView>({
  id: isNumber,
  timeUs: isNumber,
  category: isCategory,
  at: nullable(isString),
  title: isString,
  reason: nullable(isString),
  cause: nullable(isNumber),
  line: nullable(isNumber),
  fields: arrayOf(object({ name: isString, value: isString })),
});

/** A chain of causes. */
export const isWhyView: Guard<WhyView> = object<WhyView>({
  eventId: isNumber,
  links: arrayOf(isEventView),
  truncated: isBoolean,
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
  object<Extract<ToWebview, { kind: "cursor" }>>({
    kind: literal("cursor"),
    sessionId: isString,
    cursor: nullable(isNumber),
  }),
  object<Extract<ToWebview, { kind: "caret" }>>({ kind: literal("caret"), uri: isString, line: isNumber }),
  object<Extract<ToWebview, { kind: "server" }>>({
    kind: literal("server"),
    status: literal("starting", "running", "stopped"),
    message: isString,
  }),
);
