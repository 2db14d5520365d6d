/** Filters, zoom, and what is in the window. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { filterCount, NO_FILTER, toggled } from "../../server/src/view-model/history/filter.js";
import { OUTCOMES, outcomeName, SORTS, sortName } from "../../server/src/view-model/history/words.js";
import { formatCount, formatTime } from "../../server/src/view-model/time.js";
import { iconButton } from "../shared/icon.js";
import type { HistoryActions } from "./actions.js";
import { type HistoryState, spanOf } from "./model.js";

/** The bar above the picture. */
export function toolbar(state: HistoryState, actions: HistoryActions): TemplateResult {
  const { view, filter, span } = state;
  const { fromUs, toUs } = spanOf(state);
  const count = filterCount(filter);
  return html`<div class="toolbar" role="toolbar" aria-label=${t("History")}>
      <span class="quiet range">${t("{0} – {1}", formatTime(fromUs), formatTime(toUs))}${view === null ? nothing : html`, ${amount(view.inWindow, view.total)}`}</span>
      <div class="group end">
        ${iconButton("filter", count === 0 ? t("Filters") : t("Filters, {0} set", count), () => actions.openFilters(!state.filtersOpen), { pressed: state.filtersOpen, keys: "F" })}
        ${iconButton("table", t("Table of operations"), () => actions.openTable(!state.tableOpen), { pressed: state.tableOpen, keys: "T" })}
        ${iconButton("chevron-left", t("Earlier"), () => actions.pan(-0.5), { disabled: span === null || fromUs <= 0, keys: "←" })}
        ${iconButton("chevron-right", t("Later"), () => actions.pan(0.5), { disabled: span === null || toUs >= (view?.endUs ?? 0), keys: "→" })}
        ${iconButton("zoom-out", t("Zoom out"), () => actions.zoomBy(2), { disabled: span === null, keys: "-" })}
        ${iconButton("zoom-in", t("Zoom in"), () => actions.zoomBy(0.5), { keys: "+" })}
        ${iconButton("screen-normal", t("Show all of it"), () => actions.show(null), { disabled: span === null, keys: "0" })}
      </div>
    </div>
    ${state.filtersOpen ? filters(state, actions) : nothing}`;
}

function amount(inWindow: number, total: number): string {
  if (inWindow === total) return total === 1 ? t("1 operation") : t("{0} operations", formatCount(total));
  return t("{0} of {1} operations", formatCount(inWindow), formatCount(total));
}

function filters({ filter, session, view }: HistoryState, actions: HistoryActions) {
  const clients = session?.clients ?? [];
  const box = (label: string, on: boolean, change: () => void) =>
    html`<vscode-checkbox label=${label} .checked=${on} @change=${change}></vscode-checkbox>`;
  const has = <T>(list: readonly T[], member: T): boolean => list.length === 0 || list.includes(member);
  return html`<div class="filters" role="group" aria-label=${t("Filters")}>
    <label class="field"><span>${t("Key")}</span>
      <input type="text" list="keys" spellcheck="false" .value=${filter.key} placeholder=${t("all keys")} @change=${(
        event: Event,
      ) => {
        if (event.target instanceof HTMLInputElement) actions.filter({ key: event.target.value });
      }} />
      <datalist id="keys">${(view?.keys ?? []).map(({ text }) => html`<option value=${text}></option>`)}</datalist>
    </label>
    <fieldset>
      <legend>${t("Clients")}</legend>
      ${clients.map((name) => box(name, has(filter.clients, name), () => actions.filter({ clients: toggled(filter.clients, clients, name) })))}
    </fieldset>
    <fieldset>
      <legend>${t("Operations")}</legend>
      ${SORTS.map((sort) => box(sortName(sort), has(filter.sorts, sort), () => actions.filter({ sorts: toggled(filter.sorts, SORTS, sort) })))}
    </fieldset>
    <fieldset>
      <legend>${t("Outcomes")}</legend>
      ${OUTCOMES.map((outcome) => box(outcomeName(outcome), has(filter.outcomes, outcome), () => actions.filter({ outcomes: toggled(filter.outcomes, OUTCOMES, outcome) })))}
    </fieldset>
    ${filterCount(filter) === 0 ? nothing : html`<vscode-button secondary @click=${() => actions.filter(NO_FILTER)}>${t("Show everything")}</vscode-button>`}
  </div>`;
}
