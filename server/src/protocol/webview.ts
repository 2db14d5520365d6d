/**
 * Messages between the extension and its webviews. The webview knows nothing of VS Code: it sends `ready`,
 * then asks for views by the methods of `requests.ts`, which the extension forwards to the server.
 *
 * Obligations: the extension sends nothing before `ready`; it answers every request exactly once; the
 * webview keeps its state through `setState` of the webview API so that the serializer can restore it, and tells it to the extension,
 * which writes it into the page (as JSON in the element `kept`) of the next panel of that kind.
 */
import type { Bookmark } from "./bookmarks.js";
import type { EventId, SessionId, SessionInfo } from "./session.js";

/** The panels, by the names of their bundles in `dist/media`. */
export const PANELS = ["cluster", "diagram", "history", "compare"] as const;

/** Which panel. */
export type PanelKind = (typeof PANELS)[number];

/** From the webview to the extension. */
export type FromWebview =
  | { readonly kind: "ready" }
  /** `method` is one of {@link WEBVIEW_METHODS}. */
  | { readonly kind: "request"; readonly id: number; readonly method: string; readonly params: unknown }
  /** Show the scenario's line (1-based) in the editor. */
  | { readonly kind: "reveal"; readonly uri: string; readonly line: number }
  | { readonly kind: "copy"; readonly text: string }
  /** Save a text with a dialog; `name` proposes the file name. With `encoding` the text stands for bytes. */
  | { readonly kind: "save"; readonly name: string; readonly text: string; readonly encoding?: "base64" }
  /** `sessionId`: makes this session the current one first. */
  | { readonly kind: "openPanel"; readonly panel: PanelKind; readonly sessionId?: SessionId }
  /** Run the scenario of a run once more, otherwise, and compare the two: the person is asked what is needed. */
  | { readonly kind: "compareWith"; readonly how: CompareHow; readonly sessionId: SessionId }
  /** The state to go on from when a panel of this kind is opened again; told some time after it changed. */
  | { readonly kind: "state"; readonly state: WebviewState }
  | { readonly kind: "showLog" | "restartServer" }
  | { readonly kind: "error"; readonly message: string };

/** What a run is compared with: another seed, one setting flipped, its file as it is now, another run that is kept. */
export const COMPARE_HOW = ["seed", "setting", "file", "run"] as const;

/** One of {@link COMPARE_HOW}. */
export type CompareHow = (typeof COMPARE_HOW)[number];

/** From the extension to the webview. */
export type ToWebview =
  /**
   * Which session to show, `null` when there is none yet. Answers `ready`; only `server` may come before it, while
   * the server is being started. Sent again whenever another session is to be shown, or the shown one was deleted.
   */
  | { readonly kind: "init"; readonly session: SessionInfo | null; readonly locale: string }
  | { readonly kind: "response"; readonly id: number; readonly result: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly message: string }
  | { readonly kind: "session"; readonly session: SessionInfo }
  /** To the comparison alone: which two to show; and every session that is deleted. It hears of all sessions and cursors. */
  | { readonly kind: "compare"; readonly left: SessionId; readonly right: SessionId }
  | { readonly kind: "deleted"; readonly sessionId: SessionId }
  | { readonly kind: "cursor"; readonly sessionId: SessionId; readonly cursor: EventId | null }
  | { readonly kind: "bookmarks"; readonly sessionId: SessionId; readonly bookmarks: readonly Bookmark[] }
  /** A command asks it of the panel; comes after `init`. */
  | { readonly kind: "lecture" }
  /** The caret of the editor stands in this line (1-based) of a scenario; at most ten a second. */
  | { readonly kind: "caret"; readonly uri: string; readonly line: number }
  /** `stopped`: requests fail until `running`; the panel says so and keeps its last picture. */
  | { readonly kind: "server"; readonly status: "starting" | "running" | "stopped"; readonly message: string };

/** State a webview keeps across reloads. */
export interface WebviewState {
  readonly sessionId: SessionId | null;
  /** View-specific: zoom, filters, folded sections; JSON. */
  readonly view: unknown;
  /** How far the page is scrolled down, CSS pixels. */
  readonly scrollTop?: number;
}

/** Methods a webview may call; anything else is refused by the extension. */
export const WEBVIEW_METHODS: readonly string[] = [
  "raftlab/sessions",
  "raftlab/session/open",
  "raftlab/cursor/move",
  "raftlab/view/cluster",
  "raftlab/entry",
  "raftlab/view/timeline",
  "raftlab/notes",
  "raftlab/bookmarks",
  "raftlab/bookmarks/put",
  "raftlab/bookmarks/remove",
  "raftlab/view/diagram",
  "raftlab/view/diagramRows",
  "raftlab/view/diagramPlace",
  "raftlab/view/diagramFind",
  "raftlab/view/diagramOverview",
  "raftlab/view/comparison",
  "raftlab/view/milestones",
  "raftlab/view/history",
  "raftlab/view/historyRows",
  "raftlab/view/historyOperation",
  "raftlab/view/historyCheck",
  "raftlab/why",
  "raftlab/events",
  "raftlab/eventOfLine",
  "raftlab/live/start",
  "raftlab/live/control",
  "raftlab/live/act",
  "raftlab/live/message",
  "raftlab/live/branch",
];
