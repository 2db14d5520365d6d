/**
 * Which moment each part of the panel shows. At rest all parts show the newest. In motion (a hand on the timeline, a replay, a live cluster,
 * steps in quick succession) views come faster than a whole panel can be drawn between two frames: then one part a frame takes the newest
 * view, the picture of the servers every other time, and all have it a few frames after the motion ends.
 */
import type { ClusterState } from "./model.js";

/** The parts, in the order in which they are drawn first. */
export const PARTS = ["servers", "head", "cards", "logs", "inspect", "faults", "state", "clients", "events"] as const;

/** One of {@link PARTS}. */
export type Part = (typeof PARTS)[number];

/** What a part shows. */
export interface Shown {
  readonly state: ClusterState;
  /** Virtual microseconds. */
  readonly nowUs: number;
}

/** What every part shows. */
export type ShownParts = Readonly<Record<Part, Shown>>;

/** What the person has changed is shown at once. */
const CHOSEN = [
  "known",
  "selection",
  "closed",
  "logEnd",
  "keyPages",
  "order",
  "entry",
  "server",
  "listTop",
  "why",
  "menu",
  "lecture",
  "notice",
  "acting",
  "pages",
] as const satisfies readonly (keyof ClusterState)[];

/** Nothing that a part shows: the time's own controls are drawn every time. */
const ELSEWHERE: ReadonlySet<string> = new Set<keyof ClusterState>([
  "touch",
  "replay",
  "replayPace",
  "timeline",
  "overview",
  "span",
  "width",
]);

/** Between the turns of parts that are out of sight, milliseconds: a screen reader may read them all the same. */
const HIDDEN_MS = 500;

/** How the panel is in motion. */
export interface MotionNow {
  readonly outOfSight: ReadonlySet<Part>;
  /** As `performance.now()` tells. */
  readonly nowMs: number;
}

/** Holds what each part shows. */
export class Turns {
  #shown: ShownParts | null = null;
  /** Who had the last turn, and who of those besides the servers. */
  #last: Part | null = null;
  #lastOther: Part | null = null;
  /** When a part out of sight had its turn. */
  #hiddenAt = 0;
  #behind = false;

  /** True while a part shows an older state than the newest one. */
  get behind(): boolean {
    return this.#behind;
  }

  /**
   * What the parts show from now on.
   *
   * @param nowUs the time shown, virtual microseconds
   * @param motion `null` at rest: all parts take the newest state; otherwise one does
   */
  take(state: ClusterState, nowUs: number, motion: MotionNow | null): ShownParts {
    const newest: Shown = { state, nowUs };
    const old = this.#shown ?? everyPart(newest);
    const stale = PARTS.filter((part) => isStale(part, old[part].state, state));
    const chosen = PARTS.some((part) => isChosenAnew(old[part].state, state));
    const taking = motion !== null && !chosen ? this.#turnOf(stale, motion) : stale;
    this.#behind = taking.length < stale.length;
    this.#shown = { ...old, ...Object.fromEntries(taking.map((part) => [part, newest])) };
    return this.#shown;
  }

  /** The servers every other time; the others one after the other; what is out of sight now and then. */
  #turnOf(all: readonly Part[], { outOfSight, nowMs }: MotionNow): readonly Part[] {
    const hidden = all.filter((part) => outOfSight.has(part));
    const isHiddensTurn = hidden.length > 0 && nowMs - this.#hiddenAt >= HIDDEN_MS;
    if (isHiddensTurn) this.#hiddenAt = nowMs;
    const stale = isHiddensTurn ? hidden : all.filter((part) => !outOfSight.has(part));
    const others = stale.filter((part) => part !== "servers");
    const after = PARTS.indexOf(this.#lastOther ?? "servers");
    const other = others.find((part) => PARTS.indexOf(part) > after) ?? others[0];
    const isServers = stale.includes("servers") && (this.#last !== "servers" || other === undefined);
    const part = isServers ? "servers" : other;
    if (part === undefined) return [];
    this.#last = part;
    if (part !== "servers") this.#lastOther = part;
    return [part];
  }
}

function everyPart(shown: Shown): ShownParts {
  return {
    servers: shown,
    head: shown,
    cards: shown,
    logs: shown,
    inspect: shown,
    faults: shown,
    state: shown,
    clients: shown,
    events: shown,
  };
}

function isChosenAnew(old: ClusterState, now: ClusterState): boolean {
  return CHOSEN.some((name) => old[name] !== now[name]) || old.session?.id !== now.session?.id;
}

/** Whether a part that shows one state would look different in another. */
function isStale(part: Part, old: ClusterState, now: ClusterState): boolean {
  return Object.entries(now).some(([name, value]) => {
    if (ELSEWHERE.has(name) || Reflect.get(old, name) === value) return false;
    // A flowing cluster has more events with every word of it: only the head and the list say how many.
    return name !== "session" || part === "head" || part === "events" || old.session?.state !== now.session?.state;
  });
}
