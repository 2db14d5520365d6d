/** What the diagram panel does: asks for windows, keeps up with the cursor, passes on what the person wants. */
import { diagramRequest, liveStartRequest, moveCursorRequest, whyRequest } from "../../server/src/protocol/requests.js";
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import type { PanelKind } from "../../server/src/protocol/webview.js";
import type { WhySubject } from "../../server/src/protocol/why.js";
import type { PanelApi } from "../shared/api.js";
import { isNumber, nullable, object } from "../shared/guard.js";
import { isDiagramView, isEventView, isSessionInfo } from "../shared/guards.js";
import { Latest } from "../shared/latest.js";
import { Panel } from "../shared/panel.js";
import { Store } from "../shared/store.js";
import { isWhyView } from "../shared/why-guards.js";
import {
  type DiagramState,
  type Filter,
  filterOf,
  initialState,
  keptOf,
  restore,
  WHOLE_LIMIT,
  type WindowChoice,
  windowOf,
} from "./model.js";

/** Acts for the person and keeps the {@link DiagramState} true. */
export class DiagramController {
  readonly #panel: Panel;
  readonly #store: Store<DiagramState>;
  readonly #loads = new Latest<null>(() => this.#load());
  readonly #moves = new Latest<EventId>((eventId) => this.#move(eventId));
  #loadedAt = 0;
  #chosen = false;
  /** True when the zoom is one that the person had chosen before a reload. */
  keptZoom = false;

  constructor(api: PanelApi, draw: (state: DiagramState) => void) {
    this.#store = new Store(initialState, draw);
    this.#panel = new Panel(api, {
      session: (session) => this.#show(session),
      changed: (session) => this.#changed(session),
      cursor: (cursor) => this.#cursor(cursor),
      server: (server) => {
        const back = this.state.server.status !== "running" && server.status === "running";
        this.#store.set({ server });
        if (back) this.#loads.put(null);
      },
    });
  }

  get state(): DiagramState {
    return this.#store.state;
  }

  start(): void {
    const kept = restore(this.#panel.keptView);
    this.#chosen = kept.window !== undefined;
    this.keptZoom = kept.zoom !== undefined && kept.zoom !== 1;
    this.#store.set(kept);
    this.#panel.start();
  }

  /** Draws the state again, e.g. in a new theme. */
  redraw(): void {
    this.#store.redraw();
  }

  set(patch: Partial<DiagramState>): void {
    this.#store.set(patch);
  }

  // ---- Window and filter -----------------------------------------------------------------------------------

  choose(window: WindowChoice): void {
    this.#chosen = true;
    this.#store.set({ window, picked: null });
    this.#keep();
    this.#loads.put(null);
  }

  /** One page on or back, of as many events as are shown now. */
  page(direction: 1 | -1): void {
    const { view, session } = this.state;
    if (view === null || session === null) return;
    const size = Math.max(1, view.toEvent - view.fromEvent + 1);
    const from = direction === 1 ? view.toEvent + 1 : Math.max(0, view.fromEvent - size);
    this.choose({ kind: "page", from: Math.min(from, Math.max(0, session.events - 1)) });
  }

  filter(patch: Partial<Filter>): void {
    this.#store.set({ filter: { ...this.state.filter, ...patch }, picked: null });
    this.#keep();
    this.#loads.put(null);
  }

  limit(limit: number): void {
    this.#store.set({ limit });
    this.#keep();
    this.#loads.put(null);
  }

  zoom(zoom: number): void {
    this.#store.set({ zoom: Math.min(4, Math.max(0.2, zoom)) });
    this.#keep();
  }

  openFilters(open: boolean): void {
    this.#store.set({ filtersOpen: open });
    this.#keep();
  }

  // ---- Rows ------------------------------------------------------------------------------------------------

  /** Picks a row and moves the cursor to it. */
  pick(row: number | null): void {
    this.#store.set({ picked: row, why: null });
    const event = row === null ? undefined : this.state.view?.rows[row]?.eventId;
    if (event !== undefined) this.#moves.put(event);
  }

  go(eventId: EventId): void {
    this.#moves.put(eventId);
  }

  /** Asks why an event happened, or a question about its moment. */
  async why(eventId: EventId, about: WhySubject | null = null): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    this.#store.set({ why: { eventId, view: null, failure: null } });
    const answer = await this.#panel.connection.ask(
      whyRequest,
      { sessionId: session.id, eventId, ...(about === null ? {} : { about }) },
      object({ why: isWhyView }),
      "why",
    );
    if (answer.kind === "ok") this.#store.set({ why: { eventId, view: answer.value.why, failure: null } });
    if (answer.kind === "failed") this.#store.set({ why: { eventId, view: null, failure: answer.message } });
  }

  // ---- The world outside -----------------------------------------------------------------------------------

  reveal(line: number): void {
    const uri = this.state.session?.uri;
    if (uri !== null && uri !== undefined) this.#panel.connection.tell({ kind: "reveal", uri, line });
  }

  copy(text: string): void {
    this.#panel.connection.tell({ kind: "copy", text });
  }

  save(name: string, text: string): void {
    this.#panel.connection.tell({ kind: "save", name, text });
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
    const other = session?.id !== this.state.session?.id;
    this.#store.set({ known: true, session, ...(other ? { view: null, picked: null, why: null, failure: null } : {}) });
    if (session === null) return;
    // A long run opens around the cursor: its first few hundred rows are seldom what is looked for.
    if (!this.#chosen && session.events > WHOLE_LIMIT) this.#store.set({ window: { kind: "around" } });
    this.#loads.put(null);
  }

  #changed(session: SessionInfo): void {
    const old = this.state.session;
    this.#store.set({ session });
    if (old?.id !== session.id || session.events === old.events) return;
    // The picture of a flowing cluster is drawn about once a second; each drawing takes some 0.2 s.
    const due = performance.now() - this.#loadedAt > 1000 || session.state.kind !== "running";
    if (due) this.#loads.put(null);
  }

  #cursor(cursor: EventId | null): void {
    const { session, view, window } = this.state;
    if (session === null) return;
    this.#store.set({ session: { ...session, cursor } });
    const outside = cursor !== null && view !== null && (cursor < view.fromEvent || cursor > view.toEvent);
    if (window.kind === "around" && (outside || cursor === null)) this.#loads.put(null);
  }

  async #load(): Promise<void> {
    const { session, filter, limit } = this.state;
    if (session === null) return;
    this.#loadedAt = performance.now();
    this.#store.set({ busy: true });
    const answer = await this.#panel.connection.ask(
      diagramRequest,
      { sessionId: session.id, window: windowOf(this.state), filter: filterOf(filter), limit },
      object({ view: isDiagramView }),
      "diagram",
    );
    this.#store.set({ busy: false });
    if (this.state.session?.id !== session.id) return;
    if (answer.kind === "ok") this.#store.set({ view: answer.value.view, failure: null });
    if (answer.kind === "failed") this.#store.set({ failure: answer.message });
  }

  async #move(eventId: EventId): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const answer = await this.#panel.connection.ask(
      moveCursorRequest,
      { sessionId: session.id, move: { kind: "event", eventId } },
      object({ cursor: nullable(isNumber), event: nullable(isEventView) }),
    );
    if (answer.kind === "ok") this.#cursor(answer.value.cursor);
    if (answer.kind === "failed") this.#store.set({ failure: answer.message });
  }

  #keep(): void {
    this.#panel.keepView(keptOf(this.state));
  }
}
