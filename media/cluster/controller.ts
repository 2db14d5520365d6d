/** What the panel does: asks for views when the cursor or the session moves, and passes on what the person wants. */
import { t } from "../../server/src/l10n/text.js";
import type { CursorMove } from "../../server/src/protocol/requests.js";
import { clusterViewRequest, moveCursorRequest } from "../../server/src/protocol/requests.js";
import type { EventId, SessionId, SessionInfo } from "../../server/src/protocol/session.js";
import type { PanelKind } from "../../server/src/protocol/webview.js";
import { RING_LIMIT } from "../../server/src/view-model/cluster/geometry.js";
import type { MatrixOrder } from "../../server/src/view-model/cluster/matrix.js";
import { emptyTrail } from "../../server/src/view-model/why/trail.js";
import type { PanelApi } from "../shared/api.js";
import { isClusterView } from "../shared/cluster-guards.js";
import { isNumber, nullable, object } from "../shared/guard.js";
import { isEventView } from "../shared/guards.js";
import { Latest } from "../shared/latest.js";
import { Panel } from "../shared/panel.js";
import { Store } from "../shared/store.js";
import { BookmarkMoves } from "./bookmark-moves.js";
import { EntryStory } from "./entry-story.js";
import { EventPages } from "./event-pages.js";
import { LectureNotes } from "./lecture-notes.js";
import { LiveMoves } from "./live-moves.js";
import {
  type ClusterState,
  initialState,
  keptOf,
  type Notice,
  type OpenMenu,
  restore,
  type SectionName,
  type Selection,
} from "./model.js";
import { Replayer } from "./replayer.js";
import { TimelineViews } from "./timeline-views.js";
import { WhyAsking } from "./why-asking.js";

/** Entries of each log that are asked for; fewer where there are many logs. */
const ENTRIES = 40;
const FEW_ENTRIES = 12;

const joinMoves = (waiting: CursorMove, newer: CursorMove): CursorMove =>
  waiting.kind === "by" && newer.kind === "by" ? { kind: "by", events: waiting.events + newer.events } : newer;

/** Acts for the person and keeps the {@link ClusterState} true. */
export class ClusterController {
  readonly #panel: Panel;
  readonly #store: Store<ClusterState>;
  readonly #moves = new Latest<CursorMove>((move) => this.#move(move), joinMoves);
  readonly #views = new Latest<EventId | null>((eventId) => this.#loadView(eventId));
  readonly timelines: TimelineViews;
  readonly lectures: LectureNotes;
  readonly bookmarks: BookmarkMoves;
  readonly live: LiveMoves;
  readonly questions: WhyAsking;
  readonly #entries: EntryStory;
  readonly #replayer: Replayer;
  readonly #pages: EventPages;
  /** The session whose span and choice the state holds. */
  #chosenIn: SessionId | null = null;
  #underWay: {
    readonly sessionId: SessionId | undefined;
    readonly eventId: EventId | null;
    readonly done: Promise<void>;
  } | null = null;

  constructor(api: PanelApi, draw: (state: ClusterState) => void) {
    this.#store = new Store(initialState, draw);
    this.#panel = new Panel(api, {
      session: (session) => this.#show(session),
      changed: (session) => this.#changed(session),
      cursor: (cursor) => this.#cursor(cursor),
      server: (server) => this.#server(server),
      bookmarks: (bookmarks) => this.bookmarks.take(bookmarks),
      lecture: () => this.lectures.toggle(),
    });
    const host = {
      connection: this.#panel.connection,
      store: this.#store,
      move: (move: CursorMove) => this.move(move),
      say: (kind: Notice["kind"], text: string) => this.#say(kind, text),
      keep: () => this.#keep(),
    };
    this.timelines = new TimelineViews(host);
    this.bookmarks = new BookmarkMoves(host);
    this.live = new LiveMoves(host, {
      changed: (session) => this.#changed(session),
      show: (session) => this.#panel.show(session),
    });
    this.questions = new WhyAsking(host);
    this.#entries = new EntryStory(host);
    this.#pages = new EventPages(this.#panel.connection, this.#store);
    this.#replayer = new Replayer({
      state: () => this.#store.state,
      set: (patch) => this.#store.set(patch),
      seek: (timeUs) => this.#moves.put({ kind: "time", timeUs }),
      busy: () => this.#moves.busy,
    });
    this.lectures = new LectureNotes(host, this.#replayer);
  }

  get state(): ClusterState {
    return this.#store.state;
  }

  /** Draws once more, in the next frame. */
  redraw(): void {
    this.#store.redraw();
  }

  start(): void {
    this.#store.set(restore(this.#panel.keptView));
    this.#chosenIn = this.#panel.keptSessionId;
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

  resize(width: number): void {
    if (Math.abs(width - this.state.width) < 1) return;
    this.#store.set({ width });
    this.timelines.renew();
  }

  // ---- Picking and asking --------------------------------------------------------------------------------

  select(selection: Selection | null): void {
    this.#store.set({ selection });
    this.#keep();
    void this.#entries.load();
  }

  /** Opens a context menu; `null` closes it. */
  menu(menu: OpenMenu | null): void {
    if (menu !== null || this.state.menu !== null) this.#store.set({ menu });
  }

  order(order: MatrixOrder): void {
    this.#store.set({ order });
    this.#keep();
  }

  /** Shows the logs up to an index; `null` follows the newest. */
  showLogs(logEnd: number | null): void {
    this.#store.set({ logEnd });
    this.#views.put(this.state.session?.cursor ?? null);
  }

  /** Shows the keys behind one; `null` goes a page back. */
  showKeys(after: string | null): void {
    const { keyPages } = this.state;
    this.#store.set({ keyPages: after === null ? keyPages.slice(0, -1) : [...keyPages, after] });
    this.#views.put(this.state.session?.cursor ?? null);
  }

  fold(section: SectionName, open: boolean): void {
    const closed = this.state.closed.filter((each) => each !== section);
    this.#store.set({ closed: open ? closed : [...closed, section] });
    this.#keep();
  }

  copy(text: string): void {
    this.#panel.connection.tell({ kind: "copy", text });
    this.#say("info", t("Copied."));
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

  openPanel(panel: PanelKind): void {
    this.#panel.connection.tell({ kind: "openPanel", panel });
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

  // ---- The event list ------------------------------------------------------------------------------------

  scrollList(top: number): void {
    if (top === this.state.listTop) return;
    this.#store.set({ listTop: top });
  }

  /** Loads a page of the event list, unless it is there or on its way. */
  loadPage(first: EventId): void {
    // A drag passes by hundreds of pages: the one where it ends is drawn when the hand lets go.
    if (!this.state.touch.held) this.#pages.load(first);
  }

  // ---- What the extension says ---------------------------------------------------------------------------

  #show(session: SessionInfo | null): void {
    const other = session?.id !== this.state.session?.id;
    // A span and a choice belong to a run.
    if (session !== null) {
      if (this.#chosenIn !== null && this.#chosenIn !== session.id) this.#store.set({ span: null, selection: null });
      this.#chosenIn = session.id;
    }
    this.#store.set({
      known: true,
      session,
      ...(other
        ? {
            view: null,
            before: null,
            event: null,
            why: null,
            trail: emptyTrail,
            replay: null,
            pages: new Map(),
            menu: null,
            entry: null,
            logEnd: null,
            keyPages: [],
          }
        : {}),
    });
    if (other) {
      this.timelines.forget();
      this.#store.set({ bookmarks: [], renaming: null });
      this.lectures.forget();
    }
    if (session === null) return;
    void this.bookmarks.load();
    this.timelines.renew();
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
      if (now - this.timelines.askedAt > 400 || session.state.kind !== "running") this.timelines.renew();
    } else if (session.state.kind !== old.state.kind) {
      this.timelines.renew();
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
    this.timelines.renew();
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
    this.timelines.arrived();
    if (answer.kind !== "ok") return;
    if (this.state.notice?.kind === "info") this.#store.set({ notice: null });
    const { cursor } = answer.value;
    const now = this.state.session;
    if (now !== null && now.id === session.id) this.#store.set({ session: { ...now, cursor } });
    if (cursor === null || this.state.view?.eventId !== cursor) await this.#loadView(cursor);
  }

  /** The answer to a move, and the word to all views that the cursor moved, ask for the same view. */
  #loadView(eventId: EventId | null): Promise<void> {
    const under = this.#underWay;
    if (eventId !== null && under !== null && under.eventId === eventId && under.sessionId === this.state.session?.id)
      return under.done;
    const done = this.#askView(eventId).finally(() => {
      if (this.#underWay?.done === done) this.#underWay = null;
    });
    this.#underWay = { sessionId: this.state.session?.id, eventId, done };
    return done;
  }

  async #askView(eventId: EventId | null): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const answer = await this.#panel.connection.ask(
      clusterViewRequest,
      { sessionId: session.id, eventId, ...this.#window() },
      object({ view: isClusterView, event: nullable(isEventView) }),
      "view",
    );
    if (answer.kind === "failed") this.#fail(answer.message);
    if (answer.kind !== "ok" || this.state.session?.id !== session.id) return;
    const { view, event } = answer.value;
    const before = this.state.view?.eventId === view.eventId ? this.state.before : this.state.view;
    const wasUs = this.state.view?.timeUs ?? null;
    this.#store.set({ view, event, before });
    this.lectures.follow();
    if (wasUs !== view.timeUs) this.timelines.follow(view.timeUs, wasUs);
    void this.#entries.load();
  }

  /** Which part of logs and stores is wanted. */
  #window(): { readonly logWindow: number; readonly logEnd?: number; readonly keysAfter?: string } {
    const { session, logEnd, keyPages } = this.state;
    const after = keyPages.at(-1);
    return {
      logWindow: (session?.servers.length ?? 0) > RING_LIMIT ? FEW_ENTRIES : ENTRIES,
      ...(logEnd === null ? {} : { logEnd }),
      ...(after === undefined ? {} : { keysAfter: after }),
    };
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
