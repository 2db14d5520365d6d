/** Operations by the thousand: how many were under way, as one area for each client. */
import type { HistoryFrame } from "./frame.js";
import { ABOVE, BAR } from "./frame.js";

/** The area of a client's row; square roots, so that a burst does not flatten all the rest. Empty where nothing was under way. */
export function densityArea(frame: HistoryFrame, top: number, counts: readonly number[], most: number): string {
  if (most === 0 || counts.length === 0) return "";
  const base = top + ABOVE + BAR + 6;
  const step = (frame.width - frame.left - frame.right) / counts.length;
  const parts = counts.map((count, at) => {
    const y = base - (BAR + 6) * Math.sqrt(count / most);
    return `V${y.toFixed(1)}H${(frame.left + (at + 1) * step).toFixed(1)}`;
  });
  return `M${frame.left} ${base}${parts.join("")}V${base}Z`;
}

/** The highest count of all clients. */
export function highest(density: readonly (readonly number[])[]): number {
  return density.reduce((most, row) => row.reduce((a, b) => Math.max(a, b), most), 0);
}
