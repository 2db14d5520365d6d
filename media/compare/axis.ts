/** Both runs on one axis of virtual time: of each server the left run's lane above the right one's. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { t } from "../../server/src/l10n/text.js";
import type { TimelineMark } from "../../server/src/protocol/timeline-view.js";
import {
  barsOf,
  type CompareFrame,
  commonStretch,
  compareFrame,
  faultBarsOf,
  heightOf,
  lookAt,
  type PlacedLane,
  panSpan,
  placeOf,
  SIDES,
  type Side,
  zoomSpan,
} from "../../server/src/view-model/compare/frame.js";
import { labelled } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { formatShortTime, formatTime } from "../../server/src/view-model/time.js";
import { type FaultBar, faultWords, withoutSpans } from "../../server/src/view-model/timeline/faults.js";
import { ticks, timeOf, visibleMarks, xOf } from "../../server/src/view-model/timeline/geometry.js";
import { MARK_SIGNS } from "../../server/src/view-model/timeline/mark-signs.js";
import { faultShape } from "../shared/fault-bar.js";
import { iconButton } from "../shared/icon.js";
import type { CompareActions } from "./actions.js";
import { type CompareState, cursorOf, endOf } from "./model.js";

/** The picture with its controls. */
export function axis(state: CompareState, actions: CompareActions): TemplateResult {
  const { view, width, timelines } = state;
  const ready = view !== null && width > 0 && SIDES.every((side) => timelines[side] !== null);
  return html`<div class="axis">
    ${controls(state, actions)}
    <div class="axis-picture" data-axis aria-busy=${String(!ready)}>${ready ? slider(state, actions) : nothing}</div>
    ${legend(state)}
  </div>`;
}

function spanOf(state: CompareState) {
  return state.span ?? { fromUs: 0, toUs: endOf(state) };
}

function controls(state: CompareState, actions: CompareActions) {
  const now = cursorOf(state);
  const end = endOf(state);
  const span = spanOf(state);
  const all = state.span === null;
  const parts = state.view?.trace.kind === "different";
  return html`<div class="axis-controls" role="toolbar" aria-label=${t("Time axis")}>
    <span class="clock" aria-live="off">${formatTime(now)}</span>
    <vscode-button secondary ?disabled=${!parts} @click=${actions.goToDifference} title=${t("{0} ({1})", t("Go to the first difference"), "D")}>${t("First difference")}</vscode-button>
    <span class="axis-zooms">
      ${iconButton("chevron-left", t("Move the view back"), () => actions.zoom(panSpan(span, -0.4, end)), { disabled: all, keys: "[" })}
      ${iconButton("chevron-right", t("Move the view on"), () => actions.zoom(panSpan(span, 0.4, end)), { disabled: all, keys: "]" })}
      ${iconButton("zoom-in", t("Zoom in on the cursor"), () => actions.zoom(zoomSpan(span, now, 0.4, end)), { keys: "+" })}
      ${iconButton("zoom-out", t("Zoom out"), () => actions.zoom(zoomSpan(span, now, 2.5, end)), { disabled: all, keys: "-" })}
      ${iconButton("screen-full", t("Show all of it"), () => actions.zoom(null), { disabled: all, keys: "0" })}
    </span>
  </div>`;
}

function slider(state: CompareState, actions: CompareActions): TemplateResult {
  const { width, timelines, view } = state;
  const span = spanOf(state);
  const frame = compareFrame(width, span, timelines);
  const now = cursorOf(state);
  const drawn = [timelines.left, timelines.right, view, width, span.fromUs, span.toUs];
  return html`<div
    class="axis-slider"
    role="slider"
    tabindex="0"
    aria-label=${t("Time cursor of both runs")}
    aria-orientation="horizontal"
    aria-valuemin="0"
    aria-valuemax=${endOf(state)}
    aria-valuenow=${Math.round(now)}
    aria-valuetext=${formatTime(now)}
    @pointerdown=${(event: PointerEvent) => startDrag(event, frame, actions)}
    @wheel=${{ handleEvent: (event: WheelEvent) => onWheel(event, frame, state, actions), passive: false }}
    @keydown=${(event: KeyboardEvent) => onKey(event, state, actions)}
  >
    <svg width=${width} height=${frame.height} aria-hidden="true">
      ${guard(drawn, () => still(frame, state, actions))} ${cursor(frame, now)}
    </svg>
  </div>`;
}

/** What does not move with the cursor. */
function still(frame: CompareFrame, state: CompareState, actions: CompareActions) {
  return svg`
    <defs>
      <pattern id="asks" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch" width="2.4" height="5" />
      </pattern>
    </defs>
    ${common(frame, state)} ${scale(frame)}
    ${frame.servers.map(({ server, y, lanes }) => {
      return svg`<g>
        <text class="lane-name" x="34" y=${y + frame.laneHeight + 3.5}>${server}</text>
        ${SIDES.map((side) => (lanes[side] === null ? nothing : lane(frame, side, lanes[side])))}
      </g>`;
    })}
    ${SIDES.map((side) => end(frame, state, side))}
    ${SIDES.map((side) => faults(frame, state, side, actions))}
    ${SIDES.map((side) => signs(frame, state, side, actions))}
    ${difference(frame, state)}
  `;
}

function common(frame: CompareFrame, { view }: CompareState) {
  if (view === null) return nothing;
  const endUs = Math.max(view.left.timeUs, view.right.timeUs);
  const stretch = commonStretch(frame, view.trace.kind === "different" ? view.trace.partUs : null, endUs);
  if (stretch === null) return nothing;
  const top = frame.top - 4;
  return svg`<g class="common">
    <rect x=${stretch.x.toFixed(1)} y=${top} width=${stretch.width.toFixed(1)} height=${frame.bottom - top} />
    ${stretch.width > 90 ? svg`<text x=${stretch.x + 5} y="13">${t("the same in both")}</text>` : nothing}
  </g>`;
}

function scale(frame: CompareFrame) {
  const bottom = frame.bottom + 20;
  const right = frame.axis.width - frame.axis.right;
  return svg`
    <line class="axis-line" x1=${frame.axis.left} x2=${right} y1=${bottom} y2=${bottom} />
    ${ticks(frame.axis).map((us) => {
      const x = xOf(frame.axis, us);
      return svg`<line class="tick" x1=${x} x2=${x} y1=${frame.top - 4} y2=${bottom + 4} />
        <text class="tick-label" x=${Math.min(x, right - 16)} y=${bottom + 16}>${formatShortTime(us)}</text>`;
    })}`;
}

function lane(frame: CompareFrame, side: Side, placed: PlacedLane) {
  const full = frame.laneHeight - 2;
  return svg`<g transform="translate(0 ${placed.y})">
    <text class="lane-side" x="50" y=${full - 1.5}>${sideLetter(side)}</text>
    ${barsOf(frame, placed).map(({ x, width, role, term }) => {
      const height = Math.max(2, full * heightOf(role));
      const y = ((full - height) / 2).toFixed(1);
      const box = { x: x.toFixed(1), width: width.toFixed(1), height: height.toFixed(1) };
      const asks = role.endsWith("candidate");
      return svg`<rect class="lane ${role} ${termClass(term)}" x=${box.x} y=${y} width=${box.width} height=${box.height} />
        ${asks ? svg`<rect fill="url(#asks)" x=${box.x} y=${y} width=${box.width} height=${box.height} />` : nothing}
        ${role === "leader" && width > 16 && full >= 9 ? svg`<text class="lane-term" x=${(x + 4).toFixed(1)} y=${full - 2}>${term}</text>` : nothing}`;
    })}
  </g>`;
}

/** Where a run ends before the other one. */
function end(frame: CompareFrame, { view }: CompareState, side: Side) {
  const own = view?.[side].timeUs;
  if (view === null || own === undefined || own >= Math.max(view.left.timeUs, view.right.timeUs)) return nothing;
  const x = placeOf(frame, own);
  if (x === null) return nothing;
  return svg`${frame.servers.map(({ lanes }) => {
    const y = lanes[side]?.y;
    return y === undefined
      ? nothing
      : svg`<line class="run-end" x1=${x} x2=${x} y1=${y - 1} y2=${y + frame.laneHeight - 1} />`;
  })}`;
}

/** What was broken, from when until when; signs are of the rest. */
function faults(frame: CompareFrame, { timelines }: CompareState, side: Side, actions: CompareActions) {
  const bars = faultBarsOf(frame, side, timelines[side]);
  const first = bars.find(({ fault, label }) => fault.row === 0 && label !== null);
  return svg`<g>
    ${first === undefined ? nothing : svg`<text class="lane-side" x="50" y=${first.y + first.height / 2 + 3.2}>${sideLetter(side)}</text>`}
    ${bars.map((bar) => faultBar(side, bar, actions))}
  </g>`;
}

function faultBar(side: Side, bar: FaultBar, actions: CompareActions) {
  const { fault } = bar;
  return svg`<g class="fault-bar ${fault.kind}"
    @pointerdown=${(event: Event) => event.stopPropagation()}
    @click=${() => actions.go(side, fault.eventId, fault.fromUs)}>
    <title>${labelled(sideText(side), faultWords(fault))}</title>
    ${faultShape(bar)}
  </g>`;
}

function signs(frame: CompareFrame, { timelines }: CompareState, side: Side, actions: CompareActions) {
  const view = timelines[side];
  const marks = withoutSpans(view?.marks ?? [], view?.faults ?? []).filter(({ kind }) => kind !== "step");
  return svg`<g>
    <text class="lane-side" x="50" y=${frame.signsY[side] + 3.5}>${sideLetter(side)}</text>
    ${visibleMarks(frame.axis, marks).map((mark) => sign(frame, side, mark, actions))}
  </g>`;
}

function sign(frame: CompareFrame, side: Side, mark: TimelineMark, actions: CompareActions) {
  return svg`<g class="sign ${mark.kind}" transform="translate(${xOf(frame.axis, mark.timeUs).toFixed(1)} ${frame.signsY[side]})"
    @pointerdown=${(event: Event) => event.stopPropagation()}
    @click=${() => actions.go(side, mark.eventId, mark.timeUs)}>
    <title>${labelled(sideText(side), labelled(formatTime(mark.timeUs), mark.text))}</title>
    <rect class="sign-hit" x="-7" y="-9" width="14" height="18" />
    ${mark.kind === "violation" ? svg`<circle class="sign-disc" r="7.5" />` : nothing}
    <path class="sign-shape" d=${MARK_SIGNS[mark.kind]} />
  </g>`;
}

/** The first difference: a line through both runs, and its name. */
function difference(frame: CompareFrame, { view }: CompareState) {
  if (view?.trace.kind !== "different") return nothing;
  const x = placeOf(frame, view.trace.partUs);
  if (x === null) return nothing;
  const left = x > frame.axis.width - 130;
  return svg`<g class="part" transform="translate(${x.toFixed(1)} 0)">
    <line y1="5" y2=${frame.bottom + 20} />
    <path d="M-5 4H5L0 11Z" />
    <text x=${left ? -8 : 8} y="13" text-anchor=${left ? "end" : "start"}>${t("first difference")}</text>
  </g>`;
}

function cursor(frame: CompareFrame, nowUs: number) {
  const x = placeOf(frame, nowUs);
  if (x === null) return nothing;
  const bottom = frame.bottom + 20;
  return svg`<g class="cursor" transform="translate(${x.toFixed(1)} 0)">
    <line y1=${frame.top - 8} y2=${bottom} />
    <path d="M-6 ${bottom + 1}H6L0 ${bottom - 7}Z" />
  </g>`;
}

/** What the letters, lines and signs mean. */
function legend({ view }: CompareState) {
  if (view === null) return nothing;
  return html`<p class="legend quiet">
    <span><b>${sideLetter("left")}</b> ${t("left run")}</span><span><b>${sideLetter("right")}</b> ${t("right run")}</span>
    <span class="legend-note">${t("Full height: leader, with its term. Hatched: asks for votes. Thin: down or paused.")}</span>
  </p>`;
}

/** `L` or `R`. */
export function sideLetter(side: Side): string {
  return side === "left" ? t("L") : t("R");
}

/** `left` or `right`. */
export function sideText(side: Side): string {
  return side === "left" ? t("left") : t("right");
}

function startDrag(event: PointerEvent, frame: CompareFrame, actions: CompareActions): void {
  const element = event.currentTarget;
  if (!(element instanceof HTMLElement) || event.button !== 0) return;
  const left = element.getBoundingClientRect().left;
  let waiting: number | null = null;
  const seek = (x: number) => {
    const first = waiting === null;
    waiting = x;
    if (!first) return;
    requestAnimationFrame(() => {
      if (waiting !== null) actions.seek(timeOf(frame.axis, waiting - left));
      waiting = null;
    });
  };
  const onMove = (move: PointerEvent) => seek(move.clientX);
  const stop = () => {
    element.removeEventListener("pointermove", onMove);
    element.removeEventListener("pointerup", stop);
    element.removeEventListener("pointercancel", stop);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", stop);
  element.addEventListener("pointercancel", stop);
  element.focus();
  seek(event.clientX);
  event.preventDefault();
}

function onWheel(event: WheelEvent, frame: CompareFrame, state: CompareState, actions: CompareActions): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const end = endOf(state);
  if (event.altKey || event.ctrlKey) {
    event.preventDefault();
    const at = timeOf(frame.axis, event.clientX - currentTarget.getBoundingClientRect().left);
    actions.zoom(zoomSpan(spanOf(state), at, Math.exp(event.deltaY / 300), end));
  } else if (state.span !== null && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    // Sideways it scrolls along the axis; up and down it scrolls the page.
    event.preventDefault();
    actions.zoom(panSpan(state.span, event.deltaX / Math.max(1, state.width), end));
  }
}

function onKey(event: KeyboardEvent, state: CompareState, actions: CompareActions): void {
  const span = spanOf(state);
  const width = span.toUs - span.fromUs;
  const now = cursorOf(state);
  const to = new Map([
    ["ArrowLeft", now - width / (event.shiftKey ? 40 : 200)],
    ["ArrowRight", now + width / (event.shiftKey ? 40 : 200)],
    ["PageUp", now - width / 20],
    ["PageDown", now + width / 20],
    ["Home", 0],
    ["End", endOf(state)],
  ]).get(event.key);
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  actions.seek(to);
}

/** Handles a key of the whole panel; true when it was one. */
export function axisKey(key: string, state: CompareState, actions: CompareActions): boolean {
  const span = spanOf(state);
  const end = endOf(state);
  const now = cursorOf(state);
  switch (key) {
    case "+":
      actions.zoom(zoomSpan(span, now, 0.4, end));
      return true;
    case "-":
      actions.zoom(zoomSpan(span, now, 2.5, end));
      return true;
    case "0":
      actions.zoom(null);
      return true;
    case "[":
    case "]":
      if (state.span !== null) actions.zoom(panSpan(span, key === "[" ? -0.4 : 0.4, end));
      return true;
    case "d":
      actions.goToDifference();
      return true;
    default:
      return false;
  }
}

/** A look from near at the first difference. */
export function lookAtDifference(state: CompareState) {
  const { view } = state;
  return view?.trace.kind === "different" ? lookAt(view.trace.partUs, endOf(state)) : null;
}
