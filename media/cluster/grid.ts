/** Many servers: a compact grid of cards in place of the ring. */
import { html, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/views.js";
import { badgesOf } from "../../server/src/view-model/cluster/badges.js";
import { describeServer, standing } from "../../server/src/view-model/cluster/words.js";
import { termClass } from "../../server/src/view-model/term.js";
import { icon } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";

/** A card for each server, with its role, term, log and the messages on their way to it. */
export function grid(view: ClusterView, state: ClusterState, actions: Actions): TemplateResult {
  const coming = new Map<string, number>();
  for (const message of view.messages) coming.set(message.to, (coming.get(message.to) ?? 0) + 1);
  const cut = new Set(view.blocked.flatMap(({ from, to }) => [from, to]));
  return html`<div class="grid">
    ${view.servers.map((server) => {
      const picked = state.selection?.kind === "server" && state.selection.server === server.name;
      const leads = server.role === "leader" && server.status !== "down";
      return html`<button
        type="button"
        class="card ${server.status} ${server.role} ${termClass(server.term)} ${picked ? "picked" : ""}"
        aria-pressed=${String(picked)}
        title=${describeServer(server)}
        data-server=${server.name}
        @click=${() => actions.select({ kind: "server", server: server.name })}
      >
        <span class="card-name">${leads ? icon("star-full") : ""}${server.name}<span class="term-chip">${server.term}</span></span>
        <span>${standing(server)}</span>
        <span class="quiet">${t("log {0}, commit {1}", server.lastIndex, server.commitIndex)}</span>
        <span class="quiet">${comingWords(coming.get(server.name) ?? 0, cut.has(server.name))}</span>
        ${badgesOf(server).map(({ kind, text, title }) => html`<span class="tag ${kind}" title=${title}>${text}</span>`)}
      </button>`;
    })}
  </div>`;
}

function comingWords(messages: number, cut: boolean): string {
  return cut ? t("{0} coming, links cut", messages) : t("{0} coming", messages);
}
