/** What the message diagram knows at a moment. */
import type { DiagramFilter, DiagramWindow } from "../../server/src/protocol/requests.js";
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import type { DiagramView } from "../../server/src/protocol/views.js";
import type { WhyView } from "../../server/src/protocol/why.js";
import { isRecord, isString } from "../shared/guard.js";
import type { ServerStatus } from "../shared/panel.js";

/** Which part of a run is shown. */
export type WindowChoice =
  /** From the first event, as far as the limit goes. */
  | { readonly kind: "whole" }
  /** Follows the cursor. */
  | { readonly kind: "around" }
  /** From this event on, as far as the limit goes. */
  | { readonly kind: "page"; readonly from: EventId };

/** The filter with all members present. */
export interface Filter {
  /** Empty shows all. */
  readonly servers: readonly string[];
  readonly types: readonly string[];
  readonly foldHeartbeats: boolean;
  readonly clients: boolean;
}

/** The whole state of the panel. */
export interface DiagramState {
  readonly known: boolean;
  readonly server: ServerStatus;
  readonly session: SessionInfo | null;
  readonly view: DiagramView | null;
  readonly window: WindowChoice;
  readonly filter: Filter;
  readonly limit: number;
  /** 1 is the natural size. */
  readonly zoom: number;
  /** Index of the picked row, or `null`. */
  readonly picked: number | null;
  readonly why: { readonly eventId: EventId; readonly view: WhyView | null; readonly failure: string | null } | null;
  readonly failure: string | null;
  /** A diagram is asked for, or being drawn. */
  readonly busy: boolean;
  /** Milliseconds that the last drawing took. */
  readonly drawnMs: number | null;
  readonly filtersOpen: boolean;
}

/** Row limits to choose from; mermaid takes about a millisecond a row. */
export const LIMITS = [100, 200, 500] as const;

/** Message types that can be left out; heartbeats go with AppendEntries. */
export const TYPES = [
  "RequestVote",
  "RequestVoteReply",
  "PreVote",
  "PreVoteReply",
  "AppendEntries",
  "AppendEntriesReply",
  "InstallSnapshot",
  "InstallSnapshotReply",
  "TimeoutNow",
  "TimeoutNowReply",
  "ReadIndex",
  "ReadIndexReply",
  "ClientRequest",
  "ClientRequestReply",
  "WatchCreateRequest",
  "WatchCancelRequest",
  "WatchProgressRequest",
  "WatchPing",
  "WatchPong",
  "WatchResponse",
] as const;

/** A run with more events than this is not shown whole at first. */
export const WHOLE_LIMIT = 1500;

/** The state before anything is known. */
export const initialState: DiagramState = {
  known: false,
  server: { status: "running", message: "" },
  session: null,
  view: null,
  window: { kind: "whole" },
  filter: { servers: [], types: [], foldHeartbeats: true, clients: true },
  limit: 200,
  zoom: 1,
  picked: null,
  why: null,
  failure: null,
  busy: false,
  drawnMs: null,
  filtersOpen: false,
};

/** What survives a reload besides the session. */
export function keptOf(state: DiagramState): unknown {
  const { window, filter, limit, zoom, filtersOpen } = state;
  return { window, filter, limit, zoom, filtersOpen };
}

/** Reads what {@link keptOf} kept; whatever cannot be read keeps its default. */
export function restore(kept: unknown): Partial<DiagramState> {
  if (!isRecord(kept)) return {};
  const { window, filter, limit, zoom, filtersOpen } = kept;
  const patch: { -readonly [K in keyof DiagramState]?: DiagramState[K] } = {};
  if (isRecord(window)) {
    if (window["kind"] === "around") patch.window = { kind: "around" };
    if (window["kind"] === "page" && typeof window["from"] === "number")
      patch.window = { kind: "page", from: window["from"] };
  }
  if (isRecord(filter)) {
    const texts = (value: unknown) => (Array.isArray(value) ? value.filter(isString) : []);
    patch.filter = {
      servers: texts(filter["servers"]),
      types: texts(filter["types"]),
      foldHeartbeats: filter["foldHeartbeats"] !== false,
      clients: filter["clients"] !== false,
    };
  }
  const known = LIMITS.find((each) => each === limit);
  if (known !== undefined) patch.limit = known;
  if (typeof zoom === "number" && zoom >= 0.1 && zoom <= 5) patch.zoom = zoom;
  if (filtersOpen === true) patch.filtersOpen = true;
  return patch;
}

/** The window to ask the server for. */
export function windowOf(state: DiagramState): DiagramWindow {
  const last = Math.max(0, (state.session?.events ?? 1) - 1);
  const { window } = state;
  if (window.kind === "around") return { kind: "around", eventId: state.session?.cursor ?? last };
  return { kind: "events", from: window.kind === "page" ? window.from : 0, to: last };
}

/** The filter to ask the server for. */
export function filterOf(filter: Filter): DiagramFilter {
  return { ...filter };
}
