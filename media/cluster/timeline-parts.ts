/** Parts of the timeline's picture. What does not move with the cursor is drawn anew only when the view, the span or the size changes. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { TimelineLane, TimelineMark, TimelineView } from "../../server/src/protocol/timeline-view.js";
import { labelled } from "../../server/src/view-model/phrases.js";
import { termClass } from "../../server/src/view-model/term.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { eventsInFrame, FILLED_SIGNS, nearness, signBatches } from "../../server/src/view-model/timeline/events.js";
import {
  type FaultBar,
  faultBars,
  faultWords,
  scriptLabels,
  withoutSpans,
} from "../../server/src/view-model/timeline/faults.js";
import {
  densityPath,
  type LaneBar,
  laneBars,
  type TimelineFrame,
  ticks,
  tickText,
  timelineFrame,
  visibleMarks,
  xOf,
} from "../../server/src/view-model/timeline/geometry.js";
import { MARK_SIGNS } from "../../server/src/view-model/timeline/mark-signs.js";
import type { Span } from "../../server/src/view-model/timeline/span.js";
import { faultShape } from "../shared/fault-bar.js";
import { styled } from "../shared/styled.js";

/** Density, lanes, faults, notes and marks. */
export function still(frame: TimelineFrame, view: TimelineView, whole: TimelineView) {
  const right = frame.width - frame.right;
  return svg`
    <defs>
      <pattern id="asks" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch" width="2.4" height="5" />
      </pattern>
      <pattern id="off" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect class="hatch" width="1.2" height="4" />
      </pattern>
    </defs>
    <rect class="axis-area" x="0" y=${frame.axisY} width=${frame.width} height=${frame.height - frame.axisY} data-axis />
    <path class="density" d=${densityPath(frame, view.density, view)} ${styled({ opacity: look(frame, view).density.toFixed(2) })} />
    ${ticks(frame).map((us) => {
      const x = xOf(frame, us);
      return svg`<line class="tick" x1=${x} x2=${x} y1=${frame.densityY} y2=${frame.axisY + 4} />
        <text class="tick-label" x=${Math.max(18, Math.min(x, frame.width - 24))} y=${frame.axisY + 16}>${tickText(frame, us)}</text>`;
    })}
    ${lanes(frame, view.lanes)}
    ${faultBars(frame, view.faults).map(faultBar)}
    <line class="axis-line" x1=${frame.left} x2=${right} y1=${frame.axisY} y2=${frame.axisY} />
    ${script(frame, view.marks, whole.marks)}
    ${visibleMarks(frame, withoutSpans(view.marks, view.faults)).map((mark) => markSign(frame, mark))}
  `;
}

function look(frame: TimelineFrame, view: TimelineView) {
  const inside = eventsInFrame(frame, view);
  if (inside === null) return { signs: 0, density: 1, radius: 0 };
  return nearness(inside.to - inside.from, frame.width - frame.left - frame.right, frame.laneHeight);
}

/** Every single event, as far as it can be told from its neighbours. */
export function single(frame: TimelineFrame, view: TimelineView) {
  const { signs, radius } = look(frame, view);
  if (signs === 0) return nothing;
  const batches = signBatches(frame, view, radius);
  return svg`<g class="events" ${styled({ opacity: signs.toFixed(2) })}>
    ${radius < 2.5 ? nothing : batches.map(({ path }) => svg`<path class="event-halo" d=${path} />`)}
    ${batches.map(
      ({ sign, path }) =>
        svg`<path class="event-sign ${sign} ${FILLED_SIGNS.has(sign) || radius < 1.9 ? "filled" : ""}" d=${path} />`,
    )}
  </g>`;
}

/** All stretches of one role and term are one path: a long run has thousands. */
function lanes(frame: TimelineFrame, all: readonly TimelineLane[]) {
  const paths = new Map<string, { readonly role: LaneBar["role"]; readonly term: number; readonly parts: string[] }>();
  const terms: { readonly x: number; readonly y: number; readonly term: number }[] = [];
  const full = frame.laneHeight - 2;
  for (const [at, lane] of all.entries()) {
    const top = frame.lanesY + at * frame.laneHeight;
    for (const bar of laneBars(frame, lane)) {
      const key = `${bar.role} ${termClass(bar.term)}`;
      const batch = paths.get(key) ?? { role: bar.role, term: bar.term, parts: [] };
      if (batch.parts.length === 0) paths.set(key, batch);
      const height = laneHeight(bar.role, full);
      const [x, width] = [bar.x.toFixed(1), bar.width.toFixed(1)];
      batch.parts.push(`M${x} ${(top + (full - height) / 2).toFixed(1)}h${width}v${height.toFixed(1)}h-${width}Z`);
      if (bar.role === "leader" && bar.width > 18 && full >= 9)
        terms.push({ x: bar.x + 4, y: top + full / 2 + 3.6, term: bar.term });
    }
  }
  return svg`
    ${[...paths.values()].map(({ role, term, parts }) => {
      const d = parts.join("");
      const fill = role.endsWith("candidate") ? "asks" : role === "down" || role === "paused" ? "off" : null;
      return svg`<path class="lane ${role} ${termClass(term)}" d=${d} />
        ${fill === null ? nothing : svg`<path fill="url(#${fill})" d=${d} />`}`;
    })}
    ${terms.map(({ x, y, term }) => svg`<text class="lane-term" x=${x.toFixed(1)} y=${y.toFixed(1)}>${term}</text>`)}
    ${
      frame.left > 20 && frame.laneHeight >= 9
        ? all.map(
            (lane, at) =>
              svg`<text class="lane-name" x=${frame.left - 6} y=${frame.lanesY + at * frame.laneHeight + full / 2 + 3.6}>${lane.server}</text>`,
          )
        : nothing
    }`;
}

function laneHeight(role: LaneBar["role"], full: number): number {
  switch (role) {
    case "leader":
      return full;
    case "candidate":
    case "pre-candidate":
      return full * 0.7;
    case "follower":
      return full * 0.36;
    case "down":
    case "paused":
      return full * 0.5;
  }
}

function faultBar(bar: FaultBar) {
  const { fault } = bar;
  return svg`<g class="fault-bar ${fault.kind}" data-go=${fault.eventId} data-why=${fault.text} data-words=${faultWords(fault)}>
    ${faultShape(bar)}
  </g>`;
}

function script(frame: TimelineFrame, marks: readonly TimelineMark[], whole: readonly TimelineMark[]) {
  return scriptLabels(frame, marks, whole).map(
    ({ mark, x, text, earlier }) =>
      svg`<text class="script-text ${mark.kind} ${earlier ? "earlier" : ""}" x=${x.toFixed(1)} y=${frame.scriptY ?? 0} data-go=${mark.eventId} data-words=${labelled(formatTime(mark.timeUs), mark.text)}>${text}</text>`,
  );
}

function markSign(frame: TimelineFrame, mark: TimelineMark) {
  const x = xOf(frame, mark.timeUs).toFixed(1);
  return svg`<g class="sign ${mark.kind}" transform="translate(${x} 0)"
    data-go=${mark.eventId} data-why=${mark.kind === "step" ? nothing : mark.text} data-words=${labelled(formatTime(mark.timeUs), mark.text)}>
    ${mark.kind === "step" ? nothing : svg`<line class="sign-line" y1=${frame.marksY + 7} y2=${frame.axisY} />`}
    <rect class="sign-hit" x="-7" y="1" width="14" height="18" />
    ${mark.kind === "violation" ? svg`<circle class="sign-disc" cy=${frame.marksY} r="7.5" />` : nothing}
    <path class="sign-shape" transform="translate(0 ${frame.marksY})" d=${MARK_SIGNS[mark.kind]} />
  </g>`;
}

/** The whole run in small, and where the shown span is in it. */
export function overviewStrip(frame: TimelineFrame, whole: TimelineView, span: Span, nowUs: number): TemplateResult {
  const { width } = frame;
  const all = {
    ...timelineFrame(width, 0, { fromUs: 0, toUs: whole.endUs }, false),
    left: frame.left,
    right: frame.right,
  };
  const small: TimelineFrame = { ...all, densityY: 2, densityHeight: 14 };
  const [from, to] = [xOf(small, span.fromUs), xOf(small, span.toUs)];
  const boxWidth = Math.max(4, to - from);
  const x = Math.min(from, width - frame.right - boxWidth);
  const now = xOf(small, nowUs);
  return html`<svg class="overview" width=${width} height="20" aria-hidden="true" data-overview>
    ${guard(
      [whole, width],
      () => svg`
      <rect class="overview-area" x=${frame.left} y="2" width=${Math.max(0, width - frame.left - frame.right)} height="14" />
      <path class="density" d=${densityPath(small, whole.density, whole)} />
      ${whole.marks
        .filter(({ kind }) => kind === "leader" || kind === "failure" || kind === "violation")
        .map(
          ({ timeUs, kind }) =>
            svg`<line class="overview-mark ${kind}" x1=${xOf(small, timeUs)} x2=${xOf(small, timeUs)} y1="2" y2="16" />`,
        )}`,
    )}
    <rect class="overview-box" x=${x.toFixed(1)} y="1" width=${boxWidth.toFixed(1)} height="16" />
    <line class="overview-cursor" x1=${now.toFixed(1)} x2=${now.toFixed(1)} y1="0" y2="18" />
  </svg>`;
}
