/** Tasks of type `raftlab`: run, check, and whether files are formatted. */
import * as vscode from "vscode";
import { members } from "../arguments.js";
import type { LabServer } from "../server.js";
import { planName, readPlan, TASK_COMMANDS, type TaskPlan } from "./plan.js";
import { LabTerminal, TaskOutputs } from "./terminal.js";

/** The type in the manifest's `taskDefinitions`. */
const TASK_TYPE = "raftlab";

/** The language server marks open files itself; see docs/testing.md. */
const MATCHER = "$raftlab-closed";

/** Offers the tasks, and completes those in `tasks.json`. */
export function createTaskProvider(server: LabServer): vscode.Disposable {
  const outputs = new TaskOutputs(server);

  function makeTask(
    definition: vscode.TaskDefinition,
    scope: vscode.WorkspaceFolder | vscode.TaskScope,
    name?: string,
  ): vscode.Task | undefined {
    const plan = readPlan(members(definition));
    if (plan === undefined) return undefined;
    const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
    const execution = new vscode.CustomExecution(async (resolved) =>
      // Variables such as ${file} stand for what they mean now.
      Promise.resolve(new LabTerminal(server, outputs, readPlan(members(resolved)) ?? plan, folder?.uri)),
    );
    const task = new vscode.Task(definition, scope, name ?? planName(plan), TASK_TYPE, execution, MATCHER);
    if (plan.command === "run") task.group = vscode.TaskGroup.Test;
    task.detail = detailOf(plan);
    return task;
  }

  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks: () => {
      const scope = vscode.workspace.workspaceFolders?.[0] ?? vscode.TaskScope.Workspace;
      const file = activeFile();
      const definitions = TASK_COMMANDS.flatMap((command): vscode.TaskDefinition[] => {
        const all = { type: TASK_TYPE, command };
        return file === null ? [all] : [all, { ...all, file }];
      });
      return definitions.flatMap((definition) => makeTask(definition, scope) ?? []);
    },
    resolveTask: (task) => makeTask(task.definition, task.scope ?? vscode.TaskScope.Workspace, task.name),
  });
}

function activeFile(): string | null {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "raftlab" || document.uri.scheme !== "file") return null;
  return vscode.workspace.asRelativePath(document.uri, false);
}

function detailOf({ command, file }: TaskPlan): string {
  const where = file ?? vscode.l10n.t("all scenario files of the workspace");
  switch (command) {
    case "run":
      return vscode.l10n.t("Runs scenarios: {0}", where);
    case "check":
      return vscode.l10n.t("Prints diagnostics: {0}", where);
    case "format":
      return vscode.l10n.t("Tells which files are not formatted: {0}", where);
  }
}
