/** Virtual times and paces in words. Pure. */

/** `412.5 ms`, `2.04 s`. */
export function formatTime(timeUs: number): string {
  if (timeUs < 1_000) return `${timeUs} us`;
  if (timeUs < 1_000_000) return `${trim(timeUs / 1_000, 3)} ms`;
  return `${trim(timeUs / 1_000_000, 3)} s`;
}

/** `1/20x`, `1x`, `10x`; `null` is as fast as possible. */
export function formatPace(pace: number | null): string {
  if (pace === null) return "∞x";
  if (pace >= 1) return `${trim(pace, 2)}x`;
  return `1/${trim(1 / pace, 1)}x`;
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
