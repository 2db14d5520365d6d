/** Where the lifelines stand, and how high a row is. */
import { letters } from "../phrases.js";

/** Height of a row at a zoom of 1. */
export const PITCH = 28;
/** Where in its row an arrow begins; its words stand above. */
export const LINE_AT = 19;
/** Base line of an arrow's words in its row. */
export const LABEL_AT = 13;
/** Width of a Latin letter of the labels' size, on average. */
export const LETTER = 6.1;

const NARROWEST = 74;
const WIDEST = 250;
const MARGIN = 26;
/** Below this width the time of each row is left to the table. */
const TIME_FROM = 520;
const GUTTER = 78;

/** A server or client of the diagram. */
export interface Lifeline {
  readonly name: string;
  readonly kind: "server" | "client";
}

/** The columns of a diagram. */
export interface Columns {
  readonly lifelines: readonly Lifeline[];
  /** The middle of each lifeline, in their order. */
  readonly xs: readonly number[];
  /** Room for the time at the left; 0 where there is none. */
  readonly gutter: number;
  readonly left: number;
  readonly right: number;
  /** Of the whole picture; more than the room given when there are many lifelines. */
  readonly width: number;
  readonly spacing: number;
}

/** Spreads the lifelines over the room, as far apart as their names need and no farther than reads well. */
export function columnsOf(lifelines: readonly Lifeline[], room: number): Columns {
  const gutter = room >= TIME_FROM ? GUTTER : 0;
  const count = Math.max(1, lifelines.length);
  const longest = Math.max(0, ...lifelines.map(({ name }) => letters(name)));
  const least = Math.max(NARROWEST, longest * 7.4 + 44);
  const spacing = Math.min(Math.max((room - gutter - MARGIN) / count, least), Math.max(least, WIDEST));
  const natural = gutter + MARGIN + spacing * count;
  // A picture that is narrower than its room stands in the middle of it.
  const shift = Math.max(0, (room - natural) / 2);
  const first = gutter + shift + MARGIN / 2 + spacing / 2;
  return {
    lifelines,
    xs: lifelines.map((_lifeline, at) => first + at * spacing),
    gutter,
    left: gutter + shift * 0.5,
    right: Math.max(natural + shift * 1.5, gutter + 40),
    width: Math.max(room, natural),
    spacing,
  };
}

/** The middle of a lifeline; `null` when it is not in the picture. */
export function columnX(columns: Columns, name: string): number | null {
  const at = columns.lifelines.findIndex((lifeline) => lifeline.name === name);
  return columns.xs[at] ?? null;
}

/** The height of a position in rows, where arrows begin and end. */
export function lineY(position: number): number {
  return position * PITCH + LINE_AT;
}
