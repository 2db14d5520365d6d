/** The caret of the editor, for the panel that shows what a line of the scenario caused. */
import * as vscode from "vscode";

/** The caret is told at most so often, in milliseconds. */
const OFTEN_MS = 100;

/** Tells the scenario and the line (1-based) in which the caret stands, at once and whenever it goes to another line. */
export function watchCaret(tell: (uri: string, line: number) => void): vscode.Disposable {
  let waiting: NodeJS.Timeout | undefined;
  let told = "";
  const look = (): void => {
    waiting = undefined;
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== "raftlab") return;
    const [uri, line] = [editor.document.uri.toString(), editor.selection.active.line + 1];
    if (`${uri} ${line}` === told) return;
    told = `${uri} ${line}`;
    tell(uri, line);
  };
  const soon = (): void => {
    waiting ??= setTimeout(look, OFTEN_MS);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
    { dispose: () => clearTimeout(waiting) },
  );
}
