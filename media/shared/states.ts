/** What both panels show instead of, or above, their pictures. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { icon } from "./icon.js";
import type { ServerStatus } from "./panel.js";

/** Says that the server is away; the last picture stays below. */
export function serverBanner(
  server: ServerStatus,
  tell: (kind: "showLog" | "restartServer") => void,
): TemplateResult | typeof nothing {
  if (server.status === "running") return nothing;
  const starting = server.status === "starting";
  return html`<div class="banner ${starting ? "info" : "error"}" role=${starting ? "status" : "alert"}>
    ${icon(starting ? "loading" : "debug-disconnect", starting ? "codicon-modifier-spin" : "")}
    <span>
      ${starting ? t("The server is starting.") : t("The server stopped; this is the last picture it sent.")} ${server.message}
    </span>
    ${
      starting
        ? nothing
        : html`<vscode-button secondary @click=${() => tell("showLog")}>${t("Show log")}</vscode-button>
            <vscode-button @click=${() => tell("restartServer")}>${t("Restart server")}</vscode-button>`
    }
  </div>`;
}

/** An empty panel: what it is for, and what to do. */
export function empty(title: string, text: string, actions: TemplateResult): TemplateResult {
  return html`<main class="empty">
    <svg class="empty-sign" viewBox="0 0 64 64" aria-hidden="true">
      <circle cx="32" cy="32" r="22" />
      <circle class="dot" cx="32" cy="10" r="7" /><circle class="dot" cx="13" cy="43" r="7" />
      <circle class="dot" cx="51" cy="43" r="7" />
    </svg>
    <h1>${title}</h1>
    <p>${text}</p>
    <p class="row">${actions}</p>
  </main>`;
}
