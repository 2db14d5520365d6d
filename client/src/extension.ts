import * as vscode from "vscode";

/** Called by VS Code when one of the activation events fires. A first, minimal version: it only registers a command. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("raftlab.showVersion", () => {
      const version: unknown = (context.extension.packageJSON as { version?: unknown }).version;
      void vscode.window.showInformationMessage(vscode.l10n.t("Raft Lab {0}", String(version)));
    }),
  );
}
