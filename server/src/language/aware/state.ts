/** The abstract cluster: what must be so at one point of a scenario, whatever the seed. */

import { t } from "../../l10n/text.js";
import type { ClusterConfig, Span } from "../program.js";
import { leastUnavailable, Outages } from "./outages.js";
import { largestReach, Splits } from "./splits.js";

/** What a `let` variable is known to name. */
export type Binding =
  | { readonly kind: "nodes"; readonly nodes: readonly string[] }
  /** One server that was up when it was bound. */
  | { readonly kind: "live"; readonly leader: boolean; readonly since: number; readonly boundAt: number }
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
  /** For how long, at least, there has been no majority. */
  #withoutMajority = 0;
  /** What {@link loss} has found out since the last change. */
  #known: { readonly version: number; readonly losses: Map<number, Loss | null> } = { version: -1, losses: new Map() };

  constructor(config: ClusterConfig) {
    this.config = config;
    this.clean = config.loss === 0;
  }

  /** Whether every server surely is up, paused ones included. */
  get allUp(): boolean {
    return !this.outages.unsure.crash && this.outages.all.every((outage) => outage.kind !== "crash");
  }

  /** Servers that make a majority. */
  get majority(): number {
    return Math.floor(this.config.nodes.length / 2) + 1;
  }

  /**
   * Why no majority can form at any time within the window, or `null` when one might.
   *
   * @param window microseconds from now; infinite for a wait without a bound
   */
  loss(window: number): Loss | null {
    const version = this.outages.version + this.splits.version;
    if (version !== this.#known.version || this.lost) this.#known = { version, losses: new Map() };
    const known = this.#known.losses.get(window);
    if (known !== undefined) return known;
    const loss = this.#lossNow(window);
    this.#known.losses.set(window, loss);
    return loss;
  }

  #lossNow(window: number): Loss | null {
    const nodes = this.config.nodes;
    if (this.lost || nodes.length === 0 || this.config.learners.length > 0 || this.config.spares.length > 0)
      return null;
    const outages = this.outages.through(window);
    const unavailable = Math.min(leastUnavailable(outages), nodes.length);
    const need = this.majority;
    const related = outages.map((outage) => ({
      span: outage.span,
      message: outage.kind === "crash" ? t("down since here") : t("paused since here"),
    }));
    if (nodes.length - unavailable < need) {
      const why = outages.every((outage) => outage.kind === "crash")
        ? t("{0} of {1} servers are down, a majority is {2}", unavailable, nodes.length, need)
        : t("{0} of {1} servers are down or paused, a majority is {2}", unavailable, nodes.length, need);
      return { why, related };
    }
    const splits = this.splits.through(window);
    if (splits.length === 0) return null;
    const missing = new Set(outages.flatMap((outage) => outage.node ?? []));
    const reach = Math.min(largestReach(nodes, missing, splits), nodes.length - unavailable);
    if (reach >= need) return null;
    const cuts = splits.map((split) => ({ span: split.span, message: t("cut off since here") }));
    return {
      why: t("no more than {0} of {1} servers can reach each other, a majority is {2}", reach, nodes.length, need),
      related: [...related, ...cuts],
    };
  }

  /** Lets time pass: at least `min`, at most `max` microseconds. */
  advance(min: number, max: number): void {
    if (max <= 0) return;
    this.ticks++;
    if (this.loss(max) === null) {
      this.mayLead = true;
      this.#withoutMajority = 0;
    } else {
      this.#withoutMajority += min;
      const timeout = 2 * this.config.electionTimeout.max;
      const paused = this.outages.unsure.pause || this.outages.all.some((outage) => outage.kind === "pause");
      if (this.config.checkQuorum && !paused && this.#withoutMajority >= timeout) this.mayLead = false;
    }
    this.now = { min: this.now.min + min, max: this.now.max + max };
    this.outages.advance(min, max);
    this.splits.advance(min, max);
  }

  /** Gives up: from here on nothing is certain but the time. */
  giveUp(): void {
    this.lost = true;
    this.clean = false;
    this.outages.forget();
    this.splits.clear();
    this.bindings.clear();
  }
}
