/** The diagram panel as a whole. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { sessionTitle } from "../../server/src/view-model/session-title.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import { empty, serverBanner } from "../shared/states.js";
import type { DiagramActions } from "./actions.js";
import { details } from "./details.js";
import type { DiagramState } from "./model.js";
import { rowsTable } from "./table.js";
import { cutMessage, toolbar } from "./toolbar.js";

/** Draws everything but the diagram itself, which lives in the frame. */
export function layout(state: DiagramState, actions: DiagramActions): TemplateResult {
  if (!state.known)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Waiting for the lab…")}</p>`;
  const { session, view } = state;
  if (session === null) {
    return html`${serverBanner(state.server, actions.tell)} ${failure(state)}
    ${empty(t("No messages yet"), t("Run a scenario to see its messages as a sequence diagram, or start a live cluster."), html`<vscode-button @click=${actions.startLive}>${t("Start a live cluster")}</vscode-button>`)}`;
  }
  const stale = state.server.status === "running" ? "" : "stale";
  return html`<div class="diagram ${stale}">
    <header class="head">
      <h1>${sessionTitle(session)}</h1>
      <span class="quiet">${t("seed {0}, {1}", session.seed, formatTime(session.timeUs))}</span>
      ${state.busy ? html`<span class="quiet drawing" role="status">${icon("loading", "codicon-modifier-spin")}<span class="visually-hidden">${t("drawing")}</span></span>` : nothing}
      <span class="end">${iconButton("history", t("Open the client history"), actions.openHistory, { keys: "H" })}${iconButton("server-environment", t("Open the cluster panel"), actions.openCluster, { keys: "C" })}</span>
    </header>
    ${serverBanner(state.server, actions.tell)} ${failure(state)}
    <section aria-label=${t("Diagram controls")}>${toolbar(state, actions)} ${cutMessage(state, actions)}</section>
    <main class="body">
      <div class="frame" data-frame tabindex="0" role="region" aria-label=${t("Sequence diagram; the table of rows says the same in words")}></div>
      <aside class="side" aria-label=${t("Rows and details")}>
        <div class="details">${details(state, actions)}</div>
        <div class="rows-frame" data-rows tabindex="-1">
          ${view !== null && view.rows.length === 0 ? html`<p class="quiet">${t("No message in this window passes the filters.")}</p>` : rowsTable(state, actions)}
        </div>
      </aside>
    </main>
  </div>`;
}

function failure(state: DiagramState) {
  if (state.failure === null || state.server.status !== "running") return nothing;
  return html`<div class="banner error" role="alert">${icon("error")}<span>${state.failure}</span></div>`;
}
