/** The picked row in full: its fields, its place in the scenario, and why. */
import { html, nothing, type TemplateResult } from "lit";
import type { DiagramRow } from "../../server/src/protocol/views.js";
import { icon } from "../shared/icon.js";
import { formatTime } from "../shared/time.js";
import { causes, type EventLinks, lineLink } from "../shared/why.js";
import type { DiagramActions } from "./actions.js";
import type { DiagramState } from "./model.js";

/** The details of the picked row. */
export function details(state: DiagramState, actions: DiagramActions): TemplateResult {
  const row = state.picked === null ? undefined : state.view?.rows[state.picked];
  if (row === undefined) {
    return html`<p class="quiet">Pick a message or a note: here are its fields, its line in the scenario, and <em>why</em> it happened.</p>`;
  }
  const links: EventLinks = {
    go: (eventId) => actions.go(eventId),
    reveal: state.session?.uri == null ? null : (line) => actions.reveal(line),
  };
  const line = row.kind === "term" ? null : row.line;
  return html`<h2>${title(row)}</h2>
    <dl class="facts">${facts(row, actions)}</dl>
    <p class="row">
      <vscode-button secondary @click=${() => actions.why(row.eventId)}>Why?</vscode-button>
      ${lineLink(line, links)}
    </p>
    ${why(state, links)}`;
}

function title(row: DiagramRow): string {
  if (row.kind === "message") return `${row.type} ${row.from} → ${row.to}`;
  return row.kind === "term" ? `Term ${row.term} begins` : row.text;
}

function facts(row: DiagramRow, actions: DiagramActions) {
  const fact = (name: string, value: string | TemplateResult) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const event = (id: number, us: number) =>
    html`<button type="button" class="link" title="Move the cursor to event ${id}" @click=${() => actions.go(id)}>${formatTime(us)}, event ${id}</button>`;
  if (row.kind !== "message") {
    return html`${fact("At", event(row.eventId, row.timeUs))}
    ${row.kind === "event" && row.at !== null ? fact("Where", row.at) : nothing}`;
  }
  const { deliveredId, deliveredUs } = row;
  return html`${fact("Content", row.label)} ${fact("Sent", event(row.eventId, row.sentUs))}
  ${
    deliveredId !== null && deliveredUs !== null
      ? html`${fact("Delivered", event(deliveredId, deliveredUs))} ${fact("Under way for", formatTime(deliveredUs - row.sentUs))}`
      : fact("Delivered", row.lost ? html`${icon("close")}lost` : "still under way")
  }
  ${row.count > 1 ? fact("Folded", `${row.count} heartbeats`) : nothing}`;
}

function why(state: DiagramState, links: EventLinks) {
  const asked = state.why;
  if (asked === null) return nothing;
  return html`<section class="why" aria-label="Why">
    ${asked.failure === null ? nothing : html`<p class="failure">${asked.failure}</p>`}
    ${asked.view === null ? nothing : causes(asked.view.links, asked.view.truncated, links)}
  </section>`;
}
