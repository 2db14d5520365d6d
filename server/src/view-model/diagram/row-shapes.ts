/** A row of the diagram as shapes, and a block of rows. */

import { t } from "../../l10n/text.js";
import type { PlacedRow } from "../../protocol/diagram-rows.js";
import type { EventCategory } from "../../protocol/event-view.js";
import { letters, shortened } from "../phrases.js";
import { formatTime } from "../time.js";
import { messageShapes } from "./arrows.js";
import { type Columns, columnX, LETTER, lineY, PITCH } from "./columns.js";
import { type Paint, termPaint } from "./paint.js";
import { rowTime } from "./rows.js";
import type { Shape } from "./shapes.js";

const NOTE_HEIGHT = 20;
const NOTE_SIZE = 11.5;
const MOST_LETTERS = 64;

/** A row with all that is drawn for it. `newTime` says whether the time differs from the row's above. */
export function rowShapes(row: PlacedRow, columns: Columns, newTime: boolean): Shape[] {
  return [...(newTime ? timeShapes(row, columns) : []), ...contents(row, columns)];
}

function contents(row: PlacedRow, columns: Columns): Shape[] {
  switch (row.kind) {
    case "message":
      return messageShapes(row, columns);
    case "event":
      return noteShapes(row, columns);
    case "term":
      return termShapes(row, columns);
  }
}

function timeShapes(row: PlacedRow, { gutter }: Columns): Shape[] {
  if (gutter === 0) return [];
  const y = lineY(row.row) - 2;
  const text = formatTime(rowTime(row));
  return [{ kind: "text", x: gutter - 8, y, text, anchor: "end", look: { fill: "quiet", size: 10.5 } }];
}

/** A line across with its number. */
function termShapes(row: Extract<PlacedRow, { kind: "term" }>, columns: Columns): Shape[] {
  const y = lineY(row.row) - 4;
  const paint = termPaint(row.term);
  const text = t("term {0}", row.term);
  const width = letters(text) * LETTER + 22;
  const middle = (columns.left + columns.right) / 2;
  const line = { kind: "line", y1: y, y2: y, look: { stroke: paint, width: 1.5, dash: "1 3" } } as const;
  return [
    { ...line, x1: columns.left + 8, x2: middle - width / 2 },
    { ...line, x1: middle + width / 2, x2: columns.right - 8 },
    {
      kind: "rect",
      x: middle - width / 2,
      y: y - 9,
      width,
      height: 18,
      radius: 9,
      look: { fill: "background", stroke: paint, width: 1.5 },
    },
    { kind: "text", x: middle, y: y + 4, text, anchor: "middle", look: { fill: "text", size: NOTE_SIZE, bold: true } },
  ];
}

/** A note on its lifeline, or across all; a sign before its words tells violations and faults apart without colour. */
function noteShapes(row: Extract<PlacedRow, { kind: "event" }>, columns: Columns): Shape[] {
  const across = row.at === null ? null : columnX(columns, row.at);
  const style = noteStyle(row.category);
  const room = Math.min(MOST_LETTERS, (columns.width - columns.gutter - 40) / LETTER);
  const text = shortened(style.sign === "" ? row.text : `${style.sign} ${row.text}`, room);
  const y = lineY(row.row) - 4;
  const words = letters(text) * LETTER + 20;
  const full = across === null;
  const width = full ? Math.max(words, columns.right - columns.left - 24) : words;
  const middle = full
    ? (columns.left + columns.right) / 2
    : clamp(across, columns.gutter + width / 2 + 2, columns.width - width / 2 - 4);
  return [
    {
      kind: "rect",
      x: middle - width / 2,
      y: y - NOTE_HEIGHT / 2,
      width,
      height: NOTE_HEIGHT,
      radius: style.square ? 0 : 4,
      look: {
        fill: style.fill,
        stroke: style.stroke,
        width: style.width,
        ...(style.dash === "" ? {} : { dash: style.dash }),
      },
    },
    {
      kind: "text",
      x: middle,
      y: y + 4,
      text,
      anchor: "middle",
      look: { fill: "text", size: NOTE_SIZE, ...(style.bold ? { bold: true } : {}) },
    },
  ];
}

interface NoteStyle {
  readonly sign: string;
  readonly stroke: Paint;
  readonly fill: Paint;
  readonly width: number;
  readonly dash: string;
  readonly bold: boolean;
  readonly square: boolean;
}

const PLAIN: NoteStyle = {
  sign: "",
  stroke: "line",
  fill: "soft",
  width: 1,
  dash: "",
  bold: false,
  square: false,
};

function noteStyle(category: EventCategory): NoteStyle {
  switch (category) {
    case "role":
      return { ...PLAIN, stroke: "role", width: 1.4 };
    case "fault":
      return { ...PLAIN, sign: "⚡", stroke: "fault", width: 1.4, dash: "5 2" };
    case "violation":
      return { ...PLAIN, sign: "✗", stroke: "violation", width: 2.2, bold: true, square: true };
    case "note":
      return { ...PLAIN, sign: "✎", stroke: "note" };
    default:
      return PLAIN;
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(Math.max(low, high), value));
}

/** The rows' place below which nothing of them is drawn but arrows that are long under way. */
export function rowTop(row: number): number {
  return row * PITCH;
}
