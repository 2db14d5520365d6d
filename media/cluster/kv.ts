/** The key-value state of all servers side by side, with what the last move changed; compaction, alarms, leases. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, ServerView } from "../../server/src/protocol/cluster-view.js";
import type { KeyValueView } from "../../server/src/protocol/kv-views.js";
import { type Alike, alikeStores, nameRuns } from "../../server/src/view-model/cluster/alike.js";
import {
  changeSign,
  changeWords,
  keyChange,
  keysOf,
  oldServer,
} from "../../server/src/view-model/cluster/kv-changes.js";
import { letters, list } from "../../server/src/view-model/phrases.js";
import { formatCount } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import { leases } from "./leases.js";
import { menuHandlers } from "./menu.js";
import type { ClusterState } from "./model.js";

/** A value is cut where it has more letters; the whole of it stands in the words that come up. */
const VALUE_LETTERS = 26;

/** The section's content. `nowUs` is the time shown: leases run down by it. */
export function keyValues(state: ClusterState, actions: Actions, nowUs: number): TemplateResult {
  const { view, before } = state;
  if (view === null) return html``;
  const keys = keysOf(view, before);
  const columns = alikeStores(view.servers);
  const tables = new Map(columns.map(({ first }) => [first.name, new Map(first.kv.map((each) => [each.key, each]))]));
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t("Key-value state")}>
      <table class="kv">
        <thead>
          <tr>
            <th scope="col" class="corner">${t("key")}</th>
            ${columns.map(serverHead)}
          </tr>
        </thead>
        <tbody>
          ${keys.map((key) => {
            const values = columns.map(({ first }) => tables.get(first.name)?.get(key));
            return html`<tr>
              <th scope="row">${key}</th>
              ${columns.map(({ first }, at) => valueCell(first, values[at], newest(values), before, key, actions))}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${keys.length === 0 ? html`<p class="quiet">${t("No keys yet: nothing has been applied.")}</p>` : nothing}
    ${pages(view, keys, state, actions)} ${leases(view, nowUs)}`;
}

/** The way to further keys, and back. */
function pages(view: ClusterView, keys: readonly string[], state: ClusterState, actions: Actions) {
  const hidden = Math.max(0, ...view.servers.map((server) => server.moreKeys));
  const back = state.keyPages.length > 0;
  if (hidden === 0 && !back) return nothing;
  const last = keys.at(-1);
  const more = hidden === 1 ? t("… and 1 more key.") : t("… and {0} more keys.", formatCount(hidden));
  return html`<div class="pager" role="group" aria-label=${t("Keys shown")}>
    ${iconButton("chevron-left", t("Keys before these"), () => actions.showKeys(null), { disabled: !back })}
    <span class="quiet">${hidden === 0 ? t("These are the last keys.") : more}</span>
    ${iconButton("chevron-right", t("Further keys"), () => last !== undefined && actions.showKeys(last), { disabled: hidden === 0 })}
  </div>`;
}

function serverHead({ first, servers }: Alike): TemplateResult {
  const { revision, compactRevision, alarms } = first;
  const compacted =
    compactRevision < 0
      ? nothing
      : html`<span class="quiet compacted" title=${t("Reads and watches of revisions below are refused: error compacted")}> ${t("compacted at {0}", compactRevision)}</span>`;
  const all =
    servers.length === 1 ? nothing : html`<span class="quiet"> ${t("{0} servers alike", servers.length)}</span>`;
  return html`<th scope="col">
    ${list(nameRuns(servers.map(({ name }) => name)))}<span class="quiet"> ${t("rev {0}", revision)}</span>${all}${compacted}
    ${alarms.map((alarm) => html`<span class="alarm" title=${t("An alarm is on")}>${icon("warning")}${t("alarm {0}", alarm)}</span>`)}
  </th>`;
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
  actions: Actions,
) {
  const old = oldServer(before, server);
  const was = old?.kv.find((each) => each.key === key);
  const change = keyChange(value, was, old !== undefined);
  const behind = (value?.modRevision ?? 0) < newestRevision;
  const classes = `${change ?? ""} ${change === null ? "" : "touched"} ${behind ? "behind" : ""}`;
  const sign =
    change === null
      ? nothing
      : html`<span class="delta" role="img" title=${t("{0} by the last move", changeWords(change))} aria-label=${changeWords(change)}>${changeSign(change)}</span>`;
  if (value === undefined) {
    const gone =
      was === undefined
        ? html`<span class="quiet">–</span>`
        : html`<s class="${valueClass(was.value)} quiet">${was.value}</s>`;
    return html`<td class=${classes}>${gone}${sign}</td>`;
  }
  const menu = menuHandlers({ kind: "key", server: server.name, key }, actions);
  return html`<td class=${classes} title=${pairWords(value)} @contextmenu=${menu.pointer}>
    <button type="button" class=${valueClass(value.value)} aria-haspopup="menu" @click=${(event: MouseEvent) => openBelow(event, server, key, actions)} @keydown=${(event: KeyboardEvent) => menu.key(event)}>${value.value === "" ? t("(empty)") : value.value}</button><span class="quiet"> @${value.modRevision}</span>${leaseMark(value)}${behind ? html`<span class="visually-hidden">${t("older")}</span>` : nothing}${sign}
  </td>`;
}

function openBelow(event: MouseEvent, { name }: ServerView, key: string, actions: Actions): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof Element)) return;
  const box = currentTarget.getBoundingClientRect();
  actions.openMenu({ kind: "key", server: name, key }, box.left, box.bottom + 2);
}

function valueClass(value: string): string {
  return letters(value) > VALUE_LETTERS ? "value long" : "value";
}

function pairWords(pair: KeyValueView): string {
  const words = revisionWords(pair);
  return letters(pair.value) > VALUE_LETTERS ? `${pair.value}\n${words}` : words;
}

function revisionWords({ createRevision, modRevision, version, lease }: KeyValueView): string {
  return lease === null
    ? t("created at revision {0}, modified at {1}, version {2}", createRevision, modRevision, version)
    : t(
        "created at revision {0}, modified at {1}, version {2}, lease {3}",
        createRevision,
        modRevision,
        version,
        lease,
      );
}

function leaseMark({ lease }: KeyValueView) {
  if (lease === null) return nothing;
  return html`<span class="lease-mark" title=${t("lease {0}", lease)}>${icon("watch")}<span class="visually-hidden">${t("on lease {0}", lease)}</span></span>`;
}
