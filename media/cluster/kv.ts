/** The key-value state of all servers side by side, with what the last move changed; compaction, alarms, leases. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, KeyValueView, ServerView } from "../../server/src/protocol/views.js";
import { icon } from "../shared/icon.js";
import { leases } from "./leases.js";
import type { ClusterState } from "./model.js";

/** The section's content. `nowUs` is the time shown: leases run down by it. */
export function keyValues(state: ClusterState, nowUs: number): TemplateResult {
  const { view, before } = state;
  if (view === null) return html``;
  const keys = keysOf(view);
  const hidden = Math.max(0, ...view.servers.map((server) => server.moreKeys));
  const tables = new Map(
    view.servers.map((server) => [server.name, new Map(server.kv.map((each) => [each.key, each]))]),
  );
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t("Key-value state")}>
      <table class="kv">
        <thead>
          <tr>
            <th scope="col" class="corner">${t("key")}</th>
            ${view.servers.map(serverHead)}
          </tr>
        </thead>
        <tbody>
          ${keys.map((key) => {
            const values = view.servers.map((server) => tables.get(server.name)?.get(key));
            return html`<tr>
              <th scope="row">${key}</th>
              ${view.servers.map((server, at) => valueCell(server, values[at], newest(values), before, key))}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${keys.length === 0 ? html`<p class="quiet">${t("No keys yet: nothing has been applied.")}</p>` : nothing}
    ${hidden > 0 ? html`<p class="quiet">${hidden === 1 ? t("… and 1 more key.") : t("… and {0} more keys.", hidden)}</p>` : nothing} ${leases(view, nowUs)}`;
}

function serverHead({ name, revision, compactRevision, alarms }: ServerView): TemplateResult {
  const compacted =
    compactRevision < 0
      ? nothing
      : html`<span class="quiet compacted" title=${t("Reads and watches of revisions below are refused: error compacted")}> ${t("compacted at {0}", compactRevision)}</span>`;
  return html`<th scope="col">
    ${name}<span class="quiet"> ${t("rev {0}", revision)}</span>${compacted}
    ${alarms.map((alarm) => html`<span class="alarm" title=${t("An alarm is on")}>${icon("warning")}${t("alarm {0}", alarm)}</span>`)}
  </th>`;
}

/** All keys of all servers, in the order of their code units. */
export function keysOf(view: ClusterView): readonly string[] {
  const keys = new Set(view.servers.flatMap((server) => server.kv.map((each) => each.key)));
  return [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function newest(values: readonly (KeyValueView | undefined)[]): number {
  return values.reduce((most, value) => Math.max(most, value?.modRevision ?? 0), 0);
}

function valueCell(
  server: ServerView,
  value: KeyValueView | undefined,
  newestRevision: number,
  before: ClusterView | null,
  key: string,
) {
  const old = before?.servers.find((each) => each.name === server.name);
  const was = old?.kv.find((each) => each.key === key);
  const changed = old !== undefined && was?.modRevision !== value?.modRevision;
  const behind = (value?.modRevision ?? 0) < newestRevision;
  const classes = `${changed ? "changed" : ""} ${behind ? "behind" : ""}`;
  const sign = changed
    ? html`<span class="delta" role="img" title=${t("changed by the last move")} aria-label=${t("changed")}>●</span>`
    : nothing;
  if (value === undefined) return html`<td class=${classes}><span class="quiet">–</span>${sign}</td>`;
  const { createRevision, modRevision, version } = value;
  const title =
    value.lease === null
      ? t("created at revision {0}, modified at {1}, version {2}", createRevision, modRevision, version)
      : t(
          "created at revision {0}, modified at {1}, version {2}, lease {3}",
          createRevision,
          modRevision,
          version,
          value.lease,
        );
  const lease =
    value.lease === null
      ? nothing
      : html`<span class="lease-mark" title=${t("lease {0}", value.lease)}>${icon("watch")}<span class="visually-hidden">${t("on lease {0}", value.lease)}</span></span>`;
  return html`<td class=${classes} title=${title}>
    <span class="value">${value.value}</span><span class="quiet"> @${value.modRevision}</span>${lease}${behind ? html`<span class="visually-hidden">${t("older")}</span>` : nothing}${sign}
  </td>`;
}
