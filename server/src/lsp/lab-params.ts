/** The parameters of the requests in `protocol/requests.ts`, checked where they enter the server. */
import type { ParamsOf } from "../lab/contract.js";
import type {
  CursorMove,
  clusterViewRequest,
  deleteSessionRequest,
  eventOfLineRequest,
  eventsRequest,
  keyHistoryRequest,
  keysRequest,
  LiveControl,
  liveActRequest,
  liveBranchRequest,
  liveControlRequest,
  liveStartRequest,
  moveCursorRequest,
  openSessionRequest,
  runRequest,
  scenariosRequest,
  timelineRequest,
  watchesRequest,
  whyRequest,
} from "../protocol/requests.js";
import { type Fields, given } from "./fields.js";
import { readSubject } from "./why-params.js";

/** A live cluster steps at most so many events at once, and a page of events is at most so long. */
const MAX_EVENTS = 1_000_000;

/** `raftlab/run` */
export function readRun(f: Fields): ParamsOf<typeof runRequest> {
  return {
    uri: f.string("uri"),
    scenario: f.string("scenario"),
    ...given("seed", f.optionalInteger("seed", 0)),
    ...given("settings", f.optionalStrings("settings")),
    ...given("textOf", f.optionalString("textOf")),
    ...given("workDoneToken", f.optionalToken("workDoneToken")),
  };
}

/** `raftlab/scenarios` */
export function readScenarios(f: Fields): ParamsOf<typeof scenariosRequest> {
  return { uri: f.string("uri") };
}

/** `raftlab/live/start` */
export function readLiveStart(f: Fields): ParamsOf<typeof liveStartRequest> {
  return {
    ...given("uri", f.optionalString("uri")),
    ...given("scenario", f.optionalString("scenario")),
    ...given("seed", f.optionalInteger("seed", 0)),
  };
}

/** `raftlab/live/control` */
export function readLiveControl(f: Fields): ParamsOf<typeof liveControlRequest> {
  return { sessionId: f.string("sessionId"), control: f.object("control", readControl) };
}

function readControl(f: Fields): LiveControl {
  const kind = f.oneOf("kind", ["run", "pause", "stop", "step", "pace"]);
  switch (kind) {
    case "step":
      return { kind, events: Math.min(f.integer("events", 1), MAX_EVENTS) };
    case "pace":
      return { kind, pace: f.positiveOrNull("pace") };
    default:
      return { kind };
  }
}

/** `raftlab/live/act`, `raftlab/live/check` */
export function readLiveAct(f: Fields): ParamsOf<typeof liveActRequest> {
  return { sessionId: f.string("sessionId"), step: f.string("step") };
}

/** `raftlab/session/open`, `raftlab/session/delete`, `raftlab/live/names` */
export function readSession(f: Fields): ParamsOf<typeof openSessionRequest> & ParamsOf<typeof deleteSessionRequest> {
  return { sessionId: f.string("sessionId") };
}

/** `raftlab/cursor/move` */
export function readMoveCursor(f: Fields): ParamsOf<typeof moveCursorRequest> {
  return { sessionId: f.string("sessionId"), move: f.object("move", readMove) };
}

function readMove(f: Fields): CursorMove {
  const kind = f.oneOf("kind", ["event", "time", "by", "jump"]);
  switch (kind) {
    case "event":
      return { kind, eventId: f.integerOrNull("eventId", -1) };
    case "time":
      return { kind, timeUs: f.integer("timeUs", 0) };
    case "by":
      return { kind, events: f.integer("events", Number.MIN_SAFE_INTEGER) };
    case "jump":
      return {
        kind,
        direction: f.oneOf("direction", ["next", "previous"]),
        to: f.oneOf("to", ["leader", "commit", "failure", "note", "fault", "message", "step"]),
        ...given("server", f.optionalString("server")),
      };
  }
}

/** `raftlab/eventOfLine` */
export function readEventOfLine(f: Fields): ParamsOf<typeof eventOfLineRequest> {
  return { sessionId: f.string("sessionId"), line: f.integer("line", 1) };
}

/** `raftlab/live/branch` */
export function readBranch(f: Fields): ParamsOf<typeof liveBranchRequest> {
  return { sessionId: f.string("sessionId"), ...given("eventId", f.optionalInteger("eventId", -1)) };
}

/** `raftlab/view/cluster` */
export function readClusterView(f: Fields): ParamsOf<typeof clusterViewRequest> {
  return {
    sessionId: f.string("sessionId"),
    eventId: f.integerOrNull("eventId", -1),
    ...given("logWindow", f.optionalInteger("logWindow", 0)),
    ...given("logEnd", f.optionalInteger("logEnd", 0)),
    ...given("keysAfter", f.optionalString("keysAfter")),
  };
}

/** `raftlab/view/timeline` */
export function readTimeline(f: Fields): ParamsOf<typeof timelineRequest> {
  return {
    sessionId: f.string("sessionId"),
    ...given("fromUs", f.optionalInteger("fromUs", 0)),
    ...given("toUs", f.optionalInteger("toUs", 0)),
    buckets: f.integer("buckets", 1),
  };
}

/** `raftlab/why` */
export function readWhy(f: Fields): ParamsOf<typeof whyRequest> {
  return {
    sessionId: f.string("sessionId"),
    eventId: f.integer("eventId", -1),
    ...given("about", f.optionalObject("about", readSubject)),
  };
}

/** `raftlab/events` */
export function readEvents(f: Fields): ParamsOf<typeof eventsRequest> {
  return {
    sessionId: f.string("sessionId"),
    from: f.integer("from", -1),
    count: Math.min(f.integer("count", 1), MAX_EVENTS),
  };
}

/** `raftlab/keys` */
export function readKeys(f: Fields): ParamsOf<typeof keysRequest> {
  return {
    sessionId: f.string("sessionId"),
    eventId: f.integerOrNull("eventId", -1),
    ...given("server", f.optionalString("server")),
    prefix: f.string("prefix"),
    ...given("after", f.optionalString("after")),
    ...given("limit", f.optionalInteger("limit", 1)),
  };
}

/** `raftlab/keyHistory` */
export function readKeyHistory(f: Fields): ParamsOf<typeof keyHistoryRequest> {
  return {
    sessionId: f.string("sessionId"),
    eventId: f.integerOrNull("eventId", -1),
    ...given("server", f.optionalString("server")),
    key: f.string("key"),
    ...given("before", f.optionalInteger("before", 1)),
    ...given("limit", f.optionalInteger("limit", 1)),
  };
}

/** `raftlab/watches` */
export function readWatches(f: Fields): ParamsOf<typeof watchesRequest> {
  return {
    sessionId: f.string("sessionId"),
    eventId: f.integerOrNull("eventId", -1),
    ...given("changes", f.optionalInteger("changes", 1)),
  };
}
