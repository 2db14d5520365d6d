/** Marks the scenario line at which the time cursor stands. */
import * as vscode from "vscode";
import type { Sessions } from "../sessions.js";

/** Keeps the mark in every visible editor of the current session's scenario. */
export function createCursorLine(sessions: Sessions): vscode.Disposable {
  const decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    borderColor: new vscode.ThemeColor("focusBorder"),
    borderStyle: "solid",
    borderWidth: "0 0 0 3px",
    overviewRulerColor: new vscode.ThemeColor("focusBorder"),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  let place: { readonly sessionId: string; readonly uri: string; readonly line: number } | undefined;

  const apply = (): void => {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.languageId !== "raftlab") continue;
      const here = place?.uri === editor.document.uri.toString() ? place : undefined;
      const valid = here !== undefined && here.line >= 1 && here.line <= editor.document.lineCount;
      editor.setDecorations(decoration, valid ? [editor.document.lineAt(here.line - 1).range] : []);
    }
  };

  return vscode.Disposable.from(
    decoration,
    vscode.window.onDidChangeVisibleTextEditors(apply),
    sessions.onDidMoveCursor(({ sessionId, line }) => {
      const session = sessions.current;
      if (session?.id !== sessionId) return;
      place = session.uri === null || line === null ? undefined : { sessionId, uri: session.uri, line };
      apply();
    }),
    sessions.onDidChangeCurrent((session) => {
      if (place === undefined || session?.id === place.sessionId) return;
      place = undefined;
      apply();
    }),
  );
}
