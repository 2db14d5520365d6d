/**
 * A recorded run written by hand: five servers, an election with a refused vote, replication, a partition, a
 * second leader, a crash. It knows nothing of the engine; it gives the panels every shape that they can meet.
 */
import type { ClusterView, LogEntryView, MessageInFlight, ServerView } from "../../server/src/protocol/cluster-view.js";
import type { DiagramRow } from "../../server/src/protocol/diagram-view.js";
import type { EventCategory, EventView } from "../../server/src/protocol/event-view.js";
import type { TimelineMark } from "../../server/src/protocol/timeline-view.js";

type Mutable<T> = T extends readonly (infer U)[]
  ? Mutable<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

type Server = Mutable<ServerView>;

/** What a story leaves behind. */
export interface Story {
  readonly events: readonly EventView[];
  readonly views: readonly ClusterView[];
  readonly marks: readonly TimelineMark[];
  readonly rows: readonly DiagramRow[];
  readonly servers: readonly string[];
  readonly clients: readonly string[];
  readonly endUs: number;
}

/** Texts that would do harm if anything took them for markup, script or mermaid. */
export const HOSTILE = [
  "<script>window.hacked=1</script>",
  '<img src=x onerror="window.hacked=1">',
  "a; end\nNote over s1: #quot;hi#quot; %%{init: {'securityLevel':'loose'}}%%",
];

/** A fault that lets nothing pass on these links. */
function blocking(
  id: number,
  text: string,
  sinceUs: number,
  links: ClusterView["blocked"],
): ClusterView["faults"][number] {
  const network = { effect: "block", message: null, links, chance: null, us: null, struck: null, left: null } as const;
  return { id, text, sinceUs, untilUs: null, network };
}

class Teller {
  readonly events: EventView[] = [];
  readonly views: ClusterView[] = [];
  readonly marks: TimelineMark[] = [];
  readonly rows: Mutable<DiagramRow>[] = [];
  readonly servers: Server[];
  readonly clients: Mutable<ClusterView["clients"][number]>[];
  flying: MessageInFlight[] = [];
  faults: ClusterView["faults"] = [];
  blocked: ClusterView["blocked"] = [];
  now = 0;

  constructor(count: number, clients: readonly string[]) {
    this.servers = Array.from({ length: count }, (_, at) => ({
      name: `s${at + 1}`,
      status: "up",
      diskFailed: false,
      role: "follower",
      term: 0,
      vote: null,
      leader: null,
      votes: [],
      configuration: {
        index: 0,
        voters: Array.from({ length: count }, (_voter, id) => `s${id + 1}`),
        outgoing: [],
        learners: [],
      },
      transferee: null,
      commitIndex: 0,
      appliedIndex: 0,
      durableIndex: 0,
      lastIndex: 0,
      firstIndex: 1,
      snapshot: null,
      log: [],
      timers: [{ kind: "election", startUs: 0, deadlineUs: 150_000 + at * 31_337 }],
      progress: [],
      revision: 0,
      kv: [],
      moreKeys: 0,
      compactRevision: -1,
      leases: [],
      moreLeases: 0,
      alarms: [],
      pendingWrites: 0,
      pendingEntries: 0,
      writesDoneUs: null,
      faults: [],
      clockOffsetUs: 0,
      clockRate: 1,
      damagedIndex: null,
    }));
    this.clients = clients.map((name) => ({
      name,
      status: "up",
      target: null,
      pending: null,
      operations: [],
      moreOperations: 0,
    }));
  }

  s(name: string): Server {
    const server = this.servers.find((each) => each.name === name);
    if (server === undefined) throw new Error(`no server ${name}`);
    return server;
  }

  /** Records an event with the state after it. */
  tell(
    category: EventCategory,
    at: string | null,
    title: string,
    more: Partial<Pick<EventView, "reason" | "cause" | "line" | "fields">> = {},
  ): number {
    const id = this.events.length;
    this.events.push({
      id,
      timeUs: this.now,
      category,
      at,
      title,
      reason: more.reason ?? null,
      cause: more.cause ?? (id > 0 && category !== "step" ? id - 1 : null),
      line: more.line ?? null,
      fields: more.fields ?? [],
    });
    this.views.push(
      structuredClone({
        sessionId: "run-1",
        eventId: id,
        timeUs: this.now,
        servers: this.servers,
        clients: this.clients,
        messages: this.flying,
        moreMessages: 0,
        faults: this.faults,
        blocked: this.blocked,
        logRange: {
          from: 1,
          to: Math.max(0, ...this.servers.map(({ lastIndex }) => lastIndex)),
          last: Math.max(0, ...this.servers.map(({ lastIndex }) => lastIndex)),
        },
        watches: [],
        moreWatches: 0,
      }),
    );
    return id;
  }

  mark(kind: TimelineMark["kind"], text: string, line: number | null): void {
    this.marks.push({ eventId: this.events.length - 1, timeUs: this.now, kind, text, line });
  }

  note(at: string | null, category: EventCategory, text: string, line: number | null = null): void {
    this.rows.push({ kind: "event", eventId: this.events.length - 1, at, category, text, timeUs: this.now, line });
  }

  send(
    type: string,
    from: string,
    to: string,
    term: number,
    text: string,
    latency: number,
    positive: boolean | null = null,
  ): number {
    const entries = type === "AppendEntries" ? Number(/(\d+) entr/.exec(text)?.[1] ?? 0) : 0;
    const lost = this.blocked.some((pair) => pair.from === from && pair.to === to);
    const id = this.events.length;
    if (!lost) {
      this.flying = [
        ...this.flying,
        {
          eventId: id,
          copy: 0,
          type,
          from,
          to,
          term,
          sentUs: this.now,
          arrivesUs: this.now + latency,
          text,
          positive,
          entries,
          byHand: false,
          nameable: true,
        },
      ];
    }
    this.tell("message", from, `${from} sends ${type} to ${to}${lost ? ", lost in the partition" : ""}`, {
      reason: lost ? `no way from ${from} to ${to} since the partition` : null,
      fields: [
        { name: "term", value: String(term) },
        { name: "to", value: to },
      ],
    });
    this.rows.push({
      kind: "message",
      eventId: id,
      deliveredId: null,
      from,
      to,
      type,
      label: `${type} ${text.replace(/^\w+ /, "")}`,
      sentUs: this.now,
      deliveredUs: null,
      lost,
      count: 1,
      line: null,
    });
    return id;
  }

  /** Lets the message sent by an event arrive. */
  arrive(sent: number): MessageInFlight | null {
    const message = this.flying.find((each) => each.eventId === sent);
    if (message === undefined) return null;
    this.now = Math.max(this.now, message.arrivesUs ?? this.now);
    this.flying = this.flying.filter((each) => each !== message);
    const row = this.rows.find((each) => each.kind === "message" && each.eventId === sent);
    if (row?.kind === "message") {
      row.deliveredId = this.events.length;
      row.deliveredUs = this.now;
    }
    return message;
  }

  rearm(name: string, us: number): void {
    this.s(name).timers = [{ kind: "election", startUs: this.now, deadlineUs: this.now + us }];
  }

  append(name: string, term: number, text: string): void {
    const server = this.s(name);
    const entry: Mutable<LogEntryView> = {
      index: server.lastIndex + 1,
      term,
      text,
      durable: false,
      stored: "written",
      committed: false,
      applied: false,
    };
    server.log.push(entry);
    server.lastIndex = entry.index;
    server.pendingWrites = 1;
  }

  fsync(name: string): void {
    const server = this.s(name);
    for (const entry of server.log) Object.assign(entry, { durable: true, stored: "durable" });
    server.durableIndex = server.lastIndex;
    server.pendingWrites = 0;
  }

  commit(name: string, index: number): void {
    const server = this.s(name);
    for (const entry of server.log) {
      if (entry.index > index || entry.committed) continue;
      entry.committed = true;
      entry.applied = true;
      const put = /^put (.+?) "([\s\S]*)"$/.exec(entry.text);
      if (put === null) continue;
      server.revision += 1;
      const key = put[1] ?? "";
      const old = server.kv.find((each) => each.key === key);
      server.kv = server.kv.filter((each) => each.key !== key);
      server.kv.push({
        key,
        value: put[2] ?? "",
        createRevision: old?.createRevision ?? server.revision,
        modRevision: server.revision,
        version: (old?.version ?? 0) + 1,
        lease: null,
      });
    }
    server.commitIndex = Math.max(server.commitIndex, Math.min(index, server.lastIndex));
    server.appliedIndex = server.commitIndex;
  }

  elect(
    candidate: string,
    others: readonly string[],
    term: number,
    refusing: readonly string[],
    line: number | null,
  ): void {
    const me = this.s(candidate);
    this.now = Math.max(this.now, me.timers[0]?.deadlineUs ?? this.now);
    this.tell("timer", candidate, `${candidate}'s election timer fires`, { line });
    Object.assign(me, { role: "candidate", term, vote: candidate, votes: [candidate], leader: null });
    this.rearm(candidate, 220_000);
    this.tell("role", candidate, `${candidate} becomes candidate in term ${term}`, {
      reason: "its election timeout passed without word from a leader (§5.2)",
      line,
    });
    this.rows.push({ kind: "term", eventId: this.events.length - 1, term, timeUs: this.now });
    this.note(candidate, "role", `candidate, term ${term}`, line);
    const last = me.log.at(-1);
    const text = `RequestVote term ${term}, last ${last?.index ?? 0}/${last?.term ?? 0}`;
    const asked = others.map((to, at) => ({
      to,
      id: this.send("RequestVote", candidate, to, term, text, 3100 + at * 700),
    }));
    for (const { to, id } of asked) this.answerVote(candidate, to, id, term, !refusing.includes(to));
    for (const { to, answer } of this.later) {
      if (this.arrive(answer) === null) continue;
      me.votes.push(to);
      this.tell("message", candidate, `${candidate} has the vote of ${to}`, { cause: answer });
      if (me.role === "candidate" && me.votes.length * 2 > this.servers.length)
        this.lead(candidate, others, term, line);
    }
    this.later = [];
    for (const message of [...this.flying]) {
      if (message.type !== "RequestVoteReply" || this.arrive(message.eventId) === null) continue;
      this.tell("message", candidate, `${candidate} gets a refusal of ${message.from}`, { cause: message.eventId });
    }
  }

  private answerVote(candidate: string, to: string, id: number, term: number, grants: boolean): void {
    if (this.arrive(id) === null) return;
    const last = this.s(candidate).log.at(-1);
    const voter = this.s(to);
    Object.assign(voter, { term, role: "follower", vote: grants ? candidate : voter.vote, leader: null });
    if (grants) this.rearm(to, 240_000);
    this.tell("message", to, `${to} ${grants ? "grants its vote to" : "refuses its vote to"} ${candidate}`, {
      reason: grants
        ? `the first to ask in term ${term}, and its log is up to date (§5.2, §5.4.1)`
        : `the candidate's last term ${last?.term ?? 0} is older than mine, ${voter.log.at(-1)?.term ?? 0} (§5.4.1)`,
      cause: id,
      fields: [
        { name: "term", value: String(term) },
        { name: "lastLogIndex", value: String(last?.index ?? 0) },
        { name: "lastLogTerm", value: String(last?.term ?? 0) },
      ],
    });
    const answer = this.send(
      "RequestVoteReply",
      to,
      candidate,
      term,
      `RequestVoteReply term ${term}, ${grants ? "granted" : "refused"}`,
      2400,
      grants,
    );
    if (!grants) return;
    this.later.push({ at: this.now + 2400, to, answer });
  }

  private later: { at: number; to: string; answer: number }[] = [];

  lead(name: string, others: readonly string[], term: number, line: number | null): void {
    const me = this.s(name);
    Object.assign(me, { role: "leader", leader: name, votes: [] });
    me.timers = [{ kind: "heartbeat", startUs: this.now, deadlineUs: this.now + 50_000 }];
    me.progress = others.map((server) => ({ server, next: me.lastIndex + 1, match: 0, state: "probe" }));
    this.tell("role", name, `${name} becomes leader of term ${term}`, {
      reason: `3 of 5 votes: a majority (§5.2)`,
      line,
    });
    this.mark("leader", `${name} leads term ${term}`, line);
    this.note(name, "role", `leader, term ${term}`, line);
    this.append(name, term, "no-op");
  }

  replicate(leader: string, others: readonly string[], count: number, commit: boolean): void {
    const me = this.s(leader);
    const prev = me.log[me.log.length - count - 1];
    const text = `AppendEntries term ${me.term}, ${count === 1 ? "1 entry" : `${count} entries`} after ${prev?.index ?? 0}/${prev?.term ?? 0}, commit ${me.commitIndex}`;
    const sent = others.map((to, at) => this.send("AppendEntries", leader, to, me.term, text, 2800 + at * 900));
    this.fsync(leader);
    this.tell("disk", leader, `${leader}'s log is durable up to ${me.lastIndex}`);
    const answers: number[] = [];
    for (const id of sent) {
      const message = this.arrive(id);
      if (message === null) continue;
      const follower = this.s(message.to);
      Object.assign(follower, { term: me.term, role: "follower", leader, votes: [] });
      follower.log = structuredClone(me.log).map((entry) => ({
        ...entry,
        committed: entry.index <= follower.commitIndex,
        applied: entry.index <= follower.commitIndex,
        durable: entry.index <= follower.durableIndex,
        stored: entry.index <= follower.durableIndex ? "durable" : "written",
      }));
      follower.lastIndex = me.lastIndex;
      this.rearm(message.to, 200_000);
      this.tell("log", message.to, `${message.to} appends up to entry ${me.lastIndex}`, {
        reason: `its entry ${prev?.index ?? 0} has the term of prevLogTerm, ${prev?.term ?? 0} (§5.3)`,
        cause: id,
      });
      this.fsync(message.to);
      answers.push(
        this.send(
          "AppendEntriesReply",
          message.to,
          leader,
          me.term,
          `AppendEntriesReply term ${me.term}, success, match ${me.lastIndex}`,
          3000,
          true,
        ),
      );
    }
    let known = 1;
    for (const id of answers) {
      const message = this.arrive(id);
      if (message === null) continue;
      known += 1;
      const progress = me.progress.find((each) => each.server === message.from);
      if (progress !== undefined)
        Object.assign(progress, { match: me.lastIndex, next: me.lastIndex + 1, state: "replicate" });
      this.tell("message", leader, `${leader} learns that ${message.from} has entry ${me.lastIndex}`, { cause: id });
      if (commit && known * 2 > this.servers.length && me.commitIndex < me.lastIndex) {
        this.commit(leader, me.lastIndex);
        this.tell("log", leader, `${leader} commits entry ${me.lastIndex}`, {
          reason: "a majority has it, and it is of the leader's term (§5.4.2)",
        });
      }
    }
    for (const to of others) {
      if (!commit || this.blocked.some((pair) => pair.from === leader && pair.to === to)) continue;
      this.commit(to, me.commitIndex);
    }
  }
}

/** Tells the whole story. */
export function tellStory(): Story {
  const t = new Teller(5, ["alice", "bob"]);
  const all = t.servers.map((server) => server.name);
  const but = (...names: string[]) => all.filter((name) => !names.includes(name));
  t.tell("step", null, "await leader", { line: 8 });
  t.mark("step", "await leader", 8);
  t.s("s3").timers = [{ kind: "election", startUs: 0, deadlineUs: 151_904 }];
  t.elect("s3", but("s3"), 1, [], 8);
  t.replicate("s3", but("s3"), 1, true);
  t.now += 20_000;
  const put = (
    client: string,
    leader: string,
    key: string,
    value: string,
    line: number,
    reach: string[],
    ok: boolean,
  ) => {
    const c = t.clients.find((each) => each.name === client);
    if (c === undefined) return;
    c.target = leader;
    c.pending = `put ${key} "${value}"`;
    t.tell("step", client, `${client} put ${key} "${value}"`, { line });
    t.mark("step", `${client} put ${key}`, line);
    const ask = t.send("ClientRequest", client, leader, 0, `ClientRequest put ${key} "${value}"`, 1500);
    t.arrive(ask);
    t.append(leader, t.s(leader).term, `put ${key} "${value}"`);
    t.tell("log", leader, `${leader} appends put ${key}`, { cause: ask, line });
    t.replicate(leader, reach, 1, ok);
    if (!ok) return;
    const answer = t.send("ClientReply", leader, client, 0, "ClientReply ok", 1500, true);
    t.arrive(answer);
    c.pending = null;
    t.tell("client", client, `${client} put ${key} "${value}" => ok`, { cause: answer, line });
  };
  put("alice", "s3", "color", "red", 9, but("s3"), true);
  put("bob", "s3", "size", "12", 10, but("s3"), true);
  for (let beat = 0; beat < 3; beat += 1) {
    t.now += 50_000;
    t.s("s3").timers = [{ kind: "heartbeat", startUs: t.now, deadlineUs: t.now + 50_000 }];
    const ids = but("s3").map((to) =>
      t.send("AppendEntries", "s3", to, 1, "AppendEntries term 1, 0 entries after 3/1, commit 3", 3000),
    );
    for (const id of ids) {
      const message = t.arrive(id);
      if (message === null) continue;
      t.rearm(message.to, 180_000);
      t.tell("message", message.to, `${message.to} hears the leader s3`, { cause: id });
    }
  }
  t.now += 20_000;
  t.blocked = ["s3", "s1"].flatMap((a) =>
    ["s2", "s4", "s5"].flatMap((b) => [
      { from: a, to: b },
      { from: b, to: a },
    ]),
  );
  t.faults = [blocking(1, "partition {s3 s1} | {s2 s4 s5}", t.now, t.blocked)];
  t.tell("fault", null, "partition {s3 s1} | {s2 s4 s5}", { line: 12 });
  t.mark("fault", "partition {s3 s1} | {s2 s4 s5}", 12);
  t.note(null, "fault", "partition {s3 s1} | {s2 s4 s5}", 12);
  put("alice", "s3", "color", "blue", 13, but("s3"), false);
  t.s("s5").timers = [{ kind: "election", startUs: t.now - 100_000, deadlineUs: t.now + 71_230 }];
  t.elect("s5", but("s5"), 2, [], 14);
  t.replicate("s5", but("s5"), 1, true);
  put("bob", "s5", "color", "green", 15, but("s5"), true);
  put("bob", "s5", HOSTILE[0] ?? "", HOSTILE[1] ?? "", 16, but("s5"), true);
  t.now += 10_000;
  t.tell("note", null, `The old leader cannot commit: ${HOSTILE[2]}`, { line: 17 });
  t.mark("note", "The old leader cannot commit", 17);
  t.note(null, "note", `The old leader cannot commit; ${HOSTILE[0]} #1 end`, 17);
  t.now += 15_000;
  Object.assign(t.s("s4"), { status: "down", timers: [], role: "follower" });
  t.tell("fault", "s4", "s4 crashes", { line: 18 });
  t.mark("fault", "crash s4", 18);
  t.note("s4", "fault", "crash", 18);
  t.now += 30_000;
  t.s("s1").timers = [{ kind: "election", startUs: t.now - 100_000, deadlineUs: t.now + 41_000 }];
  t.blocked = [{ from: "s5", to: "s2" }];
  t.faults = [blocking(2, "cut s5 -> s2", t.now, t.blocked)];
  t.tell("fault", null, "heal", { line: 20 });
  t.mark("undone", "heal", 20);
  t.note(null, "fault", "heal", 20);
  t.elect("s1", but("s1", "s4"), 3, ["s2", "s5"], 21);
  t.now += 12_000;
  Object.assign(t.s("s2"), { status: "paused" });
  t.tell("fault", "s2", "s2 pauses", { line: 22 });
  t.send("RequestVote", "s1", "s5", 3, "RequestVote term 3, last 4/1", 9000);
  t.tell("violation", null, 'expect get color => "blue" failed: it was "green"', {
    line: 23,
    reason: "the entry of term 1 was never committed; term 2 put another in its place (§5.4.1)",
  });
  t.mark("failure", 'expected "blue", was "green"', 23);
  t.note(null, "violation", 'expected "blue", was "green"', 23);
  return {
    events: t.events,
    views: t.views,
    marks: t.marks,
    rows: structuredClone(t.rows),
    servers: all,
    clients: ["alice", "bob"],
    endUs: t.now,
  };
}
