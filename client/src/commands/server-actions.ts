/** What a person can do about the lab itself, from the keyboard: the same as the tooltip of its status offers. */
import * as vscode from "vscode";
import type { Services } from "../services.js";

/** An action on the lab: the command that does it and its words. */
export interface ServerAction {
  readonly command: string;
  readonly icon: string;
  readonly label: string;
}

/** The actions, the most wanted first. */
export function actionsOnServer(): readonly ServerAction[] {
  return [
    { command: "raftlab.restartServer", icon: "debug-restart", label: vscode.l10n.t("Restart Lab") },
    { command: "raftlab.showLog", icon: "output", label: vscode.l10n.t("Show Log") },
    { command: "raftlab.runs.focus", icon: "history", label: vscode.l10n.t("Open Runs") },
    { command: "raftlab.openReport", icon: "bug", label: vscode.l10n.t("Open Last Problem Report") },
  ];
}

/** Says how the lab is and does what is chosen. */
export async function serverActions({ server }: Services): Promise<void> {
  const items = actionsOnServer().map(({ command, icon, label }) => ({ label: `$(${icon}) ${label}`, command }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Raft Lab", placeHolder: server.status.message });
  if (chosen) await vscode.commands.executeCommand(chosen.command);
}
