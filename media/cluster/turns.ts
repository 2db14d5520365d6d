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

/** By member of the state: the parts that show it. What stands in none is drawn every time. */
const SHOWN_BY: Readonly<Partial<Record<keyof ClusterState, readonly Part[]>>> = {
  view: PARTS,
  before: PARTS,
  event: ["head"],
  session: ["head", "events", "faults", "inspect"],
  server: ["head", "faults", "inspect"],
  acting: ["faults"],
  selection: ["servers", "cards", "logs", "inspect", "faults", "clients"],
  why: ["inspect"],
  trail: ["inspect"],
  entry: ["inspect"],
  closed: ["servers", "cards"],
  order: ["servers"],
  logEnd: ["logs"],
  keyPages: ["state"],
  pages: ["events"],
  listTop: ["events"],
};

/** What comes with time. All else the person has done, and sees at once. */
const WITH_TIME: ReadonlySet<string> = new Set<keyof ClusterState>(["view", "before", "event", "session"]);

/** Between the turns of parts that are out of sight while a motion lasts, milliseconds: a screen reader may read them all the same. */
const HIDDEN_MS = 2000;

/** How the panel is in motion. */
export interface MotionNow {
  readonly outOfSight: ReadonlySet<Part>;
  /** It may go on for long, as that of a live cluster. */
  readonly lasting: boolean;
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
  #owes = false;

  /** True while a part in sight shows an older state than the newest one. */
  get owes(): boolean {
    return this.#owes;
  }

  /** True while any part does. */
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
    const other = old.head.state.session?.id !== state.session?.id;
    const changed = PARTS.map((part) => ({ part, names: changes(part, old[part].state, state) }));
    const stale = changed.flatMap(({ part, names }) => (names.length > 0 ? [part] : []));
    const done = changed.flatMap(({ part, names }) => (names.some((name) => !WITH_TIME.has(name)) ? [part] : []));
    const taking = motion === null || other ? stale : done.length > 0 ? done : this.#turnOf(stale, motion);
    const left = stale.filter((part) => !taking.includes(part));
    this.#behind = left.length > 0;
    this.#owes = left.some((part) => motion?.outOfSight.has(part) !== true);
    this.#shown = { ...old, ...Object.fromEntries(taking.map((part) => [part, newest])) };
    return this.#shown;
  }

  /** The servers every other time; the others one after the other; what is out of sight now and then, or when the motion has ended. */
  #turnOf(all: readonly Part[], { outOfSight, lasting, nowMs }: MotionNow): readonly Part[] {
    const hidden = all.filter((part) => outOfSight.has(part));
    const isHiddensTurn = lasting && hidden.length > 0 && nowMs - this.#hiddenAt >= HIDDEN_MS;
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

/** The members in which two states differ for a part. */
function changes(part: Part, old: ClusterState, now: ClusterState): readonly string[] {
  return Object.entries(SHOWN_BY).flatMap(([name, parts]) =>
    parts.includes(part) && Reflect.get(old, name) !== Reflect.get(now, name) ? [name] : [],
  );
}
