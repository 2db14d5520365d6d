/** The picked row in full: its fields, its reason and cause, its place in the scenario, its partner, and why. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { PlacedRow } from "../../server/src/protocol/diagram-rows.js";
import { isReply } from "../../server/src/view-model/diagram/arrows.js";
import { rowText } from "../../server/src/view-model/diagram/rows.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import { type EventLinks, fields, lineLink, whyAnswer } from "../shared/why.js";
import type { DiagramActions } from "./actions.js";
import type { DiagramState, PickedRow } from "./model.js";

/** The details of the picked row. */
export function details(state: DiagramState, actions: DiagramActions): TemplateResult {
  const { picked } = state;
  if (picked === null) {
    return html`<p class="quiet">${t("Pick a message or a note: here are its fields, its line in the scenario, and why it happened.")}</p>`;
  }
  const { placed, event } = picked;
  if (placed === null) return html`<p class="quiet">${t("loading…")}</p>`;
  const links: EventLinks = {
    go: (eventId) => actions.go(eventId),
    reveal: state.session?.uri == null ? null : (line) => actions.reveal(line),
  };
  const line = placed.kind === "term" ? null : placed.line;
  return html`<h2>${title(placed)}</h2>
    <dl class="facts">${facts(picked, placed, actions)}</dl>
    ${event === null || event.reason === null ? nothing : html`<p class="reason">${event.reason}</p>`}
    ${event === null ? nothing : fields(event)}
    <p class="row">
      <vscode-button secondary @click=${() => actions.why(placed.eventId)}>${t("Why?")}</vscode-button>
      ${lineLink(line, links)}
      ${
        event === null || event.cause === null
          ? nothing
          : html`<button type="button" class="link" @click=${() => event.cause !== null && actions.go(event.cause)}>${t("Cause: event {0}", event.cause)}</button>`
      }
      <span class="ends">
        <button type="button" class="link" @click=${() => actions.chooseEnd("from")}>${t("From here")}</button>
        <button type="button" class="link" @click=${() => actions.chooseEnd("to")}>${t("To here")}</button>
      </span>
    </p>
    ${why(state, links, actions)}`;
}

function title(row: PlacedRow): string {
  if (row.kind === "message") return `${row.type} ${row.from} → ${row.to}`;
  return row.kind === "term" ? t("Term {0} begins", row.term) : row.text;
}

function facts({ partner }: PickedRow, row: PlacedRow, actions: DiagramActions) {
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
  ${row.copiesArrive.length > 0 ? fact(t("Copies"), t("{0} more arrived", row.copiesArrive.length)) : nothing}
  ${row.count > 1 ? fact(t("Folded"), t("{0} heartbeats", row.count)) : nothing}
  ${
    partner === null
      ? nothing
      : fact(
          isReply(row.type) ? t("Answers") : t("Answered by"),
          html`<button type="button" class="link" @click=${() => actions.pick(partner.row)}>${rowText(partner)}</button>`,
        )
  }`;
}

function why(state: DiagramState, links: EventLinks, actions: DiagramActions) {
  const asked = state.why;
  if (asked === null) return nothing;
  return html`<section class="why" aria-label=${t("Why")}>
    ${asked.failure === null ? nothing : html`<p class="failure">${asked.failure}</p>`}
    ${asked.view === null ? nothing : html`<h3>${asked.view.question}</h3>${whyAnswer(asked.view, { ...links, ask: actions.ask, copy: null })}`}
  </section>`;
}
