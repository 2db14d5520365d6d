/** Where things lie in the picture of a client history: rows for clients and watches from top to bottom, virtual time from left to right. */
import type { HistoryView } from "../../protocol/history-view.js";
import { niceStep } from "../time.js";
import type { Span } from "../timeline/span.js";

/** Pixels of one row of bars, of a bar in it, of the space above the bar, of a watch's lane, and of the space between clients. */
export const ROW = 40;
export const BAR = 20;
export const ABOVE = 8;
export const WATCH = 40;
const GAP = 10;
/** Pixels of the axes above everything: time, and revisions. */
export const AXES = 44;

/** A client's rows. */
export interface ClientRows {
  readonly name: string;
  readonly y: number;
  readonly rows: number;
  readonly height: number;
}

/** A watch's lane. */
export interface WatchRow {
  readonly number: number;
  readonly y: number;
}

/** The picture's measures, CSS pixels. */
export interface HistoryFrame {
  readonly width: number;
  /** Where time begins: names stand left of it. */
  readonly left: number;
  readonly right: number;
  readonly span: Span;
  readonly clients: readonly ClientRows[];
  readonly watches: readonly WatchRow[];
  readonly height: number;
}

/** Lays a view out for a width and the span that is shown, which a hand may have moved since the view was made. */
export function historyFrame(view: HistoryView, width: number, span: Span): HistoryFrame {
  let y = GAP;
  const clients = view.clients.map(({ name, lanes }): ClientRows => {
    const rows = view.density === null ? Math.max(1, lanes) : 1;
    const found = { name, y, rows, height: rows * ROW };
    y += found.height + GAP;
    return found;
  });
  const watches = view.watches.map(({ number }): WatchRow => {
    const found = { number, y };
    y += WATCH;
    return found;
  });
  const names = [...view.clients.map(({ name }) => name), ...view.watches.map(({ name }) => name)];
  const longest = names.reduce((most, name) => Math.max(most, name.length), 0);
  const left = Math.min(width < 500 ? 64 : 130, Math.max(44, longest * 7.2 + 20));
  const safe = { fromUs: span.fromUs, toUs: Math.max(span.toUs, span.fromUs + 10) };
  return { width, left, right: 14, span: safe, clients, watches, height: y + GAP };
}

/** Pixels of an instant. */
export function xOf({ left, right, width, span }: HistoryFrame, us: number): number {
  return left + ((us - span.fromUs) / (span.toUs - span.fromUs)) * Math.max(1, width - left - right);
}

/** The instant at a pixel, within the span. */
export function timeOf({ left, right, width, span }: HistoryFrame, x: number): number {
  const share = Math.min(1, Math.max(0, (x - left) / Math.max(1, width - left - right)));
  return Math.round(span.fromUs + share * (span.toUs - span.fromUs));
}

/** Instants of the axis' ticks. */
export function ticks(frame: HistoryFrame): readonly number[] {
  const { fromUs, toUs } = frame.span;
  const step = niceStep(toUs - fromUs, Math.max(2, Math.floor((frame.width - frame.left) / 96)));
  const list: number[] = [];
  for (let us = Math.ceil(fromUs / step) * step; us <= toUs; us += step) list.push(us);
  return list;
}

/** The revisions whose labels have room beside each other. */
export function revisionTicks(
  frame: HistoryFrame,
  revisions: HistoryView["revisions"],
): readonly { readonly revision: number; readonly x: number; readonly eventId: number; readonly label: boolean }[] {
  let free = Number.NEGATIVE_INFINITY;
  return revisions.flatMap(({ revision, timeUs, eventId }) => {
    const x = xOf(frame, timeUs);
    if (x < frame.left || x > frame.width - frame.right + 1) return [];
    const half = (String(revision).length * 7) / 2 + 3;
    const label = x - half >= free;
    if (label) free = x + half;
    return [{ revision, x, eventId, label }];
  });
}

/** A span zoomed by a factor around an instant, or moved by a share of itself, within the whole; `null` is all of it. */
export function changedSpan(
  span: Span,
  change: { readonly zoom: number; readonly aroundUs: number } | { readonly move: number },
  endUs: number,
): Span | null {
  const width = span.toUs - span.fromUs;
  if ("move" in change) {
    const by = Math.round(width * change.move);
    const fromUs = Math.max(0, Math.min(endUs - width, span.fromUs + by));
    return width >= endUs ? null : { fromUs, toUs: fromUs + width };
  }
  const next = Math.max(NARROWEST, width * change.zoom);
  if (next >= endUs) return null;
  const share = (change.aroundUs - span.fromUs) / Math.max(1, width);
  const fromUs = Math.round(Math.min(endUs - next, Math.max(0, change.aroundUs - next * share)));
  return { fromUs, toUs: Math.round(fromUs + next) };
}

/** A span in which an operation takes up about a fifth; `null` is all of the run. */
export function spanAround(
  { invokeUs, returnUs }: { readonly invokeUs: number; readonly returnUs: number | null },
  endUs: number,
): Span | null {
  const to = returnUs ?? endUs;
  const width = Math.max(NARROWEST, (to - invokeUs) * 5);
  if (width >= endUs) return null;
  const fromUs = Math.round(Math.max(0, Math.min(endUs - width, (invokeUs + to) / 2 - width / 2)));
  return { fromUs, toUs: Math.round(fromUs + width) };
}

/** Microseconds of the narrowest span. */
const NARROWEST = 200;
