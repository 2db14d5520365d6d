/** The sequence diagram as a picture of its own: SVG text, without scripts, styles or anything that would have to be loaded. */
import type { DiagramRowsView } from "../../protocol/diagram-rows.js";
import { type Columns, columnsOf, PITCH } from "./columns.js";
import { HEAD_HEIGHT, headShapes, headsOf } from "./heads.js";
import { statesAt } from "./lifelines.js";
import type { Paint, Palette } from "./paint.js";
import { passingScene, stretchScene } from "./scene.js";
import { num, type Shape, svgParts } from "./shapes.js";

/** What of a {@link DiagramRowsView} a picture needs. Several answers can be joined by {@link joinRows}. */
export type SceneWindow = Pick<DiagramRowsView, "lifelines" | "rows" | "passing" | "states" | "changes">;

/** How a picture is made. */
export interface SceneSvgOptions {
  /** Stands above the heads and is the picture's accessible name. */
  readonly title: string;
  /** Width in pixels; more when the lifelines need it. */
  readonly width?: number;
}

const FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif";
const TITLE_HEIGHT = 30;
const FOOT = 14;

/**
 * A window of the diagram as the text of an SVG file: title, heads, rows. The same shapes as on the screen, so webview and command
 * line give the same picture. What comes from scenarios is escaped and stays text.
 *
 * @param window rows in order, as `raftlab/view/diagramRows` gives them
 * @param palette resolved colours, e.g. {@link LIGHT_PALETTE}
 */
export function sceneSvg(window: SceneWindow, palette: Palette, { title, width = 900 }: SceneSvgOptions): string {
  const columns = columnsOf(window.lifelines, width);
  const from = window.rows[0]?.row ?? 0;
  const to = (window.rows.at(-1)?.row ?? from - 1) + 1;
  const scene = stretchScene(window, from, to, columns);
  const passing = passingScene(
    window.passing.flatMap((row) => (row.kind === "message" ? [row] : [])),
    from,
    columns,
  );
  const heads = headShapes(headsOf(columns, statesAt(window.states, window.changes, from - 0.01)));
  const body = [...scene.lifelines, ...[...passing, ...scene.rows].flatMap(({ shapes }) => shapes)];
  return picture({ columns, heads, body, height: Math.max(scene.height, PITCH), palette, title });
}

/** Windows that follow one another as one. */
export function joinRows(first: SceneWindow, ...others: readonly SceneWindow[]): SceneWindow {
  return {
    lifelines: others.at(-1)?.lifelines ?? first.lifelines,
    rows: [first, ...others].flatMap(({ rows }) => rows),
    passing: first.passing,
    states: first.states,
    changes: [first, ...others].flatMap(({ changes }) => changes),
  };
}

interface Picture {
  readonly columns: Columns;
  readonly heads: readonly Shape[];
  readonly body: readonly Shape[];
  readonly height: number;
  readonly palette: Palette;
  readonly title: string;
}

function picture({ columns, heads, body, height, palette, title }: Picture): string {
  const colour = (paint: Paint): string => palette[paint];
  const width = num(Math.ceil(columns.width));
  const top = TITLE_HEIGHT + HEAD_HEIGHT;
  const whole = num(top + height + FOOT);
  const words = escapeXml(title);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}" role="img" font-family="${FONT}">`,
    `<title>${words}</title>`,
    `<rect width="100%" height="100%" fill="${palette.background}"/>`,
    `<text x="14" y="20" font-size="14" font-weight="600" fill="${palette.text}">${words}</text>`,
    `<g transform="translate(0 ${TITLE_HEIGHT})">${heads.map((shape) => shapeText(shape, colour)).join("")}</g>`,
    // A nested picture cuts off what goes beyond: arrows that arrive after the window.
    `<svg y="${top}" width="${width}" height="${num(height + FOOT)}" overflow="hidden">${body.map((shape) => shapeText(shape, colour)).join("\n")}</svg>`,
    "</svg>",
    "",
  ].join("\n");
}

function shapeText(shape: Shape, colour: (paint: Paint) => string): string {
  const { name, attributes, text } = svgParts(shape, colour);
  const written = attributes.map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join("");
  return text === null ? `<${name}${written}/>` : `<${name}${written}>${escapeXml(text)}</${name}>`;
}

/** Text that XML takes for text, in elements and attributes; characters that XML does not know become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(NOT_XML, "\u{fffd}");
}

/** Control characters but white space, halves of surrogate pairs, and what is no character. */
const NOT_XML = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/gu;
