/** Runs and live clusters as files for others, in each of the forms there are. */
import * as vscode from "vscode";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { members, text } from "../arguments.js";
import { ExpectedError } from "../errors.js";
import { type Choice, choose } from "../inputs.js";
import { withSlowProgress } from "../progress.js";
import type { Services } from "../services.js";
import { EXPORT_FORMS, type ExportForm, type ExportFormName } from "./export-forms.js";
import { runOf, sessionMeant } from "./runs.js";
import { sessionIdsOf } from "./selected.js";

/** A command that writes sessions: resolves with the URIs of the files. */
type Export = (services: Services, argument: unknown, selection: unknown) => Promise<readonly string[]>;

/** `Raft Lab: Export as Web Page`: one HTML file that plays the run in any browser. Argument: `sessionId`, `to`. */
export const exportHtml: Export = (services, argument, selection) =>
  exportAs(services, argument, selection, EXPORT_FORMS.html);

/** `Raft Lab: Export Report`: what happened, told in Markdown, as `raftlab report` prints it. Argument: `sessionId`, `to`. */
export const exportReport: Export = (services, argument, selection) =>
  exportAs(services, argument, selection, EXPORT_FORMS.report);

/** `Raft Lab: Export Trace`: each event as a line of JSON, as `raftlab run --trace` writes it. Argument: `sessionId`, `to`. */
export const exportTrace: Export = (services, argument, selection) =>
  exportAs(services, argument, selection, EXPORT_FORMS.trace);

/** `Raft Lab: Export Result`: what `raftlab run --json` prints. Argument: `sessionId`, `to`. */
export const exportResult: Export = (services, argument, selection) =>
  exportAs(services, argument, selection, EXPORT_FORMS.result);

/** `Raft Lab: Export Mermaid Diagram`, as `raftlab diagram` prints it. Argument: `sessionId`, `to`. */
export const exportMermaid: Export = (services, argument, selection) =>
  exportAs(services, argument, selection, EXPORT_FORMS.mermaid);

/**
 * `Raft Lab: Export…`: lets the person choose the form. Of the session that the argument names, or else of the one that the views show.
 * Argument: `sessionId`, `form`, `to`.
 */
export const exportRun: Export = async (services, argument, selection) => {
  const given = members(argument);
  await services.sessions.whenReady();
  const ids = sessionIdsOf(argument, selection);
  const shown = ids[0] ?? services.sessions.current?.id;
  const first = await sessionMeant(services, { sessionId: shown }, vscode.l10n.t("Export which run?"));
  if (first === undefined) return [];
  const name = text(given, "form") ?? (await chooseForm(first));
  const form = formNames.find((each) => each === name);
  if (form === undefined) return [];
  const meant = ids.length > 0 ? argument : { ...given, sessionId: first.id };
  return exportAs(services, meant, selection, EXPORT_FORMS[form]);
};

const formNames: readonly ExportFormName[] = ["html", "report", "trace", "result", "mermaid"];

function chooseForm(session: SessionInfo): Promise<ExportFormName | undefined> {
  const choices: readonly Choice<ExportFormName>[] = [
    {
      label: `$(browser) ${vscode.l10n.t("Web page")}`,
      description: ".html",
      detail: vscode.l10n.t("One file that plays the run in any browser, offline: cluster, timeline, messages and why"),
      value: "html",
    },
    {
      label: `$(book) ${vscode.l10n.t("Report")}`,
      description: ".md",
      detail: vscode.l10n.t("What happened, told in Markdown: result, steps, violations with their causes, a diagram"),
      value: "report",
    },
    {
      label: `$(list-ordered) ${vscode.l10n.t("Trace")}`,
      description: ".ndjson",
      detail: vscode.l10n.t("Every event as a line of JSON, for other tools"),
      value: "trace",
    },
    {
      label: `$(json) ${vscode.l10n.t("Result")}`,
      description: ".json",
      detail: vscode.l10n.t("Verdict, steps, violations and operations as data"),
      value: "result",
    },
    {
      label: `$(type-hierarchy) ${vscode.l10n.t("Mermaid diagram")}`,
      description: ".mmd",
      detail: vscode.l10n.t("The messages as a sequence diagram in text; pictures are saved from the panels"),
      value: "mermaid",
    },
  ];
  const hasResult = session.kind === "run" && session.state.kind === "finished";
  return choose(
    vscode.l10n.t("Export “{0}” as", session.title),
    choices.filter(({ value }) => hasResult || !EXPORT_FORMS[value].ofRunsOnly),
  );
}

/** Writes each session meant to a file that the person chooses. Resolves with the files' URIs. */
async function exportAs(
  services: Services,
  argument: unknown,
  selection: unknown,
  form: ExportForm,
): Promise<readonly string[]> {
  const ids = sessionIdsOf(argument, selection);
  const question = vscode.l10n.t("Export which run?");
  const find = form.ofRunsOnly ? runOf : sessionMeant;
  const written: string[] = [];
  for (const given of ids.length === 0 ? [argument] : ids.map((sessionId) => ({ sessionId }))) {
    const session = await find(services, given, question);
    if (!session) break;
    const to = text(members(argument), "to");
    const target = to === undefined ? await askTarget(session, form.extension) : vscode.Uri.parse(to);
    if (target === undefined) break;
    const bytes = await withSlowProgress(vscode.l10n.t("Exporting “{0}”", session.title), (token, report) =>
      form.make(services, session, { token, report }),
    );
    await write(target, bytes);
    written.push(target.toString());
    announce(services, target, form);
  }
  return written;
}

function askTarget(session: SessionInfo, extension: string): Thenable<vscode.Uri | undefined> {
  const name = `${session.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/gu, "")}-${session.seed}.${extension}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export “{0}”", session.title),
    filters: { [extension]: [extension] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

async function write(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpectedError(vscode.l10n.t("{0} could not be written: {1}", target.path, reason));
  }
}

function announce(services: Services, target: vscode.Uri, { extension }: ExportForm): void {
  // A page is for a browser; what is text is for the editor.
  const inBrowser = extension === "html" && target.scheme === "file";
  const open = inBrowser ? vscode.l10n.t("Open in Browser") : vscode.l10n.t("Open");
  const name = vscode.workspace.asRelativePath(target);
  void vscode.window.showInformationMessage(vscode.l10n.t("Written to {0}", name), open).then(
    async (choice) => {
      if (choice !== open) return;
      if (inBrowser) await vscode.env.openExternal(target);
      else await vscode.commands.executeCommand("vscode.open", target);
    },
    (error: unknown) => services.errors.show("while opening an exported file", error),
  );
}
