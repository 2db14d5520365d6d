import { t } from "../l10n/text.js";
import type { Failure } from "../protocol/requests.js";
import type { RunResult, SessionId } from "../protocol/session.js";
import { narrate } from "../trace/narration.js";
import { placeOf } from "./branch-live.js";
import { compareSessions } from "./compare.js";
import { Comparisons } from "./comparisons.js";
import { DEFAULT_LAB_SETTINGS, type RunProgress } from "./contract.js";
import { DiagramViews } from "./diagram-views.js";
import { HistoryViews } from "./history/history-views.js";
import { KvViews } from "./kv-views.js";
import { liveCluster } from "./live-cluster.js";
import { LiveNotices } from "./live-notices.js";
import { LiveSession } from "./live-session.js";
import { type OpenSession, shownEvent } from "./open-session.js";
import { OpenSessions } from "./open-sessions.js";
import type { SessionRecord } from "./record.js";
import { type CallName, type Limits, NOT_OPEN, type Opened, type WorkerCalls, type WorkerEvent } from "./rpc.js";
import { RunSession } from "./run-session.js";
import { saveLive } from "./save-live.js";
import { sessionReport } from "./session-report.js";
import { SessionViews, unknownEvent } from "./session-views.js";
import { inSlice } from "./slice-mark.js";
import { Lane } from "./slices.js";

/** How a call is followed and ended. */
export interface CallControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/** Real time between two notices about a run under way. */
const RUN_NOTICE_MS = 250;

function runCancelled(): Failure {
  return failure(t("The run was cancelled."));
}

function cancelled(): Failure {
  return failure(t("The request was cancelled."));
}

/**
 * The simulations and their views, in one thread: what the worker does. Runs go one after another, and kept runs that
 * somebody opens again beside them; live clusters and views have their turn between slices.
 */
export class WorkerService {
  /** How far runs and live clusters may go that begin from now on. */
  limits: Limits = DEFAULT_LAB_SETTINGS;
  readonly #sessions = new OpenSessions();
  readonly #emit: (event: WorkerEvent) => void;
  readonly #views = new SessionViews();
  readonly #kvViews = new KvViews();
  readonly #diagrams = new DiagramViews();
  readonly #comparisons = new Comparisons();
  readonly #histories = new HistoryViews();
  readonly #notices: LiveNotices;
  readonly #runLane = new Lane();
  readonly #reopenLane = new Lane();
  readonly #viewLane = new Lane();

  constructor(emit: (event: WorkerEvent) => void) {
    this.#emit = emit;
    this.#notices = new LiveNotices(emit);
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
    run: async (record, control) => this.#runLane.add(() => this.#run(record, control)),
    reopen: async ({ record, announce }, control) =>
      this.#reopenLane.add(() => this.#reopen(record, announce, control)),
    live: (record) => this.#openLive(record),
    describe: async ({ sessionId }) => {
      const session = this.#sessions.get(sessionId);
      return session === undefined ? failure(NOT_OPEN) : describe(session);
    },
    standing: async ({ sessionId }) => {
      const session = this.#sessions.get(sessionId);
      if (session === undefined) return failure(NOT_OPEN);
      if (session instanceof RunSession && !session.ended) {
        return failure(t("This run is still under way. Export it when it has ended."));
      }
      const live = session instanceof LiveSession ? session.place : null;
      return { ok: true, session: session.info(), hash: session.recording.log.hash, live };
    },
    close: async ({ sessionId }) => {
      this.#sessions.remove(sessionId);
      return { ok: true };
    },
    places: async () => {
      for (const session of this.#sessions.live) this.#notices.place(session);
      return { ok: true };
    },
    control: async ({ sessionId, control }) => {
      const session = this.#live(sessionId);
      if ("ok" in session) return session;
      return session.control(control) ?? { ok: true, session: session.info() };
    },
    act: async ({ sessionId, step }, { signal }) => {
      const session = this.#live(sessionId);
      return "ok" in session ? session : session.act(step, signal);
    },
    actOnMessage: async ({ sessionId, ...what }, { signal }) => {
      const session = this.#live(sessionId);
      return "ok" in session ? session : session.actOnMessage(what, signal);
    },
    liveNames: async ({ sessionId }) => {
      const session = this.#live(sessionId);
      return "ok" in session ? session : { ok: true, names: session.names };
    },
    checkStep: async ({ sessionId, step }) => {
      const session = this.#live(sessionId);
      return "ok" in session ? session : { ok: true, problems: session.check(step) };
    },
    saveLive: async ({ sessionId }, { signal }) => {
      const session = this.#live(sessionId);
      return "ok" in session ? session : saveLive(session, signal);
    },
    placeOf: async ({ sessionId, eventId }, { signal }) => {
      const session = this.#sessions.get(sessionId);
      if (session === undefined) return failure(NOT_OPEN);
      const event = eventId ?? shownEvent(session);
      const unknown = event === -1 ? null : unknownEvent(session, event);
      return unknown ?? placeOf(session, event, signal);
    },
    moveCursor: async ({ sessionId, move }) => {
      const session = this.#sessions.get(sessionId);
      if (session === undefined) return failure(NOT_OPEN);
      const event = this.#views.move(session, move);
      if (typeof event === "string") return failure(event);
      const { cursor } = session;
      this.#emit({ kind: "cursor-changed", sessionId, cursor, line: event?.line ?? null });
      return { ok: true, cursor, event };
    },
    eventOfLine: async ({ sessionId, line }, control) =>
      this.#view(sessionId, control, (session) => this.#views.eventOfLine(session, line)),
    clusterView: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#views.cluster(session, params)),
    notes: async (params, control) => this.#view(params.sessionId, control, (session) => this.#views.notes(session)),
    entry: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#views.entry(session, params)),
    timeline: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#views.timeline(session, params)),
    diagram: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#views.diagram(session, params)),
    diagramRows: async (params, { signal }) =>
      this.#onSession(params.sessionId, (session) => this.#diagrams.rows(session, params, signal)),
    diagramPlace: async (params, { signal }) =>
      this.#onSession(params.sessionId, (session) => this.#diagrams.place(session, params, signal)),
    diagramFind: async (params, { signal }) =>
      this.#onSession(params.sessionId, (session) => this.#diagrams.find(session, params, signal)),
    diagramOverview: async (params, { signal }) =>
      this.#onSession(params.sessionId, (session) => this.#diagrams.overview(session, params, signal)),
    why: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#views.why(session, params)),
    whyQuestions: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#views.whyQuestions(session, params)),
    events: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#views.events(session, params)),
    keys: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#kvViews.keys(session, params)),
    keyHistory: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#kvViews.history(session, params)),
    watches: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#kvViews.watches(session, params)),
    history: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#histories.window(session, params)),
    historyRows: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#histories.rows(session, params)),
    historyOperation: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#histories.operation(session, params)),
    historyCheck: async ({ sessionId }, { signal }) => {
      // Beside the views' lane: it takes its own pauses, and nobody has to wait for it.
      const session = this.#sessions.get(sessionId);
      if (session === undefined) return failure(NOT_OPEN);
      return (await this.#histories.check(session, signal)) ?? cancelled();
    },
    narration: async ({ sessionId }, control) => this.#view(sessionId, control, narrationOf),
    report: async ({ sessionId, source }, control) =>
      this.#view(sessionId, control, (session) => ({ ok: true, markdown: sessionReport(session, source) })),
    compare: async (params, { signal }) => this.#both(params, (a, b) => compareSessions(a, b, signal)),
    comparison: async (params, { signal }) => this.#both(params, (a, b) => this.#comparisons.view(a, b, signal)),
    milestones: async (params, { signal }) =>
      this.#both(params, (a, b) => this.#comparisons.milestones(a, b, params, signal)),
    tracePage: async (params, control) =>
      this.#view(params.sessionId, control, (session) => this.#views.tracePage(session, params)),
  };

  /** A run that begins now: views may follow it from the first event on. */
  async #run(record: SessionRecord, control: CallControl): Promise<WorkerCalls["run"]["result"]> {
    if (control.signal.aborted) return runCancelled();
    const session = RunSession.create(record);
    if (typeof session === "string") return failure(session);
    this.#sessions.add(session);
    const tell = (): void => this.#emit({ kind: "session-changed", session: session.info() });
    tell();
    let noticed = performance.now();
    const progressed = (progress: RunProgress): void => {
      control.onProgress(progress);
      if (performance.now() - noticed < RUN_NOTICE_MS) return;
      noticed = performance.now();
      tell();
    };
    await session.finish(control.signal, progressed, this.limits);
    this.#sessions.trim(session.id);
    tell();
    if (session.stopped !== null) {
      // Its trace is what filled the memory.
      this.#sessions.remove(session.id);
      return failure(session.stopped);
    }
    const { result } = session;
    if (result === null) return runCancelled();
    this.#announce(record, session, result);
    return { ok: true, session: session.info(), result };
  }

  /** A kept run once more. Until it is there again nothing is told: for everybody it has ended long ago. */
  async #reopen(record: SessionRecord, announce: boolean, control: CallControl): Promise<Opened> {
    const { id } = record.info;
    const kept = this.#sessions.get(id);
    if (kept instanceof RunSession && kept.ended) return describe(kept);
    if (control.signal.aborted) return cancelled();
    const session = RunSession.create(record);
    if (typeof session === "string") return failure(session);
    await session.finish(control.signal, control.onProgress);
    if (control.signal.aborted && session.result === null) return cancelled();
    this.#sessions.add(session);
    this.#emit({ kind: "session-changed", session: session.info() });
    if (announce && session.result !== null) this.#announce(record, session, session.result);
    return describe(session);
  }

  #announce(record: SessionRecord, session: RunSession, { violations, steps }: RunResult): void {
    const source = { uri: record.info.uri ?? "", text: record.text ?? "" };
    this.#emit({ kind: "run-ended", session: session.info(), violations, steps, source });
  }

  async #openLive(record: SessionRecord): Promise<WorkerCalls["live"]["result"]> {
    const beginning = liveCluster(record, { ...record.info, ...record.live });
    if (typeof beginning === "string") return failure(beginning);
    const session = new LiveSession({
      beginning,
      record,
      mostEvents: this.limits.maxEvents,
      listener: {
        changed: (changed, urgent) => this.#notices.changed(changed, urgent),
        watched: ({ id: sessionId }, watch, timeUs, text) =>
          this.#emit({ kind: "watch-event", sessionId, watch, timeUs, text }),
        broken: (broken) => this.#notices.changed(broken, true),
      },
    });
    this.#sessions.add(session);
    let exact = true;
    if (record.live === null) session.start();
    else {
      try {
        exact = await session.restore(record.live);
      } catch (error) {
        this.#sessions.remove(session.id);
        const message = error instanceof Error ? error.message : String(error);
        return failure(t("The cluster could not be brought back: {0}. Start a new one.", message));
      }
    }
    this.#notices.changed(session, true);
    return { ok: true, session: session.info(), result: null, exact };
  }

  #live(sessionId: string): LiveSession | Failure {
    const session = this.#sessions.get(sessionId);
    if (session instanceof LiveSession) return session;
    if (session === undefined) return failure(NOT_OPEN);
    return failure(t("This is a run of a scenario. Start a live cluster to act on it."));
  }

  /** What works in slices of its own does not hold up the views. */
  async #onSession<T>(sessionId: string, work: (session: OpenSession) => Promise<T>): Promise<T | Failure> {
    const session = this.#sessions.get(sessionId);
    return session === undefined ? failure(NOT_OPEN) : work(session);
  }

  async #both<T>(
    { left, right }: { readonly left: SessionId; readonly right: SessionId },
    view: (left: OpenSession, right: OpenSession) => Promise<T | Failure>,
  ): Promise<T | Failure> {
    const [a, b] = [this.#sessions.get(left), this.#sessions.get(right)];
    return a === undefined || b === undefined ? failure(NOT_OPEN) : view(a, b);
  }

  /** Views wait for each other, not for simulations, and those that nobody wants any more are left out. */
  async #view<T>(
    sessionId: string,
    { signal }: CallControl,
    view: (session: OpenSession) => T | Failure,
  ): Promise<T | Failure> {
    return this.#viewLane.add(() => {
      if (signal.aborted) return cancelled();
      const session = this.#sessions.get(sessionId);
      return session === undefined ? failure(NOT_OPEN) : inSlice(sessionId, () => view(session));
    });
  }
}

function describe(session: OpenSession): Opened & { readonly ok: true } {
  return { ok: true, session: session.info(), result: session instanceof RunSession ? session.result : null };
}

/** Events that a narration looks at, and lines that it has. */
const TOLD_EVENTS = 20_000;
const TOLD_LINES = 200;

function narrationOf({ recording, violations }: OpenSession): WorkerCalls["narration"]["result"] {
  const from = recording.log.count - TOLD_EVENTS;
  return { ok: true, lines: narrate(recording, { from, marks: violations }).slice(-TOLD_LINES) };
}

function failure(message: string): Failure {
  return { ok: false, message };
}
