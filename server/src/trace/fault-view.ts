import type { ActiveFault } from "../sim/network.js";
import type { World } from "../sim/world.js";

/** Links of a fault that a picture holds. */
const LINKS = 300;

/** What a fault does to the network, link by link. */
export interface NetworkFaultPicture {
  readonly effect: "block" | "loss" | "duplicate" | "reorder" | "latency" | "drop" | "delay" | "hold";
  /** The type of message that it concerns; `null` for all. */
  readonly message: string | null;
  /** Ordered pairs, at most 300; `null`: every link. */
  readonly links: readonly { readonly from: string; readonly to: string }[] | null;
  /** Loss, duplicates, reordering: the chance, from 0 to 1. */
  readonly chance: number | null;
  /** Latency: the range; delay: twice the same. In microseconds. */
  readonly us: { readonly min: number; readonly max: number } | null;
  /** Messages that a rule has struck so far; `null` for what is no rule. */
  readonly struck: number | null;
  /** Messages that a counted rule will still strike; `null` for no limit. */
  readonly left: number | null;
}

/** A fault in force. */
export interface FaultPicture {
  readonly id: number;
  readonly text: string;
  readonly sinceUs: number;
  readonly untilUs: number | null;
  /** `null` for a fault of a machine. */
  readonly network: NetworkFaultPicture | null;
}

/** The network's and the machines', in the order in which they began. */
export function faultsInForce(world: World): FaultPicture[] {
  const network = world.network.faults.map((active) => ({ ...active, network: networkPicture(world, active) }));
  const machines = world.machineFaults.map((active) => ({ ...active, network: null }));
  return [...network, ...machines]
    .sort((a, b) => a.number - b.number)
    .map(({ number, text, sinceUs, untilUs, network: effect }) => ({
      id: number,
      text,
      sinceUs,
      untilUs,
      network: effect,
    }));
}

function networkPicture(world: World, { fault, number, remaining }: ActiveFault): NetworkFaultPicture {
  const links =
    fault.pairs?.slice(0, LINKS).map(([from, to]) => ({ from: world.nameOf(from), to: world.nameOf(to) })) ?? null;
  const plain = { message: null, links, chance: null, us: null, struck: null, left: null };
  switch (fault.kind) {
    case "block":
      return { ...plain, effect: "block" };
    case "loss":
    case "duplicate":
    case "reorder":
      return { ...plain, effect: fault.kind, chance: fault.chance };
    case "latency":
      return { ...plain, effect: "latency", us: fault.latency };
    case "rule":
      return {
        effect: fault.effect,
        message: fault.message,
        links,
        chance: null,
        us: fault.effect === "delay" ? { min: fault.byUs, max: fault.byUs } : null,
        struck: world.network.struckBy(number),
        left: remaining,
      };
  }
}
