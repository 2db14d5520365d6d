/** Virtual time and counts, as people read them. */

/** `412 µs`, `412.037 ms`, `12.412 s`: exact to the microsecond below a second, to the millisecond above. */
export function formatTime(us: number): string {
  const sign = us < 0 ? "-" : "";
  const size = Math.abs(Math.round(us));
  if (size < 1000) return `${sign}${size} µs`;
  if (size < 1_000_000) return `${sign}${trimZeros((size / 1000).toFixed(3))} ms`;
  return `${sign}${trimZeros((size / 1_000_000).toFixed(3))} s`;
}

/** Like {@link formatTime} but with three figures at most, for axes and chips. */
export function formatShortTime(us: number): string {
  const size = Math.abs(us);
  if (size < 1000) return `${Math.round(us)} µs`;
  if (size < 1_000_000) return `${significant(us / 1000)} ms`;
  return `${significant(us / 1_000_000)} s`;
}

/** `1,000,000`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A step of 1, 2 or 5 times a power of ten, so that `span` has at most `most` of them. */
export function niceStep(span: number, most: number): number {
  if (span <= 0 || most < 1) return 1;
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  const nice = factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10;
  return Math.max(1, nice * power);
}

function significant(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return trimZeros(value.toFixed(digits));
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
