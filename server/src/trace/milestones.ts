/** What a run comes to, step by step: what two runs are compared by where every single event differs. */
import { t } from "../l10n/text.js";
import { ROLE_CODES } from "../sim/recorder.js";
import { actionText } from "./action-text.js";
import { titleOf } from "./event-title.js";
import { entryText, operationText, outcomeRevision, outcomeText } from "./operation-text.js";
import type { Recording } from "./recording.js";
import type { Mark } from "./view.js";

/** What a milestone is about. */
export const MILESTONE_KINDS = [
  "term",
  "leader",
  "entry",
  "step",
  "operation",
  "fault",
  "violation",
  "verdict",
] as const;

/** One of {@link MILESTONE_KINDS}. */
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

/** One thing that a run comes to. */
export interface Milestone {
  readonly kind: MilestoneKind;
  /** By what it is found in another run, apart from its kind: `2` of a term, `alice 3` of a client's third operation. */
  readonly name: string;
  /** 1-based line of the scenario, of steps and faults; 0 for none. */
  readonly line: number;
  /** -1 for the verdict. */
  readonly eventId: number;
  readonly timeUs: number;
  /** What it is: `put color "red"` of an entry or an operation; empty where the name says it all. */
  readonly what: string;
  /** What came of it: `s3`, `ok`, `none`; empty where there is nothing more to say than that it happened. */
  readonly value: string;
}

/** Gathers the milestones of a run in the order of its events; each {@link advance} goes on. */
export class Milestones {
  readonly #recording: Recording;
  readonly #violations: ReadonlyMap<number, readonly Mark[]>;
  readonly #found: Milestone[] = [];
  readonly #operations = new Map<number, number>();
  readonly #end: number;
  #next = 0;
  #term = 0;
  #committed = 0;

  /** `violations`: what was found beside the trace. */
  constructor(recording: Recording, violations: readonly Mark[] = []) {
    this.#recording = recording;
    this.#end = recording.log.landmarks.length;
    for (const { term } of recording.world.config.initial) this.#term = Math.max(this.#term, term);
    const byEvent = new Map<number, Mark[]>();
    for (const mark of violations) byEvent.set(mark.eventId, [...(byEvent.get(mark.eventId) ?? []), mark]);
    this.#violations = byEvent;
  }

  /** Takes in so many landmarks of the trace; true when all are. */
  advance(landmarks: number): boolean {
    const end = Math.min(this.#end, this.#next + landmarks);
    for (; this.#next < end; this.#next += 1) {
      const id = this.#recording.log.landmarks[this.#next];
      if (id !== undefined) this.#take(id);
    }
    if (this.#next < this.#end) return false;
    this.#finish();
    return true;
  }

  /** The milestones, in the order of their events. */
  get found(): readonly Milestone[] {
    return this.#found;
  }

  /** Violations at events that are no landmarks, or none at all, come in at their time. */
  #finish(): void {
    if (this.#violations.size === 0) return;
    const { log } = this.#recording;
    for (const [id, marks] of this.#violations) {
      const timeUs = id >= 0 && id < log.count ? log.timeUs(id) : this.#recording.world.nowUs;
      for (const { property, message } of marks)
        this.#found.push({
          kind: "violation",
          name: property,
          line: 0,
          eventId: id,
          timeUs,
          what: "",
          value: message,
        });
    }
    this.#found.sort((a, b) => a.timeUs - b.timeUs || a.eventId - b.eventId);
  }

  #add(kind: MilestoneKind, id: number, rest: Partial<Milestone> & Pick<Milestone, "name">): void {
    const timeUs = this.#recording.log.timeUs(id);
    this.#found.push({ kind, line: 0, eventId: id, timeUs, what: "", value: "", ...rest });
  }

  #take(id: number): void {
    const { log } = this.#recording;
    switch (log.kind(id)) {
      case "transition":
        this.#transition(id);
        return;
      case "commit":
        this.#commit(id);
        return;
      case "result":
        this.#step(id);
        return;
      case "return":
        this.#operation(id);
        return;
      case "crash":
      case "pause":
      case "wipe":
      case "restart":
      case "resume":
      case "fault":
      case "heal":
      case "struck":
      case "disk-error":
      case "disk-lost":
      case "no-start":
        this.#fault(id);
        return;
      default:
        return;
    }
  }

  #transition(id: number): void {
    const { log, world } = this.#recording;
    const role = ROLE_CODES[log.word(id, 0)] ?? "follower";
    const term = log.word(id, 1);
    const at = world.nameOf(log.at(id));
    if (term > this.#term) {
      this.#term = term;
      this.#add("term", id, { name: String(term), value: at });
    }
    if (role === "leader") this.#add("leader", id, { name: String(term), value: at });
  }

  /** Each entry once: when the first server counts it as committed. */
  #commit(id: number): void {
    const { log } = this.#recording;
    const index = log.word(id, 0);
    for (let entry = this.#committed + 1; entry <= index; entry += 1) {
      const { what, value } = this.#entry(entry);
      this.#add("entry", id, { name: String(entry), what, value });
    }
    this.#committed = Math.max(this.#committed, index);
  }

  /** What a log says of an entry at the end; one that every log has compacted is known by its index alone. */
  #entry(index: number): Pick<Milestone, "what" | "value"> {
    const { world } = this.#recording;
    for (const server of world.servers) {
      const log = server?.raft?.log ?? server?.disk.log;
      const entry = log?.at(index);
      if (entry === undefined || (server?.raft != null && server.raft.commitIndex < index)) continue;
      return {
        what: entryText(entry, (endpoint) => world.nameOf(endpoint)),
        value: t("term {0}", entry.term),
      };
    }
    return { what: "", value: "" };
  }

  #step(id: number): void {
    const { log } = this.#recording;
    const line = log.word(id, 0);
    const text = actionText(this.#recording, id) ?? "";
    const value = log.word(id, 1) === 1 ? text || "ok" : t("failed: {0}", text);
    // What the step itself did to the cluster is told by its result.
    const timeUs = log.timeUs(id);
    for (let last = this.#found.at(-1); isFaultOf(last, line, timeUs); last = this.#found.at(-1)) this.#found.pop();
    this.#add("step", id, { name: "", line, value });
  }

  #operation(id: number): void {
    const { log, world, history } = this.#recording;
    const operation = history.operation(log.word(id, 0));
    if (operation === undefined) return;
    const number = (this.#operations.get(operation.client) ?? 0) + 1;
    this.#operations.set(operation.client, number);
    const { outcome, body } = operation;
    const revision = outcome === null ? null : outcomeRevision(outcome);
    const answer = outcome === null ? "" : outcomeText(outcome);
    this.#add("operation", id, {
      name: `${world.nameOf(operation.client)} ${number}`,
      what: operationText(body),
      value: revision === null ? answer : t("{0}, revision {1}", answer, revision),
    });
  }

  #fault(id: number): void {
    const { log } = this.#recording;
    const kind = log.kind(id);
    const line = kind === "struck" || kind === "disk-error" || kind === "disk-lost" ? 0 : log.word(id, 0);
    this.#add("fault", id, { name: kind, line, what: titleOf(this.#recording, id) });
  }
}

function isFaultOf(milestone: Milestone | undefined, line: number, timeUs: number): boolean {
  return milestone?.kind === "fault" && milestone.line === line && milestone.timeUs === timeUs;
}
