import type { EndpointId } from "../sim/config.js";
import { ROLE_CODES } from "../sim/recorder.js";
import type { EventLog } from "./event-log.js";
import type { Recording } from "./recording.js";
import type { RoleText } from "./view.js";

/** What a server was from one event on. */
export interface LaneState {
  readonly eventId: number;
  readonly timeUs: number;
  readonly status: "up" | "down" | "paused";
  readonly role: RoleText;
  readonly term: number;
  /** Whom it voted for in the term; 0 for nobody. */
  readonly vote: EndpointId;
  /** Whom it follows; 0 for nobody. */
  readonly leader: EndpointId;
}

/** Events that a cursor can jump to, each list ascending. */
export type Landmark =
  | "leader"
  /** One that nobody used before, but for the first. */
  | "configuration"
  | "install"
  | "commit"
  | "failure"
  | "note"
  | "fault"
  | "undone"
  | "step"
  | "invoke"
  | "return"
  | "term";

/**
 * What a recording's landmarks say, sorted by subject, so that views need not go through the run. It follows the
 * recording: each use takes in what has been recorded since.
 */
export class TraceIndex {
  readonly #recording: Recording;
  #taken = 0;
  readonly #lanes: LaneState[][] = [];
  readonly #events: Readonly<Record<Landmark, number[]>> = {
    leader: [],
    configuration: [],
    install: [],
    commit: [],
    failure: [],
    note: [],
    fault: [],
    undone: [],
    step: [],
    invoke: [],
    return: [],
    term: [],
  };
  readonly #lines = new Map<number, { first: number; effect: number }>();
  readonly #faults = new Map<number, number>();
  #highestTerm = 0;
  /** The highest number of a configuration that was used. */
  #configurations = 0;

  private constructor(recording: Recording) {
    this.#recording = recording;
    for (let server = 1; server <= recording.world.serverCount; server += 1) this.#lanes[server] = [];
    for (const state of recording.world.config.initial) this.#highestTerm = Math.max(this.#highestTerm, state.term);
  }

  static readonly #known = new WeakMap<Recording, TraceIndex>();

  /** The index of a recording, up to date. */
  static of(recording: Recording): TraceIndex {
    let index = TraceIndex.#known.get(recording);
    if (index === undefined) {
      index = new TraceIndex(recording);
      TraceIndex.#known.set(recording, index);
    }
    index.#takeIn();
    return index;
  }

  /** What a server was over time, ascending; empty for what is no server. */
  lane(server: EndpointId): readonly LaneState[] {
    return this.#lanes[server] ?? [];
  }

  /** What a server was after event `eventId`; `null` before it started. */
  stateAfter(server: EndpointId, eventId: number): LaneState | null {
    const lane = this.lane(server);
    return lane[lastAtMost(lane.length, eventId, (position) => lane[position]?.eventId ?? 0)] ?? null;
  }

  /** Events of a kind, ascending. */
  events(kind: Landmark): readonly number[] {
    return this.#events[kind];
  }

  /** The first event of a scenario line, rather one that has an effect than the step's own mark; -1 for none. */
  eventOfLine(line: number): number {
    const found = this.#lines.get(line);
    if (found === undefined) return -1;
    return found.effect >= 0 ? found.effect : found.first;
  }

  /** The first event of a scenario line; -1 for none. */
  firstOfLine(line: number): number {
    return this.#lines.get(line)?.first ?? -1;
  }

  /** The event that began a fault; -1 when there is none. */
  beginOfFault(fault: number): number {
    return this.#faults.get(fault) ?? -1;
  }

  #takeIn(): void {
    const { landmarks } = this.#recording.log;
    for (; this.#taken < landmarks.length; this.#taken += 1) {
      const id = landmarks[this.#taken];
      if (id !== undefined) this.#take(id);
    }
  }

  #take(id: number): void {
    const { log } = this.#recording;
    const kind = log.kind(id);
    switch (kind) {
      case "transition":
        this.#transition(id);
        return;
      case "commit":
        if (this.#last(log.at(id))?.role === "leader") this.#events.commit.push(id);
        return;
      case "configuration":
        this.#configuration(id);
        return;
      case "install":
        this.#events.install.push(id);
        return;
      case "start":
        this.#start(id);
        return;
      case "restart":
        this.#events.undone.push(id);
        this.#line(id, true);
        this.#restart(id);
        return;
      case "crash":
      case "pause":
      case "resume":
      case "wipe":
        this.#events[kind === "resume" ? "undone" : "fault"].push(id);
        this.#line(id, true);
        this.#status(id, kind);
        return;
      case "fault":
        this.#faults.set(log.word(id, 1), id);
        this.#events.fault.push(id);
        this.#line(id, true);
        return;
      case "struck":
      case "disk-error":
        this.#events.fault.push(id);
        return;
      case "disk-lost":
        this.#events.fault.push(id);
        this.#diskLost(id);
        return;
      case "membership":
      case "transfer":
        this.#line(id, true);
        return;
      case "no-start":
      case "timeout":
      case "lose":
        this.#events.fault.push(id);
        this.#line(id, true);
        return;
      case "undo":
        this.#events.undone.push(id);
        return;
      case "heal":
      case "release":
        this.#events.undone.push(id);
        this.#line(id, true);
        return;
      case "note":
        this.#events.note.push(id);
        this.#line(id, true);
        return;
      case "step":
        this.#events.step.push(id);
        this.#line(id, false);
        return;
      case "result":
        if (log.word(id, 1) === 0) this.#events.failure.push(id);
        this.#line(id, false);
        return;
      case "invoke":
        this.#events.invoke.push(id);
        this.#line(id, true);
        return;
      case "watch":
      case "unwatch":
      case "watch-progress":
      case "add-client":
      case "take-snapshot":
      case "tick":
      case "deliver-asked":
      case "copy-asked":
      case "delay-asked":
        this.#line(id, true);
        return;
      case "return":
        this.#events.return.push(id);
        return;
      default:
        return;
    }
  }

  #line(id: number, effect: boolean): void {
    const line = this.#recording.log.word(id, 0);
    if (line === 0) return;
    const found = this.#lines.get(line);
    if (found === undefined) this.#lines.set(line, { first: id, effect: effect ? id : -1 });
    else if (effect && found.effect < 0) found.effect = id;
  }

  #last(server: EndpointId): LaneState | undefined {
    return this.#lanes[server]?.at(-1);
  }

  #transition(id: number): void {
    const { log } = this.#recording;
    const role = ROLE_CODES[log.word(id, 0)] ?? "follower";
    const term = log.word(id, 1);
    const before = this.#last(log.at(id));
    if (role === "leader" && before?.role !== "leader") this.#events.leader.push(id);
    if (term > this.#highestTerm) {
      this.#highestTerm = term;
      this.#events.term.push(id);
    }
    this.#push(id, { status: before?.status ?? "up", role, term, vote: log.word(id, 2), leader: log.word(id, 3) });
  }

  #configuration(id: number): void {
    const { log } = this.#recording;
    const number = log.word(id, 1);
    if (number <= this.#configurations) return;
    this.#configurations = number;
    if (log.word(id, 0) > 0) this.#events.configuration.push(id);
  }

  #start(id: number): void {
    const initial = this.#given(id);
    const vote = initial === undefined || initial.vote === null ? 0 : initial.vote + 1;
    this.#push(id, { status: "up", role: "follower", term: initial?.term ?? 0, vote, leader: 0 });
  }

  #restart(id: number): void {
    const { log, world } = this.#recording;
    const lane = this.#lanes[log.at(id)] ?? [];
    if (lane.at(-1)?.status !== "down") return;
    const { rules } = world.config;
    const durable = rules.persistTerm ? durableState(log, lane) : undefined;
    const term = durable?.term ?? this.#given(id)?.term ?? 0;
    const vote = durable !== undefined && rules.persistVote ? durable.vote : 0;
    this.#push(id, { status: "up", role: "follower", term, vote, leader: 0 });
  }

  #status(id: number, kind: "crash" | "pause" | "resume" | "wipe"): void {
    const before = this.#last(this.#recording.log.at(id));
    if (before === undefined) return;
    switch (kind) {
      case "crash":
        if (before.status !== "down") this.#push(id, { ...before, status: "down", role: "follower", leader: 0 });
        return;
      case "wipe":
        this.#push(id, { status: "down", role: "follower", term: 0, vote: 0, leader: 0 });
        return;
      case "pause":
        if (before.status === "up") this.#push(id, { ...before, status: "paused" });
        return;
      case "resume":
        if (before.status === "paused") this.#push(id, { ...before, status: "up" });
        return;
    }
  }

  /** Term and vote are what the disk says now, not what it had reported. */
  #diskLost(id: number): void {
    const { log } = this.#recording;
    const before = this.#last(log.at(id));
    if (before?.status === "down") this.#push(id, { ...before, term: log.word(id, 3), vote: log.word(id, 4) });
  }

  #push(id: number, state: Omit<LaneState, "eventId" | "timeUs">): void {
    const { log } = this.#recording;
    this.#lanes[log.at(id)]?.push({ ...state, eventId: id, timeUs: log.timeUs(id) });
  }

  #given(id: number): { readonly term: number; readonly vote: number | null } | undefined {
    const { log, world } = this.#recording;
    return world.config.initial.find(({ server }) => server + 1 === log.at(id));
  }
}

/**
 * The newest state of a server that is down whose term and vote had reached its disk: the write of the input that changed
 * them was done before the crash. The trace does not say it in so many words.
 */
function durableState(log: EventLog, lane: readonly LaneState[]): LaneState | undefined {
  const crash = lane.at(-1)?.eventId ?? 0;
  for (let position = lane.length - 1; position > 0; position -= 1) {
    const state = lane[position];
    const before = lane[position - 1];
    if (state === undefined || before === undefined) return undefined;
    if (state.term === before.term && state.vote === before.vote) continue;
    if (log.kind(state.eventId) !== "transition" || wasWritten(log, state.eventId, crash)) return state;
  }
  return lane[0];
}

function wasWritten(log: EventLog, transition: number, crash: number): boolean {
  const input = log.cause(transition);
  const server = log.at(transition);
  for (let id = transition + 1; id < crash; id += 1) {
    // Writes are done in the order of issue, so that a later one's end says it too.
    if (log.kind(id) === "durable" && log.at(id) === server && log.cause(id) >= input) return true;
  }
  return false;
}

/** Position of the last of `count` ascending numbers that is at most `limit`; -1 when there is none. */
export function lastAtMost(count: number, limit: number, at: (position: number) => number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
