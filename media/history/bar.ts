/** One operation in the picture. */
import { nothing, svg } from "lit";
import { type Bar, explanationName, keyClass } from "../../server/src/view-model/history/bars.js";
import { BAR } from "../../server/src/view-model/history/frame.js";
import { operationSentence } from "../../server/src/view-model/history/words.js";
import type { HistoryActions } from "./actions.js";

/** A bar with its end, its label and, where nothing places it or it is part of an explanation, the explanation's number. */
export function barSign(bar: Bar, picked: boolean, actions: HistoryActions) {
  const { operation, x, y, width, openEnd } = bar;
  const { outcome, sort, reading, stuck, partOf, number } = operation;
  const weak = reading === "serializable" || reading === "revision";
  const writes = sort === "write" || (sort === "txn" && reading === null);
  const classes = [
    "bar",
    keyClass(operation),
    `outcome-${outcome}`,
    writes ? "writes" : "reads",
    weak ? "weak" : "",
    stuck > 0 ? "stuck" : partOf.length > 0 ? "part" : "",
    picked ? "picked" : "",
  ];
  const bottom = y + BAR;
  const shape = openEnd
    ? svg`<path class="shape" d="M${x + width} ${y}H${x + 3}Q${x} ${y} ${x} ${y + 3}V${bottom - 3}Q${x} ${bottom} ${x + 3} ${bottom}H${x + width}" />`
    : svg`<rect class="shape" x=${x} y=${y} width=${width} height=${BAR} rx=${Math.min(3, width / 2)} />`;
  const fill =
    outcome === "failed" || outcome === "error"
      ? svg`<rect class="pattern" fill="url(#${outcome})" x=${x} y=${y} width=${width} height=${BAR} />`
      : nothing;
  return svg`<g class=${classes.join(" ")} data-picks data-operation=${number} @click=${() => void actions.pick(number)}>
    <title>${operationSentence(operation)}</title>
    ${tail(bar)} ${shape} ${fill}
    ${writes && width > 7 ? svg`<rect class="edge" x=${x} y=${y} width="3.5" height=${BAR} rx="1.5" />` : nothing}
    ${bar.label === "" ? nothing : svg`<text class="bar-label" x=${x + 7} y=${y + BAR / 2 + 4}>${bar.label}</text>`}
  </g>`;
}

/** An outcome that nobody knows: the operation may take effect at any time from here on. */
function tail({ x, y, width, tail: end, openEnd, operation }: Bar) {
  if (!openEnd) return nothing;
  const middle = y + BAR / 2;
  if (operation.outcome === "open") return nothing;
  return svg`<line class="tail" x1=${x + width} x2=${end - 9} y1=${middle} y2=${middle} /><text class="tail-sign" x=${end - 4} y=${middle + 4.5}>?</text>`;
}

/** Says which explanation an operation is named in; drawn after all bars, so that none covers it. */
export function explanationSign({ operation, x, y }: Bar) {
  const { stuck, partOf } = operation;
  const [first] = partOf;
  const number = stuck > 0 ? stuck : first;
  if (number === undefined) return nothing;
  const name = explanationName(number);
  const width = stuck > 0 ? 26 : 16;
  return svg`<g class="explanation ${stuck > 0 ? "of-stuck" : ""}"><rect x=${x - 8} y=${y - 8} width=${width} height="15" rx="4" /><text x=${x - 8 + width / 2} y=${y + 3.5}>${stuck > 0 ? `✗ ${name}` : name}</text></g>`;
}
