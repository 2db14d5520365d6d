/** Which scenario the person means: of the lens, under the caret, or chosen. */
import * as vscode from "vscode";
import { scenariosRequest } from "../../server/src/protocol/requests.js";
import { type Members, text } from "./arguments.js";
import { ExpectedError, unwrap } from "./errors.js";
import { choose } from "./inputs.js";
import type { Services } from "./services.js";

/** A scenario of a document. */
export interface ScenarioPlace {
  readonly uri: string;
  readonly title: string;
}

/** One scenario as the server lists it. */
export interface ScenarioEntry {
  readonly title: string;
  readonly line: number;
  readonly runnable: boolean;
}

/** The active editor when it shows a scenario file. */
export function activeScenarioEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId === "raftlab") return editor;
  // A panel has the focus: the scenario beside it is meant.
  return vscode.window.visibleTextEditors.find((candidate) => candidate.document.languageId === "raftlab");
}

/** The document meant by an argument, the editor, or a choice among the workspace's files. */
export async function findDocument(argument: Members): Promise<string | undefined> {
  const given = text(argument, "uri");
  if (given !== undefined) return given;
  const editor = activeScenarioEditor();
  if (editor) return editor.document.uri.toString();
  const files = await vscode.workspace.findFiles("**/*.raftlab", "**/node_modules/**", 500);
  if (files.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t("There is no .raftlab file in this workspace. Create one, or start a live cluster from nothing."),
    );
  }
  const chosen = await choose(
    vscode.l10n.t("Which file?"),
    files
      .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri }))
      .sort((a, b) => (a.label < b.label ? -1 : 1)),
  );
  return chosen?.toString();
}

/** The scenarios of a document, in order. */
export async function scenariosOf(services: Services, uri: string): Promise<readonly ScenarioEntry[]> {
  return unwrap(await services.server.request(scenariosRequest, { uri })).scenarios;
}

/** The scenario meant by an argument, the caret, or a choice. */
export async function findScenario(services: Services, argument: Members): Promise<ScenarioPlace | undefined> {
  const uri = await findDocument(argument);
  if (uri === undefined) return undefined;
  const given = text(argument, "scenario");
  if (given !== undefined) return { uri, title: given };
  const scenarios = await scenariosOf(services, uri);
  const [first, ...others] = scenarios;
  if (first === undefined) {
    throw new ExpectedError(vscode.l10n.t('There is no scenario in this file. Write one: scenario "…" { … }'));
  }
  const active = vscode.window.activeTextEditor;
  const atCaret = active?.document.uri.toString() === uri ? scenarioAtCaret(active, scenarios) : undefined;
  if (atCaret) return { uri, title: atCaret.title };
  if (others.length === 0) return { uri, title: first.title };
  const title = await choose(
    vscode.l10n.t("Which scenario?"),
    scenarios.map((scenario) => ({
      label: scenario.title,
      description: vscode.l10n.t("line {0}", scenario.line),
      value: scenario.title,
    })),
  );
  return title === undefined ? undefined : { uri, title };
}

/** The scenario that the caret is in. */
export function scenarioAtCaret(
  editor: vscode.TextEditor,
  scenarios: readonly ScenarioEntry[],
): ScenarioEntry | undefined {
  const line = editor.selection.active.line + 1;
  return scenarios.filter((scenario) => scenario.line <= line).at(-1);
}
