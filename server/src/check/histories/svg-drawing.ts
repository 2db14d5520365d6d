import type { Bar, Layout } from "./layout.js";

/** Pixels. */
const NARROWEST = 44;
const WIDEST = 110;
const COMFORTABLE = 1100;
const ROW = 46;
const BAR = 26;
const TOP = 10;
const AXIS = 22;
const DIGIT = 7.2;
/** The classes that the drawing uses are styled by {@link DRAWING_STYLE}. */
const PREFIX = "hist";

/** Text in HTML and in SVG, in elements and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** The drawing's looks: colours in light and dark, and what tells bars apart besides colour. */
export const DRAWING_STYLE = `.hist { --hist-fg: #1f2328; --hist-quiet: #59636e; --hist-line: #d1d9e0; --hist-bar: #ddf0ff; --hist-edge: #0a5fa8; --hist-bad: #ffe3e0; --hist-bad-edge: #b3231a; --hist-point: #1f2328; --hist-point-text: #ffffff; font: 12px ui-monospace, monospace; }
@media (prefers-color-scheme: dark) { .hist { --hist-fg: #e6edf3; --hist-quiet: #9aa4af; --hist-line: #3a424b; --hist-bar: #12324c; --hist-edge: #5db1f5; --hist-bad: #4b1a17; --hist-bad-edge: #ff8d82; --hist-point: #e6edf3; --hist-point-text: #10161c; } }
.hist text { fill: var(--hist-fg); }
.hist .hist-quiet { fill: var(--hist-quiet); }
.hist .hist-row { stroke: var(--hist-line); }
.hist .hist-bar { fill: var(--hist-bar); stroke: var(--hist-edge); stroke-width: 1.5; }
.hist .hist-open { stroke-dasharray: 5 3; }
.hist .hist-bad { fill: var(--hist-bad); stroke: var(--hist-bad-edge); stroke-width: 3.5; }
.hist .hist-bad-text { fill: var(--hist-bad-edge); font-weight: bold; }
.hist .hist-point { fill: var(--hist-point); }
.hist .hist-point-text { fill: var(--hist-point-text); font-size: 10px; text-anchor: middle; }
@media (forced-colors: active) { .hist text { fill: CanvasText; } .hist .hist-bar { fill: Canvas; stroke: CanvasText; } }`;

/**
 * A layout as an SVG element, without scripts and styles of its own. `name` is what it is called to those who do not see it; what it
 * shows has to stand beside it as text. `id` is unique in its page.
 */
export function svgDrawing(layout: Layout, name: string, id: string): string {
  const { rows, bars, times } = layout;
  const count = Math.max(1, times.length);
  const left = Math.max(60, ...rows.map((client) => 16 + (client.length + 7) * DIGIT));
  const column = Math.max(NARROWEST, Math.min(WIDEST, Math.floor(COMFORTABLE / count)));
  const frame: Frame = { left, right: left + count * column, column };
  const { right } = frame;
  const width = Math.ceil(right + 24);
  const bottom = TOP + rows.length * ROW;
  const height = bottom + AXIS;
  const lines = rows.map((client, row) => {
    const y = TOP + row * ROW + ROW / 2;
    const label =
      client === rows[row - 1]
        ? ""
        : `<text x="8" y="${y + 4}" class="${PREFIX}-quiet">client ${escapeMarkup(client)}</text>`;
    return `${label}<line x1="${left}" x2="${right}" y1="${y}" y2="${y}" class="${PREFIX}-row"/>`;
  });
  const drawn = bars.map((bar) => barOf(bar, frame));
  return `<svg xmlns="http://www.w3.org/2000/svg" class="${PREFIX}" role="img" aria-labelledby="${id}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${id}">${escapeMarkup(name)}</title>${lines.join("")}${drawn.join("")}${axis(times, frame, bottom).join("")}</svg>`;
}

/** Where things stand from left to right. */
interface Frame {
  readonly left: number;
  readonly right: number;
  /** Pixels of a column. */
  readonly column: number;
}

/** The instants of calls and returns, as many as there is room for. */
function axis(times: readonly number[], { left, right, column }: Frame, bottom: number): string[] {
  const labels = [
    `<text x="8" y="${bottom + 14}" class="${PREFIX}-quiet">time</text><line x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" class="${PREFIX}-row"/>`,
  ];
  let free = left;
  for (const [at, time] of times.entries()) {
    const x = left + (at + 0.5) * column;
    const half = (String(time).length * DIGIT) / 2;
    if (x - half < free) continue;
    free = x + half + DIGIT;
    labels.push(`<text x="${round(x)}" y="${bottom + 14}" text-anchor="middle" class="${PREFIX}-quiet">${time}</text>`);
  }
  return labels;
}

function barOf(bar: Bar, frame: Frame): string {
  const { left, right, column } = frame;
  const { number, operation, row, from, to, impossible, point } = bar;
  const x = left + from * column + 4;
  const end = to === null ? right + 16 : left + to * column + column - 4;
  const y = TOP + row * ROW + (ROW - BAR) / 2;
  const look = `${PREFIX}-bar${impossible ? ` ${PREFIX}-bad` : ""}${to === null ? ` ${PREFIX}-open` : ""}`;
  const shape =
    to === null
      ? `<path d="M${end} ${y}H${x}V${y + BAR}H${end}" class="${look}"/>`
      : `<rect x="${x}" y="${y}" width="${end - x}" height="${BAR}" rx="3" class="${look}"/>`;
  const { title, answer, client } = operation;
  const seen = answer ?? "outcome unknown";
  const words = `${impossible ? "✗ " : ""}${number} ${title}${answer === null ? " ?" : ` ⇒ ${answer}`}`;
  const room = Math.floor((end - x - 10) / DIGIT);
  const label = words.length <= room ? words : `${[...words].slice(0, Math.max(1, room - 1)).join("")}…`;
  const hover = `${number}: client ${client} ${title} ⇒ ${seen}${impossible ? ": impossible" : ""}`;
  const textClass = impossible ? ` class="${PREFIX}-bad-text"` : "";
  return `<g><title>${escapeMarkup(hover)}</title>${shape}<text x="${x + 5}" y="${y + BAR / 2 + 4}"${textClass}>${escapeMarkup(label)}</text>${pointOf(point, frame, y)}</g>`;
}

function pointOf(point: Bar["point"], { left, column }: Frame, y: number): string {
  if (point === null) return "";
  const x = round(left + point.column * column + 4);
  const half = point.place > 9 ? 10 : 7;
  return `<rect x="${x - half}" y="${y + BAR - 4}" width="${half * 2}" height="14" rx="7" class="${PREFIX}-point"/><text x="${x}" y="${y + BAR + 7}" class="${PREFIX}-point-text">${point.place}</text>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
