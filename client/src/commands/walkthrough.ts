/** `Raft Lab: Open Walkthrough`. */
import * as vscode from "vscode";
import type { Services } from "../services.js";

/** Shows the walkthrough of the manifest from its first step. */
export async function openWalkthrough({ context }: Services): Promise<void> {
  const walkthrough = `${context.extension.id}#firstCluster`;
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
}
