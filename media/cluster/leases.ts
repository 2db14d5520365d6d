/** The leases of all servers side by side: how they run down at the leader, whose clock alone counts. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, ServerView } from "../../server/src/protocol/cluster-view.js";
import type { LeaseView } from "../../server/src/protocol/kv-views.js";
import { list } from "../../server/src/view-model/phrases.js";
import { formatCount, formatShortTime } from "../../server/src/view-model/time.js";

/** Width of a bar that is full. */
const BAR = 60;
const SECOND_US = 1_000_000;

/** The table of leases; nothing where there are none. */
export function leases(view: ClusterView, nowUs: number): TemplateResult | typeof nothing {
  const ids = leaseIds(view);
  if (ids.length === 0) return nothing;
  const more = Math.max(0, ...view.servers.map(({ moreLeases }) => moreLeases));
  const sinceUs = Math.max(0, nowUs - view.timeUs);
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t("Leases")}>
      <table class="kv leases">
        <thead>
          <tr>
            <th scope="col" class="corner">${t("lease")}</th>
            ${view.servers.map(({ name }) => html`<th scope="col">${name}</th>`)}
            <th scope="col">${t("keys")}</th>
          </tr>
        </thead>
        <tbody>
          ${ids.map((id) => row(id, view, sinceUs))}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="quiet">${more === 1 ? t("… and 1 more lease.") : t("… and {0} more leases.", formatCount(more))}</p>` : nothing}`;
}

/** The ids of all leases that a server knows, in order. */
export function leaseIds(view: ClusterView): readonly string[] {
  const ids = new Set(view.servers.flatMap((server) => server.leases.map(({ id }) => id)));
  return [...ids].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function row(id: string, view: ClusterView, sinceUs: number): TemplateResult {
  const known = view.servers.map((server) => server.leases.find((lease) => lease.id === id));
  // Whoever counts has applied most.
  const shown = known.find((lease) => lease !== undefined && lease.remainingUs !== null) ?? known.find(isThere);
  const keys = shown === undefined ? "" : keysWords(shown);
  return html`<tr data-lease=${id}>
    <th scope="row">${id}<span class="quiet"> ${shown?.ttl ?? "?"} s</span></th>
    ${view.servers.map((server, at) => cell(server, known[at], sinceUs))}
    <td><span class="value" title=${keys}>${keys === "" ? "–" : keys}</span></td>
  </tr>`;
}

function keysWords({ keys, moreKeys }: LeaseView): string {
  const words = list(keys);
  return moreKeys === 0 ? words : t("{0} … and {1} more", words, moreKeys);
}

function isThere(lease: LeaseView | undefined): boolean {
  return lease !== undefined;
}

function cell(server: ServerView, lease: LeaseView | undefined, sinceUs: number): TemplateResult {
  if (lease === undefined) return html`<td><span class="quiet">${t("unknown")}</span></td>`;
  if (lease.remainingUs === null) {
    const why = t("{0} does not lead: leases last for ever for it", server.name);
    return html`<td><span class="quiet" title=${why}>${t("not counted")}</span></td>`;
  }
  // A paused server finds out when it goes on.
  const leftUs = lease.remainingUs - (server.status === "up" ? sinceUs : 0);
  const share = Math.min(1, Math.max(0, leftUs / (lease.ttl * SECOND_US)));
  const words = leaseWords(leftUs);
  return html`<td class=${leftUs <= 0 ? "over" : ""} title=${t("by the clock of {0}", server.name)}>
    <svg class="drain" width=${BAR} height="6" aria-hidden="true">
      ${svg`<rect class="drain-all" width=${BAR} height="6" rx="3"></rect><rect class="drain-left" width=${Math.round(share * BAR)} height="6" rx="3"></rect>`}
    </svg>
    ${words}
  </td>`;
}

/** `7.2 s left`; a lease whose time is over is there until its revocation is committed. */
export function leaseWords(leftUs: number): string {
  return leftUs > 0 ? t("{0} left", formatShortTime(leftUs)) : t("over, to be revoked");
}
