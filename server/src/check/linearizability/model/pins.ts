import type { Revision } from "../../../kv/request.js";
import type { Transition } from "./change.js";
import { type Evidence, gather, type Sighting } from "./evidence.js";
import { changeSeen, type ModelOperation, putsOf } from "./operation.js";
import { liveOf, type ModelState } from "./state.js";

/** Revisions between which nothing of unknown outcome can have changed a key: `after` < revision < `before`. */
interface Full {
  readonly after: Revision;
  readonly before: Revision;
}

/**
 * What the revisions in a history's answers pin: where operations can be placed, and what can have happened at a revision. Whatever
 * explains the history keeps to it, so that a search loses nothing by doing so.
 */
export class Pins {
  /** The highest revision that an answer tells of. */
  readonly last: Revision;
  /** Revisions that an operation which returned says it made. */
  readonly claimed: ReadonlySet<Revision>;
  /**
   * By revision: the operation of unknown outcome, by its place in `open`, that made it, as the caller knows, or because it alone can have
   * made what was seen of it.
   */
  readonly proven: ReadonlyMap<Revision, number>;
  readonly #evidence: Evidence;
  readonly #initial: Revision;
  /** By key, ascending. */
  readonly #quiet: ReadonlyMap<string, readonly (readonly [Revision, Revision])[]>;
  readonly #full: ReadonlyMap<string, readonly Full[]>;
  readonly #provenAt = new Map<number, Revision>();

  constructor(closed: readonly ModelOperation[], open: readonly ModelOperation[], initial: ModelState) {
    this.#initial = initial.revision;
    this.#evidence = gather(closed, initial.revision);
    const claimed = new Set<Revision>();
    let last = initial.revision;
    for (const { response } of closed) {
      if (response === null || response.kind === "error") continue;
      last = Math.max(last, response.revision);
      if (changeSeen(response) === "one") claimed.add(response.revision);
    }
    this.last = last;
    this.claimed = claimed;
    const quiet = [...this.#evidence.quiet].map(([key, until]) => [key, [...until].sort(([a], [b]) => a - b)] as const);
    this.#quiet = new Map(quiet);
    this.#full = this.#fullIntervals();
    this.proven = this.#prove(closed, open);
    for (const [revision, operation] of this.proven) this.#provenAt.set(operation, revision);
  }

  /** The revision that an operation of unknown outcome made, where the answers or the caller tell. */
  madeBy(operation: number): Revision | undefined {
    return this.#provenAt.get(operation);
  }

  /** Whether a change agrees with everything that was seen of its revision. `known`: an operation that returned made it. */
  allow({ state, changed }: Transition, known: boolean): boolean {
    const { revision } = state;
    const seen = this.#evidence.seen.get(revision);
    if (seen !== undefined) {
      for (const sighting of seen.values()) if (!fits(state, sighting)) return false;
    }
    return changed.every((key) => !this.#isQuiet(key, revision) && (known || !this.#isFull(key, revision)));
  }

  #isQuiet(key: string, revision: Revision): boolean {
    const intervals = this.#quiet.get(key);
    const found = intervals === undefined ? undefined : lastBefore(intervals, revision, ([from]) => from);
    return found !== undefined && revision <= found[1];
  }

  #isFull(key: string, revision: Revision): boolean {
    const intervals = this.#full.get(key);
    const found = intervals === undefined ? undefined : lastBefore(intervals, revision, ({ after }) => after);
    return found !== undefined && revision < found.before;
  }

  /**
   * Between two sightings of one life of a key, its version tells how often it was put. Where the operations that returned account for
   * all of these puts, no other one can have touched it.
   */
  #fullIntervals(): Map<string, Full[]> {
    const byKey = new Map<string, (readonly [Revision, Sighting])[]>();
    for (const [revision, seen] of this.#evidence.seen) {
      for (const [key, sighting] of seen) {
        const found = byKey.get(key);
        if (found === undefined) byKey.set(key, [[revision, sighting]]);
        else found.push([revision, sighting]);
      }
    }
    const full = new Map<string, Full[]>();
    for (const [key, sightings] of byKey) {
      sightings.sort(([a], [b]) => a - b);
      full.set(key, this.#fullBetween(sightings, this.#evidence.puts.get(key) ?? []));
    }
    return full;
  }

  /** Both ascending. */
  #fullBetween(sightings: readonly (readonly [Revision, Sighting])[], puts: readonly Revision[]): Full[] {
    const intervals: Full[] = [];
    let place = 0;
    for (const [at, [before, later]] of sightings.entries()) {
      const [after, earlier] = sightings[at - 1] ?? [0, null];
      while ((puts[place] ?? before) <= after) place += 1;
      const first = place;
      while ((puts[place] ?? before) < before) place += 1;
      const others = later.version - (earlier?.version ?? 0) - 1 - (place - first);
      if (others === 0 && earlier?.createRevision === later.createRevision) intervals.push({ after, before });
    }
    return intervals;
  }

  /** Finds what only one operation can have written, and that is of unknown outcome. */
  #prove(closed: readonly ModelOperation[], open: readonly ModelOperation[]): Map<Revision, number> {
    const SEVERAL = -1;
    const KNOWN = -2;
    const writers = new Map<string, number>();
    const carried = new Set<string>();
    const enter = ({ request }: ModelOperation, writer: number): void => {
      const names = new Set<string>();
      for (const { key, value, ignoreValue } of putsOf(request)) {
        if (ignoreValue) carried.add(key);
        else names.add(pairName(key, value));
      }
      for (const name of names) writers.set(name, writers.has(name) ? SEVERAL : writer);
    };
    for (const operation of closed) enter(operation, KNOWN);
    for (const [place, operation] of open.entries()) enter(operation, place);
    const proven = new Map<Revision, number>();
    for (const [place, { made }] of open.entries()) if (made !== undefined) proven.set(made, place);
    for (const [revision, seen] of this.#evidence.seen) {
      if (revision <= this.#initial) continue;
      for (const { key, value } of seen.values()) {
        if (value === null || carried.has(key)) continue;
        const writer = writers.get(pairName(key, value)) ?? SEVERAL;
        if (writer >= 0 && !proven.has(revision)) proven.set(revision, writer);
      }
    }
    return proven;
  }
}

function fits(state: ModelState, { key, createRevision, version, value, lease }: Sighting): boolean {
  const pair = liveOf(state, key);
  return (
    pair !== null &&
    pair.modRevision === state.revision &&
    pair.createRevision === createRevision &&
    pair.version === version &&
    (value === null || pair.value === value) &&
    (lease === null || pair.lease === lease)
  );
}

function pairName(key: string, value: string): string {
  return `${key.length} ${key}${value}`;
}

/** The last item whose start is before `revision`. */
function lastBefore<T>(items: readonly T[], revision: Revision, start: (item: T) => Revision): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && start(item) < revision) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
