/** Context keys, by which menus and key bindings decide. */
import * as vscode from "vscode";

const known = new Map<string, string | boolean>();

/** Sets a context key. They cross a process boundary: only changes are sent. */
export function setContext(key: string, value: string | boolean): void {
  if (known.get(key) === value) return;
  known.set(key, value);
  void vscode.commands.executeCommand("setContext", key, value);
}
