/** What shapes and colours stand for; a key's chip filters by it. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { OutcomeSort } from "../../server/src/protocol/history-view.js";
import { keyClass } from "../../server/src/view-model/history/bars.js";
import { outcomeName } from "../../server/src/view-model/history/words.js";
import type { HistoryActions } from "./actions.js";
import type { HistoryState } from "./model.js";

/** Keys that have a chip. */
const KEYS = 12;

/** The line below the picture. */
export function legend({ view, filter }: HistoryState, actions: HistoryActions): TemplateResult | typeof nothing {
  if (view === null) return nothing;
  const shown = new Set(view.operations.map(({ outcome }) => outcome));
  const outcomes: readonly OutcomeSort[] = ["none", "failed", "error", "unknown"];
  const keys = view.keys.slice(0, KEYS);
  return html`<div class="legend" role="group" aria-label=${t("Legend")}>
    ${keys.map(
      ({ text, place, operations }) =>
        html`<button type="button" class="key-chip ${keyClass({ key: text, keyPlace: place })}" aria-pressed=${String(filter.key === text)} title=${t("Show only what touches {0} ({1} operations)", text, operations)} @click=${() => actions.filter({ key: filter.key === text ? "" : text })}><span class="key-swatch" aria-hidden="true"></span>${text}</button>`,
    )}
    ${view.keys.length + view.moreKeys > KEYS ? html`<span class="quiet">${t("and {0} more keys", view.keys.length + view.moreKeys - KEYS)}</span>` : nothing}
    ${outcomes.filter((outcome) => shown.has(outcome)).map((outcome) => html`<span class="legend-item"><span class="sample outcome-${outcome}" aria-hidden="true">${outcome === "unknown" ? "?" : ""}</span>${outcomeName(outcome)}</span>`)}
    ${view.operations.some(({ point }) => point !== null) ? html`<span class="legend-item"><span class="point-sample" aria-hidden="true">1</span>${t("place in the order found")}</span>` : nothing}
  </div>`;
}
