/** What the panel does: asks for views when the cursor or the session moves, and passes on what the person wants. */
import type { CursorMove, LiveControl, WhySubject } from "../../server/src/protocol/requests.js";
import {
  clusterViewRequest,
  liveActRequest,
  liveControlRequest,
  liveStartRequest,
  moveCursorRequest,
  timelineRequest,
  whyRequest,
} from "../../server/src/protocol/requests.js";
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import type { Span } from "../../server/src/view-model/timeline/geometry.js";
import type { PanelApi } from "../shared/api.js";
import { isBoolean, isNumber, isString, nullable, object } from "../shared/guard.js";
import { isClusterView, isEventView, isSessionInfo, isTimelineView, isWhyView } from "../shared/guards.js";
import { Latest } from "../shared/latest.js";
import { Panel } from "../shared/panel.js";
import { Store } from "../shared/store.js";
import { EventPages } from "./event-pages.js";
import {
  type ClusterState,
  initialState,
  keptOf,
  type Notice,
  restore,
  type SectionName,
  type Selection,
} from "./model.js";
import { Replayer } from "./replayer.js";

const joinMoves = (waiting: CursorMove, newer: CursorMove): CursorMove =>
  waiting.kind === "by" && newer.kind === "by" ? { kind: "by", events: waiting.events + newer.events } : newer;

/** Acts for the person and keeps the {@link ClusterState} true. */
export class ClusterController {
  readonly #panel: Panel;
  readonly #store: Store<ClusterState>;
  readonly #moves = new Latest<CursorMove>((move) => this.#move(move), joinMoves);
  readonly #views = new Latest<EventId | null>((eventId) => this.#loadView(eventId));
  readonly #timelines = new Latest<null>(() => this.#loadTimeline());
  readonly #replayer: Replayer;
  readonly #pages: EventPages;
  #timelineAt = 0;

  constructor(api: PanelApi, draw: (state: ClusterState) => void) {
    this.#store = new Store(initialState, draw);
    this.#panel = new Panel(api, {
      session: (session) => this.#show(session),
      changed: (session) => this.#changed(session),
      cursor: (cursor) => this.#cursor(cursor),
      server: (server) => this.#server(server),
    });
    this.#pages = new EventPages(this.#panel.connection, this.#store);
    this.#replayer = new Replayer({
      state: () => this.#store.state,
      set: (patch) => this.#store.set(patch),
      seek: (timeUs) => this.#moves.put({ kind: "time", timeUs }),
      busy: () => this.#moves.busy,
    });
  }

  get state(): ClusterState {
    return this.#store.state;
  }

  start(): void {
    this.#store.set(restore(this.#panel.keptView));
    this.#panel.start();
  }

  // ---- Time ----------------------------------------------------------------------------------------------

  /** Moves the cursor; moves faster than the server answers are joined. */
  move(move: CursorMove): void {
    if (this.state.session === null) return;
    this.#replayer.stop();
    this.#moves.put(move);
  }

  /** Starts or ends the replay of a recorded run, or of what a live cluster has done so far. */
  toggleReplay(): void {
    this.#replayer.toggle();
  }

  setReplayPace(pace: number): void {
    this.#replayer.setPace(pace);
    this.#keep();
  }

  zoom(span: Span | null): void {
    this.#store.set({ span });
    this.#keep();
    this.#timelines.put(null);
  }

  resize(width: number): void {
    if (Math.abs(width - this.state.width) < 1) return;
    this.#store.set({ width });
    this.#timelines.put(null);
  }

  // ---- Picking and asking --------------------------------------------------------------------------------

  select(selection: Selection | null): void {
    this.#store.set({ selection });
    this.#keep();
  }

  fold(section: SectionName, open: boolean): void {
    const closed = this.state.closed.filter((each) => each !== section);
    this.#store.set({ closed: open ? closed : [...closed, section] });
    this.#keep();
  }

  /** Asks why; `title` says what was asked, for the heading of the answer. */
  async why(title: string, eventId: EventId, about: WhySubject | null = null): Promise<void> {
    const { session } = this.state;
    if (session === null || eventId < 0) return;
    this.#store.set({ why: { title, eventId, about, view: null, failure: null } });
    const answer = await this.#panel.connection.ask(
      whyRequest,
      { sessionId: session.id, eventId, ...(about === null ? {} : { about }) },
      object({ why: isWhyView }),
      "why",
    );
    if (answer.kind === "stale") return;
    this.#store.set({
      why: {
        title,
        eventId,
        about,
        view: answer.kind === "ok" ? answer.value.why : null,
        failure: answer.kind === "failed" ? answer.message : null,
      },
    });
  }

  forgetWhy(): void {
    this.#store.set({ why: null });
  }

  dismiss(): void {
    this.#store.set({ notice: null });
  }

  reveal(line: number): void {
    const uri = this.state.session?.uri;
    if (uri !== null && uri !== undefined) this.#panel.connection.tell({ kind: "reveal", uri, line });
  }

  openDiagram(): void {
    this.#panel.connection.tell({ kind: "openPanel", panel: "diagram" });
  }

  /** Hands a file out; with `encoding` the text stands for bytes. */
  save(name: string, text: string, encoding?: "base64"): void {
    this.#panel.connection.tell({ kind: "save", name, text, ...(encoding === undefined ? {} : { encoding }) });
  }

  /** Says what could not be done. */
  fail(text: string): void {
    this.#store.set({ notice: { kind: "error", text } });
  }

  tell(kind: "showLog" | "restartServer"): void {
    this.#panel.connection.tell({ kind });
  }

  // ---- The live cluster ----------------------------------------------------------------------------------

  async control(control: LiveControl): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const answer = await this.#panel.connection.ask(
      liveControlRequest,
      { sessionId: session.id, control },
      object({ session: isSessionInfo }),
    );
    if (answer.kind === "ok") this.#changed(answer.value.session);
    else if (answer.kind === "failed") this.#fail(answer.message);
  }

  /** Does a step of the scenario language on the live cluster. */
  async act(step: string): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    this.#store.set({ acting: step, notice: null });
    const outcome = object({ line: isNumber, timeUs: isNumber, eventId: isNumber, ok: isBoolean, result: isString });
    const answer = await this.#panel.connection.ask(
      liveActRequest,
      { sessionId: session.id, step },
      object({ outcome }),
    );
    if (this.state.acting === step) this.#store.set({ acting: null });
    if (answer.kind === "failed") this.#fail(answer.message);
    if (answer.kind !== "ok") return;
    const { ok, result } = answer.value.outcome;
    this.#store.set({ notice: { kind: ok ? "info" : "error", text: `${step} => ${result}` } });
  }

  /** Starts a live cluster: like the shown session's scenario, or three servers with the defaults. */
  async startLive(): Promise<void> {
    const { session } = this.state;
    const from =
      session === null || session.uri === null
        ? {}
        : { uri: session.uri, seed: session.seed, ...(session.kind === "run" ? { scenario: session.title } : {}) };
    const answer = await this.#panel.connection.ask(liveStartRequest, from, object({ session: isSessionInfo }));
    if (answer.kind === "ok") this.#panel.show(answer.value.session);
    else if (answer.kind === "failed") this.#fail(answer.message);
  }

  // ---- The event list ------------------------------------------------------------------------------------

  scrollList(top: number): void {
    if (top === this.state.listTop) return;
    this.#store.set({ listTop: top });
  }

  /** Loads a page of the event list, unless it is there or on its way. */
  loadPage(first: EventId): void {
    this.#pages.load(first);
  }

  // ---- What the extension says ---------------------------------------------------------------------------

  #show(session: SessionInfo | null): void {
    const other = session?.id !== this.state.session?.id;
    this.#store.set({
      known: true,
      session,
      ...(other
        ? { view: null, before: null, event: null, timeline: null, why: null, replay: null, pages: new Map() }
        : {}),
    });
    if (session === null) return;
    this.#timelines.put(null);
    this.#views.put(session.cursor);
  }

  #changed(session: SessionInfo): void {
    const old = this.state.session;
    this.#store.set({ session });
    if (old?.id !== session.id) return;
    if (session.events !== old.events) {
      if (session.cursor === null) this.#views.put(null);
      const now = performance.now();
      // A flowing cluster changes 20 times a second; its overview need not.
      if (now - this.#timelineAt > 400 || session.state.kind !== "running") this.#timelines.put(null);
    } else if (session.state.kind !== old.state.kind) {
      this.#timelines.put(null);
    }
  }

  #cursor(cursor: EventId | null): void {
    const { session, view } = this.state;
    if (session === null) return;
    this.#store.set({ session: { ...session, cursor } });
    if (cursor === null || view?.eventId !== cursor) this.#views.put(cursor);
  }

  #server(server: ClusterState["server"]): void {
    const was = this.state.server.status;
    this.#store.set({ server });
    const { session } = this.state;
    if (was === "running" || server.status !== "running" || session === null) return;
    this.#timelines.put(null);
    this.#views.put(session.cursor);
  }

  // ---- Loading -------------------------------------------------------------------------------------------

  async #move(move: CursorMove): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const answer = await this.#panel.connection.ask(
      moveCursorRequest,
      { sessionId: session.id, move },
      object({ cursor: nullable(isNumber), event: nullable(isEventView) }),
    );
    // That there is nothing further in a direction is an answer, not an error.
    if (answer.kind === "failed") this.#say(move.kind === "jump" ? "info" : "error", answer.message);
    if (answer.kind !== "ok") return;
    if (this.state.notice?.kind === "info") this.#store.set({ notice: null });
    const { cursor } = answer.value;
    const now = this.state.session;
    if (now !== null && now.id === session.id) this.#store.set({ session: { ...now, cursor } });
    if (cursor === null || this.state.view?.eventId !== cursor) await this.#loadView(cursor);
  }

  async #loadView(eventId: EventId | null): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const answer = await this.#panel.connection.ask(
      clusterViewRequest,
      { sessionId: session.id, eventId },
      object({ view: isClusterView, event: nullable(isEventView) }),
      "view",
    );
    if (answer.kind === "failed") this.#fail(answer.message);
    if (answer.kind !== "ok" || this.state.session?.id !== session.id) return;
    const { view, event } = answer.value;
    const before = this.state.view?.eventId === view.eventId ? this.state.before : this.state.view;
    this.#store.set({ view, event, before });
  }

  async #loadTimeline(): Promise<void> {
    const { session, width, span } = this.state;
    if (session === null || width === 0) return;
    this.#timelineAt = performance.now();
    const answer = await this.#panel.connection.ask(
      timelineRequest,
      { sessionId: session.id, buckets: Math.max(20, Math.floor(width / 3)), ...span },
      object({ view: isTimelineView }),
      "timeline",
    );
    if (answer.kind === "failed") this.#fail(answer.message);
    if (answer.kind === "ok" && this.state.session?.id === session.id) this.#store.set({ timeline: answer.value.view });
  }

  #fail(message: string): void {
    this.#say("error", message);
  }

  #say(kind: Notice["kind"], text: string): void {
    if (this.state.server.status === "running") this.#store.set({ notice: { kind, text } });
  }

  #keep(): void {
    this.#panel.keepView(keptOf(this.state));
  }
}
