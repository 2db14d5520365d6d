/** The picked row in full: its fields, its place in the scenario, and why. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { DiagramRow } from "../../server/src/protocol/views.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import { type EventLinks, lineLink, whyAnswer } from "../shared/why.js";
import type { DiagramActions } from "./actions.js";
import type { DiagramState } from "./model.js";

/** The details of the picked row. */
export function details(state: DiagramState, actions: DiagramActions): TemplateResult {
  const row = state.picked === null ? undefined : state.view?.rows[state.picked];
  if (row === undefined) {
    return html`<p class="quiet">${t("Pick a message or a note: here are its fields, its line in the scenario, and why it happened.")}</p>`;
  }
  const links: EventLinks = {
    go: (eventId) => actions.go(eventId),
    reveal: state.session?.uri == null ? null : (line) => actions.reveal(line),
  };
  const line = row.kind === "term" ? null : row.line;
  return html`<h2>${title(row)}</h2>
    <dl class="facts">${facts(row, actions)}</dl>
    <p class="row">
      <vscode-button secondary @click=${() => actions.why(row.eventId)}>${t("Why?")}</vscode-button>
      ${lineLink(line, links)}
    </p>
    ${why(state, links, actions)}`;
}

function title(row: DiagramRow): string {
  if (row.kind === "message") return `${row.type} ${row.from} → ${row.to}`;
  return row.kind === "term" ? t("Term {0} begins", row.term) : row.text;
}

function facts(row: DiagramRow, actions: DiagramActions) {
  const fact = (name: string, value: string | TemplateResult) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const event = (id: number, us: number) =>
    html`<button type="button" class="link" title=${t("Move the cursor to event {0}", id)} @click=${() => actions.go(id)}>${t("{0}, event {1}", formatTime(us), id)}</button>`;
  if (row.kind !== "message") {
    return html`${fact(t("At"), event(row.eventId, row.timeUs))}
    ${row.kind === "event" && row.at !== null ? fact(t("Where"), row.at) : nothing}`;
  }
  const { deliveredId, deliveredUs } = row;
  return html`${fact(t("Content"), row.label)} ${fact(t("Sent"), event(row.eventId, row.sentUs))}
  ${
    deliveredId !== null && deliveredUs !== null
      ? html`${fact(t("Delivered"), event(deliveredId, deliveredUs))} ${fact(t("Under way for"), formatTime(deliveredUs - row.sentUs))}`
      : fact(t("Delivered"), row.lost ? html`${icon("close")}${t("lost")}` : t("still under way"))
  }
  ${row.count > 1 ? fact(t("Folded"), t("{0} heartbeats", row.count)) : nothing}`;
}

function why(state: DiagramState, links: EventLinks, actions: DiagramActions) {
  const asked = state.why;
  if (asked === null) return nothing;
  return html`<section class="why" aria-label=${t("Why")}>
    ${asked.failure === null ? nothing : html`<p class="failure">${asked.failure}</p>`}
    ${asked.view === null ? nothing : html`<h3>${asked.view.question}</h3>${whyAnswer(asked.view, { ...links, ask: actions.ask, copy: null })}`}
  </section>`;
}
