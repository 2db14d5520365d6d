/** The verdict on the history, and each place where no order exists, in words. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { HistoryCheckView, HistoryOperationRef, StuckView } from "../../server/src/protocol/history-view.js";
import { explanationName } from "../../server/src/view-model/history/bars.js";
import { list } from "../../server/src/view-model/phrases.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import type { HistoryActions } from "./actions.js";
import type { HistoryState } from "./model.js";

/** One line above the picture: linearizable or not, or how to find out. */
export function verdictLine(state: HistoryState, actions: HistoryActions): TemplateResult | typeof nothing {
  const { check, view, session } = state;
  if (view === null || view.total + view.watches.length === 0) return nothing;
  switch (check.kind) {
    case "none":
      return html`<div class="verdict-line" role="status">${icon("question")}<span>${t("The history has not been checked yet.")}</span>
        <vscode-button secondary @click=${() => actions.check()}>${t("Check now")}</vscode-button></div>`;
    case "running":
      return html`<div class="verdict-line" role="status">${icon("loading", "codicon-modifier-spin")}<span>${t("Looking for an order that explains every answer…")}</span></div>`;
    case "failed":
      return html`<div class="verdict-line failed" role="alert">${icon("error")}<span>${check.message}</span>
        <vscode-button secondary @click=${() => actions.check()}>${t("Check again")}</vscode-button></div>`;
    case "done": {
      const stale = session !== null && session.events !== check.check.events;
      return html`<div class="verdict-line ${check.check.kind}" role="status" data-verdict=${check.check.kind}>
        ${icon(check.check.kind === "ok" ? "pass-filled" : check.check.kind === "violation" ? "error" : "question")}
        <span>${check.check.text} ${watchWords(state, check.check)}</span>
        ${stale ? html`<span class="quiet">${t("{0} events have happened since.", session.events - check.check.events)}</span><vscode-button secondary @click=${() => actions.check()}>${t("Check again")}</vscode-button>` : nothing}
      </div>`;
    }
  }
}

function watchWords({ view }: HistoryState, { watchBreaches }: HistoryCheckView): string {
  if (view === null || view.watches.length === 0) return "";
  return watchBreaches === 0
    ? t("Every promise to the watches was kept.")
    : t("Promises to watches were broken {0} times.", watchBreaches);
}

/** The explanations: each operation that nothing places, numbered as in the picture, and weaker reads that no state explains. */
export function explanations({ check }: HistoryState, actions: HistoryActions): TemplateResult | typeof nothing {
  if (check.kind !== "done") return nothing;
  const { stuck, reads } = check.check;
  return html`${
    stuck.length === 0
      ? nothing
      : html`<section class="explanations" aria-label=${t("Why no order exists")}>
          <h2>${t("Why no order exists")}</h2>
          <ol>${stuck.map((each, at) => explanation(each, at + 1, actions))}</ol>
        </section>`
  }
  ${
    reads.length === 0
      ? nothing
      : html`<section class="explanations" aria-label=${t("Weaker reads that no state explains")}>
          <h2>${t("Weaker reads that no state explains")}</h2>
          <ul>${reads.map(({ operation, message }) => html`<li>${link(operation, actions)}<p class="reason">${message}</p></li>`)}</ul>
        </section>`
  }`;
}

function explanation(
  { operation, keys, reason, possible, others, moreOthers }: StuckView,
  number: number,
  actions: HistoryActions,
) {
  return html`<li data-explanation=${number}>
    <div class="explanation-head"><span class="badge" aria-label=${t("explanation {0}", explanationName(number))}>✗ ${explanationName(number)}</span>${link(operation, actions)}</div>
    <p class="reason">${reason}</p>
    ${possible.length === 0 ? nothing : html`<p>${possibleWords(possible)}</p>`}
    ${keys.length > 1 ? html`<p class="quiet">${t("Keys: {0}", list(keys))}</p>` : nothing}
    ${
      others.length === 0
        ? nothing
        : html`<p class="quiet">${t("Together with these it has no explanation:")}</p>
          <ul class="others">${others.map((other) => html`<li>${link(other.operation, actions)} <span class="quiet">${other.relation}</span></li>`)}</ul>`
    }
    ${moreOthers === 0 ? nothing : html`<p class="quiet">${t("and {0} earlier ones", moreOthers)}</p>`}
  </li>`;
}

function possibleWords(possible: readonly string[]): string {
  return possible.length === 1
    ? t("In the order found for everything before, the answer was bound to be {0}.", possible[0] ?? "")
    : t("In the order found for everything before, the answer could have been one of: {0}.", list(possible));
}

function link({ number, text, eventId, timeUs }: HistoryOperationRef, actions: HistoryActions) {
  if (number === 0) return html`<span>${text}</span>`;
  return html`<button type="button" class="link" title=${t("Show operation {0}, at {1}, event {2}", number, formatTime(timeUs), eventId)} @click=${() => actions.find(number, timeUs)}>${text}</button>`;
}

/** What the verdict does not speak of. */
export function reservations({ check }: HistoryState): TemplateResult | typeof nothing {
  if (check.kind !== "done" || check.check.reservations.length === 0) return nothing;
  return html`<section class="reservations" aria-label=${t("What is not judged")}>
    <h2>${t("What is not judged")}</h2>
    <ul>${check.check.reservations.map((text) => html`<li>${text}</li>`)}</ul>
  </section>`;
}
