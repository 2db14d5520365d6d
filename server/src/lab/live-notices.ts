import type { LiveSession } from "./live-session.js";
import type { WorkerEvent } from "./rpc.js";

/** Real time between two notices about a running live session: for views, and for the store. */
const INFO_MS = 60;
const PLACE_MS = 1000;

/** Tells how live sessions stand: at once what a person waits for, now and then what only goes on. */
export class LiveNotices {
  readonly #emit: (event: WorkerEvent) => void;
  readonly #told = new WeakMap<LiveSession, { infoMs: number; placeMs: number }>();

  constructor(emit: (event: WorkerEvent) => void) {
    this.#emit = emit;
  }

  /** A session changed. */
  changed(session: LiveSession, urgent: boolean): void {
    const now = performance.now();
    const told = this.#told.get(session) ?? { infoMs: Number.NEGATIVE_INFINITY, placeMs: Number.NEGATIVE_INFINITY };
    if (!urgent && now - told.infoMs < INFO_MS) return;
    told.infoMs = now;
    this.#told.set(session, told);
    this.#emit({ kind: "session-changed", session: session.info() });
    if (!urgent && now - told.placeMs < PLACE_MS) return;
    told.placeMs = now;
    this.place(session);
  }

  /** Tells where a session stands, to be kept. */
  place(session: LiveSession): void {
    this.#emit({ kind: "live-place", sessionId: session.id, info: session.info(), place: session.place });
  }
}
