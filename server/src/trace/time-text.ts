/** A duration or instant: `187.2 ms`, `2.500 s`. */
export function timeText(us: number): string {
  return us < 10_000_000 ? `${(us / 1000).toFixed(1)} ms` : `${(us / 1_000_000).toFixed(3)} s`;
}
