/** The history panel as a whole. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import { empty, serverBanner } from "../shared/states.js";
import type { HistoryActions } from "./actions.js";
import { details, watchList } from "./details.js";
import { legend } from "./legend.js";
import type { HistoryState } from "./model.js";
import { picture, tooMany } from "./picture.js";
import { operationsTable } from "./table.js";
import { toolbar } from "./toolbar.js";
import { explanations, reservations, verdictLine } from "./verdict.js";

/** Draws everything. */
export function layout(state: HistoryState, actions: HistoryActions): TemplateResult {
  if (!state.known)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Waiting for the lab…")}</p>`;
  const { session } = state;
  if (session === null) {
    return html`${serverBanner(state.server, actions.tell)} ${failure(state)}
    ${empty(t("No history yet"), t("Run a scenario to see what its clients asked and were answered, or start a live cluster."), html`<vscode-button @click=${actions.startLive}>${t("Start a live cluster")}</vscode-button>`)}`;
  }
  const stale = state.server.status === "running" ? "" : "stale";
  return html`<div class="history ${stale}">
    <header class="head">
      <h1>${session.title}</h1>
      <span class="quiet">${t("seed {0}, {1}", session.seed, formatTime(session.timeUs))}</span>
      ${state.busy ? html`<span class="quiet drawing" role="status">${icon("loading", "codicon-modifier-spin")}<span class="visually-hidden">${t("drawing")}</span></span>` : nothing}
      <span class="end">
        ${iconButton("server-environment", t("Open the cluster panel"), () => actions.openPanel("cluster"), { keys: "C" })}
        ${iconButton("list-tree", t("Open the message diagram"), () => actions.openPanel("diagram"), { keys: "D" })}
      </span>
    </header>
    ${serverBanner(state.server, actions.tell)} ${failure(state)} ${content(state, actions)}
  </div>`;
}

function content(state: HistoryState, actions: HistoryActions) {
  const { view } = state;
  if (view !== null && view.total === 0 && view.watches.length === 0) return nobody(state);
  const tabled = state.tableOpen ? "tabled" : "";
  return html`${verdictLine(state, actions)}
    <section aria-label=${t("History controls")}>${toolbar(state, actions)}</section>
    ${tooMany(state, actions)}
    <main class="body ${tabled}">
      <div class="drawing-area">${picture(state, actions)} ${legend(state, actions)}</div>
      <aside class="side" tabindex="0" aria-label=${t("Explanations and details")}>
        ${explanations(state, actions)}
        <div class="details">${details(state, actions)}</div>
        ${watchList(state, actions)} ${reservations(state)}
      </aside>
      ${state.tableOpen ? operationsTable(state, actions) : nothing}
    </main>`;
}

/** A run in which no client did anything. */
function nobody({ session }: HistoryState) {
  const text =
    session?.kind === "live"
      ? t("No client has asked for anything yet. Put or get a key from the cluster panel, and it stands here.")
      : t('No client asked for anything in this run. A step such as alice put color "red" would stand here.');
  return html`<main class="empty"><h2>${t("No operations")}</h2><p>${text}</p></main>`;
}

function failure(state: HistoryState) {
  if (state.failure === null || state.server.status !== "running") return nothing;
  return html`<div class="banner error" role="alert">${icon("error")}<span>${state.failure}</span></div>`;
}
