/** Plays the extension and the server to a panel, from a {@link Story}. */

import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import type { DiagramRow, DiagramView } from "../../server/src/protocol/diagram-view.js";
import type { EventView } from "../../server/src/protocol/event-view.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import type { TimelineView } from "../../server/src/protocol/timeline-view.js";
import type { FromWebview, ToWebview } from "../../server/src/protocol/webview.js";
import type { WhyLink, WhyView } from "../../server/src/protocol/why.js";
import { StoryDiagram } from "./diagram-rows.js";
import { HOSTILE, type Story, tellStory } from "./story.js";

/** How a host differs from the plain one. */
export interface HostOptions {
  readonly session?: Partial<SessionInfo> | null;
  /** Pretends that the run has this many events: the story over and over. */
  readonly events?: number;
  /** Servers beyond the story's five, for the grid. */
  readonly servers?: number;
  /** Milliseconds before each answer. */
  readonly delay?: number;
}

/** A host for one panel. */
export class FakeHost {
  readonly story: Story = tellStory();
  readonly told: FromWebview[] = [];
  session: SessionInfo | null;
  send: (message: ToWebview) => void = () => undefined;
  /** By method, the most requests that waited for their answers at once. */
  readonly mostAtOnce = new Map<string, number>();
  readonly #unanswered = new Map<string, number>();
  readonly #options: HostOptions;
  #rows: StoryDiagram | null = null;

  constructor(options: HostOptions = {}) {
    this.#options = options;
    const { story } = this;
    const events = options.events ?? story.events.length;
    this.session =
      options.session === null
        ? null
        : {
            id: "run-1",
            kind: "run",
            uri: "file:///scenarios/old-leader.raftlab",
            title: "An old leader cannot commit",
            seed: 42,
            startedAt: "2026-01-01T00:00:00.000Z",
            state: { kind: "finished", verdict: "fail" },
            timeUs: this.#time(events - 1),
            events,
            traceHash: "9f3c2a117be04d58",
            cursor: 0,
            pace: null,
            leader: "s5",
            term: 3,
            servers: story.servers,
            clients: story.clients,
            ...options.session,
          };
  }

  /** Methods asked for, in order. */
  get asked(): readonly string[] {
    return this.told.flatMap((message) => (message.kind === "request" ? [message.method] : []));
  }

  /** Takes a message of the panel, and answers it. */
  receive(message: FromWebview): void {
    this.told.push(message);
    if (message.kind === "ready") this.send({ kind: "init", session: this.session, locale: "en" });
    if (message.kind !== "request") return;
    const unanswered = (this.#unanswered.get(message.method) ?? 0) + 1;
    this.#unanswered.set(message.method, unanswered);
    this.mostAtOnce.set(message.method, Math.max(unanswered, this.mostAtOnce.get(message.method) ?? 0));
    const answer = () => {
      this.#unanswered.set(message.method, (this.#unanswered.get(message.method) ?? 1) - 1);
      this.send({ kind: "response", id: message.id, result: this.#answer(message.method, Object(message.params)) });
    };
    if (this.#options.delay === undefined) answer();
    else setTimeout(answer, this.#options.delay);
  }

  /** Moves the cursor as another view would. */
  moveTo(cursor: number): void {
    if (this.session === null) return;
    this.session = { ...this.session, cursor };
    this.send({ kind: "cursor", sessionId: this.session.id, cursor });
  }

  #time(id: number): number {
    const { events, endUs } = this.story;
    return Math.floor(id / events.length) * (endUs + 1000) + (events[id % events.length]?.timeUs ?? 0);
  }

  #event(id: number): EventView | null {
    const event = this.story.events[id % this.story.events.length];
    return event === undefined || id < 0 ? null : { ...event, id, timeUs: this.#time(id) };
  }

  #view(id: number): ClusterView {
    const { views } = this.story;
    const view = views[Math.max(0, id) % views.length];
    if (view === undefined) throw new Error("empty story");
    const shift = this.#time(id) - view.timeUs;
    const extra = Array.from({ length: Math.max(0, (this.#options.servers ?? 5) - 5) }, (_, at) => ({
      ...(view.servers[at % 5] ?? views[0]?.servers[0]),
      name: `s${at + 6}`,
    }));
    return {
      ...view,
      eventId: id,
      timeUs: view.timeUs + shift,
      // The extra servers are copies of real ones; only their names are new.
      servers: [...view.servers, ...(extra as ClusterView["servers"])]
        .slice(0, this.#options.servers ?? 5)
        .map((server, _at, { length }) => ({
          ...server,
          configuration: {
            ...server.configuration,
            voters: Array.from({ length }, (_voter, at) => `s${at + 1}`),
          },
          timers: server.timers.map((timer) => ({
            ...timer,
            startUs: timer.startUs + shift,
            deadlineUs: timer.deadlineUs + shift,
          })),
        })),
      messages: view.messages.map((message) => ({
        ...message,
        sentUs: message.sentUs + shift,
        arrivesUs: message.arrivesUs === null ? null : message.arrivesUs + shift,
      })),
    };
  }

  #answer(method: string, params: Record<string, unknown>): unknown {
    const { session } = this;
    if (session === null && method !== "raftlab/live/start") return { ok: false, message: "no session" };
    switch (method) {
      case "raftlab/cursor/move":
        return this.#move(Object(params["move"]));
      case "raftlab/view/cluster": {
        const id = typeof params["eventId"] === "number" ? params["eventId"] : (session?.events ?? 1) - 1;
        return { ok: true, view: this.#view(id), event: this.#event(id) };
      }
      case "raftlab/entry":
        return this.#entry(params);
      case "raftlab/view/timeline":
        return { ok: true, view: this.#timeline(params) };
      case "raftlab/view/diagram":
        return { ok: true, view: this.#diagram(params) };

      case "raftlab/why": {
        const links: WhyLink[] = [];
        let next: number | null = Number(params["eventId"]);
        while (next !== null && links.length < 6) {
          const event: EventView | null = this.#event(next);
          if (event === null) break;
          links.push(linkOf(event, links.length === 0));
          next = event.cause;
        }
        return { ok: true, why: { ...PLAIN_ANSWER, eventId: params["eventId"], links, truncated: next !== null } };
      }
      case "raftlab/events": {
        const from = Number(params["from"]);
        const count = Math.min(Number(params["count"]), (session?.events ?? 0) - from);
        return { ok: true, events: Array.from({ length: count }, (_, at) => this.#event(from + at)) };
      }
      case "raftlab/bookmarks":
        return { ok: true, bookmarks: [] };
      case "raftlab/notes":
        return { ok: true, notes: [], more: 0 };
      case "raftlab/live/start":
        this.session = {
          ...(session ?? new FakeHost().session),
          id: "live-1",
          kind: "live",
          state: { kind: "paused" },
          pace: 0.01,
          cursor: null,
        } as SessionInfo;
        return { ok: true, session: this.session };
      case "raftlab/live/control": {
        if (session === null) return { ok: false, message: "no session" };
        const control = Object(params["control"]);
        const kind = control.kind === "run" ? "running" : control.kind === "stop" ? "cancelled" : "paused";
        this.session = {
          ...session,
          state: { kind },
          ...(control.kind === "pace" ? { pace: control.pace, state: session.state } : {}),
        };
        return { ok: true, session: this.session };
      }
      case "raftlab/live/act":
        return { ok: true, outcome: { line: 1, timeUs: session?.timeUs ?? 0, eventId: 3, ok: true, result: "ok" } };
      default:
        return this.#longDiagram(method, params);
    }
  }

  #longDiagram(method: string, params: Record<string, unknown>): unknown {
    if (this.session === null) return { ok: false, message: "no session" };
    this.#rows ??= new StoryDiagram(this.story, this.session.events);
    return this.#rows.answer(method, params, this.session);
  }

  #entry({ index, server }: Record<string, unknown>): unknown {
    const { servers } = this.#view(this.session?.cursor ?? 0);
    const entry = servers.find(({ name }) => name === server)?.log.find((each) => each.index === index);
    if (entry === undefined) return { ok: false, message: `${String(server)} has no entry ${String(index)}` };
    const { term, text } = entry;
    const holders = servers.map(({ name, log }) => {
      const has = log.find((each) => each.index === index);
      const holds = has === undefined ? "nothing" : has.term === term ? "entry" : "other";
      return { server: name, holds, term: has?.term ?? null, appended: null, durable: null, committed: null };
    });
    const made = { operation: null, revision: null, servers: holders, truncated: false };
    return { ok: true, entry: { index, term, text, ...made } };
  }

  #move(move: Record<string, unknown>): unknown {
    const { session } = this;
    if (session === null) return { ok: false, message: "no session" };
    const now = session.cursor ?? session.events - 1;
    let to: number | null = now;
    if (move["kind"] === "event") to = typeof move["eventId"] === "number" ? move["eventId"] : null;
    if (move["kind"] === "by") to = now + Number(move["events"]);
    if (move["kind"] === "time") {
      let low = 0;
      let high = session.events - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (this.#time(middle) <= Number(move["timeUs"])) low = middle;
        else high = middle - 1;
      }
      to = low;
    }
    if (move["kind"] === "jump") {
      const step = move["direction"] === "next" ? 1 : -1;
      const fits = (event: EventView) =>
        move["to"] === "leader"
          ? event.title.includes("becomes leader")
          : move["to"] === "commit"
            ? event.title.includes("commits")
            : event.category === (move["to"] === "failure" ? "violation" : move["to"]);
      let at = now + step;
      for (let event = this.#event(at); event !== null && at < session.events && !fits(event); event = this.#event(at))
        at += step;
      if (at < 0 || at >= session.events)
        return { ok: false, message: `There is no ${String(move["direction"])} ${String(move["to"])}.` };
      to = at;
    }
    if (to !== null) to = Math.max(0, Math.min(session.events - 1, to));
    this.session = { ...session, cursor: to };
    return { ok: true, cursor: to, event: to === null ? null : this.#event(to) };
  }

  #timeline(params: Record<string, unknown>): TimelineView {
    const end = this.session?.timeUs ?? 0;
    const events = this.session?.events ?? 0;
    const fromUs = Number(params["fromUs"] ?? 0);
    const toUs = Number(params["toUs"] ?? end);
    const density = Array.from({ length: Number(params["buckets"]) }, () => 0);
    const sampled = Math.min(events, 20_000);
    for (let at = 0; at < sampled; at += 1) {
      const us = this.#time(Math.floor((at * events) / sampled));
      const bucket = Math.floor(((us - fromUs) / (toUs - fromUs + 1)) * density.length);
      if (density[bucket] !== undefined) density[bucket] = (density[bucket] ?? 0) + 1;
    }
    const lanes = this.story.servers.map((server, lane) => {
      const segments: { fromUs: number; toUs: number; role: "follower"; term: number }[] = [];
      let key = "";
      for (const [at, view] of this.story.views.entries()) {
        const now = view.servers[lane];
        if (now === undefined) continue;
        const role = now.status === "up" ? now.role : now.status;
        const open = segments.at(-1);
        const until = this.story.views[at + 1]?.timeUs ?? end;
        if (key === `${role} ${now.term}` && open !== undefined) open.toUs = until;
        else segments.push({ fromUs: view.timeUs, toUs: until, role: role as "follower", term: now.term });
        key = `${role} ${now.term}`;
      }
      return { server, segments };
    });
    return {
      sessionId: this.session?.id ?? "",
      events,
      fromUs,
      toUs,
      endUs: end,
      density,
      lanes,
      marks: this.story.marks,
      faults: [],
      moreFaults: 0,
      faultRows: 0,
      each: null,
    };
  }

  #diagram(params: Record<string, unknown>): DiagramView {
    const window = Object(params["window"]);
    const filter = Object(params["filter"] ?? {});
    const limit = Number(params["limit"] ?? 200);
    const keep = (row: DiagramRow): boolean => {
      if (row.kind !== "message") return true;
      if (filter.clients === false && row.type.startsWith("Client")) return false;
      if (filter.types?.length > 0 && !filter.types.includes(row.type)) return false;
      return !(filter.servers?.length > 0) || (filter.servers.includes(row.from) && filter.servers.includes(row.to));
    };
    const from =
      window.kind === "events" ? window.from : window.kind === "around" ? Math.max(0, window.eventId - 30) : 0;
    const to = window.kind === "events" ? window.to : this.story.events.length;
    const all = this.story.rows.filter((row) => row.eventId >= from && row.eventId <= to && keep(row));
    const rows = all.slice(0, limit);
    return {
      sessionId: this.session?.id ?? "",
      fromEvent: from,
      toEvent: rows.at(-1)?.eventId ?? from,
      fromUs: this.#time(from),
      toUs: this.#time(rows.at(-1)?.eventId ?? from),
      lifelines: [
        ...this.story.clients.map((name) => ({ name, kind: "client" as const })),
        ...this.story.servers.map((name) => ({ name, kind: "server" as const })),
      ],
      rows,
      moreRows: all.length - rows.length,
      mermaid: mermaidOf(rows, this.story),
    };
  }
}

/** Escapes as the server does: entities for everything that mermaid or a browser could take for syntax. */
function escapeText(text: string): string {
  return text
    .replace(/[^\w .,:()+\-/="'§·→]/gu, (character) => `#${character.codePointAt(0)};`)
    .replace(/\bend\b/gi, "#101;nd");
}

function mermaidOf(rows: readonly DiagramRow[], story: Story): string {
  const lines = ["sequenceDiagram"];
  for (const name of story.clients) lines.push(`  actor ${name}`);
  for (const name of story.servers) lines.push(`  participant ${name}`);
  for (const row of rows) {
    if (row.kind === "message")
      lines.push(
        `  ${row.from}${row.lost ? "-x" : row.type.endsWith("Reply") ? "-->>" : "->>"}${row.to}: ${escapeText(row.label)}`,
      );
    else if (row.kind === "event")
      lines.push(`  Note over ${row.at ?? `${story.clients[0]},${story.servers.at(-1)}`}: ${escapeText(row.text)}`);
    else lines.push(`  Note over ${story.clients[0]},${story.servers.at(-1)}: term ${row.term}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Text that a hostile scenario could bring, for tests. */
export const hostileTexts = HOSTILE;

/** An answer whose links are the story's events as they are. */
const PLAIN_ANSWER: Omit<WhyView, "eventId" | "links" | "truncated"> = {
  question: "Why is it so?",
  holds: true,
  headline: "Because of what happened before.",
  sections: ["§5.2"],
  waits: [],
  questions: [{ title: "Why is there no leader?", eventId: 0, about: { kind: "leader" } }],
};

function linkOf(event: EventView, first: boolean): WhyLink {
  const { title, reason } = event;
  return {
    ...event,
    relation: first ? "asked" : "cause",
    text: title,
    because: reason,
    sections: [],
    mechanics: null,
    steps: [],
  };
}
