/** What the history panel does: asks for windows, keeps up with the cursor, passes on what the person wants. */
import {
  historyCheckRequest,
  historyOperationRequest,
  historyRequest,
  historyRowsRequest,
} from "../../server/src/protocol/history-view.js";
import {
  type CursorMove,
  eventsRequest,
  liveStartRequest,
  moveCursorRequest,
  whyRequest,
} from "../../server/src/protocol/requests.js";
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import type { PanelKind } from "../../server/src/protocol/webview.js";
import type { WhySubject } from "../../server/src/protocol/why.js";
import { asked, type Filter } from "../../server/src/view-model/history/filter.js";
import { covers, rowsInSight } from "../../server/src/view-model/history/rows.js";
import type { Span } from "../../server/src/view-model/timeline/span.js";
import type { PanelApi } from "../shared/api.js";
import { arrayOf, isNumber, nullable, object } from "../shared/guard.js";
import { isEventView, isSessionInfo } from "../shared/guards.js";
import { Latest } from "../shared/latest.js";
import { Panel } from "../shared/panel.js";
import { Store } from "../shared/store.js";
import { isWhyView } from "../shared/why-guards.js";
import { isHistoryCheck, isHistoryOperation, isHistoryView, isOperationDetail } from "./guards.js";
import { type HistoryState, initialState, keptOf, restore, spanOf } from "./model.js";

/** Bars in one picture, and rows in one page of the table. */
const BARS = 1500;
const PAGE = 200;
/** Milliseconds between two pictures of a cluster that goes on. */
const LIVE_MS = 500;

/** Acts for the person and keeps the {@link HistoryState} true. */
export class HistoryController {
  readonly #panel: Panel;
  readonly #store: Store<HistoryState>;
  readonly #loads = new Latest<null>(() => this.#load());
  readonly #pages = new Latest<null>(() => this.#loadRows());
  readonly #moves = new Latest<CursorMove>((move) => this.#move(move));
  readonly #places = new Latest<EventId | null>((cursor) => this.#place(cursor));
  #loadedAt = 0;

  constructor(api: PanelApi, draw: (state: HistoryState) => void) {
    this.#store = new Store(initialState, draw);
    this.#panel = new Panel(api, {
      session: (session) => this.#show(session),
      changed: (session) => this.#changed(session),
      cursor: (cursor) => this.#cursor(cursor),
      server: (server) => {
        const back = this.state.server.status !== "running" && server.status === "running";
        this.#store.set({ server });
        if (back) this.#loadAll();
      },
    });
  }

  get state(): HistoryState {
    return this.#store.state;
  }

  start(): void {
    this.#store.set(restore(this.#panel.keptView));
    this.#panel.start();
  }

  set(patch: Partial<HistoryState>): void {
    this.#store.set(patch);
  }

  // ---- What is shown ---------------------------------------------------------------------------------------

  show(span: Span | null): void {
    this.#store.set({ span });
    this.#keep();
    this.#loads.put(null);
  }

  filter(patch: Partial<Filter>): void {
    this.#store.set({ filter: { ...this.state.filter, ...patch }, rows: null });
    this.#keep();
    this.#loads.put(null);
    this.#pages.put(null);
  }

  open(patch: Pick<HistoryState, "filtersOpen"> | Pick<HistoryState, "tableOpen">): void {
    this.#store.set(patch);
    this.#keep();
    this.#pages.put(null);
  }

  resized(width: number): void {
    if (width === this.state.width) return;
    this.#store.set({ width });
    this.#loads.put(null);
  }

  scrolled(scrollTop: number, height: number): void {
    const total = this.state.view?.matching ?? 0;
    const rowWindow = rowsInSight(total, scrollTop, height);
    const { first, count } = this.state.rowWindow;
    if (rowWindow.first === first && rowWindow.count === count) return;
    this.#store.set({ rowWindow });
    const { rows } = this.state;
    if (rows === null || !covers(rows, rowWindow)) this.#pages.put(null);
  }

  // ---- Operations ------------------------------------------------------------------------------------------

  async pick(number: number | null): Promise<void> {
    const { session } = this.state;
    this.#store.set({ picked: number, why: null, ...(number === null ? { detail: null } : {}) });
    if (number === null || session === null) return;
    const params = { sessionId: session.id, number };
    const answer = await this.#panel.connection.ask(
      historyOperationRequest,
      params,
      object({ detail: isOperationDetail }),
      "operation",
    );
    if (answer.kind === "failed") this.#store.set({ failure: answer.message });
    if (answer.kind !== "ok") return;
    this.#store.set({ detail: answer.value.detail });
    this.move({ kind: "event", eventId: answer.value.detail.operation.invokeEvent });
  }

  /** The operation at a place among those that pass the filter, counted from the one that is picked. */
  async pickNext(direction: 1 | -1): Promise<void> {
    const { session, picked, filter, view } = this.state;
    if (session === null || view === null) return;
    const row = picked === null ? (direction === 1 ? 0 : view.matching - 1) : await this.#rowOf(picked, direction);
    if (row === null || row < 0 || row >= view.matching) return;
    const params = { sessionId: session.id, filter: asked(filter), from: row, count: 1 };
    const answer = await this.#panel.connection.ask(historyRowsRequest, params, isRows, "next");
    const [next] = answer.kind === "ok" ? answer.value.operations : [];
    if (next !== undefined) void this.pick(next.number);
  }

  /** The row beside that of an operation. Operations that the filter leaves out have none. */
  async #rowOf(number: number, direction: 1 | -1): Promise<number | null> {
    const { view, rows } = this.state;
    const known = [...(view?.operations ?? []), ...(rows?.rows ?? [])].find((each) => each.number === number);
    return known === undefined ? null : known.row + direction;
  }

  move(move: CursorMove): void {
    this.#moves.put(move);
  }

  /** Asks why an event happened, or about something at its moment. */
  async why(eventId: EventId, about: WhySubject | null = null): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    this.#store.set({ why: { eventId, view: null, failure: null } });
    const params = { sessionId: session.id, eventId, ...(about === null ? {} : { about }) };
    const answer = await this.#panel.connection.ask(whyRequest, params, object({ why: isWhyView }), "why");
    if (answer.kind === "ok") this.#store.set({ why: { eventId, view: answer.value.why, failure: null } });
    if (answer.kind === "failed") this.#store.set({ why: { eventId, view: null, failure: answer.message } });
  }

  // ---- The check -------------------------------------------------------------------------------------------

  async check(): Promise<void> {
    const { session, check } = this.state;
    if (session === null || check.kind === "running") return;
    this.#store.set({ check: { kind: "running" } });
    const params = { sessionId: session.id };
    const answer = await this.#panel.connection.ask(
      historyCheckRequest,
      params,
      object({ check: isHistoryCheck }),
      "check",
    );
    if (this.state.session?.id !== session.id) return;
    if (answer.kind === "failed") this.#store.set({ check: { kind: "failed", message: answer.message } });
    if (answer.kind !== "ok") return;
    this.#store.set({ check: { kind: "done", check: answer.value.check }, rows: null });
    this.#loadAll();
    const { picked } = this.state;
    if (picked !== null) void this.pick(picked);
  }

  // ---- The world outside -----------------------------------------------------------------------------------

  reveal(line: number): void {
    const uri = this.state.session?.uri;
    if (uri !== null && uri !== undefined) this.#panel.connection.tell({ kind: "reveal", uri, line });
  }

  openPanel(panel: PanelKind): void {
    this.#panel.connection.tell({ kind: "openPanel", panel });
  }

  tell(kind: "showLog" | "restartServer"): void {
    this.#panel.connection.tell({ kind });
  }

  async startLive(): Promise<void> {
    const answer = await this.#panel.connection.ask(liveStartRequest, {}, object({ session: isSessionInfo }));
    if (answer.kind === "ok") this.#panel.show(answer.value.session);
    else if (answer.kind === "failed") this.#store.set({ failure: answer.message });
  }

  #show(session: SessionInfo | null): void {
    const before = this.state.session?.id ?? null;
    const other = session?.id !== before;
    this.#store.set({ known: true, session, failure: null });
    if (other) {
      const fresh = { view: null, picked: null, detail: null, why: null, rows: null, cursorUs: null } as const;
      // What was kept from before a reload belongs to the first session that is shown.
      this.#store.set({ ...fresh, check: { kind: "none" }, ...(before === null ? {} : { span: null }) });
    }
    if (session === null) return;
    this.#loadAll();
    this.#places.put(session.cursor);
    if (other && session.state.kind !== "running") void this.check();
  }

  #changed(session: SessionInfo): void {
    const old = this.state.session;
    this.#store.set({ session });
    if (old?.id !== session.id || session.events === old.events) return;
    if (session.cursor === null) this.#store.set({ cursorUs: session.timeUs });
    const due = performance.now() - this.#loadedAt > LIVE_MS || session.state.kind !== "running";
    if (due) this.#loadAll();
    const ended = old.state.kind === "running" && session.state.kind !== "running";
    if (ended) void this.check();
  }

  #loadAll(): void {
    this.#loads.put(null);
    this.#pages.put(null);
  }

  #cursor(cursor: EventId | null): void {
    const { session } = this.state;
    if (session === null) return;
    this.#store.set({ session: { ...session, cursor } });
    this.#places.put(cursor);
  }

  /** The instant of the cursor: other panels tell its event only. */
  async #place(cursor: EventId | null): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    if (cursor === null || cursor < 0) {
      this.#store.set({ cursorUs: cursor === null ? session.timeUs : 0 });
      return;
    }
    const params = { sessionId: session.id, from: cursor, count: 1 };
    const answer = await this.#panel.connection.ask(eventsRequest, params, object({ events: arrayOf(isEventView) }));
    const [event] = answer.kind === "ok" ? answer.value.events : [];
    if (event !== undefined) this.#store.set({ cursorUs: event.timeUs });
  }

  async #load(): Promise<void> {
    const { session, filter, width, span } = this.state;
    if (session === null || width === 0) return;
    this.#loadedAt = performance.now();
    this.#store.set({ busy: true });
    const { fromUs, toUs } = spanOf(this.state);
    const window = span === null ? {} : { fromUs: Math.max(0, Math.round(fromUs)), toUs: Math.round(toUs) };
    const buckets = Math.max(20, Math.min(400, Math.floor(width / 4)));
    const answer = await this.#panel.connection.ask(
      historyRequest,
      { sessionId: session.id, filter: asked(filter), limit: BARS, buckets, ...window },
      object({ view: isHistoryView }),
      "history",
    );
    this.#store.set({ busy: false });
    if (this.state.session?.id !== session.id) return;
    if (answer.kind === "ok") this.#store.set({ view: answer.value.view, failure: null });
    if (answer.kind === "failed") this.#store.set({ failure: answer.message });
  }

  async #loadRows(): Promise<void> {
    const { session, filter, rowWindow, tableOpen } = this.state;
    if (session === null || !tableOpen) return;
    const from = Math.max(0, rowWindow.first - Math.floor((PAGE - rowWindow.count) / 2));
    const count = Math.max(PAGE, rowWindow.count);
    const params = { sessionId: session.id, filter: asked(filter), from, count };
    const answer = await this.#panel.connection.ask(historyRowsRequest, params, isRows, "rows");
    if (answer.kind !== "ok" || this.state.session?.id !== session.id) return;
    const { operations, matching } = answer.value;
    this.#store.set({ rows: { from, rows: operations, matching } });
  }

  async #move(move: CursorMove): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const answer = await this.#panel.connection.ask(
      moveCursorRequest,
      { sessionId: session.id, move },
      object({ cursor: nullable(isNumber), event: nullable(isEventView) }),
    );
    if (answer.kind === "failed") this.#store.set({ failure: answer.message });
    const current = this.state.session;
    if (answer.kind !== "ok" || current?.id !== session.id) return;
    const { cursor, event } = answer.value;
    this.#store.set({ session: { ...current, cursor }, cursorUs: event?.timeUs ?? 0 });
  }

  #keep(): void {
    this.#panel.keepView(keptOf(this.state));
  }
}

const isRows = object({ operations: arrayOf(isHistoryOperation), matching: isNumber });
