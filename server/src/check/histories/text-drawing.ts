import type { Bar, Layout } from "./layout.js";

/** Columns of text that the bars may take. */
const WIDTH = 96;

/**
 * A drawing for a terminal: a line for each client, bars from call to return with the operations' numbers, `?` at an open end, and a
 * list of the operations. The impossible one has a double bar and says so in the list.
 */
export function textDrawing(layout: Layout): string[] {
  const { rows, bars, times, leftOut } = layout;
  const columns = times.length;
  const step = Math.max(1, Math.min(5, Math.floor(WIDTH / Math.max(1, columns))));
  const names = rows.map((client, row) => (client === rows[row - 1] ? "" : `client ${client}`));
  const margin = Math.max(0, ...names.map((name) => name.length));
  const lines = names.map((name, row) => {
    const cells = new Array<string>(columns * step + 2).fill(" ");
    for (const bar of bars) if (bar.row === row) drawBar(cells, bar, step);
    return `${name.padEnd(margin)}  ${cells.join("").trimEnd()}`;
  });
  return [...lines, "", ...list(bars), ...(leftOut > 0 ? [`${leftOut} more operations are not drawn.`] : [])];
}

function drawBar(cells: string[], { number, from, to, impossible }: Bar, step: number): void {
  const first = from * step;
  const last = to === null ? cells.length - 1 : Math.max(first + 1, to * step + step - 1);
  const [left, line, right] = impossible ? ["╞", "═", "╡"] : ["├", "─", "┤"];
  for (let at = first; at <= last; at += 1) cells[at] = line;
  cells[first] = left;
  cells[last] = to === null ? "?" : right;
  const label = String(number);
  const place = first + 1 + Math.max(0, Math.floor((last - first - 1 - label.length) / 2));
  if (last - first - 1 < label.length) return;
  for (const [at, digit] of [...label].entries()) cells[place + at] = digit;
}

function list(bars: readonly Bar[]): string[] {
  const widest = (text: (bar: Bar) => string): number => Math.max(0, ...bars.map((bar) => text(bar).length));
  const digits = widest(({ number }) => String(number));
  const clients = widest(({ operation }) => operation.client);
  const titles = widest(({ operation }) => operation.title);
  return bars.map(({ number, operation, impossible, point }) => {
    const { client, title, answer, call, return: end } = operation;
    const result = end === null ? (answer ?? "outcome unknown") : (answer ?? "");
    const mark = impossible ? "  ✗ impossible" : point === null ? "" : `  place ${point.place}`;
    const head = `${String(number).padStart(digits)}  client ${client.padEnd(clients)}  ${title.padEnd(titles)}`;
    return `${head}  => ${result}  [${call}, ${end ?? "?"}]${mark}`;
  });
}
