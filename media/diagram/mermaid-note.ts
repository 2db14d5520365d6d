/** Which rows mermaid draws, and what to do when they are not all that were asked for. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { formatCount } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import type { DiagramActions } from "./actions.js";
import type { DiagramState, RowWindow } from "./model.js";

/** A window as mermaid shows it. */
export interface MermaidShown {
  readonly window: RowWindow;
  /** What was asked for, when it was more. */
  readonly narrowedFrom: RowWindow | null;
}

/** The line above mermaid's picture. */
export function mermaidNote(
  shown: MermaidShown | null,
  state: DiagramState,
  actions: DiagramActions,
): TemplateResult | typeof nothing {
  const { totalRows, filter } = state;
  if (shown === null || totalRows === null || totalRows === 0) return nothing;
  const { window: rows, narrowedFrom } = shown;
  const where = t(
    "Rows {0} to {1} of {2}.",
    formatCount(rows.from + 1),
    formatCount(rows.to + 1),
    formatCount(totalRows),
  );
  const narrowed = narrowedFrom === null ? "" : narrowedText(rows, narrowedFrom);
  return html`<div class="banner info mermaid-note" role="status">
    ${icon(narrowedFrom === null ? "info" : "fold")}<span>${where} ${narrowed}</span>
    ${iconButton("chevron-left", t("The rows before"), () => actions.turn(-1), { disabled: rows.from === 0, keys: "PageUp" })}
    ${iconButton("chevron-right", t("The rows after"), () => actions.turn(1), { disabled: rows.to >= totalRows - 1, keys: "PageDown" })}
    ${
      narrowedFrom === null
        ? nothing
        : html`${filter.foldHeartbeats ? nothing : html`<vscode-button secondary @click=${() => actions.filter({ foldHeartbeats: true })}>${t("Fold heartbeats")}</vscode-button>`}
            <vscode-button secondary @click=${() => actions.openFilters(true)}>${t("Filters")}</vscode-button>
            <vscode-button secondary @click=${() => actions.openExport(true)}>${t("Copy or save")}</vscode-button>`
    }
  </div>`;
}

function narrowedText({ from, to }: RowWindow, asked: RowWindow): string {
  return t(
    "{0} rows were asked for; mermaid draws {1} at once, so that the panel never stands still. Fold, filter, or save them all.",
    formatCount(asked.to - asked.from + 1),
    formatCount(to - from + 1),
  );
}
