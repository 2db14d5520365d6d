/** Answers the requests of the long diagram for a story told over and over, in the simplest way: the rows of its first round, moved on. */
import type {
  DiagramOverviewBucket,
  DiagramRowsView,
  DiagramSelection,
  LifelineState,
  PlacedRow,
} from "../../server/src/protocol/diagram-rows.js";
import type { DiagramRow } from "../../server/src/protocol/diagram-view.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { rowText } from "../../server/src/view-model/diagram/rows.js";
import type { Story } from "./story.js";

/** Rows of a run, however long. */
export interface RowSource {
  readonly total: number;
  row(at: number): DiagramRow;
}

/** A diagram of rows by their numbers. */
export class StoryDiagram {
  readonly #story: Story;
  readonly #events: number;
  readonly #spanUs: number;
  readonly #kept = new Map<string, readonly DiagramRow[]>();

  constructor(story: Story, events: number) {
    this.#story = story;
    this.#events = events;
    this.#spanUs = story.endUs + 1000;
  }

  answer(method: string, params: Record<string, unknown>, session: SessionInfo): unknown {
    const selection = Object(params["selection"]) as DiagramSelection;
    const source = this.#source(selection);
    switch (method) {
      case "raftlab/view/diagramRows": {
        const [from, count] = [Number(params["from"]), Number(params["count"])];
        if (count > 500) return { ok: false, message: "at most 500 rows" };
        return { ok: true, view: this.#view(source, from, count, session) };
      }
      case "raftlab/view/diagramPlace":
        return this.#place(source, Object(params["at"]));
      case "raftlab/view/diagramFind":
        return this.#find(source, params);
      case "raftlab/view/diagramOverview":
        return { ok: true, overview: this.#overview(source, Number(params["buckets"])) };
      default:
        return { ok: false, message: `${method} is not of the diagram` };
    }
  }

  #source(selection: DiagramSelection): RowSource {
    const key = JSON.stringify(selection);
    const rows = this.#kept.get(key) ?? this.#story.rows.filter((row) => keep(row, selection));
    this.#kept.set(key, rows);
    const { length } = this.#story.events;
    const rounds = Math.floor(this.#events / length);
    const rest = rows.filter((row) => row.eventId < this.#events % length).length;
    return {
      total: rounds * rows.length + rest,
      row: (at) => {
        const row = rows[at % rows.length];
        if (row === undefined) throw new Error("no such row");
        return moved(row, Math.floor(at / rows.length), length, this.#spanUs);
      },
    };
  }

  #placed(source: RowSource, at: number): PlacedRow {
    const row = source.row(at);
    if (row.kind !== "message") return { ...row, row: at, arrivesRow: null, copiesArrive: [] };
    const end = row.deliveredUs ?? (row.lost ? row.sentUs + 1 : null);
    if (end === null) return { ...row, row: at, arrivesRow: null, copiesArrive: [] };
    let next = at + 1;
    while (next < source.total && timeOf(source.row(next)) <= end) next += 1;
    return { ...row, row: at, arrivesRow: next - 0.5, copiesArrive: [] };
  }

  #view(source: RowSource, from: number, count: number, session: SessionInfo): DiagramRowsView {
    const to = Math.min(source.total, from + count);
    const rows: PlacedRow[] = [];
    for (let at = from; at < to; at += 1) rows.push(this.#placed(source, at));
    const passing: PlacedRow[] = [];
    for (let at = Math.max(0, from - 60); at < Math.min(from, source.total); at += 1) {
      const row = this.#placed(source, at);
      if ((row.arrivesRow ?? -1) >= from) passing.unshift(row);
    }
    const changes: (LifelineState & { readonly position: number })[] = [];
    for (const row of rows) changes.push(...this.#turns(row.eventId, row.row));
    return {
      sessionId: session.id,
      events: this.#events,
      totalRows: source.total,
      lifelines: [
        ...this.#story.clients.map((name) => ({ name, kind: "client" as const })),
        ...this.#story.servers.map((name) => ({ name, kind: "server" as const })),
      ],
      rows,
      passing,
      states: this.#states(rows[0] === undefined ? 0 : rows[0].eventId - 1),
      changes,
    };
  }

  #states(eventId: number): readonly LifelineState[] {
    const { views, servers, clients } = this.#story;
    const view = views[Math.max(0, eventId) % views.length];
    return [
      ...clients.map((name) => ({ name, role: null, term: 0 })),
      ...servers.map((name): LifelineState => {
        const server = view?.servers.find((each) => each.name === name);
        if (server === undefined) return { name, role: null, term: 0 };
        return { name, role: server.status === "up" ? server.role : server.status, term: server.term };
      }),
    ];
  }

  #turns(eventId: number, position: number): readonly (LifelineState & { readonly position: number })[] {
    const before = this.#states(eventId - 1);
    return this.#states(eventId).flatMap((state, at) => {
      const old = before[at];
      return old?.role === state.role && old.term === state.term ? [] : [{ ...state, position }];
    });
  }

  #place(
    source: RowSource,
    at: { readonly eventId?: number; readonly line?: number; readonly timeUs?: number },
  ): unknown {
    if (at.line !== undefined) {
      const rows: number[] = [];
      for (let row = 0; row < Math.min(source.total, 2000); row += 1) {
        const each = source.row(row);
        if (each.kind !== "term" && each.line === at.line) rows.push(row);
      }
      return { ok: true, row: rows[0] ?? -1, exact: rows.length > 0, rows };
    }
    const beyond = (row: DiagramRow): boolean =>
      at.eventId === undefined ? timeOf(row) > (at.timeUs ?? 0) : row.eventId > at.eventId;
    let [low, high] = [-1, source.total - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (beyond(source.row(middle))) high = middle - 1;
      else low = middle;
    }
    const exact = low >= 0 && source.row(low).eventId === at.eventId;
    return { ok: true, row: low, exact, rows: low < 0 ? [] : [low] };
  }

  #find(source: RowSource, params: Record<string, unknown>): unknown {
    const text = String(params["text"]).toLowerCase();
    const holds = (at: number): boolean => rowText(source.row(at)).toLowerCase().includes(text);
    const step = params["direction"] === "next" ? 1 : -1;
    let row: number | null = null;
    for (let at = Number(params["row"]) + step; at >= 0 && at < source.total; at += step) {
      if (!holds(at)) continue;
      row = at;
      break;
    }
    let matches = 0;
    for (let at = 0; at < Math.min(source.total, 10_000); at += 1) if (holds(at)) matches += 1;
    return { ok: true, row, matches };
  }

  #overview(source: RowSource, count: number): unknown {
    const length = Math.max(1, Math.min(count, source.total));
    const buckets: DiagramOverviewBucket[] = [];
    const terms: { row: number; term: number }[] = [];
    for (let at = 0; at < length; at += 1) {
      const [from, to] = [Math.floor((at * source.total) / length), Math.floor(((at + 1) * source.total) / length)];
      const rows = Array.from({ length: Math.min(60, to - from) }, (_, index) => source.row(from + index));
      buckets.push(counted(rows));
      for (const [index, row] of rows.entries())
        if (row.kind === "term" && terms.length < 500) terms.push({ row: from + index, term: row.term });
    }
    return { totalRows: source.total, buckets: source.total === 0 ? [] : buckets, terms };
  }
}

function counted(rows: readonly DiagramRow[]): DiagramOverviewBucket {
  const count = (test: (row: DiagramRow) => boolean): number => rows.filter(test).length;
  const type = (word: string) => (row: DiagramRow) => row.kind === "message" && row.type.includes(word);
  const category = (word: string) => (row: DiagramRow) => row.kind === "event" && row.category === word;
  return {
    messages: count((row) => row.kind === "message"),
    lost: count((row) => row.kind === "message" && row.lost),
    entries: count(type("Append")),
    votes: count(type("Vote")),
    client: count(type("Client")),
    faults: count(category("fault")),
    violations: count(category("violation")),
    notes: count(category("note")),
    elections: count((row) => row.kind === "event" && row.text.includes("leader")),
  };
}

function keep(row: DiagramRow, { servers = [], types = [], clients = true, text = "" }: DiagramSelection): boolean {
  if (!rowText(row).toLowerCase().includes(text.toLowerCase())) return false;
  if (row.kind !== "message") return true;
  if (!clients && row.type.startsWith("Client")) return false;
  if (types.length > 0 && !types.includes(row.type)) return false;
  return servers.length === 0 || servers.includes(row.from) || servers.includes(row.to);
}

function timeOf(row: DiagramRow): number {
  return row.kind === "message" ? row.sentUs : row.timeUs;
}

/** The row in a later round. */
function moved(row: DiagramRow, rounds: number, events: number, spanUs: number): DiagramRow {
  if (rounds === 0) return row;
  const [ids, us] = [rounds * events, rounds * spanUs];
  if (row.kind !== "message") return { ...row, eventId: row.eventId + ids, timeUs: row.timeUs + us };
  return {
    ...row,
    eventId: row.eventId + ids,
    deliveredId: row.deliveredId === null ? null : row.deliveredId + ids,
    sentUs: row.sentUs + us,
    deliveredUs: row.deliveredUs === null ? null : row.deliveredUs + us,
  };
}
