/**
 * Which servers may vote: every configuration that may be in force somewhere, since a change may be refused, may be lost with
 * its leader, and is known to different servers at different times.
 */

import type { ClusterConfig } from "../program.js";

/** A change of the cluster as far as the text tells it; `server` `null`: nobody knows whom. */
export type Change =
  | { readonly kind: "add-voter" | "add-learner" | "promote" | "remove"; readonly server: string | null }
  | { readonly kind: "reconfigure"; readonly voters: readonly string[] | null };

/** More possibilities than this are not told apart. */
const MOST = 32;

/** The configurations that are possible at one point of a scenario. */
export class Configurations {
  /** All servers of the scenario: voters, learners and spares. */
  readonly servers: readonly string[];
  #possible: ReadonlyMap<string, ReadonlySet<string>>;
  #listed: readonly ReadonlySet<string>[];
  #electorate: readonly string[] | null = null;
  readonly #mayLearn: Set<string>;
  /** Whether anything was asked to change. */
  #changed = false;
  #unsure = false;
  /** Grows with every change, so that conclusions can be kept until the next one. */
  version = 0;

  constructor(config: ClusterConfig) {
    this.servers = [...config.nodes, ...config.learners, ...config.spares];
    this.#possible = new Map([keyed(new Set(config.nodes))]);
    this.#listed = [...this.#possible.values()];
    this.#mayLearn = new Set(config.learners);
  }

  /** The sets of voters that may count somewhere; of a joint configuration both. Empty when nobody knows. */
  get possible(): readonly ReadonlySet<string>[] {
    return this.#listed;
  }

  /** The voters, when they surely are the same everywhere. */
  get voters(): readonly string[] | null {
    const [only, another] = this.possible;
    return only === undefined || another !== undefined ? null : [...only];
  }

  /** Whether the server may be a voter somewhere, or ever was one. */
  mayVote(server: string): boolean {
    return this.#unsure || this.possible.some((voters) => voters.has(server));
  }

  /** Whether it surely is a voter in every configuration. */
  votes(server: string): boolean {
    return !this.#unsure && this.possible.every((voters) => voters.has(server));
  }

  /** Whether the server may be a learner somewhere, or ever was one. */
  mayLearn(server: string): boolean {
    return this.#unsure || this.#mayLearn.has(server);
  }

  /** Whether it surely is a learner: nobody has asked to change anything yet. */
  learns(server: string): boolean {
    return !this.#changed && !this.#unsure && this.#mayLearn.has(server);
  }

  /** Servers that may vote somewhere. */
  get electorate(): readonly string[] {
    this.#electorate ??= this.servers.filter((server) => this.mayVote(server));
    return this.#electorate;
  }

  /** After every change: what is asked again and again between changes. */
  #list(): void {
    this.version++;
    this.#listed = this.#unsure ? [] : [...this.#possible.values()];
    this.#electorate = null;
  }

  /** Somebody asks for a change, which may or may not come about. */
  change(change: Change): void {
    this.#changed = true;
    if (change.kind === "reconfigure" ? change.voters === null : change.server === null) this.giveUp();
    if (this.#unsure) return;
    const next = new Map(this.#possible);
    for (const voters of this.#possible.values()) {
      const [key, set] = keyed(after(voters, change));
      if (set.size > 0) next.set(key, set);
    }
    if (change.kind === "add-learner" && change.server !== null) this.#mayLearn.add(change.server);
    this.#possible = next;
    this.#list();
    if (next.size > MOST) this.giveUp();
  }

  /** From here on any server may be anything. */
  giveUp(): void {
    this.#unsure = true;
    this.#list();
  }
}

function after(voters: ReadonlySet<string>, change: Change): ReadonlySet<string> {
  if (change.kind === "reconfigure") return new Set(change.voters);
  const next = new Set(voters);
  if (change.server === null) return next;
  if (change.kind === "remove" || change.kind === "add-learner") next.delete(change.server);
  else next.add(change.server);
  return next;
}

function keyed(voters: ReadonlySet<string>): [string, ReadonlySet<string>] {
  return [[...voters].sort().join(" "), voters];
}
