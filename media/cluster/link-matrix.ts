/** Which of many servers reach which: a square with a mark for every pair that is cut. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import { type LinkSquare, linkSquare, pairAt } from "../../server/src/view-model/cluster/link-square.js";
import type { Actions } from "./actions.js";

/** The square; nothing while every server reaches every other. Its twin in words stands beside it. */
export function linkMatrix(view: ClusterView, actions: Actions): TemplateResult | typeof nothing {
  const square = linkSquare(view);
  if (square === null) return nothing;
  const { size, cell, path, names } = square;
  const left = 30;
  const pick = (event: MouseEvent) => {
    const pair = pairUnder(event, square, left);
    if (pair !== null) actions.select({ kind: "link", ...pair });
  };
  const menu = (event: MouseEvent) => {
    event.preventDefault();
    const pair = pairUnder(event, square, left);
    if (pair !== null) actions.openMenu({ kind: "link", ...pair }, event.clientX, event.clientY);
  };
  const every = cell >= 12 ? 1 : cell >= 6 ? 5 : 10;
  const labels = names.map((name, at) => ({ name, at })).filter(({ at }) => (at + 1) % every === 0 || at === 0);
  return html`<figure class="link-square" tabindex="0" aria-label=${t("Links")}>
    <figcaption class="quiet">${t("Who cannot reach whom: from the row's server to the column's")}</figcaption>
    <svg width=${size + left + 4} height=${size + 22} viewBox="0 0 ${size + left + 4} ${size + 22}" role="img"
      aria-label=${t("{0} pairs of servers are cut", square.count)} @click=${pick} @contextmenu=${menu}>
      ${svg`<g transform="translate(${left} 18)">
        <rect class="square-ground" width=${size} height=${size}></rect>
        <path class="square-self" d=${`M0 0L${size} ${size}`}></path>
        <path class="square-cut" d=${path}></path>
        ${labels.map(({ name, at }) => svg`<text class="square-name" x="-4" y=${(at + 0.5) * cell + 3.5} text-anchor="end">${name}</text><text class="square-name" x=${(at + 0.5) * cell} y="-5" text-anchor="middle">${name}</text>`)}
      </g>`}
    </svg>
  </figure>`;
}

function pairUnder(event: MouseEvent, square: LinkSquare, left: number) {
  const { currentTarget } = event;
  if (!(currentTarget instanceof SVGSVGElement)) return null;
  const box = currentTarget.getBoundingClientRect();
  return pairAt(square, event.clientX - box.left - left, event.clientY - box.top - 18);
}
