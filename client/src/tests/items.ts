/** The test tree: files and scenarios as the server tells of them. */
import * as vscode from "vscode";
import type { TestFile, TestScenario } from "../../../server/src/protocol/tests.js";

/** What tests are, for `when` clauses and profiles. */
export const FILE_TAG = new vscode.TestTag("file");

/** Keeps a controller's items in step with what the server tells. */
export class TestItems {
  readonly #controller: vscode.TestController;

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  /** Files appeared, changed, or are gone. */
  update(files: readonly TestFile[], gone: readonly string[]): void {
    for (const file of files) this.#updateFile(file);
    for (const uri of gone) this.#controller.items.delete(uri);
  }

  /** These and no others are there. */
  replace(files: readonly TestFile[]): void {
    const wanted = new Set(files.map(({ uri }) => uri));
    const gone = [...this.#controller.items].flatMap(([id]) => (wanted.has(id) ? [] : [id]));
    this.update(files, gone);
  }

  /** The item of a file or a scenario. */
  find(id: string): vscode.TestItem | undefined {
    const file = this.#controller.items.get(id) ?? this.#controller.items.get(id.replace(/#.*$/s, ""));
    return file?.id === id ? file : file?.children.get(id);
  }

  #updateFile({ uri, scenarios, error }: TestFile): void {
    const { items } = this.#controller;
    let item = items.get(uri);
    if (item === undefined) {
      const place = vscode.Uri.parse(uri, true);
      item = this.#controller.createTestItem(uri, vscode.workspace.asRelativePath(place), place);
      item.tags = [FILE_TAG];
      items.add(item);
    }
    item.error = error ?? undefined;
    // What has not been looked at yet is looked at when it is unfolded, unless the server comes to it before.
    item.canResolveChildren = scenarios === null;
    if (scenarios !== null) item.children.replace(scenarios.map((scenario) => this.#scenario(item, scenario)));
  }

  #scenario(file: vscode.TestItem, { id, title, line, endLine }: TestScenario): vscode.TestItem {
    // An item that stays keeps its results.
    const item = file.children.get(id) ?? this.#controller.createTestItem(id, title, file.uri);
    item.range = new vscode.Range(line - 1, 0, endLine - 1, 1);
    // In the order of the file.
    item.sortText = String(line).padStart(8, "0");
    return item;
  }
}
