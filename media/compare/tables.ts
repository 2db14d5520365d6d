/** The two clusters at the cursor, and what the runs come to: tables with the left run and the right one side by side. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { MilestoneChoice, MilestoneRow, MilestoneSide } from "../../server/src/protocol/comparison.js";
import { SIDES, type Side } from "../../server/src/view-model/compare/frame.js";
import {
  partText,
  type ServerCell,
  type ServerDifference,
  type ServerRow,
  serverRows,
} from "../../server/src/view-model/compare/summary.js";
import { countsText, gradeWords } from "../../server/src/view-model/compare/words.js";
import { list } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { formatCount, formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import type { CompareActions } from "./actions.js";
import { sideText } from "./axis.js";
import { type CompareState, choiceOf, cursorOf } from "./model.js";

/** Both clusters at the cursor. */
export function clusters(state: CompareState): TemplateResult {
  const rows = serverRows(state.clusters);
  if (rows.length === 0) return html`<p class="quiet">${icon("loading", "codicon-modifier-spin")} ${t("Loading…")}</p>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${t("Servers at the cursor")}>
    <table class="servers">
      <caption>${t("At {0}", formatTime(cursorOf(state)))}</caption>
      <thead>
        <tr><th scope="col">${t("server")}</th>${SIDES.map((side) => html`<th scope="col">${sideText(side)}</th>`)}<th scope="col">${t("difference")}</th></tr>
      </thead>
      <tbody>${rows.map(serverRow)}</tbody>
    </table>
  </div>`;
}

function serverRow(row: ServerRow) {
  const { differences } = row;
  return html`<tr class=${differences.length > 0 ? "differs" : ""}>
    <th scope="row">${row.server}</th>
    ${SIDES.map((side) => html`<td>${serverCell(row[side], differences)}</td>`)}
    <td class="grade">${differences.length === 0 ? html`<span class="quiet">= ${t("same")}</span>` : html`<b>≠</b> ${list(differences.map(partText))}`}</td>
  </tr>`;
}

function serverCell(cell: ServerCell | null, differences: readonly ServerDifference[]) {
  if (cell === null) return html`<span class="quiet">${t("not there")}</span>`;
  const part = (name: ServerDifference, text: string) =>
    differences.includes(name) ? html`<strong>${text}</strong>` : html`<span>${text}</span>`;
  return html`<span class="server-cell">
    <span class="role ${cell.look}">${part("role", cell.role)}</span>
    <span class="term-chip ${termClass(cell.term)}" title=${t("term {0}", cell.term)}>${part("term", String(cell.term))}</span>
    ${part("commit", t("commit {0}", cell.commit))} ${part("lastIndex", t("log to {0}", cell.lastIndex))}
  </span>`;
}

const CHOICES: readonly MilestoneChoice[] = ["outcome", "changed", "all"];

/** What each run comes to. */
export function milestones(state: CompareState, actions: CompareActions): TemplateResult | typeof nothing {
  const { view, rows, totalRows } = state;
  if (view === null) return nothing;
  const chosen = choiceOf(state);
  return html`
    <div class="choices" role="radiogroup" aria-label=${t("Which rows")}>
      ${CHOICES.map(
        (choice) => html`<button type="button" class="choice" role="radio" aria-checked=${String(choice === chosen)}
          tabindex=${choice === chosen ? 0 : -1} @keydown=${(event: KeyboardEvent) => onChoiceKey(event, choice, actions)}
          @click=${() => actions.chooseRows(choice)}>${choiceText(choice, state)}</button>`,
      )}
      <span class="quiet">${countsText(view.counts)}</span>
    </div>
    ${
      rows.length === 0
        ? html`<p class="quiet">${totalRows === 0 ? t("There is nothing of this kind.") : ""}</p>`
        : html`<table class="milestones">
            <thead><tr><th scope="col" class="what">${t("what")}</th><th scope="col">${t("left")}</th><th scope="col">${t("right")}</th><th scope="col">${t("difference")}</th></tr></thead>
            <tbody>${rows.map((row) => milestone(row, actions))}</tbody>
          </table>`
    }
    ${
      rows.length < totalRows
        ? html`<p><vscode-button secondary @click=${actions.moreRows}>${t("Show more: {0} of {1}", formatCount(rows.length), formatCount(totalRows))}</vscode-button></p>`
        : nothing
    }`;
}

/** Arrows choose within the group, as in any group of radio buttons. */
function onChoiceKey(event: KeyboardEvent, choice: MilestoneChoice, actions: CompareActions): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const next = CHOICES[(CHOICES.indexOf(choice) + step + CHOICES.length) % CHOICES.length];
  if (next === undefined) return;
  actions.chooseRows(next);
  const { currentTarget } = event;
  const group = currentTarget instanceof HTMLElement ? currentTarget.parentElement : null;
  const button = group?.querySelectorAll("[role=radio]")[CHOICES.indexOf(next)];
  if (button instanceof HTMLElement) button.focus();
}

function choiceText(choice: MilestoneChoice, { view }: CompareState): string {
  const { outcome = 0, time = 0, equal = 0 } = view?.counts ?? {};
  switch (choice) {
    case "outcome":
      return t("What differs ({0})", formatCount(outcome));
    case "changed":
      return t("Also at another time ({0})", formatCount(outcome + time));
    case "all":
      return t("All ({0})", formatCount(outcome + time + equal));
  }
}

const KIND_ICONS: Readonly<Record<MilestoneRow["kind"], string>> = {
  term: "arrow-up",
  leader: "star-full",
  entry: "pass",
  step: "debug-breakpoint-function",
  operation: "account",
  fault: "zap",
  violation: "error",
  verdict: "law",
};

function milestone(row: MilestoneRow, actions: CompareActions) {
  const { sign, text } = gradeWords(row);
  return html`<tr class="grade-${row.grade}">
    <th scope="row" class="what">${icon(KIND_ICONS[row.kind])}<span>${row.label}</span></th>
    ${SIDES.map((side) => html`<td data-label=${sideText(side)}>${milestoneSide(side, row[side], row, actions)}</td>`)}
    <td class="grade"><b>${sign}</b> ${text}</td>
  </tr>`;
}

function milestoneSide(side: Side, at: MilestoneSide | null, row: MilestoneRow, actions: CompareActions) {
  if (at === null) return html`<span class="quiet">${t("did not happen")}</span>`;
  const { eventId, timeUs, value } = at;
  const time = formatTime(timeUs);
  return html`<span class="moment">
    ${
      eventId === null
        ? html`<span>${time}</span>`
        : html`<button type="button" class="link" @click=${() => actions.go(side, eventId, timeUs)} aria-label=${t("{0}, {1}: go to {2}", row.label, sideText(side), time)}>${time}</button>
          <button type="button" class="link to-cluster" title=${t("Show the cluster then")} aria-label=${t("{0}, {1}: show the cluster at {2}", row.label, sideText(side), time)} @click=${() => actions.open(side, eventId, timeUs)}>${icon("server-environment")}</button>`
    }
    <span class="value">${value}</span>
  </span>`;
}
