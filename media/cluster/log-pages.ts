/** Where the table of logs stands in logs that are longer than it, and the way to other entries. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { logPage } from "../../server/src/view-model/cluster/log-page.js";
import { formatCount } from "../../server/src/view-model/time.js";
import { iconButton } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";

/** Nothing while all entries are shown. */
export function logPages(state: ClusterState, actions: Actions): TemplateResult | typeof nothing {
  if (state.view === null) return nothing;
  const { from, to, last } = state.view.logRange;
  const page = logPage(state.view.logRange, state.logEnd !== null);
  if (page === null) return nothing;
  return html`<div class="pager" role="group" aria-label=${t("Entries shown")}>
    ${iconButton("chevron-left", t("Older entries"), () => page.older !== null && actions.showLogs(page.older), { disabled: page.older === null })}
    <label class="pager-range"
      ><span>${t("entries {0} to {1} of {2}", formatCount(from), formatCount(to), formatCount(last))}</span
      ><input
        type="range"
        class="pager-slider"
        aria-label=${t("Last entry shown")}
        min=${page.size}
        max=${last}
        .value=${String(to)}
        @change=${(event: Event) => {
          const { target } = event;
          if (!(target instanceof HTMLInputElement)) return;
          const end = Number(target.value);
          actions.showLogs(end >= last ? null : end);
        }}
    /></label>
    ${iconButton("chevron-right", t("Newer entries"), () => actions.showLogs(page.newer), { disabled: page.atEnd })}
    ${iconButton("debug-continue", t("Follow the newest entries"), () => actions.showLogs(null), { disabled: page.follows, pressed: page.follows })}
  </div>`;
}
