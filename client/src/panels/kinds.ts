/** The webview panels: the type under which VS Code restores each after a reload, and the name on its tab. */
import * as vscode from "vscode";
import type { PanelKind } from "../../../server/src/protocol/webview.js";

/** What VS Code is told of a panel. */
interface PanelFacts {
  readonly viewType: string;
  /** The name on its tab; which session it shows is said in the panel. */
  title(): string;
}

/** Every panel. */
export const PANEL_FACTS: Readonly<Record<PanelKind, PanelFacts>> = {
  cluster: { viewType: "raftlab.clusterPanel", title: () => vscode.l10n.t("Raft Cluster") },
  compare: { viewType: "raftlab.comparePanel", title: () => vscode.l10n.t("Raft Comparison") },
  history: { viewType: "raftlab.historyPanel", title: () => vscode.l10n.t("Client History") },
  diagram: { viewType: "raftlab.diagramPanel", title: () => vscode.l10n.t("Raft Messages") },
};
