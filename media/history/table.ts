/** Operations as a table, of which only the rows in sight exist: the picture's twin for screen readers and the keyboard. */
import { html, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { HistoryOperation } from "../../server/src/protocol/history-view.js";
import { keyClass, outcomeWords } from "../../server/src/view-model/history/bars.js";
import { ROW_HEIGHT } from "../../server/src/view-model/history/rows.js";
import { placeWords } from "../../server/src/view-model/history/words.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { styled } from "../shared/styled.js";
import type { HistoryActions } from "./actions.js";
import type { HistoryState } from "./model.js";

/** The table, with a scroll bar for all rows. */
export function operationsTable(state: HistoryState, actions: HistoryActions): TemplateResult {
  const { view, rows, rowWindow } = state;
  const total = rows?.matching ?? view?.matching ?? 0;
  const drawn = Array.from({ length: rowWindow.count }, (_, at) => rowWindow.first + at);
  const known = (row: number): HistoryOperation | undefined => (rows === null ? undefined : rows.rows[row - rows.from]);
  const stop = drawn.find((row) => known(row)?.number === state.picked) ?? drawn[0];
  return html`<div class="table" data-table tabindex="0" role="region" aria-label=${t("Operations")} @scroll=${(event: Event) => scrolled(event, actions)} @keydown=${(event: KeyboardEvent) => onKey(event, actions)}>
    <div role="table" aria-label=${t("Operations in the order of their beginnings")} aria-rowcount=${total + 1}>
      <div role="row" class="table-head" aria-rowindex="1">
        ${[t("No."), t("Client"), t("Operation"), t("Outcome"), t("Revision"), t("From"), t("To"), t("Place")].map((name) => html`<span role="columnheader">${name}</span>`)}
      </div>
      <div role="rowgroup" class="table-body" ${styled({ height: `${total * ROW_HEIGHT}px` })}>
        ${drawn.map((row) => tableRow(row, known(row), row === stop, state, actions))}
      </div>
    </div>
  </div>`;
}

function tableRow(
  row: number,
  operation: HistoryOperation | undefined,
  stop: boolean,
  { picked, cursorUs }: HistoryState,
  actions: HistoryActions,
) {
  const at = styled({ top: `${row * ROW_HEIGHT}px` });
  if (operation === undefined)
    return html`<div role="row" class="table-row" aria-rowindex=${row + 2} ${at}><span role="cell" class="quiet">…</span></div>`;
  const { number, client, text, revision, invokeUs, returnUs, stuck, partOf } = operation;
  const here = cursorUs !== null && invokeUs <= cursorUs && (returnUs ?? Number.POSITIVE_INFINITY) >= cursorUs;
  const classes = `table-row ${keyClass(operation)} ${number === picked ? "picked" : ""} ${here ? "here" : ""} ${stuck > 0 ? "stuck" : partOf.length > 0 ? "part" : ""}`;
  return html`<div role="row" class=${classes} aria-rowindex=${row + 2} ${at}>
    <span role="cell" class="number">${number}</span>
    <span role="cell" title=${client}>${client}</span>
    <span role="cell" class="words"><button type="button" class="row-button" data-row=${number} tabindex=${stop ? 0 : -1} aria-pressed=${String(number === picked)} title=${text} @click=${() => actions.pick(number)}>${text}</button></span>
    <span role="cell" title=${outcomeWords(operation)}>${outcomeWords(operation)}</span>
    <span role="cell" class="number">${revision ?? ""}</span>
    <span role="cell" class="number">${formatTime(invokeUs)}</span>
    <span role="cell" class="number">${returnUs === null ? "" : formatTime(returnUs)}</span>
    <span role="cell" class="number">${placeWords(operation)}</span>
  </div>`;
}

function scrolled(event: Event, actions: HistoryActions): void {
  const { currentTarget } = event;
  if (currentTarget instanceof HTMLElement) actions.scrollTable(currentTarget.scrollTop, currentTarget.clientHeight);
}

function onKey(event: KeyboardEvent, actions: HistoryActions): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  actions.pickNext(event.key === "ArrowDown" ? 1 : -1);
}
