/** The text of a webview's page: a shell around the webview's own code, and what that code needs before it draws. */
import type { Messages } from "../../../server/src/l10n/text.js";
import { escapeData, escapeMarkup } from "../../../server/src/protocol/player-file.js";
import type { PanelKind, WebviewState } from "../../../server/src/protocol/webview.js";

/** A page's language and its messages. */
export interface PanelTranslation {
  /** BCP 47: the language in which the page is written, which is English where there is no translation. */
  readonly language: string;
  /** The messages that the panels use; English needs none, since it is the key. */
  readonly messages: Messages;
}

/** What a page is made of. */
export interface PageParts {
  readonly kind: PanelKind;
  readonly title: string;
  readonly translation: PanelTranslation;
  /** What the last panel of this kind kept; left out: nothing. */
  readonly kept?: WebviewState;
  /** The content security policy. */
  readonly policy: string;
  /** The only scripts that run are those with it. */
  readonly nonce: string;
  /** The address of a file beside the webview's code. */
  resource(file: string): string;
}

/** The page. The messages stand in it as data, so that nothing is ever drawn in another language. */
export function pageHtml({ kind, title, translation, kept, policy, nonce, resource }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="${escapeMarkup(translation.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeMarkup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${resource("codicon.css")}">
<link rel="stylesheet" href="${resource(`${kind}.css`)}">
</head>
<body data-panel="${kind}">
<div id="app"></div>
<script type="application/json" id="messages">${escapeData(translation.messages)}</script>
<script type="application/json" id="kept">${escapeData(kept ?? null)}</script>
<script type="module" nonce="${nonce}" src="${resource(`${kind}.js`)}"></script>
</body>
</html>`;
}
