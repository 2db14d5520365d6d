/** The lab's health in the status bar: what the server says of itself, and what can be done about it. */
import * as vscode from "vscode";
import { type ServerStatusParams, serverStatusNotification } from "../../../server/src/protocol/status.js";
import { actionsOnServer } from "../commands/server-actions.js";
import type { LabServer } from "../server.js";

/** What is shown, worst first: a process that does not run or answer says more than the last it has told. */
interface Shown {
  readonly severity: vscode.LanguageStatusSeverity;
  readonly busy: boolean;
  readonly text: string;
  readonly detail: string;
}

/** Shows the language status and a status bar item whose tooltip has the actions. */
export function createServerStatus(server: LabServer): vscode.Disposable {
  let told: ServerStatusParams | undefined;
  const language = vscode.languages.createLanguageStatusItem("raftlab.server", { language: "raftlab" });
  language.name = vscode.l10n.t("Raft Lab server");
  language.command = { command: "raftlab.serverActions", title: vscode.l10n.t("Actions…") };
  const bar = vscode.window.createStatusBarItem("raftlab.server", vscode.StatusBarAlignment.Left, 49);
  bar.name = vscode.l10n.t("Raft Lab: the lab's health");
  bar.command = "raftlab.serverActions";
  const show = (): void => {
    const { severity, busy, text, detail } = shown(server, told);
    language.text = text;
    language.detail = detail;
    language.severity = severity;
    language.busy = busy;
    const wrong = severity !== vscode.LanguageStatusSeverity.Information;
    // When all is well it is there beside a scenario only: the status bar is everybody's.
    const beside = vscode.window.activeTextEditor?.document.languageId === "raftlab";
    if (!server.wanted || !(wrong || beside)) {
      bar.hide();
      return;
    }
    bar.text = `$(${icon(severity, busy)}) Raft Lab`;
    bar.backgroundColor = background(severity);
    bar.tooltip = tooltip(text, detail);
    bar.accessibilityInformation = { label: `Raft Lab: ${text}. ${detail}` };
    bar.show();
  };
  server.onNotification(serverStatusNotification, (status) => {
    told = status;
    show();
  });
  show();
  return vscode.Disposable.from(
    language,
    bar,
    server.onDidChangeStatus((status) => {
      // What a server said that has ended is no longer so.
      if (status.kind !== "running") told = undefined;
      show();
    }),
    vscode.window.onDidChangeActiveTextEditor(show),
  );
}

function shown({ status, wanted }: LabServer, told: ServerStatusParams | undefined): Shown {
  const { Error: error, Warning: warning, Information: information } = vscode.LanguageStatusSeverity;
  const detail = status.message;
  if (status.kind === "starting") {
    return { severity: information, busy: true, text: vscode.l10n.t("Lab: starting"), detail };
  }
  if (status.kind === "stopped") {
    return { severity: wanted ? error : information, busy: false, text: vscode.l10n.t("Lab: not running"), detail };
  }
  if (status.hangs) return { severity: error, busy: false, text: vscode.l10n.t("Lab: does not answer"), detail };
  if (!told) return { severity: information, busy: false, text: vscode.l10n.t("Lab: running"), detail };
  const severity = { ok: information, warning, error }[told.health];
  if (told.quiescent) {
    const rest = vscode.l10n.t("Nothing is simulated at the moment.");
    return { severity, busy: false, text: vscode.l10n.t("Lab: running"), detail: told.message ?? rest };
  }
  const percent = Math.round(told.load * 100);
  const work =
    told.running === 1
      ? vscode.l10n.t("1 session runs, {0}% of a core", percent)
      : vscode.l10n.t("{0} sessions run, {1}% of a core", told.running, percent);
  const text = vscode.l10n.t("Lab: simulating");
  return { severity, busy: true, text, detail: told.message === null ? work : `${told.message} ${work}` };
}

function icon(severity: vscode.LanguageStatusSeverity, busy: boolean): string {
  if (severity === vscode.LanguageStatusSeverity.Error) return "error";
  if (severity === vscode.LanguageStatusSeverity.Warning) return "warning";
  return busy ? "sync~spin" : "pulse";
}

function background(severity: vscode.LanguageStatusSeverity): vscode.ThemeColor | undefined {
  if (severity === vscode.LanguageStatusSeverity.Error) return new vscode.ThemeColor("statusBarItem.errorBackground");
  if (severity === vscode.LanguageStatusSeverity.Warning)
    return new vscode.ThemeColor("statusBarItem.warningBackground");
  return undefined;
}

function tooltip(text: string, detail: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString("", true);
  const actions = actionsOnServer();
  markdown.isTrusted = { enabledCommands: actions.map(({ command }) => command) };
  markdown.appendText(`${text}\n\n${detail}\n\n`);
  markdown.appendMarkdown("\n\n---\n\n");
  for (const { command, icon: name, label } of actions)
    markdown.appendMarkdown(`[$(${name}) ${label}](command:${command})\n\n`);
  return markdown;
}
