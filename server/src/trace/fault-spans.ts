import type { EventKind } from "../sim/recorder.js";
import type { World } from "../sim/world.js";
import type { EventLog } from "./event-log.js";

/** A fault from its beginning to its end. */
export interface FaultSpan {
  /** `server`: one that is down or paused. `fault`: of the network, a clock or a disk, or a crash that waits for its place. */
  readonly about:
    | { readonly kind: "fault"; readonly number: number }
    | { readonly kind: "server"; readonly server: number; readonly status: "down" | "paused" };
  readonly beginEvent: number;
  /** The event that ended it; `null` while it is in force. */
  readonly endEvent: number | null;
  /** The lowest row that was free when it began, from 0: two faults at once are never in one row. */
  readonly row: number;
}

const BEGINS: ReadonlySet<EventKind> = new Set(["fault", "crash", "pause", "wipe", "disk-error", "struck"]);
const ENDS: ReadonlySet<EventKind> = new Set(["undo", "heal", "release", "restart", "resume", "start"]);

/**
 * When each fault was in force. Kept as a run goes, since the trace does not say it: a rule for the next two messages ends with the second
 * one, and `heal` with whatever it heals. A step that changes nothing costs three comparisons.
 */
export class FaultSpans {
  readonly #spans: FaultSpan[] = [];
  /** Position in {@link #spans} of what is in force: by the fault's number, or the server's negated. */
  readonly #open = new Map<number, number>();
  #landmarks = 0;
  #network: World["network"]["faults"] | null = null;
  #networkCount = 0;
  #machines: World["machineFaults"] | null = null;
  #rows = 0;

  /** All so far, in the order in which they began. */
  get all(): readonly FaultSpan[] {
    return this.#spans;
  }

  /** Most that were in force at once. */
  get rows(): number {
    return this.#rows;
  }

  /** Takes in what a step of `world` changed that wrote to `log` from event `from` on. */
  take(world: World, log: EventLog, from: number): void {
    const network = world.network.faults;
    const recent = this.#recent(log);
    const same =
      recent.length === 0 &&
      network === this.#network &&
      network.length === this.#networkCount &&
      world.machineFaults === this.#machines;
    if (same) return;
    this.#network = network;
    this.#networkCount = network.length;
    this.#machines = world.machineFaults;
    const now = inForce(world);
    const last = Math.max(from, log.count - 1);
    for (const [key, position] of [...this.#open]) {
      const span = this.#spans[position];
      const about = now.get(key);
      if (span === undefined || (about !== undefined && isSame(span.about, about))) continue;
      const endEvent = recent.findLast((id) => ENDS.has(log.kind(id)) && isAt(log, id, span.about)) ?? last;
      this.#spans[position] = { ...span, endEvent };
      this.#open.delete(key);
    }
    for (const [key, about] of now) {
      if (this.#open.has(key)) continue;
      const beginEvent = recent.findLast((id) => BEGINS.has(log.kind(id)) && isAt(log, id, about)) ?? last;
      this.#open.set(key, this.#spans.length);
      this.#spans.push({ about, beginEvent, endEvent: null, row: this.#freeRow() });
    }
  }

  /** New events that may begin or end a fault. */
  #recent(log: EventLog): readonly number[] {
    const { landmarks } = log;
    const recent: number[] = [];
    for (; this.#landmarks < landmarks.length; this.#landmarks += 1) {
      const id = landmarks[this.#landmarks];
      if (id === undefined) continue;
      const kind = log.kind(id);
      if (BEGINS.has(kind) || ENDS.has(kind)) recent.push(id);
    }
    return recent;
  }

  #freeRow(): number {
    const taken = new Set([...this.#open.values()].map((position) => this.#spans[position]?.row));
    let row = 0;
    while (taken.has(row)) row += 1;
    this.#rows = Math.max(this.#rows, row + 1);
    return row;
  }
}

function inForce(world: World): Map<number, FaultSpan["about"]> {
  const now = new Map<number, FaultSpan["about"]>();
  for (const { number } of world.network.faults) now.set(number, { kind: "fault", number });
  for (const { number } of world.machineFaults) now.set(number, { kind: "fault", number });
  for (const server of world.servers) {
    if (server === undefined || server.status === "up") continue;
    now.set(-server.id, { kind: "server", server: server.id, status: server.status });
  }
  return now;
}

function isSame(a: FaultSpan["about"], b: FaultSpan["about"]): boolean {
  return a.kind === "fault" || b.kind === "fault" || a.status === b.status;
}

/** Whether a landmark may have begun or ended it. */
function isAt(log: EventLog, id: number, about: FaultSpan["about"]): boolean {
  if (about.kind === "server") return log.at(id) === about.server;
  const kind = log.kind(id);
  if (kind === "fault" || kind === "release") return log.word(id, 1) === about.number;
  if (kind === "undo" || kind === "struck") return log.word(id, 0) === about.number;
  return kind === "heal";
}
