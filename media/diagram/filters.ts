/** The filters, while they are open. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { DiagramActions } from "./actions.js";
import type { DiagramState } from "./model.js";
import { chipsOf, NO_FILTER, readTerms, TYPES } from "./selection.js";
import { inputValue } from "./toolbar.js";

/** What is left out of the diagram. */
export function filters(state: DiagramState, actions: DiagramActions): TemplateResult | typeof nothing {
  if (!state.filtersOpen) return nothing;
  const { filter, session } = state;
  const servers = session?.servers ?? [];
  const has = (list: readonly string[], name: string) => list.length === 0 || list.includes(name);
  return html`<div class="filters" role="group" aria-label=${t("Filters")}>
    <fieldset>
      <legend>${t("Servers")}</legend>
      ${servers.map((name) => box(name, has(filter.servers, name), () => actions.filter({ servers: toggled(filter.servers, servers, name) })))}
    </fieldset>
    <fieldset>
      <legend>${t("Messages")}</legend>
      ${TYPES.map((name) => box(name, has(filter.types, name), () => actions.filter({ types: toggled(filter.types, TYPES, name) })))}
    </fieldset>
    <fieldset>
      <legend>${t("Show")}</legend>
      ${box(t("Clients"), filter.clients, () => actions.filter({ clients: !filter.clients }))}
      ${box(t("Fold heartbeats"), filter.foldHeartbeats, () => actions.filter({ foldHeartbeats: !filter.foldHeartbeats }))}
    </fieldset>
    <fieldset>
      <legend>${t("Only rows")}</legend>
      <label class="field"><span>${t("with the words")}</span>
        <input class="input" type="text" spellcheck="false" .value=${filter.text} @change=${(event: Event) => actions.filter({ text: inputValue(event).trim() })} /></label>
      <label class="field"><span>${t("of terms")}</span>
        <input class="input short" type="text" inputmode="numeric" spellcheck="false" placeholder="3-7" .value=${terms(filter.terms)}
          @change=${(event: Event) => actions.filter({ terms: readTerms(inputValue(event)) })} /></label>
      ${
        chipsOf(filter).length === 0
          ? nothing
          : html`<vscode-button secondary @click=${() => actions.filter(NO_FILTER)}>${t("Clear all filters")}</vscode-button>`
      }
    </fieldset>
  </div>`;
}

function terms(of: DiagramState["filter"]["terms"]): string {
  if (of === null) return "";
  return of.from === of.to ? String(of.from) : `${of.from}-${of.to}`;
}

function box(label: string, on: boolean, change: () => void): TemplateResult {
  return html`<vscode-checkbox label=${label} .checked=${on} @change=${change}></vscode-checkbox>`;
}

/** The list without or with a name; all of them are an empty list. */
function toggled(list: readonly string[], all: readonly string[], name: string): readonly string[] {
  const shown = list.length === 0 ? all : list;
  const next = all.filter((each) => (each === name ? !shown.includes(each) : shown.includes(each)));
  return next.length === all.length ? [] : next;
}
