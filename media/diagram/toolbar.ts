/** Which part of the run is shown, what is left out, zoom, copy and save. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { rows } from "../../server/src/view-model/phrases.js";
import { formatCount, formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import type { DiagramActions } from "./actions.js";
import { type DiagramState, LIMITS, TYPES } from "./model.js";

/** The bar above the diagram. */
export function toolbar(state: DiagramState, actions: DiagramActions): TemplateResult {
  const { view, window, filter } = state;
  const none = view === null;
  const last = (state.session?.events ?? 1) - 1;
  const count =
    filter.servers.length + filter.types.length + (filter.clients ? 0 : 1) + (filter.foldHeartbeats ? 0 : 1);
  return html`<div class="toolbar" role="toolbar" aria-label=${t("Diagram")}>
      <div class="group" role="group" aria-label=${t("Window")}>
        ${iconButton("chevron-left", t("Previous page"), () => actions.page(-1), { disabled: none || view.fromEvent <= 0, keys: "PageUp" })}
        ${choice(t("Whole run"), window.kind === "whole", () => actions.choose({ kind: "whole" }))}
        ${choice(t("Around the cursor"), window.kind === "around", () => actions.choose({ kind: "around" }))}
        ${iconButton("chevron-right", t("Next page"), () => actions.page(1), { disabled: none || view.toEvent >= last, keys: "PageDown" })}
      </div>
      ${none ? nothing : html`<span class="quiet range">${t("{0} – {1}, {2}", formatTime(view.fromUs), formatTime(view.toUs), rows(view.rows.length))}</span>`}
      <div class="group end">
        ${iconButton("filter", count === 0 ? t("Filters") : t("Filters, {0} set", count), () => actions.openFilters(!state.filtersOpen), { pressed: state.filtersOpen, keys: "F" })}
        ${iconButton("zoom-out", t("Zoom out"), () => actions.zoomBy(0.8), { disabled: none, keys: "-" })}
        <span class="zoom-value" aria-live="off">${Math.round(state.zoom * 100)} %</span>
        ${iconButton("zoom-in", t("Zoom in"), () => actions.zoomBy(1.25), { disabled: none, keys: "+" })}
        ${iconButton("screen-normal", t("Fit the width"), actions.fit, { disabled: none, keys: "0" })}
        ${iconButton("copy", t("Copy as mermaid"), actions.copy, { disabled: none })}
        <vscode-button secondary ?disabled=${none} aria-disabled=${String(none)} title=${t("Save the mermaid text")} @click=${() => !none && actions.saveMermaid()}>.mmd</vscode-button>
        <vscode-button secondary ?disabled=${none} aria-disabled=${String(none)} title=${t("Save the picture")} @click=${() => !none && actions.saveSvg()}>.svg</vscode-button>
      </div>
    </div>
    ${state.filtersOpen ? filters(state, actions) : nothing}`;
}

function choice(text: string, on: boolean, action: () => void) {
  return html`<button type="button" class="choice" aria-pressed=${String(on)} @click=${action}>${text}</button>`;
}

function filters(state: DiagramState, actions: DiagramActions) {
  const { filter, session } = state;
  const toggle = (list: readonly string[], all: readonly string[], name: string): readonly string[] => {
    const shown = list.length === 0 ? all : list;
    const next = all.filter((each) => (each === name ? !shown.includes(each) : shown.includes(each)));
    return next.length === all.length ? [] : next;
  };
  const servers = session?.servers ?? [];
  const box = (label: string, on: boolean, change: () => void) =>
    html`<vscode-checkbox label=${label} .checked=${on} @change=${change}></vscode-checkbox>`;
  const has = (list: readonly string[], name: string) => list.length === 0 || list.includes(name);
  return html`<div class="filters" role="group" aria-label=${t("Filters")}>
    <fieldset>
      <legend>${t("Servers")}</legend>
      ${servers.map((name) => box(name, has(filter.servers, name), () => actions.filter({ servers: toggle(filter.servers, servers, name) })))}
    </fieldset>
    <fieldset>
      <legend>${t("Messages")}</legend>
      ${TYPES.map((name) => box(name, has(filter.types, name), () => actions.filter({ types: toggle(filter.types, TYPES, name) })))}
    </fieldset>
    <fieldset>
      <legend>${t("Show")}</legend>
      ${box(t("Clients"), filter.clients, () => actions.filter({ clients: !filter.clients }))}
      ${box(t("Fold heartbeats"), filter.foldHeartbeats, () => actions.filter({ foldHeartbeats: !filter.foldHeartbeats }))}
      <label class="field"><span>${t("Rows at most")}</span>
        <vscode-single-select label=${t("Rows at most")} .value=${String(state.limit)} @change=${(event: Event) => {
          if (event.target instanceof HTMLElement && "value" in event.target) actions.limit(Number(event.target.value));
        }}>
          ${LIMITS.map((each) => html`<vscode-option value=${String(each)} ?selected=${each === state.limit}>${each}</vscode-option>`)}
        </vscode-single-select>
      </label>
    </fieldset>
  </div>`;
}

/** Says that the window was cut, and what helps. */
export function cutMessage(state: DiagramState, actions: DiagramActions): TemplateResult | typeof nothing {
  const { view, filter, window } = state;
  if (view === null || view.moreRows === 0) return nothing;
  return html`<div class="banner info" role="status">
    ${icon("fold")}<span>${notShown(view.moreRows, view.rows.length)}</span>
    ${filter.foldHeartbeats ? nothing : html`<vscode-button secondary @click=${() => actions.filter({ foldHeartbeats: true })}>${t("Fold heartbeats")}</vscode-button>`}
    ${window.kind === "around" ? nothing : html`<vscode-button secondary @click=${() => actions.choose({ kind: "around" })}>${t("Around the cursor")}</vscode-button>`}
    <vscode-button secondary @click=${() => actions.page(1)}>${t("Next page")}</vscode-button>
  </div>`;
}

function notShown(more: number, shown: number): string {
  return more === 1
    ? t("1 more row not shown: one picture holds {0}.", shown)
    : t("{0} more rows not shown: one picture holds {1}.", formatCount(more), shown);
}
