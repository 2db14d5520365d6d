/**
 * What is certain about the servers at one point of a scenario: which are down or paused, and for how long.
 *
 * Everything here errs to one side. A server counts as unavailable only when it must be, whichever server a
 * selector such as `leader` turns out to mean, and however long the steps in between take.
 */

import type { Span } from "../program.js";

/** How much longer something lasts: at least `min`, at most `max` microseconds. `null`: until it is undone. */
export type Remaining = { min: number; max: number } | null;

/** Why a server is unavailable. */
export type OutageKind = "crash" | "pause";

/** One server that is down or paused. */
export interface Outage {
  readonly kind: OutageKind;
  /** `null` when only its number counts: some server that was up. */
  node: string | null;
  /** Whether it surely was a voter of its own configuration. Only for those known by number. */
  readonly voter: boolean;
  /** The `let` variable that names it, when that is all that is known. */
  variable: string | null;
  readonly span: Span;
  left: Remaining;
}

/** Whether something that lasts so long surely still lasts after `window`. */
export function lastsThrough(left: Remaining, window: number): boolean {
  return left === null || left.min > window;
}

/** The outages at one point of a scenario. */
export class Outages {
  #all: Outage[] = [];
  /** Grows with every change, so that conclusions can be kept until the next one. */
  version = 0;
  /** Set when something happened that cannot be followed; then only certain outages say anything. */
  readonly unsure: Record<OutageKind, boolean> = { crash: false, pause: false };

  #restless = false;

  /** Whether servers may go down, or come back, at any time from now on. */
  get restless(): boolean {
    return this.#restless;
  }

  /** From now on nobody knows whether a server is in this state unless it must be. */
  neverSure(kind: "crash"): void {
    this.version++;
    this.#restless = true;
    this.unsure[kind] = true;
  }

  /** All outages that may be in force. */
  get all(): readonly Outage[] {
    return this.#all;
  }

  /** A server that is known by name goes down or is paused. */
  named(outage: Outage & { readonly node: string }): void {
    this.version++;
    const { kind, node } = outage;
    if (kind === "crash") this.#unpause(node);
    const before = this.#all.find((other) => other.kind === kind && other.node === node);
    if (before !== undefined) {
      // A server that is down stays so for as long as it would have; one that may be up again may not.
      if (!lastsThrough(before.left, 0)) before.left = { min: 0, max: Number.POSITIVE_INFINITY };
      return;
    }
    // It may be one of those that are known by number only, and so be back earlier than this outage says.
    const overlaps = this.#all.some((other) => other.node === null && other.kind === "crash");
    const isDown = kind === "pause" && this.status("crash", node) !== "no";
    if (overlaps || isDown || (kind === "pause" && this.#hasUnnamed("pause"))) this.unsure[kind] = true;
    // One that was already in this state, unknown to us, comes back when it would have.
    else this.#all.push(this.unsure[kind] ? { ...outage, left: { min: 0, max: Number.POSITIVE_INFINITY } } : outage);
  }

  #hasUnnamed(kind: OutageKind): boolean {
    return this.#all.some((other) => other.kind === kind && other.node === null);
  }

  /** A crash ends a pause: the server comes back running. */
  #unpause(node: string | null): void {
    if (!this.#all.some((other) => other.kind === "pause")) return;
    this.#all = this.#all.filter(
      (other) => other.kind !== "pause" || (node !== null && other.node !== null && other.node !== node),
    );
    this.unsure.pause = true;
  }

  /** Some server that is surely up goes down or is paused. */
  some(outage: Outage): void {
    this.version++;
    if (outage.kind === "crash") this.#unpause(null);
    // A leader that is paused still counts as one, so it may be the same server.
    if (outage.kind === "pause" && this.#all.some((other) => other.kind === "pause")) this.unsure.pause = true;
    else this.#all.push(outage);
  }

  /** Forgets everything: whatever happened since cannot be followed. */
  forget(): void {
    this.version++;
    this.#all = [];
    this.unsure.crash = true;
    this.unsure.pause = true;
  }

  /** All servers are in order again. */
  end(kind: OutageKind): void {
    this.version++;
    this.#all = this.#all.filter((outage) => outage.kind !== kind);
    this.unsure[kind] = kind === "crash" && this.#restless;
  }

  /** A server known by name is back. */
  endNamed(kind: OutageKind, node: string): void {
    this.version++;
    const before = this.#all.length;
    this.#all = this.#all.filter((outage) => outage.kind !== kind || outage.node !== node);
    if (this.#all.length !== before || !this.#hasUnnamed(kind)) return;
    this.unsure[kind] = true;
    this.#dropLongest((outage) => outage.kind === kind && outage.node === null);
  }

  /** The server that a variable names is back. */
  endVariable(kind: OutageKind, variable: string): void {
    this.version++;
    const before = this.#all.length;
    this.#all = this.#all.filter((outage) => outage.kind !== kind || outage.variable !== variable);
    if (this.#all.length === before) this.endSome(kind);
  }

  /** A variable comes to name another server. */
  forgetVariable(variable: string): void {
    this.version++;
    for (const outage of this.#all) if (outage.variable === variable) outage.variable = null;
  }

  /** One server, nobody knows which, is back. */
  endSome(kind: OutageKind): void {
    this.version++;
    this.unsure[kind] = true;
    for (const outage of this.#all) if (outage.kind === kind) outage.node = null;
    this.#dropLongest((outage) => outage.kind === kind);
  }

  #dropLongest(test: (outage: Outage) => boolean): void {
    let longest: Outage | undefined;
    for (const outage of this.#all) {
      if (test(outage) && (longest === undefined || length(outage) > length(longest))) longest = outage;
    }
    this.#all = this.#all.filter((outage) => outage !== longest);
  }

  /** Time passes. */
  advance(min: number, max: number): void {
    if (this.#all.every((outage) => outage.left === null)) return;
    this.version++;
    for (const { left } of this.#all) {
      if (left === null) continue;
      left.min -= max;
      left.max -= min;
    }
    this.#all = this.#all.filter((outage) => outage.left === null || outage.left.max > 0);
  }

  /** Whether a server surely is in this state now, surely is not, or may be. */
  status(kind: OutageKind, node: string): "yes" | "no" | "maybe" {
    let maybe = this.unsure[kind];
    for (const outage of this.#all) {
      if (outage.kind !== kind) continue;
      if (outage.node === node && lastsThrough(outage.left, 0)) return "yes";
      if (outage.node === node || outage.node === null) maybe = true;
    }
    return maybe ? "maybe" : "no";
  }

  /** The same for a server known by a variable only. */
  variableStatus(kind: OutageKind, variable: string): "yes" | "no" | "maybe" {
    let maybe = this.unsure[kind];
    for (const outage of this.#all) {
      if (outage.kind !== kind) continue;
      if (outage.variable === variable && lastsThrough(outage.left, 0)) return "yes";
      maybe = true;
    }
    return maybe ? "maybe" : "no";
  }

  /** The outages that surely last through the window, from now on. */
  through(window: number): readonly Outage[] {
    return this.#all.filter((outage) => lastsThrough(outage.left, window));
  }
}

function length(outage: Outage): number {
  return outage.left === null ? Number.POSITIVE_INFINITY : outage.left.max;
}

/**
 * The least number of different voters that the outages concern.
 *
 * @param voters of the configuration that counts
 * @param electorate all servers that may vote in some configuration
 * @param servers all there are
 */
export function leastUnavailable(
  outages: readonly Outage[],
  voters: ReadonlySet<string>,
  electorate: readonly string[],
  servers: readonly string[],
): number {
  const named = new Set(outages.flatMap(({ node }) => node ?? []));
  // Those known by number only may all be others than these voters, as far as there are others.
  const unnamed = (kind: OutageKind): number => {
    const all = outages.filter((outage) => outage.node === null && outage.kind === kind);
    const others = (among: readonly string[]): number =>
      among.filter((server) => !voters.has(server) && !named.has(server)).length;
    return Math.max(0, all.filter(({ voter }) => voter).length - others(electorate), all.length - others(servers));
  };
  // A paused server may be one of those that crashed.
  return [...named].filter((node) => voters.has(node)).length + Math.max(unnamed("crash"), unnamed("pause"));
}
