/** What the diagram panel does: keeps up with the run and its cursor, and passes on what the person wants. */
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import type { FromWebview } from "../../server/src/protocol/webview.js";
import type { PanelApi } from "../shared/api.js";
import { Latest } from "../shared/latest.js";
import { Panel } from "../shared/panel.js";
import { Store } from "../shared/store.js";
import { Asks } from "./asks.js";
import { type DiagramState, initialState, type RowWindow, selectionOf } from "./model.js";
import { Picking } from "./picking.js";
import { RowPages } from "./row-pages.js";
import { Searching } from "./searching.js";
import { type Filter, type Kept, restore } from "./selection.js";

/** A growing run is looked at again at most so often, in milliseconds. */
const GROW_MS = 250;

interface Caret {
  readonly uri: string;
  readonly line: number;
}

/** What the picture is to do that is no state. */
export interface Eye {
  /** Brings a row into sight. */
  reveal(row: number): void;
  /** Puts a row at the top. */
  goTo(row: number): void;
  top(): number;
}

/** Acts for the person and keeps the {@link DiagramState} true. */
export class DiagramController {
  readonly #panel: Panel;
  readonly #store: Store<DiagramState>;
  readonly #eye: Eye;
  readonly asks: Asks;
  readonly pages: RowPages;
  readonly picking: Picking;
  readonly searching: Searching;
  readonly #moves = new Latest<EventId | null>((eventId) => this.#move(eventId));
  readonly #places = new Latest<null>(() => this.#placeCursor());
  readonly #strips = new Latest<number>((buckets) => this.#loadOverview(buckets));
  readonly #carets = new Latest<Caret>((caret) => this.#caret(caret));
  #kept: Partial<Kept> = {};
  #grewAt = 0;
  #growing: number | null = null;
  #buckets = 0;
  /** It was left at a row that was chosen: where the cursor stands is no reason to leave it, until the cursor moves. */
  #comesBack = false;
  /** The row to put at the top when the first rows are there. */
  #firstTop: number | null = null;

  constructor(api: PanelApi, eye: Eye, draw: (state: DiagramState) => void) {
    this.#store = new Store(initialState, draw);
    this.#eye = eye;
    this.#panel = new Panel(api, {
      session: (session) => this.#show(session),
      changed: (session) => this.#changed(session),
      cursor: (cursor) => this.#cursor(cursor),
      caret: (uri, line) => this.#carets.put({ uri, line }),
      server: (server) => {
        const back = this.state.server.status !== "running" && server.status === "running";
        this.#store.set({ server });
        if (back) this.#reload();
      },
    });
    this.asks = new Asks(this.#panel.connection);
    this.pages = new RowPages(
      (from, count) => this.asks.rows(this.state.session?.id ?? "", selectionOf(this.state), from, count),
      {
        arrived: (view) => this.#arrived(view.totalRows, view.events, view.lifelines),
        failed: (failure) => this.#store.set({ failure }),
      },
    );
    this.picking = new Picking(this);
    this.searching = new Searching(this);
  }

  get state(): DiagramState {
    return this.#store.state;
  }

  start(): void {
    this.#kept = restore(this.#panel.keptView);
    const { filter, zoom, mode, filtersOpen, split, window: chosen, top } = this.#kept;
    this.#firstTop = top ?? null;
    this.#comesBack = top !== undefined;
    this.#store.set({
      ...(filter === undefined ? {} : { filter }),
      ...(zoom === undefined ? {} : { zoom }),
      ...(mode === undefined ? {} : { mode }),
      ...(filtersOpen === undefined ? {} : { filtersOpen }),
      ...(split === undefined ? {} : { split }),
      ...(chosen === undefined ? {} : { window: chosen }),
    });
    this.#panel.start();
  }

  redraw(): void {
    this.#store.redraw();
  }

  /** Changes what is shown; what survives a reload is kept. */
  set(patch: Partial<DiagramState>): void {
    this.#store.set(patch);
    this.keep();
  }

  tell(message: Exclude<FromWebview, { kind: "request" }>): void {
    this.#panel.connection.tell(message);
  }

  /** Brings a row into sight. */
  reveal(row: number): void {
    this.#eye.reveal(row);
  }

  // ---- What is shown ---------------------------------------------------------------------------------------

  filter(patch: Partial<Filter>): void {
    const cursor = this.state.cursorRow;
    this.#store.set({ filter: { ...this.state.filter, ...patch }, window: null, caret: null });
    this.#firstTop = null;
    this.picking.forget();
    this.#reload(cursor !== null);
    this.keep();
  }

  zoom(zoom: number): void {
    this.set({ zoom: Math.min(3, Math.max(0.4, zoom)) });
  }

  choose(window: RowWindow | null): void {
    const last = (this.state.totalRows ?? 1) - 1;
    this.set({
      window:
        window === null
          ? null
          : {
              from: Math.max(0, Math.min(window.from, window.to)),
              to: Math.min(last, Math.max(window.from, window.to)),
            },
    });
  }

  /** The strip has room for so many stretches. */
  strip(buckets: number): void {
    if (buckets === this.#buckets || buckets <= 0) return;
    this.#buckets = buckets;
    this.#strips.put(buckets);
  }

  /** Moves the time cursor. */
  go(eventId: EventId | null): void {
    this.#moves.put(eventId);
  }

  async startLive(): Promise<void> {
    const answer = await this.asks.startLive();
    if (answer.kind === "ok") this.#panel.show(answer.value.session);
    else if (answer.kind === "failed") this.#store.set({ failure: answer.message });
  }

  keep(): void {
    const { filter, zoom, mode, filtersOpen, split, window: chosen } = this.state;
    const kept: Kept = { filter, zoom, mode, filtersOpen, split, window: chosen, top: this.#eye.top() };
    this.#panel.keepView(kept);
  }

  // ---- The run ---------------------------------------------------------------------------------------------

  #show(session: SessionInfo | null): void {
    const other = session?.id !== this.state.session?.id;
    const first = this.state.session === null;
    this.#store.set({
      known: true,
      session,
      ...(other ? FORGOTTEN : {}),
      ...(other && !first ? { window: null } : {}),
    });
    if (session === null || !other) return;
    if (!first) this.#firstTop = null;
    this.#reload(this.#firstTop === null);
  }

  /** Asks for everything anew; `follow` brings the cursor's row into sight. */
  #reload(follow = true): void {
    this.pages.reset();
    this.#store.set({ totalRows: null, cursorRow: null, overview: null, rowsVersion: this.state.rowsVersion + 1 });
    if (!follow) this.pages.want("diagram", this.#firstTop ?? 0, (this.#firstTop ?? 0) + 40);
    this.#places.put(null);
    if (this.#buckets > 0) this.#strips.put(this.#buckets);
  }

  #changed(session: SessionInfo): void {
    const old = this.state.session;
    this.#store.set({ session });
    if (old?.id === session.id && session.events !== old.events) this.#grown();
  }

  /** A run that flows is looked at some times a second, and once more when it stands. */
  #grown(): void {
    if (this.#growing !== null) return;
    const wait = Math.max(0, this.#grewAt + GROW_MS - performance.now());
    this.#growing = window.setTimeout(() => {
      this.#growing = null;
      this.#grewAt = performance.now();
      this.pages.outdate();
      this.#places.put(null);
      if (this.#buckets > 0) this.#strips.put(this.#buckets);
    }, wait);
  }

  #arrived(totalRows: number, takenIn: number, lifelines: DiagramState["lifelines"]): void {
    const { state } = this;
    const same = JSON.stringify(lifelines) === JSON.stringify(state.lifelines);
    this.#store.set({
      totalRows,
      takenIn,
      rowsVersion: state.rowsVersion + 1,
      failure: null,
      ...(same ? {} : { lifelines }),
    });
    if (this.#firstTop !== null) {
      const top = this.#firstTop;
      this.#firstTop = null;
      requestAnimationFrame(() => this.#eye.goTo(top));
    }
    // A long run is taken in little by little; asking goes on with it.
    if (takenIn < (state.session?.events ?? 0)) this.#grown();
    this.picking.refresh();
  }

  #cursor(cursor: EventId | null): void {
    const { session } = this.state;
    if (session === null) return;
    this.#store.set({ session: { ...session, cursor } });
    this.#places.put(null);
  }

  /** Where the cursor stands; a live cluster's is at the newest row. */
  async #placeCursor(): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const eventId = session.cursor ?? Math.max(0, session.events - 1);
    const answer = await this.asks.place(session.id, selectionOf(this.state), { eventId }, "cursor");
    if (this.state.session?.id !== session.id) return;
    if (answer.kind === "failed") this.#store.set({ failure: answer.message });
    if (answer.kind !== "ok") return;
    const { row } = answer.value;
    const moved = row !== this.state.cursorRow;
    this.#store.set({ cursorRow: row });
    if (this.state.totalRows === null && this.#firstTop === null)
      this.pages.want("diagram", Math.max(0, row - 20), row + 20);
    const comesBack = this.#comesBack;
    this.#comesBack = false;
    if (moved && !comesBack && this.#firstTop === null) this.#eye.reveal(Math.max(0, row));
  }

  async #loadOverview(buckets: number): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const answer = await this.asks.overview(session.id, selectionOf(this.state), buckets);
    if (answer.kind === "ok" && this.state.session?.id === session.id) this.#store.set(answer.value);
  }

  async #move(eventId: EventId | null): Promise<void> {
    const { session } = this.state;
    if (session === null) return;
    const answer = await this.asks.move(session.id, eventId);
    if (answer.kind === "ok") this.#cursor(answer.value.cursor);
    if (answer.kind === "failed") this.#store.set({ failure: answer.message });
  }

  /** The caret of the editor stands in a line of the run's scenario. */
  async #caret({ uri, line }: Caret): Promise<void> {
    const { session } = this.state;
    if (session === null || uri !== session.uri) {
      if (this.state.caret !== null) this.#store.set({ caret: null });
      return;
    }
    const answer = await this.asks.place(session.id, selectionOf(this.state), { line }, "caret");
    if (answer.kind === "ok") this.#store.set({ caret: { line, rows: answer.value.rows } });
    else if (answer.kind === "failed") this.#store.set({ caret: null });
  }
}

/** What is known of another run than before. */
const FORGOTTEN = {
  picked: null,
  why: null,
  failure: null,
  notice: null,
  caret: null,
  search: null,
} satisfies Partial<DiagramState>;
