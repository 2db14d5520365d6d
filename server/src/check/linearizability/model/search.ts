import type { Revision } from "../../../kv/request.js";
import type { Sliced } from "../../sliced.js";
import { Bits } from "../bits.js";
import type { Transition } from "./change.js";
import { type Choices, choicesOf, overlap } from "./choices.js";
import { Configurations } from "./configurations.js";
import { matches } from "./difference.js";
import type { Footprint } from "./operation.js";
import type { Closed, ModelProblem, Open } from "./problem.js";
import type { ModelState } from "./state.js";
import { States } from "./states.js";
import { step } from "./step.js";
import { EDGE, Timeline } from "./timeline.js";

/** How a search ended, or why it stopped. */
export type ModelSearchStatus =
  /** Ids in an order that explains everything. */
  | { readonly kind: "ok"; readonly order: readonly number[] }
  | { readonly kind: "violation" }
  /** The steps or the room for configurations are used up: nothing is known. */
  | { readonly kind: "out-of-steps" | "out-of-memory" };

/** An operation placed, with everything that was before. */
interface Frame {
  readonly kind: "closed" | "open";
  readonly operation: number;
  readonly forced: boolean;
  readonly state: ModelState;
  /** The largest member of the set before it. */
  readonly end: number;
  /** Where closed operations were tried from. */
  readonly cursor: number;
  /** The open operations to try in its place, and how many of them were tried. */
  readonly candidates: readonly number[];
  readonly tried: number;
  readonly waiting: readonly number[];
  readonly logged: number;
}

const NONE: readonly number[] = [];
/** Steps after which others may have their turn. */
const SLICE = 4096;

/**
 * The search of Wing and Gong with Lowe's memory of configurations, over states of the whole store: places operations one after the
 * other, each among those called before the first return that is still missing, and goes back where none fits. {@link ModelProblem.pins}
 * leave few choices: an operation that returned stands at the revision that its answer tells, and those of unknown outcome fill the
 * revisions that nobody claims. One of these which makes no revision (a lease granted, a compaction) is placed only right before an operation
 * to which it can matter: any order can be changed into such a one.
 */
export class ModelSearch {
  readonly #problem: ModelProblem;
  readonly #timeline: Timeline;
  readonly #states = new States();
  readonly #configurations = new Configurations();
  readonly #closed: Bits;
  readonly #used: Bits;
  readonly #frames: Frame[] = [];
  /** By revision: the operations not yet placed that cannot be placed once the store has left it. */
  readonly #bound = new Map<Revision, number>();
  readonly #choices: Choices;
  #state: ModelState;
  #missing: number;
  /** Errors not yet placed: they tell no revision. */
  #errors = 0;
  /** How much of the order known of the log is placed. */
  #logged = 0;
  /** Open operations placed last that made no revision: what comes next must be one to which all of them can matter. */
  #waiting: readonly number[] = NONE;
  #phase: "forced" | "closed" | "open" = "forced";
  #cursor: number;
  #furthest = EDGE;
  #candidates: readonly number[] = NONE;
  #tried = 0;
  #steps = 0;

  constructor(problem: ModelProblem) {
    this.#problem = problem;
    const { closed, open } = problem;
    this.#timeline = new Timeline(
      closed.map(({ operation }) => operation),
      open.map(({ operation }) => operation),
    );
    this.#closed = new Bits(closed.length);
    this.#used = new Bits(open.length);
    this.#state = this.#states.intern(problem.initial);
    this.#missing = closed.length;
    this.#choices = choicesOf(problem);
    for (const operation of closed) this.#count(operation, 1);
    this.#cursor = this.#timeline.first;
  }

  /** How many steps were taken: one looks at one operation in one state. */
  get steps(): number {
    return this.#steps;
  }

  /** How far it came: the operation, by its number in `closed`, whose return it got past last or never. */
  get furthest(): number {
    return this.#timeline.operation(this.#furthest);
  }

  /** Searches until it knows, for about `steps` steps, keeping at most `room` configurations and states. */
  run(steps: number, room: number): ModelSearchStatus {
    while (this.#missing > 0) {
      if (this.#steps >= steps) return { kind: "out-of-steps" };
      if (this.#configurations.count + this.#states.count > room) return { kind: "out-of-memory" };
      if (!this.#advance() && !this.#back()) return { kind: "violation" };
    }
    return { kind: "ok", order: this.#order() };
  }

  /** {@link run} in pieces of some milliseconds. */
  *inSlices(steps: number, room: number): Sliced<ModelSearchStatus> {
    for (;;) {
      const until = Math.min(steps, this.#steps + SLICE);
      const status = this.run(until, room);
      if (status.kind !== "out-of-steps" || until >= steps) return status;
      yield;
    }
  }

  #advance(): boolean {
    if (this.#phase === "forced") {
      if (this.#placeForced()) return true;
      this.#phase = "closed";
    }
    if (this.#phase === "closed") {
      if (this.#placeClosed()) return true;
      this.#phase = "open";
      this.#furthest = Math.max(this.#furthest, this.#cursor);
      this.#candidates = this.#openCandidates();
      this.#tried = 0;
    }
    return this.#placeOpen();
  }

  #placeForced(): boolean {
    for (let at = this.#timeline.first; this.#timeline.isCall(at); at = this.#timeline.after(at)) {
      const number = this.#timeline.operation(at);
      const operation = this.#problem.closed[number];
      if (!operation?.forced) continue;
      const done = this.#tryClosed(operation);
      if (done === null) continue;
      const { end } = this.#closed;
      this.#closed.add(number);
      this.#pushClosed(number, operation, this.#states.intern(done.state), end, true);
      return true;
    }
    return false;
  }

  /** Tries the calls from the cursor to the first return, where it leaves the cursor when none can be placed. */
  #placeClosed(): boolean {
    for (; this.#timeline.isCall(this.#cursor); this.#cursor = this.#timeline.after(this.#cursor)) {
      const number = this.#timeline.operation(this.#cursor);
      const operation = this.#problem.closed[number];
      if (operation === undefined || operation.forced) continue;
      const done = this.#tryClosed(operation);
      if (done === null) continue;
      const state = this.#states.intern(done.state);
      const { end } = this.#closed;
      this.#closed.add(number);
      if (this.#isNew(state, operation.place >= 0 ? this.#logged + 1 : this.#logged, NONE)) {
        this.#pushClosed(number, operation, state, end, false);
        return true;
      }
      this.#closed.remove(number, end);
    }
    return false;
  }

  /** Tries the open operations left, in turn. */
  #placeOpen(): boolean {
    while (this.#tried < this.#candidates.length) {
      const number = this.#candidates[this.#tried] ?? -1;
      this.#tried += 1;
      const operation = this.#problem.open[number];
      if (operation === undefined) continue;
      const done = this.#tryOpen(number, operation);
      if (done === null) continue;
      const state = this.#states.intern(done.state);
      const { end } = this.#used;
      const waits = state.revision === this.#state.revision && operation.place < 0;
      const waiting = waits ? [...this.#waiting, number] : NONE;
      const logged = operation.place >= 0 ? this.#logged + 1 : this.#logged;
      this.#used.add(number);
      if (this.#isNew(state, logged, waiting)) {
        this.#push("open", number, false, end);
        this.#state = state;
        this.#waiting = waiting;
        this.#logged = logged;
        return true;
      }
      this.#used.remove(number, end);
    }
    return false;
  }

  #isNew(state: ModelState, logged: number, waiting: readonly number[]): boolean {
    return this.#configurations.add(this.#states.number(state), `${logged},${waiting}`, this.#closed, this.#used);
  }

  /** What an operation that returned does here; `null` if it cannot stand here. */
  #tryClosed(closed: Closed): Transition | null {
    this.#steps += 1;
    const { revision, change, operation } = closed;
    const now = this.#state.revision;
    if (revision !== null) {
      if (change === "none" && revision !== now) return null;
      if (change === "one" && revision !== now + 1) return null;
      if (change === "unknown" && revision !== now && revision !== now + 1) return null;
    }
    if (closed.place >= 0 && closed.place !== this.#logged) return null;
    if (operation.response === null || !this.#matters(closed.footprint)) return null;
    const done = step(this.#state, operation.request);
    if (!matches(operation.response, done.response)) return null;
    if (done.state.revision === now) return done;
    return this.#mayLeave() && this.#problem.pins.allow(done, change === "one") ? done : null;
  }

  /** What an operation of unknown outcome does here; `null` if it cannot stand here or does nothing. */
  #tryOpen(number: number, open: Open): Transition | null {
    this.#steps += 1;
    const { pins } = this.#problem;
    const done = step(this.#state, open.operation.request);
    if (done.state === this.#state) return open.place >= 0 ? done : null;
    const { revision } = done.state;
    if (revision === this.#state.revision) return open.quiet ? done : null;
    const made = pins.madeBy(number) ?? revision;
    const proven = pins.proven.get(revision) ?? number;
    if (made !== revision || proven !== number || !this.#mayMake(revision)) return null;
    return this.#matters(open.footprint) && this.#mayLeave() && pins.allow(done, false) ? done : null;
  }

  /** Whether all that waits can matter to an operation. */
  #matters(footprint: Footprint): boolean {
    return this.#waiting.every((number) => overlap(this.#problem.open[number]?.footprint, footprint));
  }

  /** Whether nothing is left that can only be placed at the present revision. */
  #mayLeave(): boolean {
    return (this.#bound.get(this.#state.revision) ?? 0) === 0;
  }

  /** Whether something of unknown outcome can have made a revision: none claims it, and somebody may have noticed. */
  #mayMake(revision: Revision): boolean {
    const { claimed, last } = this.#problem.pins;
    return !claimed.has(revision) && (revision <= last || this.#errors > 0);
  }

  /** The open operations to try here, those called last first: most took effect soon or never. */
  #openCandidates(): readonly number[] {
    const { open, pins, log } = this.#problem;
    const { free, quiet } = this.#choices;
    const called = this.#timeline.openBefore(this.#cursor);
    const revision = this.#state.revision + 1;
    const usable = (number: number): boolean => {
      const { twin = -1, place = -1 } = open[number] ?? {};
      return number < called && !this.#used.has(number) && place < 0 && (twin < 0 || this.#used.has(twin));
    };
    const proven = pins.proven.get(revision);
    let makers: readonly number[] = NONE;
    if (this.#mayMake(revision) && this.#mayLeave()) {
      const able = proven === undefined ? free : [proven];
      makers = able.filter(usable);
      this.#steps += able.length >>> 4;
    }
    const head = log[this.#logged] ?? -1;
    const first = head >= 0 && head < called && !this.#used.has(head) ? [head] : NONE;
    const wanted = this.#wanted([...first, ...makers]);
    const silent = quiet.filter((number) => usable(number) && overlap(open[number]?.footprint, wanted));
    this.#steps += 1 + (quiet.length >>> 4);
    return [...first, ...silent, ...makers.filter((number) => !silent.includes(number))];
  }

  /** The leases and so on that matter to what could come next. */
  #wanted(makers: readonly number[]): Footprint {
    const wanted = new Set<number>();
    for (const number of makers) {
      const { operation, footprint, place = -1 } = this.#problem.open[number] ?? {};
      // A lease granted right before it is revoked has no keys that would go.
      if (operation?.request.kind === "lease-revoke" && place < 0) continue;
      for (const part of footprint ?? []) wanted.add(part);
    }
    for (let at = this.#timeline.first; this.#timeline.isCall(at); at = this.#timeline.after(at)) {
      const { footprint, revision } = this.#problem.closed[this.#timeline.operation(at)] ?? {};
      if (footprint === undefined || (revision ?? 0) > this.#state.revision + 1) continue;
      for (const part of footprint) wanted.add(part);
    }
    return wanted;
  }

  #pushClosed(number: number, operation: Closed, state: ModelState, end: number, forced: boolean): void {
    this.#push("closed", number, forced, end);
    this.#count(operation, -1);
    this.#missing -= 1;
    this.#timeline.remove(number);
    this.#state = state;
    this.#waiting = NONE;
    if (operation.place >= 0) this.#logged += 1;
    this.#cursor = this.#timeline.first;
  }

  /** Notes an operation with everything that was before; what comes after begins afresh. */
  #push(kind: "closed" | "open", operation: number, forced: boolean, end: number): void {
    this.#frames.push({
      kind,
      operation,
      forced,
      end,
      state: this.#state,
      cursor: this.#cursor,
      candidates: this.#candidates,
      tried: this.#tried,
      waiting: this.#waiting,
      logged: this.#logged,
    });
    this.#phase = "forced";
    this.#candidates = NONE;
    this.#cursor = this.#timeline.first;
  }

  /** Takes operations back to the last one that has an alternative, and goes on behind it; false when there is none. */
  #back(): boolean {
    for (let frame = this.#frames.pop(); frame !== undefined; frame = this.#frames.pop()) {
      this.#state = frame.state;
      this.#waiting = frame.waiting;
      this.#logged = frame.logged;
      this.#candidates = frame.candidates;
      this.#tried = frame.tried;
      if (frame.kind === "open") {
        this.#used.remove(frame.operation, frame.end);
        this.#cursor = frame.cursor;
        this.#phase = "open";
        return true;
      }
      this.#closed.remove(frame.operation, frame.end);
      this.#timeline.restore(frame.operation);
      this.#missing += 1;
      const closed = this.#problem.closed[frame.operation];
      if (closed !== undefined) this.#count(closed, 1);
      if (frame.forced) continue;
      this.#phase = "closed";
      this.#cursor = this.#timeline.after(this.#timeline.callOf(frame.operation));
      return true;
    }
    return false;
  }

  /** Counts an operation among those still to be placed, or no more. */
  #count({ revision, change }: Closed, by: 1 | -1): void {
    if (revision === null) this.#errors += by;
    else if (change !== "one") this.#bound.set(revision, (this.#bound.get(revision) ?? 0) + by);
  }

  #order(): number[] {
    const { open, closed, log } = this.#problem;
    const placed = this.#frames.flatMap(({ kind, operation }) => {
      const found = kind === "closed" ? closed[operation] : open[operation];
      return found === undefined ? [] : [found.operation.id];
    });
    // What is known to be in the log took effect, if after everything that anybody saw.
    const rest = log.slice(this.#logged).flatMap((number) => open[number]?.operation.id ?? []);
    return [...placed, ...rest];
  }
}
