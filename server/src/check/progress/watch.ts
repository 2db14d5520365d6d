import type { Command } from "../../kv/command.js";
import type { Raft } from "../../raft/contract.js";
import type { Output } from "../../raft/output.js";
import type { Index, ServerId, Term } from "../../raft/types.js";
import type { Micros } from "../../sim/config.js";
import type { World } from "../../sim/world.js";
import type { EventNumber } from "../violation.js";
import { type ProgressBounds, progressBounds } from "./bounds.js";
import { depositions } from "./cycle.js";
import { Elections } from "./elections.js";
import { closedBy, connectedMajority } from "./links.js";
import { noCommitText, noLeaderText } from "./progress-text.js";

/** The cluster did not get on although nothing kept it from that. */
export interface ProgressViolation {
  readonly property: "progress";
  /** The newest event when the bound was over. */
  readonly event: EventNumber;
  /** What repeats, who or what drives it, and what would end it. */
  readonly message: string;
}

/** So many leaders in a row that fall to somebody who cannot hear them are a circle, not bad luck. */
const TURNS = 4;

/** A leader's state in which something waits to be committed or left. */
interface Stall {
  readonly server: ServerId;
  readonly term: Term;
  readonly commitIndex: Index;
  readonly sinceUs: Micros;
}

/**
 * Liveness. A run is *calm* while nothing is done to it from outside: no fault begins or ends, no server crashes, restarts,
 * pauses or resumes, nobody forces a timeout or changes the configuration. Faults may last in the calm. A calm cluster in
 * which servers that hear each other are a quorum (`connectedMajority`) has, within the bound, a leader that lasts, and
 * one that lasts commits what its log holds and finishes the configuration change that it began. Nor do leaders fall again and
 * again, without one that lasts between them, to servers that cannot hear them. Where no such quorum is
 * there, nothing can be expected.
 *
 * Told of roles and disturbances as they come; whether the bound is over is looked at once a round, so that the cost of an
 * event is nearly nothing. Reported once in a calm.
 */
export class ProgressWatch {
  readonly violations: ProgressViolation[] = [];

  readonly #elections = new Elections();
  #bounds: ProgressBounds | null = null;
  /** Since when the run is calm: known by event until the next look. */
  #disturbedIn: EventNumber = 0;
  #calmUs: Micros = 0;
  /** When a leader that lasts was seen last. */
  #lastingUs: Micros = 0;
  #nextLookUs: Micros = 0;
  #stall: Stall | null = null;
  #told = false;

  /** A server begins. */
  started(server: ServerId, raft: Raft<Command>): void {
    this.#elections.started(server, raft.term);
  }

  /** A server's role, term, vote or leader changed. */
  changed(server: ServerId, transitions: Output<Command>["transitions"], event: EventNumber): void {
    this.#elections.changed(server, transitions, event);
  }

  /** Something was done to the cluster from outside: what it does next is its answer to that. */
  disturbed(event: EventNumber): void {
    this.#disturbedIn = event;
    this.#elections.clear();
    this.#stall = null;
    this.#told = false;
  }

  /** Time has passed. Cheap unless a look is due; `timeOf` says when an event was. */
  passed(world: World, timeOf: (event: EventNumber) => Micros): void {
    if (world.nowUs >= this.#nextLookUs) this.look(world, timeOf);
  }

  /** Looks whether the bound is over. */
  look(world: World, timeOf: (event: EventNumber) => Micros): void {
    this.#bounds ??= progressBounds(world.config);
    const { round, lasting, bound } = this.#bounds;
    const { nowUs, config } = world;
    this.#nextLookUs = nowUs + round;
    if (this.#disturbedIn >= 0) {
      this.#calmUs = timeOf(this.#disturbedIn);
      this.#lastingUs = this.#calmUs;
      this.#disturbedIn = -1;
    }
    // Whoever delivers messages and fires timers by hand decides what gets on.
    if (this.#told || config.network === "manual" || config.timers === "manual") return;
    const raft = world.leader()?.raft ?? null;
    const ledSince = raft === null ? -1 : this.#elections.ledSince(raft.config.id);
    if (raft !== null && ledSince >= 0 && nowUs - timeOf(ledSince) >= lasting) {
      this.#lastingUs = nowUs;
      this.#elections.clear();
      this.#lookAtCommits(world, raft, bound);
    } else {
      this.#stall = null;
      if (nowUs - this.#lastingUs >= bound || this.#fallUnheard(world)) this.#lookAtElections(world);
    }
  }

  /** Whether leaders fall in turn because those who depose them cannot hear them: two turns of a circle, at least. */
  #fallUnheard(world: World): boolean {
    if (this.#elections.won < TURNS) return false;
    let count = 0;
    for (const { leader, by } of depositions(this.#elections.steps))
      if (closedBy(world, leader, by) !== null) count += 1;
    return count >= TURNS;
  }

  #lookAtElections(world: World): void {
    const group = connectedMajority(world);
    if (group === null) return;
    this.#report(world, noLeaderText(world, this.#elections, group, world.nowUs - this.#lastingUs));
  }

  #lookAtCommits(world: World, raft: Raft<Command>, bound: Micros): void {
    const { nowUs } = world;
    const { commitIndex, term, log } = raft;
    if (log.lastIndex <= commitIndex && !leavesJoint(raft)) {
      this.#stall = null;
      return;
    }
    const server = raft.config.id;
    const before = this.#stall;
    if (before?.server !== server || before.term !== term || before.commitIndex !== commitIndex) {
      this.#stall = { server, term, commitIndex, sinceUs: nowUs };
      return;
    }
    if (nowUs - Math.max(before.sinceUs, this.#calmUs) < bound || connectedMajority(world) === null) return;
    this.#report(world, noCommitText(world, raft, nowUs - before.sinceUs));
  }

  #report(world: World, message: string): void {
    this.#told = true;
    this.violations.push({ property: "progress", event: world.recorder.count - 1, message });
  }
}

/** Whether the leader owes the cluster the end of a joint configuration (§6). */
function leavesJoint({ configuration, configurationIndex, commitIndex }: Raft<Command>): boolean {
  return configuration.outgoing.length > 0 && configuration.autoLeave && configurationIndex <= commitIndex;
}
