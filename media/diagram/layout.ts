/** The diagram panel as a whole. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { sessionTitle } from "../../server/src/view-model/session-title.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import { empty, serverBanner } from "../shared/states.js";
import { styled } from "../shared/styled.js";
import type { DiagramActions } from "./actions.js";
import { details } from "./details.js";
import { filters } from "./filters.js";
import { type MermaidShown, mermaidNote } from "./mermaid-note.js";
import type { DiagramState } from "./model.js";
import { splitter } from "./splitter.js";
import { chips, exportBar, searchBar, toolbar } from "./toolbar.js";

/** What stands beside the state: things of the drawing, not of the run. */
export interface Drawn {
  readonly busy: boolean;
  readonly mermaid: MermaidShown | null;
  /** Which rows an export takes, in words. */
  readonly exported: string;
}

/** Draws everything but the diagram itself, which lives in its frames. */
export function layout(state: DiagramState, drawn: Drawn, actions: DiagramActions): TemplateResult {
  if (!state.known)
    return html`<p class="quiet loading">${icon("loading", "codicon-modifier-spin")} ${t("Waiting for the lab…")}</p>`;
  const { session } = state;
  if (session === null) {
    return html`${serverBanner(state.server, actions.tell)} ${failure(state)}
    ${empty(t("No messages yet"), t("Run a scenario to see its messages as a sequence diagram, or start a live cluster."), html`<vscode-button @click=${actions.startLive}>${t("Start a live cluster")}</vscode-button>`)}`;
  }
  const stale = state.server.status === "running" ? "" : "stale";
  return html`<div class="diagram ${stale}">
    <header class="head">
      <h1>${sessionTitle(session)}</h1>
      <span class="quiet">${t("seed {0}, {1}", session.seed, formatTime(session.timeUs))}</span>
      ${drawn.busy ? html`<span class="quiet drawing" role="status">${icon("loading", "codicon-modifier-spin")}<span class="visually-hidden">${t("drawing")}</span></span>` : nothing}
      <span class="end">${iconButton("history", t("Open the client history"), actions.openHistory, { keys: "H" })}${iconButton("server-environment", t("Open the cluster panel"), actions.openCluster, { keys: "C" })}</span>
    </header>
    ${serverBanner(state.server, actions.tell)} ${failure(state)} ${notice(state)}
    <section aria-label=${t("Diagram controls")}>
      ${toolbar(state, actions)} ${searchBar(state, actions)} ${exportBar(state, drawn.exported, actions)}
      ${filters(state, actions)} ${chips(state, actions)}
      ${state.mode === "mermaid" ? mermaidNote(drawn.mermaid, state, actions) : nothing}
    </section>
    <main class="body" ${styled({ "--side": `${state.split}%` })}>
      <div class="pictures">
        <div class="frame sequence" id="sequence" data-frame ?hidden=${state.mode !== "sequence"} tabindex="0" role="region"
          aria-label=${t("Sequence diagram; the table of rows says the same in words")}></div>
        <div class="frame mermaid" data-mermaid ?hidden=${state.mode !== "mermaid"} tabindex="0" role="region"
          aria-label=${t("Sequence diagram, drawn by mermaid; the table of rows says the same in words")}></div>
        ${nothingToShow(state)}
      </div>
      <div class="minimap" data-minimap tabindex="0" role="scrollbar" aria-controls="sequence" aria-orientation="vertical" aria-valuemin="0" aria-valuemax="0" aria-valuenow="0"
        aria-label=${t("The whole diagram")}></div>
      ${splitter(state.split, actions.split)}
      <aside class="side" aria-label=${t("Rows and details")}>
        <div class="details" tabindex="-1">${details(state, actions)}</div>
        <div class="rows" data-rows tabindex="0" role="grid" aria-label=${t("Rows of the diagram")} aria-readonly="true"></div>
      </aside>
    </main>
  </div>`;
}

function nothingToShow({ totalRows, filter, session }: DiagramState) {
  if (totalRows !== 0) return nothing;
  const set = filter.text !== "" || filter.servers.length > 0 || filter.types.length > 0 || filter.terms !== null;
  return html`<p class="nothing quiet">${
    set
      ? t("No message passes the filters.")
      : session?.state.kind === "running"
        ? t("No message yet.")
        : t("This run sent no message.")
  }</p>`;
}

function failure(state: DiagramState) {
  if (state.failure === null || state.server.status !== "running") return nothing;
  return html`<div class="banner error" role="alert">${icon("error")}<span>${state.failure}</span></div>`;
}

function notice({ notice: words }: DiagramState) {
  if (words === null) return nothing;
  return html`<div class="banner info" role="status">${icon("info")}<span>${words}</span></div>`;
}
