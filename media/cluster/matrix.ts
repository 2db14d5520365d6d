/** Many servers: a field of small tiles, and a table of what each is and how far it has come, in place of the ring. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import { nameRuns } from "../../server/src/view-model/cluster/alike.js";
import {
  censusOf,
  MATRIX_ORDERS,
  type MatrixOrder,
  type MatrixRow,
  matrixRows,
  orderTitle,
} from "../../server/src/view-model/cluster/matrix.js";
import { looseCuts, type Side, sidesOf } from "../../server/src/view-model/cluster/sides.js";
import { describeServer, roleLetter } from "../../server/src/view-model/cluster/words.js";
import { list } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { icon } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import { linkMatrix } from "./link-matrix.js";
import { menuHandlers } from "./menu.js";
import type { ClusterState } from "./model.js";

/** Tiles, what cuts divide, and the table. */
export function matrix(view: ClusterView, state: ClusterState, actions: Actions): TemplateResult {
  const sides = sidesOf(view);
  const rows = matrixRows(view, state.order, sides);
  return html`<div class="matrix">
    <p class="census">
      ${censusOf(view.servers).map(({ what, count }) => html`<span class="census-part"><b>${count}</b> ${what}</span>`)}
    </p>
    ${tiles(rows, state, actions)} ${division(view, sides)} ${linkMatrix(view, actions)} ${table(rows, state, actions)}
  </div>`;
}

function tiles(rows: readonly MatrixRow[], state: ClusterState, actions: Actions) {
  return html`<div class="tiles" role="group" aria-label=${t("Servers")}>
    ${repeat(
      rows,
      ({ server }) => server.name,
      ({ server, side }) => {
        const { name, status, role, term } = server;
        const picked = state.selection?.kind === "server" && state.selection.server === name;
        const menu = menuHandlers({ kind: "server", server: name }, actions);
        const words =
          side === null ? describeServer(server) : t("{0}, side {1} of the partition", describeServer(server), side);
        return html`<button
          type="button"
          class="tile ${status} ${role} ${termClass(term)} ${picked ? "picked" : ""}"
          aria-pressed=${String(picked)}
          title=${words}
          data-server=${name}
          @click=${() => actions.select({ kind: "server", server: name })}
          @contextmenu=${menu.pointer}
          @keydown=${(event: KeyboardEvent) => menu.key(event)}
        
          ><span class="tile-name">${name}</span><span class="tile-sign" aria-hidden="true">${roleLetter(server)}${side === null ? nothing : html`<i class="tile-side">${side}</i>`}</span><span class="visually-hidden">${words}</span></button>`;
      },
    )}
  </div>`;
}

/** The sides of a partition, and single cuts, in words. */
function division(view: ClusterView, sides: readonly Side[]) {
  const cuts = looseCuts(view, sides);
  if (sides.length === 0 && cuts.length === 0) return nothing;
  return html`<ul class="division">
    ${sides.map(({ letter, servers }) => html`<li><span class="side-letter">${letter}</span>${list(nameRuns(servers))} <span class="quiet">${servers.length === 1 ? t("1 server") : t("{0} servers", servers.length)}</span></li>`)}
    ${cuts.slice(0, 12).map(({ from, to, both }) => html`<li>${icon("circle-slash")}${both ? t("{0} and {1} cannot reach each other", from, to) : t("{0} cannot reach {1}", from, to)}</li>`)}
    ${cuts.length > 12 ? html`<li class="quiet">${t("… and {0} more.", cuts.length - 12)}</li>` : nothing}
  </ul>`;
}

function table(rows: readonly MatrixRow[], state: ClusterState, actions: Actions) {
  return html`<div class="matrix-frame scroll-x" tabindex="0" role="region" aria-label=${t("Servers as a table")}>
    <table class="matrix-table">
      <thead>
        <tr>
          ${MATRIX_ORDERS.map((order) => columnHead(order, state.order, actions))}
          <th scope="col">${t("log")}</th><th scope="col">${t("coming")}</th><th scope="col">${t("special")}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          ({ server }) => server.name,
          (row) => tableRow(row, state, actions),
        )}
      </tbody>
    </table>
  </div>`;
}

function columnHead(order: MatrixOrder, now: MatrixOrder, actions: Actions) {
  const on = order === now;
  const direction = on ? (order === "server" ? "ascending" : "descending") : "none";
  return html`<th scope="col" aria-sort=${direction}>
    <button type="button" class="sort" title=${t("Put in this order")} @click=${() => actions.order(order)}>${orderTitle(order)}${on ? icon(order === "server" ? "arrow-small-up" : "arrow-small-down") : nothing}</button>
  </th>`;
}

/** Width of the bar of a log. */
const BAR = 84;

function tableRow(
  { server, standing, match, coming, side, special, share }: MatrixRow,
  state: ClusterState,
  actions: Actions,
) {
  const { name, status, role, term, lastIndex, commitIndex, appliedIndex } = server;
  const picked = state.selection?.kind === "server" && state.selection.server === name;
  const menu = menuHandlers({ kind: "server", server: name }, actions);
  const leads = role === "leader" && status !== "down";
  const x = (part: number) => (part * BAR).toFixed(1);
  return html`<tr class="${status} ${role} ${termClass(term)} ${picked ? "picked" : ""}" @contextmenu=${menu.pointer}>
    <th scope="row">
      <button type="button" class="link" @click=${() => actions.select({ kind: "server", server: name })} @keydown=${(event: KeyboardEvent) => menu.key(event)}>${name}</button>${side === null ? nothing : html` <span class="side-letter">${side}</span>`}
    </th>
    <td>${leads ? icon("star-full") : nothing}${standing}</td>
    <td><span class="term-chip">${term}</span></td>
    <td class="number">${lastIndex}</td><td class="number">${commitIndex}</td><td class="number">${appliedIndex}</td>
    <td class="number">${match ?? "–"}</td>
    <td><svg class="bar" width=${BAR} height="8" aria-hidden="true">${svg`<rect class="bar-all" width=${BAR} height="8" rx="2"></rect><rect class="bar-log" width=${x(share.last)} height="8" rx="2"></rect><rect class="bar-durable" width=${x(share.applied)} y="2" height="4"></rect><path class="bar-commit" d=${`M${x(share.commit)} 0V8`}></path>`}</svg></td>
    <td class="number">${coming === 0 ? "–" : coming}</td>
    <td>${special.length === 0 ? nothing : list(special)}</td>
  </tr>`;
}
