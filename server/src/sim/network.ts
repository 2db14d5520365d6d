import type { NetworkFault, Pair } from "./action.js";
import type { EndpointId, Micros, MicrosRange, WorldConfig } from "./config.js";
import { messageMatches, type NetworkMessage } from "./message.js";
import { RandomStream } from "./random.js";

/** A fault in force. */
export interface ActiveFault {
  /** From 1, in the order of their beginning. */
  readonly number: number;
  readonly fault: NetworkFault;
  readonly text: string;
  readonly sinceUs: Micros;
  readonly untilUs: Micros | null;
  /** Messages that a counted rule will still take; `null` for no limit. */
  readonly remaining: number | null;
}

/** A message that a hold rule keeps. */
export interface HeldMessage {
  readonly message: NetworkMessage;
  readonly sendEvent: number;
  readonly fault: number;
}

/** A message that is to arrive: in a manual network when a step says so, otherwise by itself. */
export interface WaitingMessage {
  /** Names it among those under way: in a manual network from 1, in the order of their coming. */
  readonly number: number;
  readonly message: NetworkMessage;
  readonly sendEvent: number;
}

/** What becomes of a message that was sent. Arrivals are instants of virtual time; several for duplicates. */
export type Fate =
  | { readonly kind: "arrives"; readonly timeUs: Micros; readonly duplicateUs: Micros | null }
  | { readonly kind: "lost"; readonly why: "loss" | "blocked" | "rule" }
  | { readonly kind: "held"; readonly fault: number }
  /** In a manual network: until an action delivers it. */
  | { readonly kind: "waits" };

const WAITS: Fate = { kind: "waits" };

/** How one link differs from the cluster's settings. */
interface LinkParameters {
  blocked: boolean;
  loss: number;
  duplicate: number;
  reorder: number;
  latency: MicrosRange;
}

/**
 * The network between all endpoints. Links are first in, first out unless `reorder` strikes. Faults compose:
 * the state of a link is computed from all faults in force, so that ending one leaves the others.
 */
export class Network {
  readonly #config: WorldConfig;
  readonly #random: RandomStream;
  #endpoints: number;
  #nextFault = 1;
  #faults: ActiveFault[] = [];
  #held: HeldMessage[] = [];
  #waiting: WaitingMessage[] = [];
  #nextWaiting = 1;
  /** By `from * (endpoints + 1) + to`; `undefined` where the settings hold unchanged. */
  #links: (LinkParameters | undefined)[] = [];
  #lastArrival: Float64Array;
  #rules: ActiveFault[] = [];
  /** Messages that each rule has struck so far, by its fault's number. */
  readonly #struck = new Map<number, number>();

  constructor(config: WorldConfig, endpoints: number, random: RandomStream = RandomStream.of(config.seed, "network")) {
    this.#config = config;
    this.#endpoints = endpoints;
    this.#random = random;
    this.#lastArrival = new Float64Array((endpoints + 1) * (endpoints + 1));
  }

  /** Faults in force, oldest first. */
  get faults(): readonly ActiveFault[] {
    return this.#faults;
  }

  /** Messages kept by hold rules, oldest first. */
  get held(): readonly HeldMessage[] {
    return this.#held;
  }

  /** Messages that wait until an action delivers them, oldest first: those of a link in the order in which it brought them. */
  get waiting(): readonly WaitingMessage[] {
    return this.#waiting;
  }

  /** How many messages a rule has dropped, delayed or held so far. */
  struckBy(fault: number): number {
    return this.#struck.get(fault) ?? 0;
  }

  /** Whether nothing passes from `from` to `to`. */
  isBlocked(from: EndpointId, to: EndpointId): boolean {
    return this.#linkAt(from * (this.#endpoints + 1) + to)?.blocked ?? false;
  }

  /** Decides the fate of a message sent at `nowUs`. */
  send(message: NetworkMessage, nowUs: Micros): Fate {
    const slot = message.from * (this.#endpoints + 1) + message.to;
    const link = this.#linkAt(slot);
    if (link?.blocked) return { kind: "lost", why: "blocked" };
    let delayUs = 0;
    if (this.#rules.length > 0) {
      const ruled = this.#applyRules(message);
      if (typeof ruled !== "number") return ruled;
      delayUs = ruled;
    }
    const config = this.#config;
    if (this.#random.chance(link?.loss ?? config.loss)) return { kind: "lost", why: "loss" };
    // How long a message takes, and whether others overtake it, is up to whoever delivers it.
    if (config.network === "manual") return WAITS;
    const latency = link?.latency ?? config.latency;
    let timeUs = nowUs + this.#random.integer(latency.min, latency.max);
    if (this.#random.chance(link?.reorder ?? config.reorder)) {
      timeUs += this.#random.integer(0, 4 * latency.max);
    } else {
      const last = this.#lastArrival[slot] ?? 0;
      if (timeUs < last) timeUs = last;
      this.#lastArrival[slot] = timeUs;
    }
    // What a rule delays is overtaken by the rest of its link: that is what such a rule is for.
    timeUs += delayUs;
    const duplicateUs = this.#random.chance(link?.duplicate ?? config.duplicate)
      ? timeUs + this.#random.integer(0, 4 * latency.max)
      : null;
    return { kind: "arrives", timeUs, duplicateUs };
  }

  /** Puts a fault in force and returns its number. */
  begin(fault: NetworkFault, text: string, sinceUs: Micros, untilUs: Micros | null): number {
    const number = this.takeFaultNumber();
    const remaining = fault.kind === "rule" ? fault.count : null;
    this.#faults.push({ number, fault, text, sinceUs, untilUs, remaining });
    this.#recompute();
    return number;
  }

  /** The number of the next fault, of the network or of a machine: they are counted together. */
  takeFaultNumber(): number {
    const number = this.#nextFault;
    this.#nextFault += 1;
    return number;
  }

  /** Ends a fault; returns the messages it held. False-y numbers and ended faults give nothing. */
  end(number: number): readonly HeldMessage[] {
    this.#faults = this.#faults.filter((active) => active.number !== number);
    this.#recompute();
    return this.#releaseWhere((held) => held.fault === number);
  }

  /** Whether a fault with this number is in force or still holds messages. */
  knows(number: number): boolean {
    return this.#faults.some((active) => active.number === number) || this.#held.some((held) => held.fault === number);
  }

  /** Ends every fault; returns all held messages. */
  healAll(): readonly HeldMessage[] {
    this.#faults = [];
    this.#recompute();
    return this.#releaseWhere(() => true);
  }

  /** Unblocks pairs for which `healed` holds; other kinds of faults stay. */
  heal(healed: (from: EndpointId, to: EndpointId) => boolean): void {
    this.#faults = this.#faults.flatMap((active) => {
      if (active.fault.kind !== "block") return [active];
      const pairs = active.fault.pairs.filter(([from, to]) => !healed(from, to));
      return pairs.length === 0 ? [] : [{ ...active, fault: { kind: "block" as const, pairs } }];
    });
    this.#recompute();
  }

  /** Keeps a message until its rule is released. */
  hold(message: NetworkMessage, sendEvent: number, fault: number): void {
    this.#held.push({ message, sendEvent, fault });
  }

  /** Lets a message wait until it is delivered. */
  wait(message: NetworkMessage, sendEvent: number): void {
    this.#waiting.push({ number: this.#nextWaiting, message, sendEvent });
    this.#nextWaiting += 1;
  }

  /** A copy of a waiting message waits right behind it. */
  copyWaiting({ number, message, sendEvent }: WaitingMessage): void {
    const at = this.#waiting.findIndex((waiting) => waiting.number === number);
    this.#waiting.splice(at + 1, 0, { number: this.#nextWaiting, message, sendEvent });
    this.#nextWaiting += 1;
  }

  /** Takes a waiting message out. */
  takeWaiting({ number }: WaitingMessage): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting.number !== number);
  }

  /** Makes room for one more endpoint and returns its number. */
  addEndpoint(): EndpointId {
    const before = this.#endpoints;
    this.#endpoints += 1;
    const grown = new Float64Array((before + 2) * (before + 2));
    for (let from = 1; from <= before; from += 1) {
      for (let to = 1; to <= before; to += 1) {
        grown[from * (before + 2) + to] = this.#lastArrival[from * (before + 1) + to] ?? 0;
      }
    }
    this.#lastArrival = grown;
    this.#recompute();
    return this.#endpoints;
  }

  /** An independent copy. */
  clone(): Network {
    const copy = new Network(this.#config, this.#endpoints, this.#random.clone());
    copy.#nextFault = this.#nextFault;
    copy.#faults = this.#faults.slice();
    copy.#held = this.#held.slice();
    copy.#waiting = this.#waiting.slice();
    for (const [fault, count] of this.#struck) copy.#struck.set(fault, count);
    copy.#nextWaiting = this.#nextWaiting;
    copy.#lastArrival = this.#lastArrival.slice();
    copy.#recompute();
    return copy;
  }

  /** Reading beyond an array's end is slow, and where nothing is broken there is nothing to read. */
  #linkAt(slot: number): LinkParameters | undefined {
    return this.#links.length === 0 ? undefined : this.#links[slot];
  }

  #releaseWhere(released: (held: HeldMessage) => boolean): readonly HeldMessage[] {
    const out = this.#held.filter(released);
    this.#held = this.#held.filter((held) => !released(held));
    return out;
  }

  /** What the rules do to a message: the first that drops or holds it decides; otherwise it is delayed so much in all. */
  #applyRules(message: NetworkMessage): Fate | number {
    const concerned = this.#rules.filter(({ fault }) => fault.kind === "rule" && ruleConcerns(fault, message));
    for (const rule of concerned) {
      if (rule.fault.kind !== "rule" || rule.fault.effect === "delay") continue;
      this.#countDown(rule);
      return rule.fault.effect === "drop" ? { kind: "lost", why: "rule" } : { kind: "held", fault: rule.number };
    }
    let delayUs = 0;
    for (const rule of concerned) {
      this.#countDown(rule);
      if (rule.fault.kind === "rule") delayUs += rule.fault.byUs;
    }
    return delayUs;
  }

  #countDown(rule: ActiveFault): void {
    this.#struck.set(rule.number, this.struckBy(rule.number) + 1);
    if (rule.remaining === null) return;
    const left = rule.remaining - 1;
    this.#faults = this.#faults.flatMap((active) =>
      active.number !== rule.number ? [active] : left > 0 ? [{ ...active, remaining: left }] : [],
    );
    this.#recompute();
  }

  #recompute(): void {
    const config = this.#config;
    this.#links = [];
    this.#rules = this.#faults.filter((active) => active.fault.kind === "rule");
    const link = (from: EndpointId, to: EndpointId): LinkParameters => {
      const slot = from * (this.#endpoints + 1) + to;
      const known = this.#links[slot];
      if (known !== undefined) return known;
      const { loss, duplicate, reorder, latency } = config;
      const made = { blocked: false, loss, duplicate, reorder, latency };
      this.#links[slot] = made;
      return made;
    };
    for (const { fault } of this.#faults) {
      if (fault.kind === "rule") continue;
      for (const [from, to] of fault.kind === "block" ? fault.pairs : (fault.pairs ?? this.#allPairs())) {
        const parameters = link(from, to);
        if (fault.kind === "block") parameters.blocked = true;
        else if (fault.kind === "latency") parameters.latency = fault.latency;
        else parameters[fault.kind] = fault.chance;
      }
    }
  }

  #allPairs(): Pair[] {
    const pairs: Pair[] = [];
    for (let from = 1; from <= this.#endpoints; from += 1) {
      for (let to = 1; to <= this.#endpoints; to += 1) if (from !== to) pairs.push([from, to]);
    }
    return pairs;
  }
}

function ruleConcerns(fault: NetworkFault & { kind: "rule" }, message: NetworkMessage): boolean {
  if (!messageMatches(fault.message, message)) return false;
  return fault.pairs.some(([from, to]) => from === message.from && to === message.to);
}
