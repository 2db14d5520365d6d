import type { Failure } from "../protocol/requests.js";
import type { RunProgress } from "./contract.js";
import { liveCluster } from "./live-cluster.js";
import { LiveSession } from "./live-session.js";
import type { OpenSession } from "./open-session.js";
import type { SessionRecord } from "./record.js";
import type { CallName, WorkerCalls, WorkerEvent } from "./rpc.js";
import { RunSession } from "./run-session.js";
import { SessionViews } from "./session-views.js";

/** How a call is followed and ended. */
export interface CallControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/** Finished runs kept in memory; older ones are run anew when somebody opens them. */
const OPEN_RUNS = 12;
/** Real time between two notices about a running live session. */
const NOTICE_MS = 60;
const PLACE_MS = 1000;

/**
 * The simulations and their views, in one thread: what the worker does. Runs go one after another; live clusters
 * and views have their turn between slices.
 */
export class WorkerService {
  readonly #sessions = new Map<string, OpenSession>();
  readonly #emit: (event: WorkerEvent) => void;
  readonly #views = new SessionViews();
  readonly #noticed = new Map<string, { infoMs: number; placeMs: number }>();
  #lastRun: Promise<unknown> = Promise.resolve();

  constructor(emit: (event: WorkerEvent) => void) {
    this.#emit = emit;
  }

  /** Carries out one call. */
  async call<N extends CallName>(
    name: N,
    params: WorkerCalls[N]["params"],
    control: CallControl,
  ): Promise<WorkerCalls[N]["result"]> {
    return this.#handlers[name](params, control);
  }

  readonly #handlers: {
    readonly [N in CallName]: (
      params: WorkerCalls[N]["params"],
      control: CallControl,
    ) => Promise<WorkerCalls[N]["result"]>;
  } = {
    run: (record, control) => this.#queueRun(record, control),
    live: (record) => this.#openLive(record),
    close: async ({ sessionId }) => this.#close(sessionId),
    control: async ({ sessionId, control }) => {
      const session = this.#live(sessionId);
      if ("ok" in session) return session;
      const failure = session.control(control);
      this.#tellPlace(session);
      return failure ?? { ok: true, session: session.info() };
    },
    act: async ({ sessionId, step }, { signal }) => {
      const session = this.#live(sessionId);
      if ("ok" in session) return session;
      const outcome = session.act(step, signal);
      this.#tellPlace(session);
      return outcome;
    },
    moveCursor: async ({ sessionId, move }) => {
      const session = this.#open(sessionId);
      if ("ok" in session) return session;
      const event = this.#views.move(session, move);
      if (typeof event === "string") return { ok: false, message: event };
      const { cursor } = session;
      this.#emit({ kind: "cursor-changed", sessionId, cursor, line: event?.line ?? null });
      return { ok: true, cursor, event };
    },
    eventOfLine: async ({ sessionId, line }) =>
      this.#view(sessionId, (session) => this.#views.eventOfLine(session, line)),
    clusterView: async (params) => this.#view(params.sessionId, (session) => this.#views.cluster(session, params)),
    timeline: async (params) => this.#view(params.sessionId, (session) => this.#views.timeline(session, params)),
    diagram: async (params) => this.#view(params.sessionId, (session) => this.#views.diagram(session, params)),
    why: async (params) => this.#view(params.sessionId, (session) => this.#views.why(session, params)),
    events: async (params) => this.#view(params.sessionId, (session) => this.#views.events(session, params)),
  };

  async #queueRun(record: SessionRecord, control: CallControl): Promise<WorkerCalls["run"]["result"]> {
    const mine = this.#lastRun.then(async () => this.#run(record, control));
    this.#lastRun = mine.catch(() => undefined);
    return mine;
  }

  async #run(record: SessionRecord, { signal, onProgress }: CallControl): Promise<WorkerCalls["run"]["result"]> {
    if (signal.aborted) return { ok: false, message: "The run was cancelled." };
    const session = RunSession.create(record);
    if (typeof session === "string") return { ok: false, message: session };
    this.#add(session);
    this.#emit({ kind: "session-changed", session: session.info() });
    const ended = await session.finish(signal, onProgress);
    this.#emit({ kind: "session-changed", session: session.info() });
    if (!ended) return { ok: false, message: "The run was cancelled." };
    const uri = record.info.uri ?? "";
    const result = session.result(uri);
    const source = { uri, text: record.text ?? "" };
    this.#emit({
      kind: "run-ended",
      session: session.info(),
      violations: result.violations,
      steps: result.steps,
      source,
    });
    return { ok: true, session: session.info(), result };
  }

  async #openLive(record: SessionRecord): Promise<WorkerCalls["live"]["result"]> {
    const cluster = liveCluster(record);
    if (typeof cluster === "string") return { ok: false, message: cluster };
    const session = new LiveSession(record, cluster.config, cluster.given, {
      changed: (changed) => this.#changed(changed),
      watched: ({ id: sessionId }, watch, timeUs, text) =>
        this.#emit({ kind: "watch-event", sessionId, watch, timeUs, text }),
      broken: (broken, error) => this.#broken(broken, error),
    });
    this.#add(session);
    if (record.live !== null) await session.restore(record.live, record.info.state.kind === "running");
    this.#tellPlace(session);
    return { ok: true, session: session.info() };
  }

  #add(session: OpenSession): void {
    this.#sessions.set(session.id, session);
    const runs = [...this.#sessions.values()].filter((candidate) => candidate instanceof RunSession);
    for (const old of runs.slice(0, Math.max(0, runs.length - OPEN_RUNS))) this.#sessions.delete(old.id);
  }

  #close(sessionId: string): WorkerCalls["close"]["result"] {
    const session = this.#sessions.get(sessionId);
    if (session instanceof LiveSession) session.dispose();
    this.#sessions.delete(sessionId);
    this.#noticed.delete(sessionId);
    return { ok: true };
  }

  #open(sessionId: string): OpenSession | Failure {
    return this.#sessions.get(sessionId) ?? { ok: false, message: NOT_OPEN };
  }

  #live(sessionId: string): LiveSession | Failure {
    const session = this.#sessions.get(sessionId);
    if (session instanceof LiveSession) return session;
    if (session === undefined) return { ok: false, message: NOT_OPEN };
    return { ok: false, message: "This is a finished run. Start a live cluster to act on it." };
  }

  #view<T>(sessionId: string, view: (session: OpenSession) => T): T | Failure {
    const session = this.#open(sessionId);
    return "ok" in session ? session : view(session);
  }

  #changed(session: LiveSession): void {
    const now = performance.now();
    const noticed = this.#noticed.get(session.id);
    const running = session.info().state.kind === "running";
    if (running && noticed !== undefined && now - noticed.infoMs < NOTICE_MS) return;
    this.#emit({ kind: "session-changed", session: session.info() });
    if (!running || noticed === undefined || now - noticed.placeMs > PLACE_MS) this.#tellPlace(session);
    else this.#noticed.set(session.id, { infoMs: now, placeMs: noticed.placeMs });
  }

  #tellPlace(session: LiveSession): void {
    const now = performance.now();
    this.#noticed.set(session.id, { infoMs: now, placeMs: now });
    this.#emit({ kind: "live-place", sessionId: session.id, info: session.info(), place: session.place });
  }

  #broken(session: LiveSession, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#emit({ kind: "session-changed", session: { ...session.info(), state: { kind: "failed", message } } });
  }
}

const NOT_OPEN = "This session is not open. Open it again from the Runs view.";
