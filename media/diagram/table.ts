/** The rows as a table: the diagram's twin for screen readers and the keyboard. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { t } from "../../server/src/l10n/text.js";
import type { DiagramRow } from "../../server/src/protocol/views.js";
import { cursorRow, rowText, rowTime } from "../../server/src/view-model/diagram/rows.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import { CATEGORY_ICONS } from "../shared/why.js";
import type { DiagramActions } from "./actions.js";
import type { DiagramState } from "./model.js";

/** One tab stop; arrows, Home and End move within. */
export function rowsTable(state: DiagramState, actions: DiagramActions): TemplateResult | typeof nothing {
  const { view, picked, session } = state;
  if (view === null) return nothing;
  const { rows } = view;
  const cursor = cursorRow(rows, session?.cursor ?? null);
  const stop = picked ?? cursor ?? 0;
  return html`<table class="rows" aria-label=${t("Rows of the diagram")} @keydown=${(event: KeyboardEvent) => onKey(event, rows.length, actions)}>
    <colgroup><col class="when-column" /><col /></colgroup>
    <thead class="visually-hidden"><tr><th scope="col">${t("Time")}</th><th scope="col">${t("What")}</th></tr></thead>
    <tbody>
      ${guard([view, picked, cursor], () => rows.map((row, at) => tableRow(row, at, at === cursor, at === picked, at === stop, actions)))}
    </tbody>
  </table>`;
}

function tableRow(row: DiagramRow, at: number, here: boolean, picked: boolean, stop: boolean, actions: DiagramActions) {
  return html`<tr class="${here ? "here" : ""} ${picked ? "picked" : ""} ${row.kind}">
    <td class="when">${formatTime(rowTime(row))}</td>
    <td>
      <button type="button" class="row-button" data-row=${at} tabindex=${stop ? 0 : -1}
        aria-current=${here ? "step" : nothing} aria-pressed=${String(picked)} @click=${() => actions.pick(at)}>
        ${icon(row.kind === "message" ? (row.lost ? "close" : "mail") : row.kind === "term" ? "milestone" : CATEGORY_ICONS[row.category])}
        <span title=${rowText(row)}>${rowText(row)}</span>
      </button>
    </td>
  </tr>`;
}

function onKey(event: KeyboardEvent, count: number, actions: DiagramActions): void {
  if (!(event.target instanceof HTMLElement)) return;
  const now = Number(event.target.dataset["row"] ?? Number.NaN);
  if (Number.isNaN(now)) return;
  const goals: Readonly<Record<string, number>> = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: count - 1 };
  const goal = goals[event.key];
  if (goal === undefined || goal < 0 || goal >= count) return;
  event.preventDefault();
  event.stopPropagation();
  actions.pick(goal);
  const button = event.target.closest("table")?.querySelector(`[data-row="${goal}"]`);
  if (button instanceof HTMLElement) button.focus();
}
