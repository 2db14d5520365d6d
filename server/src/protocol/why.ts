/** Questions and their answers: what a person can ask about a moment of a run, and what comes back. */

import type { EventView } from "./event-view.js";
import type { EventId } from "./session.js";

/**
 * What a person asks about at a moment, instead of an event. Each is asked whether it is so or not: why there is a leader, or why there is
 * none.
 */
export type WhySubject =
  | {
      readonly kind: "server";
      readonly server: string;
      readonly field: "status" | "role" | "term" | "vote" | "leader" | "commit" | "applied" | "timer";
    }
  /** `state`: what is asked of the entry; left out: whether the log holds it. */
  | {
      readonly kind: "entry";
      readonly server: string;
      readonly index: number;
      readonly state?: "here" | "durable" | "committed" | "applied";
    }
  /** Whether somebody leads. */
  | { readonly kind: "leader" }
  /** Whether a server's commit index is where its leader's is, and the leader's at the end of its log. */
  | { readonly kind: "commit"; readonly server: string }
  /** Whether a server stands for election. */
  | { readonly kind: "election"; readonly server: string }
  /** Whether a server voted for another when that asked last. */
  | { readonly kind: "vote"; readonly server: string; readonly candidate: string }
  /** Whether a message has arrived, named by the event that sent it. */
  | { readonly kind: "message"; readonly eventId: EventId }
  /** Whether a client has the answer to an operation, by its number in the run's history. */
  | { readonly kind: "operation"; readonly operation: number }
  /** Whether a client waits for an answer. */
  | { readonly kind: "client"; readonly client: string }
  /** Whether linearizable reads are served. */
  | { readonly kind: "read" }
  /** Whether there is a lease, by its id in hexadecimal digits. */
  | { readonly kind: "lease"; readonly lease: string }
  /** Whether a watch, by its number, has received something. */
  | { readonly kind: "watch"; readonly watch: number }
  /** Whether the last change of the configuration is done. */
  | { readonly kind: "configuration" }
  /** Whether messages pass between two. */
  | { readonly kind: "link"; readonly from: string; readonly to: string }
  /** Whether there is a key. `server` left out: at the leader, or who has applied most. */
  | { readonly kind: "key"; readonly key: string; readonly server?: string }
  /** Whether a follower is sent a snapshot instead of entries. */
  | { readonly kind: "snapshot"; readonly server: string };

/** A question in words that can be asked at a moment. */
export interface WhyQuestion {
  /** `Why is s1 down?` */
  readonly title: string;
  readonly eventId: EventId;
  /** `null`: why that event happened. */
  readonly about: WhySubject | null;
}

/** An answer. Every link is a place in the run, at or before the moment that was asked about. */
export interface WhyView {
  /** The moment. */
  readonly eventId: EventId;
  /** `Why is there no leader?` */
  readonly question: string;
  /** Whether that which was asked about is so. */
  readonly holds: boolean;
  /** The answer in a sentence. */
  readonly headline: string;
  /** The headline's sources. */
  readonly sections: readonly string[];
  /** A chain of causes, the asked event first, each next one the cause of the one before; or facts. */
  readonly links: readonly WhyLink[];
  /** The chain was cut at its limit. */
  readonly truncated: boolean;
  /** What is still to come, the soonest first. */
  readonly waits: readonly WhyWait[];
  /** What one asks next. */
  readonly questions: readonly WhyQuestion[];
}

/** A step of an answer. As an event it is the place in the run. */
export interface WhyLink extends EventView {
  /** `asked`: the event that the chain begins with. `cause`: it brought the link before about. `fact`: something that is so since then. */
  readonly relation: "asked" | "cause" | "fact";
  /** What happened, or what is so: `s2 gives s1 its vote in term 3`. */
  readonly text: string;
  /** By which rule, without its sources; `null` where there was nothing to decide, or the link before says it. */
  readonly because: string | null;
  /** The rule's sources: `§5.4.1` of the Raft paper, `D §9.6` of the dissertation, `etcd: lease/lessor.go`. */
  readonly sections: readonly string[];
  /** What took time between this link and the one before: disk and network; `null` for nothing. */
  readonly mechanics: string | null;
  /** The events that the link stands for besides its own, newest first. */
  readonly steps: readonly EventView[];
}

/** Something that is still to come. */
export interface WhyWait {
  readonly text: string;
  /** `null` where no instant is set: a step, an answer. */
  readonly timeUs: number | null;
  /** What brought it about. */
  readonly eventId: EventId;
}
