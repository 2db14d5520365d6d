/** The chain of causes behind something, as a list to walk along. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { EventId } from "../../server/src/protocol/session.js";
import type { EventView } from "../../server/src/protocol/views.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon } from "./icon.js";

/** What one can do from an event's words. */
export interface EventLinks {
  /** Moves the cursor to the event. */
  go(eventId: EventId): void;
  /** Shows the scenario's line; absent when there is no file. */
  readonly reveal: ((line: number) => void) | null;
}

/** The icon of an event's category. */
export const CATEGORY_ICONS: Readonly<Record<EventView["category"], string>> = {
  message: "mail",
  timer: "watch",
  role: "star-full",
  log: "list-ordered",
  disk: "database",
  client: "account",
  watch: "eye",
  fault: "zap",
  step: "debug-breakpoint-function",
  note: "note",
  violation: "error",
};

/** The links of a chain, the asked event first. */
export function causes(links: readonly EventView[], truncated: boolean, actions: EventLinks): TemplateResult {
  return html`<ol class="causes">
    ${links.map(
      (event, at) => html`<li class="cause">
        <div class="cause-head">
          ${icon(CATEGORY_ICONS[event.category])}
          <button type="button" class="link" @click=${() => actions.go(event.id)} title=${t("Move the cursor to event {0}", event.id)}>
            ${at === 0 ? nothing : html`<span class="cause-because">${t("because")} </span>`}${event.title}
          </button>
        </div>
        <div class="cause-where">
          <span>${formatTime(event.timeUs)}</span><span>${t("event {0}", event.id)}</span>
          ${event.at === null ? nothing : html`<span>${t("at {0}", event.at)}</span>`} ${lineLink(event.line, actions)}
        </div>
        ${event.reason === null ? nothing : html`<p class="reason">${event.reason}</p>`}
        ${at === 0 ? fields(event) : nothing}
      </li>`,
    )}
    ${truncated ? html`<li class="cause more">${t("… and further back: go to the last event and ask again.")}</li>` : nothing}
  </ol>`;
}

/** A link to the scenario's line behind an event. */
export function lineLink(line: number | null, actions: EventLinks): TemplateResult | typeof nothing {
  const { reveal } = actions;
  if (line === null || reveal === null) return nothing;
  return html`<button type="button" class="link line-link" @click=${() => reveal(line)}>
    ${icon("go-to-file")}${t("line {0}", line)}
  </button>`;
}

/** An event's fields as a table of names and values. */
export function fields(event: EventView): TemplateResult | typeof nothing {
  if (event.fields.length === 0) return nothing;
  return html`<dl class="fields">
    ${event.fields.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
