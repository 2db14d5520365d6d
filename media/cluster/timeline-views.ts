/**
 * What the timeline knows of the run: the whole of it, and the spans that were looked at last. A zoom or a pan is drawn at once from what is
 * known, and sharper when the answer comes; what is asked for is wider than what is shown, so that a pan rarely waits.
 */
import { timelineRequest } from "../../server/src/protocol/requests.js";
import type { TimelineView } from "../../server/src/protocol/timeline-view.js";
import { type TimelineFrame, timeOf } from "../../server/src/view-model/timeline/geometry.js";
import {
  bestView,
  containing,
  isAmple,
  type Span,
  widened,
  zoomed,
} from "../../server/src/view-model/timeline/span.js";
import { object } from "../shared/guard.js";
import { isTimelineView } from "../shared/guards.js";
import { Latest } from "../shared/latest.js";
import type { Store } from "../shared/store.js";
import { type ClusterState, isFlowing } from "./model.js";
import type { PanelHost } from "./panel-host.js";
import type { TimelineTouch } from "./timeline-input.js";

/** Spans kept besides the whole. */
const KEPT = 10;
/** Pixels of a bucket of the density. */
const BUCKET = 3;
/** Share of the span that a known view must have left on each side; with less the next one is fetched ahead. */
const ROOM = 0.2;

/** Keeps `timeline` and `overview` of the state. */
export class TimelineViews {
  readonly #host: PanelHost;
  readonly #store: Store<ClusterState>;
  readonly #loads = new Latest<null>(() => this.#load());
  #views: readonly TimelineView[] = [];
  /** The run has grown, or the width has changed, since the whole of it was asked for. */
  #stale = true;
  #askedAt = 0;

  constructor(host: PanelHost) {
    this.#host = host;
    this.#store = host.store;
  }

  /** When the whole was last asked for, as `performance.now()` tells. */
  get askedAt(): number {
    return this.#askedAt;
  }

  /** Another session is shown. */
  forget(): void {
    this.#views = [];
    this.#stale = true;
    this.#store.set({ timeline: null, overview: null });
  }

  /** The run has changed, or the room for it: what reaches to its end is asked for anew. */
  renew(): void {
    this.#stale = true;
    this.#views = this.#views.filter((view) => view.toUs < view.endUs);
    this.#loads.put(null);
  }

  /** Shows a span, or all: from what is known now, and then as sharp as it gets. */
  zoom(span: Span | null): void {
    this.#store.set({ span });
    this.#host.keep();
    this.#choose();
    this.#loads.put(null);
  }

  /** Zooms around the instant at a pixel of the drawing; what comes between two drawings adds up. */
  zoomAt(x: number, frame: TimelineFrame, factor: number): void {
    const { overview, span } = this.#store.state;
    if (overview === null) return;
    const from = span ?? { fromUs: 0, toUs: overview.endUs };
    this.zoom(zoomed(from, timeOf({ ...frame, span: from }, x), factor, overview.endUs));
  }

  /** What the hand does with the timeline. */
  touch(patch: Partial<TimelineTouch>): void {
    this.#store.set({ touch: { ...this.#store.state.touch, ...patch } });
  }

  /** The cursor has come to where the hand led it. */
  arrived(): void {
    const { held, scrubUs } = this.#store.state.touch;
    if (!held && scrubUs !== null) this.touch({ scrubUs: null });
  }

  /** A zoomed timeline follows the cursor; that of a flowing cluster only if it had it in sight. */
  follow(timeUs: number, wasUs: number | null): void {
    const { span, overview } = this.#store.state;
    if (span === null || overview === null) return;
    const wasInside = wasUs === null || (wasUs >= span.fromUs && wasUs <= span.toUs);
    if (isFlowing(this.#store.state) && !wasInside) return;
    const moved = containing(span, timeUs, Math.max(overview.endUs, timeUs));
    if (moved !== span) this.zoom(moved);
  }

  #choose(): void {
    const { span, overview } = this.#store.state;
    this.#store.set({ timeline: (span === null ? null : bestView(this.#views, span)) ?? overview });
  }

  async #load(): Promise<void> {
    if (this.#stale) {
      this.#stale = false;
      this.#askedAt = performance.now();
      const overview = await this.#ask(null);
      if (overview === null) return;
      this.#store.set({ overview });
      this.#choose();
    }
    const { span, overview } = this.#store.state;
    if (span === null || overview === null) return;
    const known = bestView(this.#views, span);
    if (known !== null && isAmple(known, span, ROOM)) return;
    const view = await this.#ask(widened(span, overview.endUs));
    if (view === null) return;
    this.#views = [...this.#views.slice(1 - KEPT), view];
    this.#choose();
  }

  async #ask(span: { readonly fromUs: number; readonly toUs: number } | null): Promise<TimelineView | null> {
    const { session, width } = this.#store.state;
    if (session === null || width === 0) return null;
    const buckets = Math.max(20, Math.floor(width / BUCKET)) * (span === null ? 1 : 2);
    const answer = await this.#host.connection.ask(
      timelineRequest,
      { sessionId: session.id, buckets, ...span },
      object({ view: isTimelineView }),
    );
    if (answer.kind === "failed") this.#host.say("error", answer.message);
    return answer.kind === "ok" && this.#store.state.session?.id === session.id ? answer.value.view : null;
  }
}
