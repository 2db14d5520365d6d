/** The page of a webview as VS Code shows it: with a strict content security policy, and files of one folder only. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { PanelKind, WebviewState } from "../../../server/src/protocol/webview.js";
import { type PanelTranslation, pageHtml } from "./page.js";

/** The folder that webviews may read, and nothing else. */
export function mediaFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, "dist", "media");
}

/** The HTML of a panel. */
export function panelHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  kind: PanelKind,
  title: string,
  translation: PanelTranslation,
  kept: WebviewState,
): string {
  const nonce = randomBytes(18).toString("base64");
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    // Mermaid writes style elements and attributes into the diagrams it draws.
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const resource = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(mediaFolder(extension), file)).toString();
  return pageHtml({ kind, title, translation, kept, policy, nonce, resource });
}
