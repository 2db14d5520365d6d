/**
 * What moves between two views: marks of messages, arcs and bars of timers, the clock and the time cursor. Each is set by itself, once a
 * frame, and nothing else of the panel is touched: templates are drawn when a view has come or the person did something.
 */
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import {
  pointAt,
  progressOf,
  timerLeft,
  type Way,
  waitingPlaces,
  wayBetween,
} from "../../server/src/view-model/cluster/geometry.js";
import { layoutOf } from "../../server/src/view-model/cluster/view-layout.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { type TimelineFrame, timelineFrame, xOf } from "../../server/src/view-model/timeline/geometry.js";
import type { ClusterState } from "./model.js";
import { timelineSpan } from "./timeline-span.js";

/** Sets one element to a time. */
type Mover = (nowUs: number) => void;

/** Knows the elements that move. */
export class Motion {
  readonly #root: ParentNode;
  #movers: readonly Mover[] = [];

  constructor(root: ParentNode) {
    this.#root = root;
  }

  /** Looks for what moves, after the panel was drawn at a time. `view`: the one whose messages the picture shows. */
  adopt(state: ClusterState, view: ClusterView | null, drawnUs: number): void {
    this.#movers = [...this.#marks(view), ...this.#timers(), ...this.#time(state, drawnUs)];
  }

  /** Sets everything that moves to a time. */
  move(nowUs: number): void {
    for (const mover of this.#movers) mover(nowUs);
  }

  #marks(view: ClusterView | null): Mover[] {
    if (view === null) return [];
    const elements = this.#root.querySelectorAll<SVGElement>(".ring [data-message]");
    if (elements.length === 0) return [];
    const layout = layoutOf(view);
    const waiting = waitingPlaces(view.messages);
    const messages = new Map(view.messages.map((message) => [`${message.eventId}/${message.copy}`, message]));
    return [...elements].flatMap((element): Mover[] => {
      const message = messages.get(`${element.dataset["message"]}/${element.dataset["copy"]}`);
      if (message === undefined || waiting.has(message.eventId)) return [];
      const way = wayBetween(layout, message.from, message.to);
      return way === null ? [] : [(nowUs) => placeMark(element, way, progressOf(message, nowUs))];
    });
  }

  #timers(): Mover[] {
    const arcs = [...this.#root.querySelectorAll<SVGElement>(".timer-arc[data-deadline]")].map((element): Mover => {
      const round = Number(element.dataset["round"]);
      const timer = timerOf(element);
      return (nowUs) =>
        element.style.setProperty("stroke-dashoffset", `${(round * (1 - timerLeft(timer, nowUs))).toFixed(2)}px`);
    });
    const bars = [...this.#root.querySelectorAll<SVGElement>(".bar-left[data-deadline]")].map((element): Mover => {
      const timer = timerOf(element);
      return (nowUs) => element.style.setProperty("transform", `scaleX(${timerLeft(timer, nowUs).toFixed(4)})`);
    });
    return [...arcs, ...bars];
  }

  #time(state: ClusterState, drawnUs: number): Mover[] {
    const movers: Mover[] = [];
    const clock = textIn(this.#root.querySelector(".clock"));
    if (clock !== null)
      movers.push((nowUs) => {
        clock.data = formatTime(nowUs);
      });
    const cursor = this.#root.querySelector("[data-timeline] .cursor");
    const frame = frameOf(state, drawnUs);
    // A hand that leads the cursor is ahead of the time that is shown: it stays under the hand, where it was drawn.
    if (cursor !== null && frame !== null && state.touch.scrubUs === null)
      movers.push((nowUs) => {
        const x = Math.min(frame.width - frame.right, xOf(frame, nowUs));
        cursor.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
      });
    return movers;
  }
}

function placeMark(element: SVGElement, way: Way, progress: number): void {
  const { x, y } = pointAt(way, progress);
  element.style.setProperty("transform", `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`);
}

function timerOf({ dataset }: SVGElement): { readonly startUs: number; readonly deadlineUs: number } {
  return { startUs: Number(dataset["start"]), deadlineUs: Number(dataset["deadline"]) };
}

/** The text that a template put into an element: it is written over, so that the template still finds it. */
function textIn(element: Element | null): Text | null {
  for (const child of element?.childNodes ?? []) if (child instanceof Text && child.data.trim() !== "") return child;
  return null;
}

/** The timeline as it was drawn last. */
function frameOf(state: ClusterState, drawnUs: number): TimelineFrame | null {
  const { timeline, width } = state;
  if (timeline === null || width === 0) return null;
  return timelineFrame(width, timeline.lanes.length, timelineSpan(state, drawnUs), width > 420);
}
