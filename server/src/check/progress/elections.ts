import type { Command } from "../../kv/command.js";
import type { Output, Transition } from "../../raft/output.js";
import type { Role, ServerId, Term } from "../../raft/types.js";
import type { EventNumber } from "../violation.js";

/** Something that happened to leadership. */
export interface ElectionStep {
  readonly event: EventNumber;
  readonly server: ServerId;
  /**
   * `asks`: it asks for pre-votes. `stands`: it is a candidate of a new term. `leads`: it is elected. `deposed`: it led, and
   * met a higher term. `resigns`: it led, and heard no majority. `gives-up`: it stood, and follows another.
   */
  readonly kind: "asks" | "stands" | "leads" | "deposed" | "resigns" | "gives-up";
  readonly term: Term;
  /** `asks` and `stands`: the leader that it did not hear; 0 when it knew of none. */
  readonly missed: ServerId;
}

/** Steps kept: enough for any cycle worth telling. */
const KEPT = 240;

interface Standing {
  role: Role;
  term: Term;
  leader: ServerId;
  /** The leader that it last gave up waiting for. */
  missed: ServerId;
  /** The event in which it was elected; -1 when it does not lead. */
  ledSince: EventNumber;
}

/** What became of leadership since the cluster was last disturbed: the newest steps, and how many there were. */
export class Elections {
  readonly #standing: Standing[] = [];
  #steps: ElectionStep[] = [];
  /** Elections begun since the last disturbance. */
  begun = 0;
  /** Elections won since. */
  won = 0;

  /** The newest steps, oldest first. */
  get steps(): readonly ElectionStep[] {
    return this.#steps;
  }

  /** The event in which a server that leads was elected; -1 when it does not lead. */
  ledSince(server: ServerId): EventNumber {
    return this.#standing[server]?.ledSince ?? -1;
  }

  /** A server begins as a follower. */
  started(server: ServerId, term: Term): void {
    this.#standing[server] = { role: "follower", term, leader: 0, missed: 0, ledSince: -1 };
  }

  /** Begins anew: what was before the disturbance explains nothing. */
  clear(): void {
    this.#steps = [];
    this.begun = 0;
    this.won = 0;
  }

  /** A server's role, term, vote or leader changed. */
  changed(server: ServerId, transitions: Output<Command>["transitions"], event: EventNumber): void {
    const before = this.#standing[server];
    if (before === undefined) return;
    for (const transition of transitions) {
      const { role, term, leader } = transition;
      this.#step(server, before, transition, event);
      if (role !== "leader") before.ledSince = -1;
      else if (before.role !== "leader" || before.term !== term) before.ledSince = event;
      before.role = role;
      before.term = term;
      before.leader = leader;
    }
  }

  #step(server: ServerId, before: Standing, { role, term, reason }: Transition, event: EventNumber): void {
    switch (role) {
      case "pre-candidate":
      case "candidate": {
        // A candidacy after a won pre-vote is for the reason of the pre-vote.
        if (before.role === "follower") before.missed = before.leader;
        else if (before.role === role) before.missed = 0;
        if (role === "candidate") this.begun += 1;
        this.#push({ event, server, kind: role === "candidate" ? "stands" : "asks", term, missed: before.missed });
        return;
      }
      case "leader":
        this.won += 1;
        this.#push({ event, server, kind: "leads", term, missed: 0 });
        return;
      case "follower": {
        const resigns = reason.code === "quorum-lost";
        if (before.role === "leader")
          this.#push({ event, server, kind: resigns ? "resigns" : "deposed", term, missed: 0 });
        else if (before.role === "candidate") this.#push({ event, server, kind: "gives-up", term, missed: 0 });
        return;
      }
    }
  }

  #push(step: ElectionStep): void {
    this.#steps.push(step);
    if (this.#steps.length > 2 * KEPT) this.#steps = this.#steps.slice(-KEPT);
  }
}
