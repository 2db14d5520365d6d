/**
 * Messages between the extension and its webviews. The webview knows nothing of VS Code: it sends `ready`,
 * then asks for views by the methods of `requests.ts`, which the extension forwards to the server.
 *
 * Obligations: the extension sends nothing before `ready`; it answers every request exactly once; the
 * webview keeps its state through `setState` of the webview API so that the serializer can restore it.
 */
import type { EventId, SessionId, SessionInfo } from "./session.js";

/** The panels, by the names of their bundles in `dist/media`. */
export const PANELS = ["cluster", "diagram"] as const;

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
  | { readonly kind: "openPanel"; readonly panel: PanelKind }
  | { readonly kind: "showLog" | "restartServer" }
  | { readonly kind: "error"; readonly message: string };

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
  | { readonly kind: "cursor"; readonly sessionId: SessionId; readonly cursor: EventId | null }
  /** The caret of the editor stands in this line (1-based) of a scenario; at most ten a second. */
  | { readonly kind: "caret"; readonly uri: string; readonly line: number }
  /** `stopped`: requests fail until `running`; the panel says so and keeps its last picture. */
  | { readonly kind: "server"; readonly status: "starting" | "running" | "stopped"; readonly message: string };

/** State a webview keeps across reloads. */
export interface WebviewState {
  readonly sessionId: SessionId | null;
  /** View-specific: zoom, filters, folded sections; JSON. */
  readonly view: unknown;
}

/** Methods a webview may call; anything else is refused by the extension. */
export const WEBVIEW_METHODS: readonly string[] = [
  "raftlab/sessions",
  "raftlab/session/open",
  "raftlab/cursor/move",
  "raftlab/view/cluster",
  "raftlab/view/timeline",
  "raftlab/view/diagram",
  "raftlab/view/diagramRows",
  "raftlab/view/diagramPlace",
  "raftlab/view/diagramFind",
  "raftlab/view/diagramOverview",
  "raftlab/why",
  "raftlab/events",
  "raftlab/eventOfLine",
  "raftlab/live/start",
  "raftlab/live/control",
  "raftlab/live/act",
];
