/** Where two traces part. */
import { EVENT_CODE } from "../sim/recorder.js";
import type { EventLog } from "./event-log.js";
import { hasEvent, hasLine, isScript, ScriptEvents } from "./script-events.js";

/** One of two traces that are compared. */
export type Side = "left" | "right";

/** The other one. */
export function otherSide(side: Side): Side {
  return side === "left" ? "right" : "left";
}

/**
 * Goes through two traces until they part. What happened to the cluster counts; a scenario's own events (steps, notes, results) and its
 * lines do not, as in the traces' hashes.
 */
export class Parting {
  readonly #sides: Readonly<Record<Side, ClusterEvents>>;
  /** Their hashes are equal: they are gone through for the numbers of their events only. */
  readonly #alike: boolean;
  #same = 0;
  #known = false;

  constructor(left: EventLog, right: EventLog) {
    this.#sides = { left: new ClusterEvents(left), right: new ClusterEvents(right) };
    this.#alike = left.hash === right.hash;
  }

  /** Goes on for so many events; true when it is known where they part. */
  advance(events: number): boolean {
    const { left, right } = this.#sides;
    for (let count = 0; count < events && !this.#known; count += 1) {
      if ((left.ended && right.ended) || !(this.#alike || isSame(left, right))) this.#known = true;
      else {
        this.#same += 1;
        left.next();
        right.next();
      }
    }
    return this.#known;
  }

  /** Events of the cluster that are alike, as far as it was looked at. */
  get same(): number {
    return this.#same;
  }

  /** Whether both have ended without a difference. */
  get equal(): boolean {
    return this.#known && this.#sides.left.ended && this.#sides.right.ended;
  }

  /** The first event of a trace that differs; `null` where the trace has ended. */
  first(side: Side): number | null {
    const events = this.#sides[side];
    return events.ended ? null : events.id;
  }

  /** The event of the other trace that is the same as this one; -1 for one that is not common to both, and for a scenario's own. */
  counterpart(side: Side, id: number): number {
    const number = this.#sides[side].clusterNumber(id);
    return number < 0 || number >= this.#same ? -1 : this.#sides[otherSide(side)].idOf(number);
  }
}

/** Goes through what happened to a cluster, event by event. */
class ClusterEvents {
  readonly log: EventLog;
  readonly #script = new ScriptEvents();
  /** A live cluster may go on meanwhile: what was there when it was asked for is compared. */
  readonly #end: number;
  /** The number of the event in its trace. */
  id = 0;

  constructor(log: EventLog) {
    this.log = log;
    this.#end = log.count;
    this.#skip();
  }

  get ended(): boolean {
    return this.id >= this.#end;
  }

  next(): void {
    this.id += 1;
    this.#skip();
  }

  /** The number of an event among those of the cluster. */
  clusterNumber(id: number): number {
    return this.#script.clusterNumber(id);
  }

  /** The event with this number among those of the cluster. */
  idOf(number: number): number {
    return this.#script.idOf(number);
  }

  #skip(): void {
    for (; !this.ended && isScript(EVENT_CODE[this.log.kind(this.id)]); this.id += 1) this.#script.add(this.id);
  }
}

/** Whether both are at the same event, or at their ends: what the hash takes in. */
function isSame(a: ClusterEvents, b: ClusterEvents): boolean {
  if (a.ended || b.ended) return a.ended === b.ended;
  const [x, y] = [a.log, b.log];
  if (x.timeUs(a.id) !== y.timeUs(b.id) || x.kind(a.id) !== y.kind(b.id) || x.at(a.id) !== y.at(b.id)) return false;
  if (a.clusterNumber(x.cause(a.id)) !== b.clusterNumber(y.cause(b.id))) return false;
  const [ofX, ofY] = [x.reason(a.id), y.reason(b.id)];
  if (ofX?.code !== ofY?.code || ofX?.a !== ofY?.a || ofX?.b !== ofY?.b) return false;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  return words.length === others.length && words.every((word, at) => word === others[at]);
}

/** The words of the event, without its line in the scenario, and with the cluster's numbers for events. */
function wordsOf(events: ClusterEvents): readonly number[] {
  const { log, id } = events;
  const code = EVENT_CODE[log.kind(id)];
  return Array.from({ length: log.wordCount(id) }, (_, position) => {
    if (position === 0 && hasLine(code)) return 0;
    const word = log.word(id, position);
    return position === 1 && hasEvent(code) ? events.clusterNumber(word) : word;
  });
}
