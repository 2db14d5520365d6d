/** What commands, views and panels share. */
import type * as vscode from "vscode";
import type { SessionId } from "../../server/src/protocol/session.js";
import type { PanelKind, ToWebview } from "../../server/src/protocol/webview.js";
import type { Bookmarks } from "./bookmarks.js";
import type { ErrorReporter } from "./errors.js";
import type { History } from "./history.js";
import type { Results } from "./output.js";
import type { Reports } from "./reports.js";
import type { LabServer } from "./server.js";
import type { Sessions } from "./sessions.js";
import type { KeyNode } from "./views/keys-tree.js";
import type { RunNode } from "./views/runs-model.js";
import type { WatchNode } from "./views/watches-tree.js";

/** What a command asks of a panel. */
export type PanelCommand = Extract<ToWebview, { kind: "lecture" }>;

/** Opens the webview panels. */
export interface PanelOpener {
  /** Shows a panel beside the editor; the focus stays where it is unless `focus`. */
  open(kind: PanelKind, focus: boolean): void;
  /** Shows two sessions side by side; the focus stays where it is. */
  openComparison(left: SessionId, right: SessionId): void;
  /** Tells an open panel something, as soon as it shows its session. */
  tell(kind: PanelKind, message: PanelCommand): void;
}

/** The Keys view, as far as commands need it. */
export interface KeyPages {
  /** The element that was clicked last, or chosen by the keyboard. */
  readonly selected: KeyNode | undefined;
  /** Shows another page of the level that the given "more" element ends. */
  showMore(node: KeyNode): void;
}

/** The Watches view, as far as commands need it. */
export interface WatchRows {
  /** The element that was clicked last, or chosen by the keyboard. */
  readonly selected: WatchNode | undefined;
}

/** The Runs view, as far as commands need it. */
export interface RunRows {
  /** The sessions whose rows are selected. */
  readonly selected: readonly SessionId[];
  /** The element that was clicked last, or chosen by the keyboard. */
  readonly clicked: RunNode | undefined;
  /** Arranges the rows by file, or else newest first. */
  group(grouped: boolean): void;
  /** Shows another page of the level that the given "more" element ends. */
  showMore(node: RunNode): void;
}

/** The extension's parts, handed to whoever needs them. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: LabServer;
  readonly sessions: Sessions;
  readonly bookmarks: Bookmarks;
  readonly errors: ErrorReporter;
  readonly results: Results;
  readonly history: History;
  readonly panels: PanelOpener;
  readonly keys: KeyPages;
  readonly watches: WatchRows;
  readonly reports: Reports;
  readonly runs: RunRows;
}
