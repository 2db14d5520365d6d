/** What the comparison does: asks for both runs' views, moves both cursors, and passes on what the person wants. */
import { comparisonRequest, type MilestoneChoice, milestonesRequest } from "../../server/src/protocol/comparison.js";
import {
  clusterViewRequest,
  moveCursorRequest,
  type Outcome,
  type RequestDefinition,
  sessionsRequest,
  timelineRequest,
  whyRequest,
} from "../../server/src/protocol/requests.js";
import type { EventId, SessionId, SessionInfo } from "../../server/src/protocol/session.js";
import type { CompareHow } from "../../server/src/protocol/webview.js";
import { SIDES, type Side, type TimeSpan } from "../../server/src/view-model/compare/frame.js";
import type { PanelApi } from "../shared/api.js";
import { isClusterView } from "../shared/cluster-guards.js";
import { Connection } from "../shared/connection.js";
import { arrayOf, isNumber, nullable, object } from "../shared/guard.js";
import { isEventView, isSessionInfo, isTimelineView } from "../shared/guards.js";
import { Latest } from "../shared/latest.js";
import type { ServerStatus } from "../shared/panel.js";
import { Store } from "../shared/store.js";
import { isWhyView } from "../shared/why-guards.js";
import { isComparisonView, isMilestoneRow } from "./guards.js";
import { type CompareState, choiceOf, cursorOf, endOf, initialState, keptOf, newPair, restore } from "./model.js";

/** Rows of one page of the table. */
const PAGE = 60;

/** Acts for the person and keeps the {@link CompareState} true. */
export class CompareController {
  readonly #api: PanelApi;
  readonly #connection: Connection;
  readonly #store: Store<CompareState>;
  readonly #moves = new Latest<number>((timeUs) => this.#moveBoth(timeUs));
  readonly #timelines = new Latest<null>(() => this.#loadTimelines());
  /** Where this panel has put the cursors: what is told of them is no news. */
  readonly #own = new Map<SessionId, EventId | null>();
  /** Moves under way: what is told of cursors meanwhile is their doing. */
  #moving = 0;
  /** Counts pairs: what was asked for an earlier one is dropped. */
  #generation = 0;

  constructor(api: PanelApi, draw: (state: CompareState) => void) {
    this.#api = api;
    this.#connection = new Connection(api);
    this.#store = new Store(initialState, draw);
  }

  get state(): CompareState {
    return this.#store.state;
  }

  start(): void {
    this.#store.set(restore(this.#api.read().view));
    window.addEventListener("message", (event: MessageEvent<unknown>) => this.#receive(event.data));
    window.addEventListener("error", (event) => this.#connection.tell({ kind: "error", message: event.message }));
    window.addEventListener("unhandledrejection", (event) =>
      this.#connection.tell({ kind: "error", message: String(event.reason) }),
    );
    this.#connection.tell({ kind: "ready" });
  }

  // ---- Which runs ----------------------------------------------------------------------------------------

  /** Compares another session on a side. */
  choose(side: Side, sessionId: SessionId): void {
    this.#show({ ...this.state.pair, [side]: sessionId });
  }

  swap(): void {
    const { left, right } = this.state.pair;
    const { cursorUs, span } = this.state;
    this.#show({ left: right, right: left }, { cursorUs, span });
  }

  /** Lets the extension run the left run's scenario otherwise, or ask for another run, and show the two. */
  compareWith(how: CompareHow): void {
    const sessionId = this.state.pair.left;
    if (sessionId !== null) this.#connection.tell({ kind: "compareWith", how, sessionId });
  }

  // ---- Time ----------------------------------------------------------------------------------------------

  /** Moves both cursors to one instant; moves faster than the answers are joined. */
  seek(timeUs: number): void {
    const cursorUs = Math.round(Math.min(endOf(this.state), Math.max(0, timeUs)));
    this.#store.set({ cursorUs });
    this.#moves.put(cursorUs);
  }

  zoom(span: TimeSpan | null): void {
    this.#store.set({ span });
    this.#keep();
    this.#timelines.put(null);
  }

  resize(width: number): void {
    if (Math.abs(width - this.state.width) >= 1) this.#store.set({ width });
  }

  /** Moves a run's cursor to an event, the other one's to the same instant. */
  async go(side: Side, eventId: EventId, timeUs: number): Promise<void> {
    const sessionId = this.state.pair[side];
    if (sessionId === null) return;
    this.#store.set({ cursorUs: timeUs });
    await this.#moveBoth(timeUs, { side, eventId });
  }

  /** Goes to an event and shows it in the cluster panel. */
  async open(side: Side, eventId: EventId, timeUs: number): Promise<void> {
    await this.go(side, eventId, timeUs);
    const sessionId = this.state.pair[side];
    if (sessionId !== null) this.#connection.tell({ kind: "openPanel", panel: "cluster", sessionId });
  }

  // ---- The difference and what follows -------------------------------------------------------------------

  /** Unfolds the causes of the first difference in both runs, or folds them. */
  showWhys(whyOpen: boolean): void {
    this.#store.set({ whyOpen });
    this.#keep();
    if (whyOpen) this.#loadWhys();
  }

  chooseRows(choice: MilestoneChoice): void {
    this.#store.set({ choice, rows: [], totalRows: 0 });
    this.#keep();
    void this.#loadRows();
  }

  moreRows(): void {
    void this.#loadRows();
  }

  reveal(side: Side, line: number): void {
    const uri = this.state.view?.[side].uri;
    if (uri !== null && uri !== undefined) this.#connection.tell({ kind: "reveal", uri, line });
  }

  copy(text: string): void {
    this.#connection.tell({ kind: "copy", text });
  }

  tell(kind: "showLog" | "restartServer"): void {
    this.#connection.tell({ kind });
  }

  // ---- What the extension says ---------------------------------------------------------------------------

  #receive(data: unknown): void {
    const message = this.#connection.receive(data);
    switch (message?.kind) {
      case "init":
        this.#init(message.session);
        break;
      case "compare":
        this.#show({ left: message.left, right: message.right });
        break;
      case "session":
        this.#changed(message.session);
        break;
      case "cursor":
        this.#cursor(message.sessionId, message.cursor);
        break;
      case "deleted":
        this.#deleted(message.sessionId);
        break;
      case "server":
        this.#server({ status: message.status, message: message.message });
        break;
      case undefined:
        break;
    }
  }

  /** After a reload the pair is known; otherwise the current session is proposed for the left side. */
  #init(session: SessionInfo | null): void {
    const { known, pair } = this.state;
    if (known) return;
    this.#store.set({ known: true });
    void this.#loadSessions();
    if (pair.left !== null && pair.right !== null) {
      const { cursorUs, span, choice, whyOpen } = this.state;
      this.#show(pair, { cursorUs, span, choice, whyOpen });
    } else if (session !== null) this.#store.set({ pair: { ...pair, left: session.id } });
  }

  #show(pair: CompareState["pair"], more: Partial<CompareState> = {}): void {
    this.#generation += 1;
    this.#store.set({ known: true, ...newPair, pair, ...more });
    this.#keep();
    void this.#loadSessions();
    if (pair.left !== null && pair.right !== null) void this.#load();
  }

  #changed(session: SessionInfo): void {
    const { sessions } = this.state;
    const known = sessions.some(({ id }) => id === session.id);
    this.#store.set({
      sessions: known ? sessions.map((each) => (each.id === session.id ? session : each)) : [session, ...sessions],
    });
  }

  #deleted(sessionId: SessionId): void {
    const { pair, gone, sessions } = this.state;
    this.#store.set({
      sessions: sessions.filter(({ id }) => id !== sessionId),
      gone: { left: gone.left || pair.left === sessionId, right: gone.right || pair.right === sessionId },
    });
  }

  #server(server: ServerStatus): void {
    const back = this.state.server.status !== "running" && server.status === "running";
    this.#store.set({ server });
    if (!back) return;
    void this.#loadSessions();
    if (this.state.view === null && this.state.pair.left !== null && this.state.pair.right !== null) void this.#load();
  }

  /** Somebody else moved the cursor of one of the runs: the other one follows. */
  #cursor(sessionId: SessionId, cursor: EventId | null): void {
    const side = SIDES.find((each) => this.state.pair[each] === sessionId);
    if (side === undefined || this.#moving > 0 || this.#own.get(sessionId) === cursor) return;
    void this.#follow(side, sessionId);
  }

  async #follow(side: Side, sessionId: SessionId): Promise<void> {
    const answer = await this.#connection.ask(
      clusterViewRequest,
      { sessionId, eventId: null, logWindow: 1 },
      object({ view: isClusterView, event: nullable(isEventView) }),
      `follow ${side}`,
    );
    if (answer.kind !== "ok" || this.state.pair[side] !== sessionId) return;
    const { eventId, timeUs } = answer.value.view;
    await this.go(side, eventId, timeUs);
  }

  // ---- Asking --------------------------------------------------------------------------------------------

  async #loadSessions(): Promise<void> {
    const list: RequestDefinition<Record<string, never>, Outcome<{ readonly sessions: readonly SessionInfo[] }>> = {
      method: sessionsRequest.method,
    };
    const answer = await this.#connection.ask(list, {}, object({ sessions: arrayOf(isSessionInfo) }), "sessions");
    if (answer.kind === "ok") this.#store.set({ sessions: answer.value.sessions });
  }

  async #load(): Promise<void> {
    const { left, right } = this.state.pair;
    if (left === null || right === null) return;
    const generation = this.#generation;
    const answer = await this.#connection.ask(
      comparisonRequest,
      { left, right },
      object({ view: isComparisonView }),
      "comparison",
    );
    if (generation !== this.#generation || answer.kind === "stale") return;
    if (answer.kind === "failed") {
      this.#store.set({ failure: answer.message });
      return;
    }
    this.#store.set({ view: answer.value.view, failure: null });
    this.#timelines.put(null);
    this.#moves.put(cursorOf(this.state));
    if (this.state.whyOpen) this.#loadWhys();
    await this.#loadRows();
  }

  async #loadTimelines(): Promise<void> {
    const { pair, span } = this.state;
    const generation = this.#generation;
    await Promise.all(
      SIDES.map(async (side) => {
        const sessionId = pair[side];
        if (sessionId === null) return;
        const asked = { sessionId, buckets: 1, ...(span ?? {}) };
        const answer = await this.#connection.ask(timelineRequest, asked, object({ view: isTimelineView }));
        if (answer.kind !== "ok" || generation !== this.#generation) return;
        this.#store.set({ timelines: { ...this.state.timelines, [side]: answer.value.view } });
      }),
    );
  }

  async #moveBoth(timeUs: number, exact?: { readonly side: Side; readonly eventId: EventId }): Promise<void> {
    this.#moving += 1;
    try {
      await this.#moveEach(timeUs, exact);
    } finally {
      this.#moving -= 1;
    }
  }

  async #moveEach(timeUs: number, exact?: { readonly side: Side; readonly eventId: EventId }): Promise<void> {
    const generation = this.#generation;
    const clusters = { ...this.state.clusters };
    for (const side of SIDES) {
      const sessionId = this.state.pair[side];
      if (sessionId === null || this.state.gone[side]) continue;
      const move =
        exact?.side === side
          ? ({ kind: "event", eventId: exact.eventId } as const)
          : ({ kind: "time", timeUs } as const);
      const moved = await this.#connection.ask(
        moveCursorRequest,
        { sessionId, move },
        object({ cursor: nullable(isNumber), event: nullable(isEventView) }),
      );
      if (moved.kind !== "ok" || generation !== this.#generation) return;
      const { cursor } = moved.value;
      this.#own.set(sessionId, cursor);
      const seen = await this.#connection.ask(
        clusterViewRequest,
        { sessionId, eventId: cursor, logWindow: 1 },
        object({ view: isClusterView, event: nullable(isEventView) }),
      );
      if (seen.kind !== "ok" || generation !== this.#generation) return;
      clusters[side] = seen.value.view;
    }
    this.#store.set({ clusters });
    this.#keep();
  }

  #loadWhys(): void {
    const { view, pair, whys } = this.state;
    if (view?.trace.kind !== "different") return;
    for (const side of SIDES) {
      const [event, sessionId] = [view.trace[side], pair[side]];
      if (event !== null && sessionId !== null && whys[side]?.kind !== "answered")
        void this.#loadWhy(side, sessionId, event.id);
    }
  }

  async #loadWhy(side: Side, sessionId: SessionId, eventId: EventId): Promise<void> {
    const generation = this.#generation;
    this.#store.set({ whys: { ...this.state.whys, [side]: { kind: "asked" } } });
    const answer = await this.#connection.ask(whyRequest, { sessionId, eventId }, object({ why: isWhyView }));
    if (answer.kind === "stale" || generation !== this.#generation) return;
    const told =
      answer.kind === "ok"
        ? ({ kind: "answered", why: answer.value.why } as const)
        : ({ kind: "failed", message: answer.message } as const);
    this.#store.set({ whys: { ...this.state.whys, [side]: told } });
  }

  /** The next page of the table. */
  async #loadRows(): Promise<void> {
    const { pair, rows } = this.state;
    const { left, right } = pair;
    if (left === null || right === null) return;
    const generation = this.#generation;
    const asked = { left, right, choice: choiceOf(this.state), from: rows.length, count: PAGE };
    const page = object({ rows: arrayOf(isMilestoneRow), total: isNumber });
    const answer = await this.#connection.ask(milestonesRequest, asked, page, "rows");
    if (answer.kind !== "ok" || generation !== this.#generation) return;
    this.#store.set({ rows: [...rows, ...answer.value.rows], totalRows: answer.value.total });
  }

  #keep(): void {
    this.#api.keep({ sessionId: this.state.pair.left, view: keptOf(this.state) });
  }
}
