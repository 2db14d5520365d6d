/** What the cluster panel knows at a moment: the server's views, and what the person has picked. */
import type { Bookmark } from "../../server/src/protocol/bookmarks.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import type { EventView } from "../../server/src/protocol/event-view.js";
import type { EntryDetailsView } from "../../server/src/protocol/log-entry.js";
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import type { TimelineView } from "../../server/src/protocol/timeline-view.js";
import type { WhyQuestion, WhySubject, WhyView } from "../../server/src/protocol/why.js";
import { MATRIX_ORDERS, type MatrixOrder } from "../../server/src/view-model/cluster/matrix.js";
import type { Ability } from "../../server/src/view-model/cluster/menu.js";
import type { MenuTarget } from "../../server/src/view-model/cluster/menu-item.js";
import type { Span } from "../../server/src/view-model/timeline/span.js";
import { emptyTrail, type Trail } from "../../server/src/view-model/why/trail.js";
import { isNumber, isRecord, isString, literal, object, union } from "../shared/guard.js";
import type { ServerStatus } from "../shared/panel.js";
import { type LectureState, NO_LECTURE } from "./lecture-state.js";
import { type TimelineTouch, UNTOUCHED } from "./timeline-input.js";

/** What the person has picked; faults act on it and the inspector shows it. */
export type Selection =
  | { readonly kind: "server"; readonly server: string }
  | { readonly kind: "link"; readonly from: string; readonly to: string }
  | { readonly kind: "message"; readonly eventId: EventId; readonly copy: number }
  | { readonly kind: "entry"; readonly server: string; readonly index: number }
  | { readonly kind: "client"; readonly client: string };

/** An asked "why" and what came of it. */
export interface WhyState {
  /** `s3 is leader`: what was asked. */
  readonly title: string;
  /** The event it was asked at, and the subject when it was not the event itself. */
  readonly eventId: EventId;
  readonly about: WhySubject | null;
  readonly view: WhyView | null;
  readonly failure: string | null;
}

/** The picked entry as all servers have it, at an event. */
export interface EntryState {
  readonly server: string;
  readonly index: number;
  readonly eventId: EventId;
  readonly details: EntryDetailsView | null;
  readonly failure: string | null;
}

/** A context menu that is open: of what, and where its corner stands in the window. */
export interface OpenMenu {
  readonly target: MenuTarget;
  readonly x: number;
  readonly y: number;
}

/** Word to the person that stays until dismissed or overtaken. */
export interface Notice {
  readonly kind: "error" | "info";
  readonly text: string;
}

/** A replay of a recorded run: the panel moves the cursor along virtual time. */
export interface Replay {
  /** Virtual seconds per real second. */
  readonly pace: number;
  readonly timeUs: number;
}

/** The whole state of the panel. */
export interface ClusterState {
  /** False until the extension has said which session to show. */
  readonly known: boolean;
  readonly server: ServerStatus;
  readonly session: SessionInfo | null;
  readonly view: ClusterView | null;
  /** The view shown before, for marking what changed. */
  readonly before: ClusterView | null;
  readonly event: EventView | null;
  /** The best known view of the shown span. */
  readonly timeline: TimelineView | null;
  /** The view of the whole run. */
  readonly overview: TimelineView | null;
  readonly touch: TimelineTouch;
  /** As their events follow one another. */
  readonly bookmarks: readonly Bookmark[];
  /** The bookmark whose name is being written. */
  readonly renaming: EventId | null;
  readonly lecture: LectureState;
  /** The zoomed span of the timeline; `null` shows all of it. */
  readonly span: Span | null;
  readonly selection: Selection | null;
  readonly why: WhyState | null;
  /** The questions asked so far in this session. */
  readonly trail: Trail<WhyQuestion>;
  readonly notice: Notice | null;
  /** The step that is being done on the live cluster, if any. */
  readonly acting: string | null;
  readonly replay: Replay | null;
  readonly menu: OpenMenu | null;
  readonly entry: EntryState | null;
  /** The last index that the table of logs shows; `null` follows the newest. */
  readonly logEnd: number | null;
  /** The keys before which pages of the table of keys end, the newest page last; empty for the first page. */
  readonly keyPages: readonly string[];
  readonly order: MatrixOrder;
  /** Pace of the next replay. */
  readonly replayPace: number;
  /** Width of the timeline's drawing, CSS pixels. */
  readonly width: number;
  readonly closed: readonly SectionName[];
  /** Loaded pages of the event list, by first event. */
  readonly pages: ReadonlyMap<EventId, readonly EventView[]>;
  /** Index of the first event shown by the list, while it does not follow the cursor. */
  readonly listTop: number;
}

/** Sections that can be folded away. */
export const SECTIONS = ["servers", "cards", "inspect", "faults", "logs", "state", "clients", "events"] as const;

/** One of {@link SECTIONS}. */
export type SectionName = (typeof SECTIONS)[number];

/** The state before anything is known. */
export const initialState: ClusterState = {
  known: false,
  server: { status: "running", message: "" },
  session: null,
  view: null,
  before: null,
  event: null,
  timeline: null,
  overview: null,
  touch: UNTOUCHED,
  bookmarks: [],
  renaming: null,
  lecture: NO_LECTURE,
  span: null,
  selection: null,
  why: null,
  trail: emptyTrail,
  notice: null,
  acting: null,
  replay: null,
  menu: null,
  entry: null,
  logEnd: null,
  keyPages: [],
  order: "server",
  replayPace: 0.05,
  width: 0,
  closed: [],
  pages: new Map(),
  listTop: 0,
};

/** What survives a reload besides the session. */
export function keptOf(state: ClusterState): unknown {
  const { selection, closed, replayPace, span, lecture, order } = state;
  return { selection, closed, replayPace, span, lecture: lecture.on, order };
}

/** Reads what {@link keptOf} kept; whatever cannot be read keeps its default. */
export function restore(kept: unknown): Partial<ClusterState> {
  if (!isRecord(kept)) return {};
  const patch: {
    closed?: readonly SectionName[];
    replayPace?: number;
    selection?: Selection;
    span?: Span;
    lecture?: LectureState;
    order?: MatrixOrder;
  } = {};
  const { closed, replayPace, selection, span, lecture, order } = kept;
  const known = MATRIX_ORDERS.find((each) => each === order);
  if (known !== undefined) patch.order = known;
  if (Array.isArray(closed)) patch.closed = SECTIONS.filter((name) => closed.includes(name));
  if (typeof replayPace === "number" && replayPace > 0) patch.replayPace = replayPace;
  if (isSelection(selection)) patch.selection = selection;
  if (lecture === true) patch.lecture = { ...NO_LECTURE, on: true };
  if (isRecord(span) && typeof span["fromUs"] === "number" && typeof span["toUs"] === "number") {
    patch.span = { fromUs: span["fromUs"], toUs: span["toUs"] };
  }
  return patch;
}

const isSelection = union<[Selection, Selection, Selection, Selection, Selection]>(
  object({ kind: literal("server"), server: isString }),
  object({ kind: literal("link"), from: isString, to: isString }),
  object({ kind: literal("message"), eventId: isNumber, copy: isNumber }),
  object({ kind: literal("entry"), server: isString, index: isNumber }),
  object({ kind: literal("client"), client: isString }),
);

/** What steps can be done on. */
export function abilityOf(state: ClusterState): Ability {
  if (canAct(state)) return "live";
  return state.session?.kind === "live" ? "stopped" : "run";
}

/** Whether two states differ in the time of a replay at most: what moves with it is set by itself. */
export function sameButTime(before: ClusterState, now: ClusterState): boolean {
  if (before.replay === null || now.replay === null || before.replay.pace !== now.replay.pace) return false;
  return Object.entries(now).every(([name, value]) => name === "replay" || Reflect.get(before, name) === value);
}

/** True when the person may act: a live cluster, and a server that answers. */
export function canAct(state: ClusterState): boolean {
  return (
    state.session?.kind === "live" &&
    (state.session.state.kind === "running" || state.session.state.kind === "paused") &&
    state.server.status === "running"
  );
}

/** True while a live cluster moves and the view follows it. */
export function isFlowing(state: ClusterState): boolean {
  return (
    state.session?.kind === "live" &&
    state.session.state.kind === "running" &&
    state.session.cursor === null &&
    state.server.status === "running"
  );
}

/** True while views follow one another by themselves or under a hand. */
export function isMoving(state: ClusterState): boolean {
  return isFlowing(state) || state.replay !== null || state.touch.held || state.touch.scrubUs !== null;
}
