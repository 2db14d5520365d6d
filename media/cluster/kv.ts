/** The key-value state of all servers side by side, with what the last move changed. */
import { html, nothing, type TemplateResult } from "lit";
import type { ClusterView, KeyValueView, ServerView } from "../../server/src/protocol/views.js";
import type { ClusterState } from "./model.js";

/** The section's content. */
export function keyValues(state: ClusterState): TemplateResult {
  const { view, before } = state;
  if (view === null) return html``;
  const keys = keysOf(view);
  const hidden = Math.max(0, ...view.servers.map((server) => server.moreKeys));
  const tables = new Map(
    view.servers.map((server) => [server.name, new Map(server.kv.map((each) => [each.key, each]))]),
  );
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label="Key-value state">
      <table class="kv">
        <thead>
          <tr>
            <th scope="col" class="corner">key</th>
            ${view.servers.map((server) => html`<th scope="col">${server.name}<span class="quiet"> rev ${server.revision}</span></th>`)}
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
    ${keys.length === 0 ? html`<p class="quiet">No keys yet: nothing has been applied.</p>` : nothing}
    ${hidden > 0 ? html`<p class="quiet">… and ${hidden} more keys.</p>` : nothing}`;
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
    ? html`<span class="delta" title="changed by the last move" aria-label="changed">●</span>`
    : nothing;
  if (value === undefined) return html`<td class=${classes}><span class="quiet">–</span>${sign}</td>`;
  const title = `created at revision ${value.createRevision}, modified at ${value.modRevision}, version ${value.version}`;
  return html`<td class=${classes} title=${title}>
    <span class="value">${value.value}</span><span class="quiet"> @${value.modRevision}</span>${behind ? html`<span class="visually-hidden">older</span>` : nothing}${sign}
  </td>`;
}
