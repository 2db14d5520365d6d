/** The picture: operations as bars for each client, the order that was found, watches as lanes, and the time cursor. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { t } from "../../server/src/l10n/text.js";
import type { HistoryView } from "../../server/src/protocol/history-view.js";
import { type Bar, barsOf, halfOf, MANY, numbered, orderLines } from "../../server/src/view-model/history/bars.js";
import { densityArea, highest } from "../../server/src/view-model/history/density.js";
import {
  ABOVE,
  AXES,
  BAR,
  type ClientRows,
  changedSpan,
  type HistoryFrame,
  historyFrame,
  ROW,
  revisionTicks,
  ticks,
  timeOf,
  WATCH,
  xOf,
} from "../../server/src/view-model/history/frame.js";
import { shortened } from "../../server/src/view-model/phrases.js";
import { formatCount, formatShortTime } from "../../server/src/view-model/time.js";
import { styled } from "../shared/styled.js";
import type { HistoryActions } from "./actions.js";
import { barSign, explanationSign } from "./bar.js";
import { type HistoryState, spanOf } from "./model.js";
import { watchLane } from "./watch.js";

/** Pixels below which nothing can be drawn: while a window is being laid out. */
const NARROWEST = 160;
/** Pixels drawn above and below what is in sight. */
const MARGIN = 200;

/** Draws the picture; an empty frame until its width is known. */
export function picture(state: HistoryState, actions: HistoryActions): TemplateResult {
  const { view, width, sight } = state;
  const frame = view === null || width < NARROWEST ? null : historyFrame(view, width, spanOf(state));
  return html`<div
    class="picture"
    data-picture
    tabindex="0"
    role="region"
    aria-label=${t("Operations by client over time; the table says the same in words")}
    @scroll=${(event: Event) => scrolled(event, actions)}
    @wheel=${{ handleEvent: (event: WheelEvent) => frame !== null && onWheel(event, frame, state, actions), passive: false }}
    @pointerdown=${(event: PointerEvent) => frame !== null && startDrag(event, frame, actions)}
  >
    ${
      frame === null || view === null
        ? nothing
        : html`<svg class="axes" width=${width} height=${AXES} aria-hidden="true">
            ${guard([view, frame.span.fromUs, frame.span.toUs, width], () => axes(frame, view))} ${cursorHead(frame, state.cursorUs)}
          </svg>
          <svg class="lanes" width=${width} height=${frame.height} ${styled({ "min-height": `${frame.height}px` })} aria-hidden="true">
            ${guard([view, frame.span.fromUs, frame.span.toUs, width, state.picked, Math.floor(sight.top / MARGIN), sight.height], () => lanes(state, frame, view, actions))}
            ${cursorLine(frame, state.cursorUs)}
          </svg>`
    }
  </div>`;
}

function axes(frame: HistoryFrame, view: HistoryView) {
  const revisions = revisionTicks(frame, view.revisions);
  return svg`
    <text class="axis-name" x="8" y="15">${t("time")}</text>
    ${ticks(frame).map((us) => {
      const x = xOf(frame, us);
      return svg`<line class="tick" x1=${x} x2=${x} y1="19" y2="24" /><text class="tick-label" x=${within(frame, x)} y="15">${formatShortTime(us)}</text>`;
    })}
    <line class="axis-line" x1=${frame.left} x2=${frame.width - frame.right} y1="24.5" y2="24.5" />
    <text class="axis-name" x="8" y="38">${frame.left < 80 ? t("rev") : t("revision")}</text>
    ${revisions.map(
      ({ revision, x, label }) =>
        svg`<line class="revision-tick" x1=${x} x2=${x} y1="25" y2=${label ? 29 : 28} />${label ? svg`<text class="revision" x=${within(frame, x, 10)} y="39">${revision}</text>` : nothing}`,
    )}`;
}

function within({ width, left }: HistoryFrame, x: number, half = 22): number {
  return Math.max(left, Math.min(x, width - half));
}

function lanes(state: HistoryState, frame: HistoryFrame, view: HistoryView, actions: HistoryActions) {
  const { top, height } = state.sight;
  const inSight = (y: number, size: number): boolean => y + size >= top - MARGIN * 2 && y <= top + height + MARGIN * 2;
  const bars = barsOf(frame, view.operations).filter(
    (bar) => inSight(bar.y, ROW) && bar.x <= frame.width && bar.tail >= frame.left,
  );
  const most = view.density === null ? 0 : highest(view.density);
  const numbers = numbered(bars);
  const whole = view.inWindow < view.total;
  return svg`
    ${patterns(frame)}
    ${ticks(frame).map((us) => {
      const x = xOf(frame, us);
      return svg`<line class="grid" x1=${x} x2=${x} y1="0" y2=${frame.height} />`;
    })}
    ${frame.clients.map((client, at) => (inSight(client.y, client.height) ? clientRows(frame, client, view.density?.[at] ?? null, most) : nothing))}
    <g clip-path="url(#span)">
      ${bars.map((bar) => barSign(bar, bar.operation.number === state.picked, actions))}
      ${orderLines(bars, whole).map(({ order, path }) => svg`<path class="order order-${order % 4} ${bars.length > MANY ? "dense" : ""}" d=${path} />`)}
      ${bars.map(explanationSign)}
      ${bars.map((bar) => pointSign(bar, numbers.has(bar.operation.number), bars.length))}
    </g>
    ${frame.watches.map(({ number, y }) => {
      const watch = view.watches.find((each) => each.number === number);
      return watch === undefined || !inSight(y, WATCH) ? nothing : watchLane(frame, watch, y, actions);
    })}`;
}

/** How outcomes differ without colour: stripes for a compare that failed, a grid of lines for an error. */
function patterns({ left, width, height }: HistoryFrame) {
  return svg`<defs>
    <clipPath id="span"><rect x=${left - 12} y="0" width=${width - left + 12} height=${height} /></clipPath>
    <pattern id="failed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch" width="2" height="6" /></pattern>
    <pattern id="error" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch-line" d="M0 0H5M0 0V5" /></pattern>
  </defs>`;
}

function clientRows(frame: HistoryFrame, client: ClientRows, density: readonly number[] | null, most: number) {
  const room = Math.floor((frame.left - 14) / 7.2);
  return svg`<g class="client" data-client=${client.name}>
    <rect class="client-band" x="0" y=${client.y} width=${frame.width} height=${client.height} />
    <text class="client-name" x="8" y=${client.y + ABOVE + BAR / 2 + 4}><title>${client.name}</title>${shortened(client.name, room)}</text>
    ${density === null ? nothing : svg`<path class="density" d=${densityArea(frame, client.y, density, most)} />`}
  </g>`;
}

function pointSign({ operation, point }: Bar, number: boolean, bars: number) {
  if (point === null || operation.point === null) return nothing;
  const { place } = operation.point;
  if (!number) return svg`<circle class="point" cx=${point.x} cy=${point.y} r=${bars > MANY ? 2 : 3} />`;
  const half = halfOf(place);
  return svg`<g class="point-number"><rect x=${point.x - half} y=${point.y - 7} width=${half * 2} height="14" rx="7" /><text x=${point.x} y=${point.y + 3.8}>${place}</text></g>`;
}

function isShown(frame: HistoryFrame, cursorUs: number | null): cursorUs is number {
  return cursorUs !== null && cursorUs >= frame.span.fromUs && cursorUs <= frame.span.toUs;
}

function cursorHead(frame: HistoryFrame, cursorUs: number | null) {
  if (!isShown(frame, cursorUs)) return nothing;
  return svg`<g class="cursor" transform="translate(${xOf(frame, cursorUs).toFixed(1)} 0)"><path d="M-6 18H6L0 26Z" /><line y1="24" y2=${AXES} /></g>`;
}

function cursorLine(frame: HistoryFrame, cursorUs: number | null) {
  if (!isShown(frame, cursorUs)) return nothing;
  const x = xOf(frame, cursorUs).toFixed(1);
  return svg`<line class="cursor-line" x1=${x} x2=${x} y1="0" y2=${frame.height} />`;
}

/** Says that single operations are not drawn, and what helps. */
export function tooMany({ view }: HistoryState, actions: HistoryActions): TemplateResult | typeof nothing {
  if (view === null || view.density === null) return nothing;
  return html`<div class="banner info" role="status">
    <span>${t("{0} operations are in this span: the areas show how many were under way. Zoom in, or filter, to see each.", formatCount(view.inWindow))}</span>
    <vscode-button secondary @click=${() => actions.zoomBy(1 / 8)}>${t("Zoom in")}</vscode-button>
  </div>`;
}

function scrolled(event: Event, actions: HistoryActions): void {
  const { currentTarget } = event;
  if (currentTarget instanceof HTMLElement) actions.scrollPicture(currentTarget.scrollTop, currentTarget.clientHeight);
}

function onWheel(event: WheelEvent, frame: HistoryFrame, state: HistoryState, actions: HistoryActions): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
  const endUs = Math.max(state.view?.endUs ?? 0, frame.span.toUs - frame.span.fromUs);
  // The wheel scrolls; Alt, or the pinch that browsers report as Ctrl, zooms; Shift, or a wheel that goes sideways, moves along time.
  if (event.altKey || event.ctrlKey) {
    const aroundUs = timeOf(frame, event.clientX - currentTarget.getBoundingClientRect().left);
    actions.show(changedSpan(frame.span, { zoom: Math.exp(event.deltaY / 300), aroundUs }, endUs));
  } else if (sideways !== 0 && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) {
    if (state.span === null) return;
    actions.pan(sideways / Math.max(1, frame.width - frame.left));
  } else return;
  event.preventDefault();
}

/** Dragging on the picture moves the time cursor; bars and marks take their clicks themselves. */
function startDrag(event: PointerEvent, frame: HistoryFrame, actions: HistoryActions): void {
  const { currentTarget: element, target } = event;
  if (!(element instanceof HTMLElement) || event.button !== 0) return;
  if (target instanceof Element && target.closest("[data-picks]") !== null) return;
  const box = element.getBoundingClientRect();
  // The scroll bar is no part of the picture.
  if (event.clientX - box.left > element.clientWidth || event.clientX - box.left < frame.left - 4) return;
  let waiting: number | null = null;
  const seek = (x: number): void => {
    const first = waiting === null;
    waiting = x;
    if (!first) return;
    requestAnimationFrame(() => {
      if (waiting !== null) actions.move({ kind: "time", timeUs: timeOf(frame, waiting - box.left) });
      waiting = null;
    });
  };
  const onMove = (move: PointerEvent): void => seek(move.clientX);
  const end = (): void => {
    element.removeEventListener("pointermove", onMove);
    element.removeEventListener("pointerup", end);
    element.removeEventListener("pointercancel", end);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
  seek(event.clientX);
}
