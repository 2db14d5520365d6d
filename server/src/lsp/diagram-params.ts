/** The parameters of the requests for message diagrams, checked where they enter the server. */
import type { ParamsOf } from "../lab/contract.js";
import type {
  diagramFindRequest,
  diagramOverviewRequest,
  diagramPlaceRequest,
  diagramRowsRequest,
} from "../protocol/diagram-rows.js";
import type { DiagramFilter, DiagramWindow, diagramRequest } from "../protocol/requests.js";
import { type Fields, given } from "./fields.js";

/** `raftlab/view/diagram` */
export function readDiagram(f: Fields): ParamsOf<typeof diagramRequest> {
  return {
    sessionId: f.string("sessionId"),
    window: f.object("window", readWindow),
    ...given("filter", f.optionalObject("filter", readFilter)),
    ...given("limit", f.optionalInteger("limit", 1)),
  };
}

function readWindow(f: Fields): DiagramWindow {
  const kind = f.oneOf("kind", ["events", "time", "around"]);
  switch (kind) {
    case "events":
      return { kind, from: f.integer("from", -1), to: f.integer("to", -1) };
    case "time":
      return { kind, fromUs: f.integer("fromUs", 0), toUs: f.integer("toUs", 0) };
    case "around":
      return { kind, eventId: f.integer("eventId", -1) };
  }
}

function readFilter(f: Fields): DiagramFilter {
  return {
    ...given("servers", f.optionalStrings("servers")),
    ...given("types", f.optionalStrings("types")),
    ...given("foldHeartbeats", f.optionalBoolean("foldHeartbeats")),
    ...given("clients", f.optionalBoolean("clients")),
    ...given("text", f.optionalString("text")),
    ...given("terms", f.optionalObject("terms", readTerms)),
    ...given("span", f.optionalObject("span", readSpan)),
  };
}

function readTerms(f: Fields): NonNullable<DiagramFilter["terms"]> {
  return { from: f.integer("from", 0), to: f.integer("to", 0) };
}

function readSpan(f: Fields): NonNullable<DiagramFilter["span"]> {
  return { fromUs: f.integer("fromUs", 0), toUs: f.integer("toUs", 0) };
}

/** `raftlab/view/diagramRows` */
export function readDiagramRows(f: Fields): ParamsOf<typeof diagramRowsRequest> {
  return {
    sessionId: f.string("sessionId"),
    selection: f.object("selection", readFilter),
    from: f.integer("from", 0),
    count: f.integer("count", 0),
  };
}

/** `raftlab/view/diagramPlace` */
export function readDiagramPlace(f: Fields): ParamsOf<typeof diagramPlaceRequest> {
  return {
    sessionId: f.string("sessionId"),
    selection: f.object("selection", readFilter),
    at: f.object("at", readPlace),
  };
}

function readPlace(f: Fields): ParamsOf<typeof diagramPlaceRequest>["at"] {
  const line = f.optionalInteger("line", 1);
  if (line !== undefined) return { line };
  const timeUs = f.optionalInteger("timeUs", 0);
  return timeUs === undefined ? { eventId: f.integer("eventId", -1) } : { timeUs };
}

/** `raftlab/view/diagramFind` */
export function readDiagramFind(f: Fields): ParamsOf<typeof diagramFindRequest> {
  return {
    sessionId: f.string("sessionId"),
    selection: f.object("selection", readFilter),
    text: f.string("text"),
    row: f.integer("row", -1),
    direction: f.oneOf("direction", ["next", "previous"]),
  };
}

/** `raftlab/view/diagramOverview` */
export function readDiagramOverview(f: Fields): ParamsOf<typeof diagramOverviewRequest> {
  return {
    sessionId: f.string("sessionId"),
    selection: f.object("selection", readFilter),
    buckets: f.integer("buckets", 1),
  };
}
