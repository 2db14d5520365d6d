/** The panels: at most one of each, restored after a reload of the window. */
import * as vscode from "vscode";
import type { SessionId } from "../../../server/src/protocol/session.js";
import { PANELS, type PanelKind } from "../../../server/src/protocol/webview.js";
import type { PanelCommand, PanelOpener, Services } from "../services.js";
import { mediaFolder } from "./html.js";
import { KeptPanels } from "./kept.js";
import { PANEL_FACTS } from "./kinds.js";
import { parseWebviewState } from "./messages.js";
import { LabPanel } from "./panel.js";

/** Opens panels when somebody asks, and takes over those that VS Code restores. */
export class PanelManager implements PanelOpener, vscode.Disposable {
  readonly #panels = new Map<PanelKind, LabPanel>();
  #services: Services | undefined;
  #kept: KeptPanels | undefined;

  /** Must be called once, before the first panel: the services hold this manager, so they come later than it. */
  connect(services: Services): vscode.Disposable {
    this.#services = services;
    const kept = new KeptPanels(services.context.workspaceState);
    this.#kept = kept;
    return vscode.Disposable.from(
      kept,
      ...PANELS.map((kind) =>
        vscode.window.registerWebviewPanelSerializer(PANEL_FACTS[kind].viewType, {
          deserializeWebviewPanel: (panel, state: unknown) => {
            panel.webview.options = webviewOptions(services, kind);
            this.#adopt(kind, panel, services, kept, parseWebviewState(state).sessionId);
            return Promise.resolve();
          },
        }),
      ),
    );
  }

  open(kind: PanelKind, focus: boolean): void {
    const services = this.#services;
    const kept = this.#kept;
    if (!services || !kept) return;
    const existing = this.#panels.get(kind);
    if (existing) {
      existing.reveal(focus);
      return;
    }
    const { viewType, title } = PANEL_FACTS[kind];
    const place = { viewColumn: this.#column(), preserveFocus: !focus };
    const panel = vscode.window.createWebviewPanel(viewType, title(), place, webviewOptions(services, kind));
    // What the other views show; a panel that is the first of them goes on with what it showed last.
    this.#adopt(kind, panel, services, kept, services.sessions.current ? null : kept.read(kind).sessionId);
  }

  tell(kind: PanelKind, message: PanelCommand): void {
    this.#panels.get(kind)?.tell(message);
  }

  openComparison(left: SessionId, right: SessionId): void {
    this.open("compare", false);
    this.#panels.get("compare")?.compare(left, right);
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
    this.#panels.clear();
  }

  /** Beside the scenario; further panels join the first. */
  #column(): vscode.ViewColumn {
    for (const group of vscode.window.tabGroups.all) {
      const ours = group.tabs.some((tab) => tab.input instanceof vscode.TabInputWebview && isOurs(tab.input.viewType));
      if (ours) return group.viewColumn;
    }
    return vscode.window.visibleTextEditors.length > 0 ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  }

  #adopt(
    kind: PanelKind,
    panel: vscode.WebviewPanel,
    services: Services,
    kept: KeptPanels,
    sessionId: string | null,
  ): void {
    this.#panels.get(kind)?.dispose();
    const created = new LabPanel(kind, panel, services, kept, sessionId, () => {
      if (this.#panels.get(kind) === created) this.#panels.delete(kind);
    });
    this.#panels.set(kind, created);
  }
}

/** VS Code puts a prefix of its own before the view type of a tab. */
function isOurs(type: string): boolean {
  return PANELS.some((kind) => type.endsWith(PANEL_FACTS[kind].viewType));
}

function webviewOptions(services: Services, kind: PanelKind): vscode.WebviewOptions & vscode.WebviewPanelOptions {
  return {
    enableScripts: true,
    // The diagram has a search of its own: the editor's sees only the rows that are drawn.
    enableFindWidget: kind !== "diagram",
    localResourceRoots: [mediaFolder(services.context.extensionUri)],
  };
}
