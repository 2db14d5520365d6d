/** A fault from its beginning to its end, as every axis of time draws it. */
import { nothing, svg } from "lit";
import type { FaultBar } from "../../server/src/view-model/timeline/faults.js";

/** Outline and label of a fault, to stand in a group of class `fault-bar` and the fault's kind. */
export function faultShape({ x, y, width, height, opensLeft, opensRight, label }: FaultBar) {
  const right = x + width;
  // An open end is an arrow: it goes on beyond what is shown.
  const tip = height / 2;
  const path = `M${x.toFixed(1)} ${y}H${(opensRight ? right - tip : right).toFixed(1)}${opensRight ? `L${right.toFixed(1)} ${y + tip}L${(right - tip).toFixed(1)} ${y + height}` : `V${y + height}`}H${x.toFixed(1)}${opensLeft ? `L${(x + tip).toFixed(1)} ${y + tip}` : ""}Z`;
  return svg`<path class="fault-shape" d=${path} />
    ${label === null ? nothing : svg`<text class="fault-text" x=${(x + (opensLeft ? 9 : 5)).toFixed(1)} y=${y + height / 2 + 3.6}>${label}</text>`}`;
}
