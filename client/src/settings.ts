/** The extension's settings, read in this one place. */
import * as vscode from "vscode";
import { readSettings, SETTINGS, type Settings } from "../../server/src/protocol/settings.js";

/** The settings as they hold: what does not fit is replaced by its default, which the server tells the person. */
export function currentSettings(): Settings {
  return readSettings(rawSettings()).settings;
}

/** The settings as they stand, by their names behind `raftlab.`. */
export function rawSettings(): Readonly<Record<string, unknown>> {
  const configuration = vscode.workspace.getConfiguration("raftlab");
  return Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, configuration.get<unknown>(name)]));
}

/** Fires when one of them has changed. */
export function onDidChangeSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (Object.keys(SETTINGS).some((name) => event.affectsConfiguration(`raftlab.${name}`))) listener();
  });
}
