import type { MembershipChange } from "../raft/membership.js";
import type { ClientOperation } from "./client-operation.js";
import type { EndpointId, Micros, MicrosRange } from "./config.js";
import type { MachineFault } from "./machine-fault.js";
import type { MessageSelector } from "./message.js";
import type { WatchOptions } from "./watch-options.js";

/** An ordered pair of endpoints. */
export type Pair = readonly [from: EndpointId, to: EndpointId];

/** A lasting condition of the network. `pairs` `null` means every link. */
export type NetworkFault =
  | { readonly kind: "block"; readonly pairs: readonly Pair[] }
  | { readonly kind: "loss" | "duplicate" | "reorder"; readonly chance: number; readonly pairs: readonly Pair[] | null }
  | { readonly kind: "latency"; readonly latency: MicrosRange; readonly pairs: readonly Pair[] | null }
  /** Concerns messages of one type (`null`: all); `count` `null` lasts, otherwise it ends after so many messages. */
  | {
      readonly kind: "rule";
      readonly effect: "drop" | "delay" | "hold";
      readonly message: MessageSelector | null;
      readonly pairs: readonly Pair[];
      /** For `delay`: how much later. */
      readonly byUs: Micros;
      readonly count: number | null;
    };

/**
 * What is done to a world from outside, by a scenario's step or by a person. Actions are plain data: a run is its
 * config, its actions and the instants at which they were done.
 */
export type Action =
  /** A step of the scenario begins: the events it causes point back to its line. */
  | { readonly kind: "step" }
  | { readonly kind: "note"; readonly text: string }
  /** A step's expectation was met or not. */
  | { readonly kind: "result"; readonly ok: boolean; readonly text: string }
  /** `crash`, `pause`, `restart` and `resume` are for clients as well: `server` is the number of either. */
  | { readonly kind: "crash" | "pause"; readonly server: EndpointId; readonly durationUs: Micros | null }
  | { readonly kind: "restart" | "resume" | "wipe" | "timeout" | "snapshot"; readonly server: EndpointId }
  /** Asks a server, which should lead, to change the configuration of its cluster (§6, dissertation §4). */
  | { readonly kind: "membership"; readonly server: EndpointId; readonly change: MembershipChange }
  /** Asks a server, which should lead, to hand its leadership to `target` (dissertation §3.10). */
  | { readonly kind: "transfer"; readonly server: EndpointId; readonly target: EndpointId }
  /** A fault of the network or of one machine. A crash point has its duration in itself. */
  | {
      readonly kind: "fault";
      readonly fault: NetworkFault | MachineFault;
      readonly text: string;
      readonly durationUs: Micros | null;
    }
  | { readonly kind: "heal"; readonly what: HealScope }
  /** Lets go of what a `hold` rule has kept, and ends the rule. */
  | { readonly kind: "release"; readonly fault: number }
  /** Lets time pass on the timers of a server, and on nothing else; those that come due fire, in order. */
  | { readonly kind: "tick"; readonly server: EndpointId; readonly durationUs: Micros }
  /** About one message under way, by its number among {@link World.underWay}: it arrives now, is lost, or a copy comes right behind it. */
  | { readonly kind: "deliver" | "discard" | "copy"; readonly waiting: number }
  /** A message under way in an automatic network arrives so much later. */
  | { readonly kind: "postpone"; readonly waiting: number; readonly byUs: Micros }
  /** A message under way is lost; named by the event that sent it. */
  | { readonly kind: "lose"; readonly sendEvent: number }
  | {
      readonly kind: "invoke";
      readonly client: EndpointId;
      readonly body: ClientOperation;
      readonly at: EndpointId | null;
    }
  | {
      readonly kind: "watch";
      readonly client: EndpointId;
      readonly name: string;
      readonly options: WatchOptions;
      readonly at: EndpointId | null;
    }
  /** `watch-progress` asks how far the watches of the client have come at the server of this one. */
  | { readonly kind: "unwatch" | "watch-progress"; readonly client: EndpointId; readonly watch: number }
  /** Adds a client process, e.g. those of a workload. */
  | { readonly kind: "add-client"; readonly name: string };

/**
 * Which faults `heal` ends. `all`: every fault in force, of the network and of machines. `endpoints`: what cuts these off,
 * and the faults of their clocks and disks. `pairs`: what cuts these links.
 */
export type HealScope =
  | { readonly kind: "all" }
  | { readonly kind: "endpoints"; readonly endpoints: readonly EndpointId[] }
  | { readonly kind: "pairs"; readonly pairs: readonly Pair[] };

/** What an action gave back at once. */
export interface ActionResult {
  /** The event that records the action. */
  readonly eventId: number;
  /** `fault`: its number. `invoke`: the operation's. `watch`: the watch's. `add-client`: the endpoint. Otherwise 0. */
  readonly number: number;
  /** Why the action had no effect (`crash` of a server that is down …); `null` when it had. */
  readonly refused: string | null;
}

/** An action with its place in a run: done after `position` queue items were processed, at `timeUs`. */
export interface RecordedAction {
  readonly action: Action;
  /** 1-based scenario line; 0 for none. */
  readonly line: number;
  /** The event that caused it (a step's event); -1 for none. */
  readonly cause: number;
  readonly timeUs: Micros;
  readonly position: number;
}
