/** How the diagram is shown: rendering, search, filters, zoom, and what leaves the panel. */
import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { t } from "../../server/src/l10n/text.js";
import { rows } from "../../server/src/view-model/phrases.js";
import { formatCount } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import type { DiagramActions, ExportForm } from "./actions.js";
import { type DiagramState, MOST_MATCHES, type Search } from "./model.js";
import { chipsOf } from "./selection.js";

/** The bar above the diagram. */
export function toolbar(state: DiagramState, actions: DiagramActions): TemplateResult {
  const { mode, totalRows } = state;
  const none = totalRows === null || totalRows === 0;
  const set = chipsOf(state.filter).length;
  return html`<div class="toolbar" role="toolbar" aria-label=${t("Diagram")}>
    <div class="group switch" role="group" aria-label=${t("Rendering")}>
      ${choice(t("Sequence"), mode === "sequence", () => actions.mode("sequence"))}
      ${choice(t("Mermaid"), mode === "mermaid", () => actions.mode("mermaid"))}
    </div>
    <div class="group">
      ${iconButton("search", t("Search"), () => actions.search(state.search === null), { pressed: state.search !== null, keys: "/" })}
      ${iconButton("filter", set === 0 ? t("Filters") : t("Filters, {0} set", set), () => actions.openFilters(!state.filtersOpen), { pressed: state.filtersOpen, keys: "F" })}
      ${iconButton("target", t("To the cursor"), actions.toCursor, { disabled: none, keys: "G" })}
    </div>
    <div class="group">
      ${iconButton("zoom-out", t("Zoom out"), () => actions.zoomBy(0.8), { disabled: none, keys: "-" })}
      <span class="zoom-value" aria-live="off">${Math.round(state.zoom * 100)} %</span>
      ${iconButton("zoom-in", t("Zoom in"), () => actions.zoomBy(1.25), { disabled: none, keys: "+" })}
      ${iconButton("screen-normal", mode === "mermaid" ? t("Fit the width") : t("Natural size"), actions.fit, { disabled: none, keys: "0" })}
    </div>
    <div class="group end">
      <span class="quiet count">${count(state)}</span>
      ${iconButton("export", t("Copy or save"), () => actions.openExport(!state.exportOpen), { disabled: none, pressed: state.exportOpen, keys: "S" })}
    </div>
  </div>`;
}

function count({ totalRows, takenIn, session }: DiagramState): string {
  if (totalRows === null) return "";
  const events = session?.events ?? takenIn;
  if (takenIn >= events) return rows(totalRows);
  return t("{0}, {1} % taken in", rows(totalRows), Math.floor((takenIn / Math.max(1, events)) * 100));
}

function choice(text: string, on: boolean, action: () => void) {
  return html`<button type="button" class="choice" aria-pressed=${String(on)} @click=${action}>${text}</button>`;
}

/** The search, while it is open. */
export function searchBar({ search }: DiagramState, actions: DiagramActions): TemplateResult | typeof nothing {
  if (search === null) return nothing;
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Enter") actions.searchStep(event.shiftKey ? "previous" : "next");
    else if (event.key === "Escape") actions.search(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="bar search" role="search" aria-label=${t("Search the rows")}>
    <input class="input" type="text" spellcheck="false" placeholder=${t("Search: RequestVote, s2, red…")} aria-label=${t("Search the rows")}
      .value=${search.text} @input=${(event: Event) => actions.searchFor(inputValue(event))} @keydown=${key}
      ${ref((element) => element instanceof HTMLInputElement && !element.dataset["met"] && meet(element))} />
    ${iconButton("arrow-up", t("Previous match"), () => actions.searchStep("previous"), { keys: "Shift+Enter" })}
    ${iconButton("arrow-down", t("Next match"), () => actions.searchStep("next"), { keys: "Enter" })}
    <span class="quiet" role="status">${matches(search)}</span>
    <span class="end">${iconButton("close", t("Close the search"), () => actions.search(false), { keys: "Escape" })}</span>
  </div>`;
}

/** The box has the focus when it comes. */
function meet(input: HTMLInputElement): void {
  input.dataset["met"] = "yes";
  requestAnimationFrame(() => input.focus());
}

function matches({ text, matches: found, nowhere }: Search): string {
  if (text.trim() === "" || found === null) return "";
  if (nowhere || found === 0) return t("nothing found");
  if (found === 1) return t("1 match");
  return found >= MOST_MATCHES
    ? t("more than {0} matches", formatCount(MOST_MATCHES))
    : t("{0} matches", formatCount(found));
}

/** What is set: each filter, the caret's line, the chosen rows; one click clears it. */
export function chips(state: DiagramState, actions: DiagramActions): TemplateResult | typeof nothing {
  const { caret, window: chosen } = state;
  const set = chipsOf(state.filter);
  if (set.length === 0 && caret === null && chosen === null) return nothing;
  return html`<div class="chips" role="group" aria-label=${t("What is set")}>
    ${set.map(
      ({
        text,
        without,
      }) => html`<button type="button" class="chip" title=${t("Clear: {0}", text)} @click=${() => actions.filter(without)}>
        ${icon("filter")}<span>${text}</span>${icon("close")}
      </button>`,
    )}
    ${
      caret === null
        ? nothing
        : html`<button type="button" class="chip caret" ?disabled=${caret.rows.length === 0} title=${t("To the next of them")} @click=${actions.nextOfCaret}>
            ${icon("edit")}<span>${caretText(caret.line, caret.rows.length)}</span>
          </button>`
    }
    ${
      chosen === null
        ? nothing
        : html`<button type="button" class="chip window" title=${t("Choose no rows")} @click=${() => actions.choose(null)}>
            ${icon("list-selection")}<span>${t("rows {0} to {1}", formatCount(chosen.from + 1), formatCount(chosen.to + 1))}</span>${icon("close")}
          </button>
          ${state.mode === "mermaid" ? nothing : html`<button type="button" class="link" @click=${() => actions.mode("mermaid")}>${t("Show as mermaid")}</button>`}`
    }
  </div>`;
}

function caretText(line: number, count: number): string {
  if (count === 0) return t("line {0}: no message", line);
  return count === 1 ? t("line {0}: 1 row", line) : t("line {0}: {1} rows", line, count >= 500 ? "500+" : count);
}

/** Ways out of the panel, for the chosen rows. */
export function exportBar(
  state: DiagramState,
  exported: string,
  actions: DiagramActions,
): TemplateResult | typeof nothing {
  if (!state.exportOpen) return nothing;
  const button = (form: ExportForm, text: string, title: string) =>
    html`<vscode-button secondary title=${title} @click=${() => actions.export(form)}>${text}</vscode-button>`;
  return html`<div class="bar export" role="group" aria-label=${t("Copy or save")}>
    <span>${exported}</span>
    ${button("copy", t("Copy as mermaid"), t("Copy the mermaid text of these rows"))}
    ${button("mmd", ".mmd", t("Save the mermaid text"))} ${button("svg", ".svg", t("Save the picture"))}
    ${button("png", ".png", t("Save the picture as pixels"))} ${button("md", ".md", t("Save as Markdown, with a table of the rows"))}
    <span class="quiet hint">${t("Shift and drag in the strip at the side, or “From here” and “To here” of a row, choose other rows.")}</span>
  </div>`;
}

/** The value of an input element. */
export function inputValue(event: Event): string {
  return event.target instanceof HTMLInputElement ? event.target.value : "";
}
