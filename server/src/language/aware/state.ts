/** The abstract cluster: what must be so at one point of a scenario, whatever the seed. */

import { t } from "../../l10n/text.js";
import type { ClusterConfig, Span } from "../program.js";
import { RULES_BY_NAME } from "../vocabulary/rules.js";
import { Configurations } from "./configurations.js";
import { leastUnavailable, type Outage, Outages } from "./outages.js";
import { largestReach, type Split, Splits } from "./splits.js";

/** What a `let` variable is known to name. */
export type Binding =
  | { readonly kind: "nodes"; readonly nodes: readonly string[] }
  /** One server that was up when it was bound. */
  | {
      readonly kind: "live";
      readonly leader: boolean;
      readonly voter: boolean;
      readonly since: number;
      readonly boundAt: number;
    }
  | { readonly kind: "unknown" };

/** Why there is no majority. */
export interface Loss {
  readonly why: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

/** The state that the walk over the steps changes. */
export class ClusterState {
  readonly config: ClusterConfig;
  readonly outages = new Outages();
  readonly splits = new Splits();
  readonly configurations: Configurations;
  readonly bindings = new Map<string, Binding>();
  /** Time since the scenario began. */
  now = { min: 0, max: 0 };
  /** Whether some server may be leader. At the beginning none is. */
  mayLead = false;
  /** Counts what takes servers away, so that a variable knows whether its server is surely still up. */
  losses = 0;
  /** Counts advances of time. */
  ticks = 0;
  /** False once there were partitions, pauses or forced elections: then an old leader may linger somewhere. */
  clean: boolean;
  /** Set when a nemesis runs: nothing is certain then. */
  lost = false;
  /** Whether a rule is off without which less than a majority may elect, commit or answer. */
  readonly unsafe: boolean;
  /** Whether an election may begin before the shortest election timeout is over: somebody forced one, or a clock runs fast. */
  stirred = false;
  /** Whether clocks may run slowly, so that a leader without a majority stays longer. */
  clocksOff = false;
  /** The latest instant up to which a fault that `heal` ends may be in force; -1 when there surely is none. */
  disturbedUntil = -1;
  /** Whether some server may have been leader up to here. */
  mayHaveLed: boolean;
  /** Whether logs may hold entries from before the scenario. */
  readonly hasPast: boolean;
  /** For how long, at least, there has been no majority. */
  #withoutMajority = 0;
  /** What {@link loss} has found out since the last change. */
  #known: { readonly version: number; readonly losses: Map<number, Loss | null> } = { version: -1, losses: new Map() };

  constructor(config: ClusterConfig, hasPast: boolean) {
    this.config = config;
    this.configurations = new Configurations(config);
    this.hasPast = hasPast;
    this.clean = config.loss === 0 && !hasPast;
    this.unsafe = config.rulesOff.some((rule) =>
      (RULES_BY_NAME.get(rule)?.protects ?? ["all"]).some((property) => property !== "progress"),
    );
    this.mayLead = this.unsafe;
    this.mayHaveLed = this.unsafe;
  }

  /** A fault that `heal` ends begins. */
  disturb(duration: number | null): void {
    const end = duration === null ? Number.POSITIVE_INFINITY : this.now.max + duration;
    this.disturbedUntil = Math.max(this.disturbedUntil, end);
  }

  /** Whether every server surely is up, paused ones included. */
  get allUp(): boolean {
    return !this.outages.unsure.crash && this.outages.all.every((outage) => outage.kind !== "crash");
  }

  /**
   * Why no majority can form at any time within the window, or `null` when one might.
   *
   * @param window microseconds from now; infinite for a wait without a bound
   */
  loss(window: number): Loss | null {
    const version = this.outages.version + this.splits.version + this.configurations.version;
    if (version !== this.#known.version || this.lost) this.#known = { version, losses: new Map() };
    const known = this.#known.losses.get(window);
    if (known !== undefined) return known;
    const loss = this.#lossNow(window);
    this.#known.losses.set(window, loss);
    return loss;
  }

  #lossNow(window: number): Loss | null {
    if (this.lost || this.unsafe) return null;
    const { possible } = this.configurations;
    const outages = this.outages.through(window);
    const splits = this.splits.through(window);
    if (outages.length === 0 && splits.length === 0) return null;
    let first: Loss | null = null;
    for (const voters of possible) {
      const loss = this.#lossOf(voters, outages, splits);
      if (loss === null) return null;
      first ??= loss;
    }
    return first;
  }

  /** Why these voters surely have no majority that reaches each other, or `null`. */
  #lossOf(voters: ReadonlySet<string>, outages: readonly Outage[], splits: readonly Split[]): Loss | null {
    const { servers, electorate } = this.configurations;
    const total = voters.size;
    const unavailable = Math.min(leastUnavailable(outages, voters, electorate, servers), total);
    const need = Math.floor(total / 2) + 1;
    if (total - unavailable < need) {
      const why = outages.every((outage) => outage.kind === "crash")
        ? t("{0} of {1} servers are down, a majority is {2}", unavailable, total, need)
        : t("{0} of {1} servers are down or paused, a majority is {2}", unavailable, total, need);
      return { why, related: relatedTo(outages) };
    }
    if (splits.length === 0) return null;
    const missing = new Set(outages.flatMap((outage) => outage.node ?? []));
    const reach = Math.min(
      largestReach([...voters], missing, splits, this.configurations.voters !== null),
      total - unavailable,
    );
    if (reach >= need) return null;
    const cuts = splits.map((split) => ({ span: split.span, message: t("cut off since here") }));
    return {
      why: t("no more than {0} of {1} servers can reach each other, a majority is {2}", reach, total, need),
      related: [...relatedTo(outages), ...cuts],
    };
  }

  /** Whether the first election may be over within the window: timers run out after the shortest election timeout. */
  mayBeElectedWithin(window: number): boolean {
    return this.mayHaveLed || this.stirred || this.lost || this.now.max + window >= this.config.electionTimeout.min;
  }

  /** Lets time pass: at least `min`, at most `max` microseconds. */
  advance(min: number, max: number): void {
    if (max <= 0) return;
    this.ticks++;
    if (this.loss(max) === null) {
      if (this.mayBeElectedWithin(max)) {
        this.mayLead = true;
        this.mayHaveLed = true;
      }
      this.#withoutMajority = 0;
    } else {
      this.#withoutMajority += min;
      const timeout = 2 * this.config.electionTimeout.max;
      const paused = this.outages.unsure.pause || this.outages.all.some((outage) => outage.kind === "pause");
      const deposed = this.config.checkQuorum && !this.clocksOff && this.#withoutMajority >= timeout;
      if (deposed && !paused) this.mayLead = false;
    }
    this.now = { min: this.now.min + min, max: this.now.max + max };
    this.outages.advance(min, max);
    this.splits.advance(min, max);
  }

  /** Gives up: from here on nothing is certain but the time. */
  giveUp(): void {
    this.lost = true;
    this.mayLead = true;
    this.mayHaveLed = true;
    this.disturbedUntil = Number.POSITIVE_INFINITY;
    this.clean = false;
    this.outages.forget();
    this.splits.clear();
    this.bindings.clear();
  }
}

function relatedTo(outages: readonly Outage[]): Loss["related"] {
  return outages.map((outage) => ({
    span: outage.span,
    message: outage.kind === "crash" ? t("down since here") : t("paused since here"),
  }));
}
