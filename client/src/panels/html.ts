/** The page of a webview: a shell with a strict content security policy; everything else is the webview's own code. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { PanelKind } from "./kinds.js";

/** The folder that webviews may read, and nothing else. */
export function mediaFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, "dist", "media");
}

/** The HTML of a panel. */
export function panelHtml(webview: vscode.Webview, extension: vscode.Uri, kind: PanelKind, title: string): string {
  const nonce = randomBytes(18).toString("base64");
  const resource = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(mediaFolder(extension), file)).toString();
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
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${resource("codicon.css")}">
<link rel="stylesheet" href="${resource(`${kind}.css`)}">
</head>
<body data-panel="${kind}">
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${resource(`${kind}.js`)}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
