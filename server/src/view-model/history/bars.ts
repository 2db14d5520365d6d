/** Operations as bars: places, shapes and words. */
import { t } from "../../l10n/text.js";
import type { HistoryOperation } from "../../protocol/history-view.js";
import { shortened } from "../phrases.js";
import { ABOVE, BAR, type HistoryFrame, ROW, xOf } from "./frame.js";

/** A bar in the picture, CSS pixels. */
export interface Bar {
  readonly operation: HistoryOperation;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Its end is not known: it is drawn open, with a tail. */
  readonly openEnd: boolean;
  /** Where the tail ends: at its point, or a little after the bar. */
  readonly tail: number;
  /** What stands in it, as far as there is room; may be empty. */
  readonly label: string;
  /** Where it may have taken effect. */
  readonly point: { readonly x: number; readonly y: number } | null;
}

/** Pixels of a letter of a label, of the narrowest bar and of a tail. */
const LETTER = 6.4;
const NARROWEST = 4;
const TAIL = 26;

/** The bars of those operations that are within the span. Rows follow the clients of the frame. */
export function barsOf(frame: HistoryFrame, operations: readonly HistoryOperation[]): readonly Bar[] {
  const tops = new Map(frame.clients.map(({ name, y, rows }) => [name, { y, rows }]));
  return operations.flatMap((operation) => {
    const client = tops.get(operation.client);
    return client === undefined ? [] : [barOf(frame, operation, client)];
  });
}

function barOf(frame: HistoryFrame, operation: HistoryOperation, client: { y: number; rows: number }): Bar {
  const { invokeUs, returnUs, outcome, lane, point } = operation;
  const edge = frame.width - frame.right;
  const from = Math.max(frame.left, xOf(frame, invokeUs));
  const to = outcome === "open" || returnUs === null ? edge : Math.min(edge, xOf(frame, returnUs));
  const width = Math.max(NARROWEST, to - from);
  const y = client.y + Math.min(lane, client.rows - 1) * ROW + ABOVE;
  const openEnd = outcome === "unknown" || outcome === "open" || outcome === "error";
  // On the lower edge, so that the bar's words stay readable.
  const placed = point === null ? null : { x: xOf(frame, point.timeUs), y: y + BAR + 2 };
  const end = from + width;
  return {
    operation,
    x: from,
    y,
    width,
    openEnd: outcome === "unknown" || outcome === "open",
    tail: openEnd ? Math.min(edge, Math.max(end + TAIL, placed?.x ?? 0)) : end,
    label: labelOf(operation, width),
    point: placed,
  };
}

function labelOf(operation: HistoryOperation, width: number): string {
  const room = Math.floor((width - 12) / LETTER);
  if (room < 3) return "";
  return shortened(`${operation.text}${answerMark(operation)}`, room);
}

function answerMark({ outcome, answer }: HistoryOperation): string {
  switch (outcome) {
    case "unknown":
      return " ?";
    case "open":
      return " …";
    default:
      return answer === "ok" ? "" : ` ⇒ ${answer}`;
  }
}

/** A line through the points of an order, one for each order, in the order's own direction. */
export interface OrderLine {
  readonly order: number;
  readonly path: string;
}

/** The lines of the orders among these bars. Where operations between two points are not drawn, the line is interrupted. */
export function orderLines(bars: readonly Bar[], whole: boolean): readonly OrderLine[] {
  const byOrder = new Map<number, { readonly place: number; readonly x: number; readonly y: number }[]>();
  for (const { operation, point } of bars) {
    if (point === null || operation.point === null) continue;
    const { order, place } = operation.point;
    const list = byOrder.get(order) ?? [];
    byOrder.set(order, list);
    list.push({ place, x: point.x, y: point.y });
  }
  return [...byOrder].map(([order, points]) => {
    points.sort((a, b) => a.place - b.place);
    const path = points.map(({ place, x, y }, at) => {
      const joined = at > 0 && (!whole || (points[at - 1]?.place ?? 0) === place - 1);
      return `${joined ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    return { order, path: path.join("") };
  });
}

/** Half the width of the number of a place. */
export function halfOf(place: number): number {
  return Math.max(7, (String(place).length * 6.5) / 2 + 3.5);
}

/** The operations whose points' numbers have room: no closer in their row than a number's width, and where there are many, below wide bars only. */
export function numbered(bars: readonly Bar[]): ReadonlySet<number> {
  const free = new Map<number, number>();
  const found = new Set<number>();
  const points = bars.filter(({ point }) => point !== null).sort((a, b) => (a.point?.x ?? 0) - (b.point?.x ?? 0));
  for (const { operation, point, width } of points) {
    if (point === null || operation.point === null) continue;
    const half = halfOf(operation.point.place);
    if (points.length > MANY && width < half * 2) continue;
    if (point.x - half < (free.get(point.y) ?? Number.NEGATIVE_INFINITY)) continue;
    free.set(point.y, point.x + half + 2);
    found.add(operation.number);
  }
  return found;
}

/** Points beyond which not every one has its number. */
export const MANY = 150;

/** What an explanation is called: `A` for the first. Letters, since places in the order are numbers. */
export function explanationName(number: number): string {
  return String.fromCharCode("A".charCodeAt(0) + ((number - 1) % 26));
}

/** The class of a key's colour: the hues of the terms, by the order in which keys were named. */
export function keyClass({ key, keyPlace }: Pick<HistoryOperation, "key" | "keyPlace">): string {
  return key === null ? "term-none" : `term-${keyPlace % HUES}`;
}

const HUES = 8;

/** How an operation ended, in words. */
export function outcomeWords({ outcome, answer }: Pick<HistoryOperation, "outcome" | "answer">): string {
  switch (outcome) {
    case "unknown":
      return t("unknown: no answer in time");
    case "open":
      return t("no answer yet");
    case "failed":
      return answer === "failed" ? t("the compare failed") : t("the compare failed: {0}", answer);
    case "none":
      return t("nothing found");
    default:
      return answer;
  }
}
