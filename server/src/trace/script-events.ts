import { EVENT_KINDS, type EventKind } from "../sim/recorder.js";

/** What a scenario's text leaves in a trace without doing anything to the cluster. */
const SCRIPT: ReadonlySet<EventKind> = new Set(["step", "note", "result"]);

/** Kinds whose first word is a line of the scenario. */
const WITH_LINE: ReadonlySet<EventKind> = new Set([
  "crash",
  "restart",
  "pause",
  "resume",
  "wipe",
  "timeout",
  "fault",
  "heal",
  "release",
  "lose",
  "invoke",
  "watch",
  "unwatch",
  "add-client",
  "tick",
  "deliver-asked",
  "copy-asked",
  "delay-asked",
  "no-start",
  "take-snapshot",
  "membership",
  "transfer",
  "watch-progress",
]);

/** Kinds whose second word is the number of an event. */
const WITH_EVENT: ReadonlySet<EventKind> = new Set(["timer", "lose", "deliver-asked", "copy-asked", "delay-asked"]);

const IS_SCRIPT = EVENT_KINDS.map((kind) => SCRIPT.has(kind));
const HAS_LINE = EVENT_KINDS.map((kind) => WITH_LINE.has(kind));
const HAS_EVENT = EVENT_KINDS.map((kind) => WITH_EVENT.has(kind));

/** Whether events with this code are the scenario's own: a step that begins, a note, what a step gave. */
export function isScript(code: number): boolean {
  return IS_SCRIPT[code] ?? false;
}

/** Whether the first word of events with this code is a line of the scenario. */
export function hasLine(code: number): boolean {
  return HAS_LINE[code] ?? false;
}

/** Whether the second word of events with this code is the number of an event. */
export function hasEvent(code: number): boolean {
  return HAS_EVENT[code] ?? false;
}

/**
 * The scenario's own events in a trace, so that the others can be counted without them: what happened to the cluster has
 * the same numbers however many steps, notes and expectations stand between.
 */
export class ScriptEvents {
  readonly #ids: number[] = [];

  /** How many there are. */
  get count(): number {
    return this.#ids.length;
  }

  /** Notes one; its number is greater than those before. */
  add(id: number): void {
    this.#ids.push(id);
  }

  /** The number of an event among those of the cluster, from 0; -1 for a scenario's own and for none. */
  clusterNumber(id: number): number {
    const ids = this.#ids;
    const last = ids[ids.length - 1];
    if (id < 0 || last === undefined) return id;
    if (id > last) return id - ids.length;
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return ids[low] === id ? -1 : id - low;
  }

  /** The event that has this number among those of the cluster, from 0. */
  idOf(number: number): number {
    const ids = this.#ids;
    let low = 0;
    let high = ids.length;
    // Before the script's event at a position there are as many of the cluster as its number says, less the script's before it.
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] ?? 0) - middle <= number) low = middle + 1;
      else high = middle;
    }
    return number + low;
  }
}
