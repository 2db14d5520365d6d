/** What the lines, signs and colours of the table of logs mean. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import { storedSign } from "../../server/src/view-model/cluster/log-changes.js";

/** What is always there, and what is shown now besides. */
export function legend(view: ClusterView, compacted: boolean): TemplateResult {
  const has = (stored: "memory" | "unsynced") =>
    view.servers.some(({ log }) => log.some((entry) => entry.stored === stored));
  return html`<ul class="legend" aria-label=${t("Legend")}>
    ${has("memory") ? html`<li>${sample("memory uncommitted", storedSign("memory"))}${t("in memory only")}</li>` : nothing}
    <li>${sample("written uncommitted", storedSign("written"))}${t("written, not durable yet")}</li>
    ${has("unsynced") ? html`<li>${sample("unsynced uncommitted", storedSign("unsynced"))}${t("said to be durable, and not synced")}</li>` : nothing}
    <li>${sample("durable uncommitted", "")}${t("durable")}</li>
    <li>${sample("durable committed", "")}${t("committed")}</li>
    <li>${sample("durable committed applied", "✓")}${t("applied")}</li>
    ${
      compacted
        ? html`<li><span class="snapshot term-0" aria-hidden="true">4/1</span>${t("snapshot up to entry {0}, of term {1}", 4, 1)}</li>
          <li><span class="gone sample" aria-hidden="true"></span>${t("compacted")}</li>`
        : nothing
    }
    <li><span class="cue match" aria-hidden="true">m</span>${t("match")}</li>
    <li><span class="cue next" aria-hidden="true">n</span>${t("next")}</li>
  </ul>`;
}

function sample(marks: string, sign: string) {
  return html`<span class="entry sample ${marks} term-0" aria-hidden="true"><span class="entry-term">1<span class="tick">${sign}</span></span></span>`;
}
