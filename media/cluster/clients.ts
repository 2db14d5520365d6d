/** Clients with their operations under way, and watches with how far they have come. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClientView, OperationView } from "../../server/src/protocol/cluster-view.js";
import type { WatchView } from "../../server/src/protocol/kv-views.js";
import {
  attemptWords,
  patienceWords,
  watchChangeWords,
  watchStateWords,
} from "../../server/src/view-model/cluster/client-words.js";
import { statusWords } from "../../server/src/view-model/cluster/words.js";
import { formatCount, formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import { menuHandlers } from "./menu.js";
import type { ClusterState } from "./model.js";

/** The section's content. */
export function clientsAndWatches(state: ClusterState, actions: Actions): TemplateResult {
  const { view } = state;
  if (view === null) return html``;
  const { clients, watches, moreWatches, timeUs } = view;
  return html`<div class="clients-section">
    ${clients.length === 0 ? html`<p class="quiet">${t("This cluster has no clients.")}</p>` : html`<ul class="client-list">${clients.map((client) => clientRow(client, timeUs, state, actions))}</ul>`}
    ${watches.length === 0 ? nothing : watchTable(watches, moreWatches, actions)}
  </div>`;
}

function clientRow(client: ClientView, nowUs: number, state: ClusterState, actions: Actions) {
  const { name, status, target, operations, moreOperations } = client;
  const picked = state.selection?.kind === "client" && state.selection.client === name;
  const menu = menuHandlers({ kind: "client", client: name }, actions);
  return html`<li class="client-row ${status} ${picked ? "picked" : ""}">
    <div class="client-head">
      <button type="button" class="link" aria-pressed=${String(picked)} @click=${() => actions.select({ kind: "client", client: name })} @contextmenu=${menu.pointer} @keydown=${(event: KeyboardEvent) => menu.key(event)}>${icon("account")}${name}</button>
      <span class="quiet">${status === "up" ? (operations.length === 0 ? t("idle") : t("under way: {0}", operations.length + moreOperations)) : statusWords(status)}</span>
      <span class="quiet">${target === null ? t("believes nobody to be leader") : t("believes {0} to be leader", target)}</span>
    </div>
    ${operationList(operations, moreOperations, nowUs, actions)}
  </li>`;
}

/** Operations under way, each with what it waits for. */
export function operationList(operations: readonly OperationView[], more: number, nowUs: number, actions: Actions) {
  if (operations.length === 0) return nothing;
  return html`<ul class="operation-list">
    ${operations.map((operation) => operationRow(operation, nowUs, actions))}
    ${more > 0 ? html`<li class="quiet">${t("… and {0} more.", formatCount(more))}</li>` : nothing}
  </ul>`;
}

function operationRow(operation: OperationView, nowUs: number, actions: Actions) {
  const { text, eventId, sinceUs } = operation;
  return html`<li class="operation">
    <code class="operation-text">${text}</code>
    <span>${attemptWords(operation)}</span>
    <span class="quiet">
      <button type="button" class="link" @click=${() => actions.move({ kind: "event", eventId })}>${t("since {0}", formatTime(sinceUs))}</button> ${patienceWords(operation, nowUs)}
    </span>
    <button type="button" class="link" @click=${() => actions.why(text, eventId)}>${icon("question")}${t("why?")}</button>
  </li>`;
}

function watchTable(watches: readonly WatchView[], more: number, actions: Actions) {
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t("Watches")}>
    <table class="plain watches">
      <caption>${t("Watches")}</caption>
      <thead>
        <tr>
          <th scope="col">${t("watch")}</th><th scope="col">${t("client")}</th><th scope="col">${t("keys")}</th><th scope="col">${t("state")}</th><th scope="col">${t("revision")}</th><th scope="col">${t("received")}</th><th scope="col">${t("newest change")}</th>
        </tr>
      </thead>
      <tbody>
        ${watches.map((watch) => watchRow(watch, actions))}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="quiet">${more === 1 ? t("… and 1 older watch.") : t("… and {0} older watches.", formatCount(more))}</p>` : nothing}
  </div>`;
}

function watchRow(watch: WatchView, actions: Actions) {
  const { name, client, keys, eventId, revision, received, changes } = watch;
  const [newest] = changes;
  return html`<tr class=${watch.state}>
    <th scope="row"><button type="button" class="link" title=${watch.request} @click=${() => actions.move({ kind: "event", eventId })}>${icon("eye")}${name}</button></th>
    <td>${client}</td><td><code>${keys}</code></td><td>${watchStateWords(watch)}</td>
    <td class="number">${revision === 0 ? "–" : revision}</td><td class="number">${formatCount(received)}</td>
    <td>${
      newest === undefined
        ? html`<span class="quiet">–</span>`
        : html`<button type="button" class="link" @click=${() => actions.move({ kind: "event", eventId: newest.eventId })}>${watchChangeWords(newest)}</button>`
    }</td>
  </tr>`;
}
