/** Durations for people. */

import type { Micros } from "../program.js";

/** A duration in the largest unit that writes it exactly: `1.5s`, `250us`. */
export function formatDuration(micros: Micros): string {
  if (micros === 0) return "0ms";
  if (micros % 60_000_000 === 0) return `${micros / 60_000_000}min`;
  if (micros >= 1_000_000 && micros % 1_000 === 0) return `${micros / 1_000_000}s`;
  if (micros % 1_000 === 0 || micros > 10_000) return `${micros / 1_000}ms`;
  return `${micros}us`;
}
