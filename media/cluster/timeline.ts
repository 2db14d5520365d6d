/** The timeline: how much happened when, who led in which term, and marks for what matters. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { t } from "../../server/src/l10n/text.js";
import type { TimelineMark, TimelineView } from "../../server/src/protocol/views.js";
import { labelled } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { formatShortTime, formatTime } from "../../server/src/view-model/time.js";
import {
  densityPath,
  laneBars,
  type TimelineFrame,
  ticks,
  timelineFrame,
  timeOf,
  visibleMarks,
  xOf,
  zoomed,
} from "../../server/src/view-model/timeline/geometry.js";
import type { Actions } from "./actions.js";
import { type ClusterState, isFlowing } from "./model.js";

/** Draws the timeline with the cursor at a time. */
export function timeline(state: ClusterState, actions: Actions, nowUs: number): TemplateResult | typeof nothing {
  const { timeline: view, width } = state;
  if (view === null || width === 0) return html`<div class="timeline" data-timeline></div>`;
  const end = Math.max(view.endUs, nowUs);
  const span = state.span ?? { fromUs: 0, toUs: Math.max(view.toUs, isFlowing(state) ? end : view.toUs) };
  const frame = timelineFrame(width, view.lanes.length, span, width > 420);
  return html`<div
    class="timeline"
    data-timeline
    role="slider"
    tabindex="0"
    aria-label=${t("Time cursor")}
    aria-orientation="horizontal"
    aria-valuemin="0"
    aria-valuemax=${view.endUs}
    aria-valuenow=${Math.round(nowUs)}
    aria-valuetext=${state.event === null ? formatTime(nowUs) : labelled(formatTime(nowUs), state.event.title)}
    @pointerdown=${(event: PointerEvent) => startDrag(event, frame, actions)}
    @wheel=${{ handleEvent: (event: WheelEvent) => onWheel(event, frame, view, actions), passive: false }}
    @keydown=${(event: KeyboardEvent) => onKey(event, view, frame, actions)}
  >
    <svg width=${width} height=${frame.height} aria-hidden="true">
      ${guard([view, width, span.fromUs, span.toUs], () => still(frame, view, actions))}
      ${cursor(frame, nowUs)}
    </svg>
  </div>`;
}

/** What does not move with the cursor; drawn anew only when the view or the size changes. */
function still(frame: TimelineFrame, view: TimelineView, actions: Actions) {
  const lanesEnd = frame.lanesY + frame.lanes * frame.laneHeight;
  return svg`
    <defs>
      <pattern id="asks" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch" width="2.4" height="5" />
      </pattern>
    </defs>
    <path class="density" d=${densityPath(frame, view.density)} />
    <line class="axis-line" x1=${frame.left} x2=${frame.width - frame.right} y1=${lanesEnd + 2.5} y2=${lanesEnd + 2.5} />
    ${ticks(frame).map((us) => {
      const x = xOf(frame, us);
      return svg`<line class="tick" x1=${x} x2=${x} y1=${frame.densityY} y2=${lanesEnd + 6} />
        <text class="tick-label" x=${Math.max(18, Math.min(x, frame.width - 24))} y=${lanesEnd + 17}>${formatShortTime(us)}</text>`;
    })}
    ${view.lanes.map((lane, at) => {
      const y = frame.lanesY + at * frame.laneHeight;
      return svg`<g transform="translate(0 ${y})">
        ${frame.left > 20 && frame.laneHeight >= 9 ? svg`<text class="lane-name" x=${frame.left - 6} y=${frame.laneHeight - 3.5}>${lane.server}</text>` : nothing}
        ${laneBars(frame, lane).map((bar) => laneBar(frame, bar))}
      </g>`;
    })}
    ${visibleMarks(frame, view.marks).map((mark) => markSign(frame, mark, lanesEnd, actions))}
  `;
}

function laneBar(frame: TimelineFrame, bar: { x: number; width: number; role: string; term: number }) {
  const full = frame.laneHeight - 2;
  const height =
    bar.role === "leader"
      ? full
      : bar.role.endsWith("candidate")
        ? full * 0.7
        : bar.role === "follower"
          ? full * 0.36
          : 2;
  const y = (full - height) / 2;
  const rect = svg`<rect class="lane ${bar.role} ${termClass(bar.term)}" x=${bar.x.toFixed(1)} y=${y.toFixed(1)} width=${bar.width.toFixed(1)} height=${height.toFixed(1)} />`;
  const hatch = bar.role.endsWith("candidate")
    ? svg`<rect fill="url(#asks)" x=${bar.x.toFixed(1)} y=${y.toFixed(1)} width=${bar.width.toFixed(1)} height=${height.toFixed(1)} />`
    : nothing;
  const label =
    bar.role === "leader" && bar.width > 18 && full >= 9
      ? svg`<text class="lane-term" x=${(bar.x + 5).toFixed(1)} y=${full - 2.5}>${bar.term}</text>`
      : nothing;
  return svg`${rect}${hatch}${label}`;
}

const SIGNS: Readonly<Record<TimelineMark["kind"], string>> = {
  leader: "M-5 4L-6 -4L-2.5 -1L0 -6L2.5 -1L6 -4L5 4Z",
  configuration: "M-2 -6A4 4 0 1 0 -2 2A4 4 0 1 0 -2 -6M2 -2A4 4 0 1 0 2 6A4 4 0 1 0 2 -2",
  install: "M-5 -5H5V5H-5ZM0 -3V2M-2.5 0L0 2.5L2.5 0",
  fault: "M1 -6L-4 1H-1L-1 6L4 -1H1Z",
  undone: "M0 -5L5 0L0 5L-5 0Z",
  note: "M-4 6V-6H4L2 -2.5L4 1H-4",
  failure: "M-4 -4L4 4M-4 4L4 -4",
  violation: "M-4 -4L4 4M-4 4L4 -4",
  step: "M0 -3V4",
};

function markSign(frame: TimelineFrame, mark: TimelineMark, bottom: number, actions: Actions) {
  const x = xOf(frame, mark.timeUs).toFixed(1);
  return svg`<g class="sign ${mark.kind}" transform="translate(${x} 0)"
    @pointerdown=${(event: Event) => event.stopPropagation()}
    @click=${() => {
      actions.move({ kind: "event", eventId: mark.eventId });
      actions.why(mark.text, mark.eventId);
    }}>
    <title>${labelled(formatTime(mark.timeUs), mark.text)}</title>
    ${mark.kind === "step" ? nothing : svg`<line class="sign-line" y1=${frame.marksY + 7} y2=${bottom} />`}
    <rect class="sign-hit" x="-7" y="1" width="14" height="18" />
    ${mark.kind === "violation" ? svg`<circle class="sign-disc" cy=${frame.marksY} r="7.5" />` : nothing}
    <path class="sign-shape" transform="translate(0 ${frame.marksY})" d=${SIGNS[mark.kind]} />
  </g>`;
}

function cursor(frame: TimelineFrame, nowUs: number) {
  if (nowUs < frame.span.fromUs || nowUs > frame.span.toUs) return nothing;
  const x = xOf(frame, nowUs).toFixed(1);
  return svg`<g class="cursor" transform="translate(${x} 0)">
    <line y1="4" y2=${frame.height - 18} />
    <path d="M-6 ${frame.height - 17}H6L0 ${frame.height - 25}Z" />
  </g>`;
}

function startDrag(event: PointerEvent, frame: TimelineFrame, actions: Actions): void {
  const element = event.currentTarget;
  if (!(element instanceof HTMLElement) || event.button !== 0) return;
  const left = element.getBoundingClientRect().left;
  let waiting: number | null = null;
  const seek = (x: number) => {
    const first = waiting === null;
    waiting = x;
    if (!first) return;
    requestAnimationFrame(() => {
      if (waiting !== null) actions.move({ kind: "time", timeUs: timeOf(frame, waiting - left) });
      waiting = null;
    });
  };
  const onMove = (move: PointerEvent) => seek(move.clientX);
  const end = () => {
    element.removeEventListener("pointermove", onMove);
    element.removeEventListener("pointerup", end);
    element.removeEventListener("pointercancel", end);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
  element.focus();
  seek(event.clientX);
  event.preventDefault();
}

function onWheel(event: WheelEvent, frame: TimelineFrame, view: TimelineView, actions: Actions): void {
  // The wheel scrolls the page; Alt, or the pinch that browsers report as Ctrl, zooms.
  if (!event.altKey && !event.ctrlKey) return;
  event.preventDefault();
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const at = timeOf(frame, event.clientX - currentTarget.getBoundingClientRect().left);
  actions.zoom(zoomed(frame.span, at, Math.exp(event.deltaY / 300), view.endUs));
}

function onKey(event: KeyboardEvent, view: TimelineView, frame: TimelineFrame, actions: Actions): void {
  const page = Math.round((frame.span.toUs - frame.span.fromUs) / 20);
  const now = Number((event.currentTarget as Element | null)?.getAttribute("aria-valuenow") ?? 0);
  switch (event.key) {
    case "PageUp":
      actions.move({ kind: "time", timeUs: Math.max(0, now - page) });
      break;
    case "PageDown":
      actions.move({ kind: "time", timeUs: Math.min(view.endUs, now + page) });
      break;
    default:
      return;
  }
  event.preventDefault();
  event.stopPropagation();
}
