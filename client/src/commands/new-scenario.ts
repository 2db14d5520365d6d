/** `Raft Lab: New Scenario from Template`. */
import * as vscode from "vscode";
import { flag, members, text } from "../arguments.js";
import { type Choice, choose } from "../inputs.js";
import type { Services } from "../services.js";
import { TEMPLATES, type Template, type TemplateId, titleRange } from "../templates.js";

/**
 * Opens a template as a new document, its title selected. Argument: `template`, its name; `beside` leaves what stands in the first column,
 * which is where the walkthrough is. Resolves with the document's URI.
 */
export async function newScenario(services: Services, argument: unknown): Promise<string | undefined> {
  const given = members(argument);
  const named = text(given, "template");
  const template = TEMPLATES.find(({ id }) => id === named) ?? (await chooseTemplate());
  if (!template) return undefined;
  const file = vscode.Uri.joinPath(services.context.extensionUri, "media", "templates", template.file);
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: "raftlab", content });
  const { start, end } = titleRange(content);
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const viewColumn = flag(given, "beside") === true ? vscode.ViewColumn.Two : vscode.ViewColumn.Active;
  await vscode.window.showTextDocument(document, { selection, preview: false, viewColumn });
  return document.uri.toString();
}

function chooseTemplate(): Promise<Template | undefined> {
  const choices = TEMPLATES.map((template): Choice<Template> => {
    const [label, detail] = textsOf(template.id);
    return { label, detail, value: template };
  });
  return choose(vscode.l10n.t("New scenario about…"), choices);
}

function textsOf(id: TemplateId): readonly [string, string] {
  switch (id) {
    case "election":
      return [vscode.l10n.t("Election"), vscode.l10n.t("The leader crashes, and a committed write survives it.")];
    case "lost-majority":
      return [
        vscode.l10n.t("Lost majority"),
        vscode.l10n.t("Three of five are down: nothing is written, nothing is lost."),
      ];
    case "partition":
      return [vscode.l10n.t("Partition"), vscode.l10n.t("The network falls into two parts; the larger one goes on.")];
    case "log-repair":
      return [
        vscode.l10n.t("Log repair"),
        vscode.l10n.t("Entries of a leader that was cut off give way to the new leader's."),
      ];
    case "snapshot":
      return [vscode.l10n.t("Snapshot"), vscode.l10n.t("A follower that was away for long gets a snapshot.")];
    case "membership":
      return [vscode.l10n.t("Membership change"), vscode.l10n.t("A new server learns first and votes later.")];
    case "lock-with-fencing":
      return [vscode.l10n.t("Lock with fencing"), vscode.l10n.t("A holder that lost its lock can write no more.")];
    case "lease":
      return [vscode.l10n.t("Lease"), vscode.l10n.t("A key that vanishes when its owner does.")];
    case "watch":
      return [vscode.l10n.t("Watch"), vscode.l10n.t("Every change once and in order, though its server crashes.")];
    case "workload-and-nemesis":
      return [
        vscode.l10n.t("Workload and nemesis"),
        vscode.l10n.t("Random load with random faults beside it, all answers checked."),
      ];
    case "exact-interleaving":
      return [vscode.l10n.t("Exact interleaving"), vscode.l10n.t("Every message and every timer by hand.")];
    case "rule-off":
      return [
        vscode.l10n.t("A rule switched off"),
        vscode.l10n.t("A server votes twice in a term, and a promise is broken."),
      ];
    case "given-state":
      return [vscode.l10n.t("Given state"), vscode.l10n.t("Begin with the logs of a figure in a paper.")];
  }
}
