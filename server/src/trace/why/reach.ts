import { t } from "../../l10n/text.js";
import type { EndpointId } from "../../sim/config.js";
import type { ActiveFault } from "../../sim/network.js";
import type { SimServer } from "../../sim/server.js";
import { TraceIndex } from "../trace-index.js";
import { type Asking, type Fact, notUp, serversOf } from "./asking.js";

/** Who can speak with whom at a moment, and which fault stands between them. */

/** The newest fault in force that lets nothing pass from `from` to `to`; `null` for none. */
export function blockOf({ world }: Asking, from: EndpointId, to: EndpointId): ActiveFault | null {
  const blocks = world.network.faults.filter(
    ({ fault }) => fault.kind === "block" && fault.pairs.some(([a, b]) => a === from && b === to),
  );
  return blocks.at(-1) ?? null;
}

/** The event at which a fault began. */
export function beginOf({ recording }: Asking, { number }: ActiveFault): number {
  return Math.max(0, TraceIndex.of(recording).beginOfFault(number));
}

/** That nothing passes between two in one direction or both; `null` where everything does. */
export function cut(asking: Asking, from: EndpointId, to: EndpointId): Fact | null {
  const { world } = asking;
  const there = blockOf(asking, from, to);
  const back = blockOf(asking, to, from);
  const block = there ?? back;
  if (block === null) return null;
  const sender = world.nameOf(from);
  const name = world.nameOf(to);
  const arrow = there !== null && back !== null ? "<->" : "->";
  const link = there === null ? `${name} ${arrow} ${sender}` : `${sender} ${arrow} ${name}`;
  return {
    text: t("nothing passes {0}", link),
    eventId: beginOf(asking, block),
    asks: there === null ? { kind: "link", from: name, to: sender } : { kind: "link", from: sender, to: name },
  };
}

/** Why `from` and `to` cannot work together: `to` is not up, or nothing passes; `null` where nothing hinders them. */
export function hindrance(asking: Asking, from: EndpointId, to: EndpointId): Fact | null {
  const server = asking.world.servers[to];
  return (server === undefined ? null : notUp(asking, server)) ?? cut(asking, from, to);
}

/** Whether messages of the two can reach each other, both being up. */
export function canTalk({ world }: Asking, from: EndpointId, to: EndpointId): boolean {
  return world.server(to).status === "up" && !world.network.isBlocked(from, to) && !world.network.isBlocked(to, from);
}

/** The servers that are up and hear this one and are heard, itself included. */
export function partners(asking: Asking, server: SimServer): readonly EndpointId[] {
  return serversOf(asking).flatMap(({ id }) =>
    (id === server.id && server.status === "up") || (id !== server.id && canTalk(asking, server.id, id)) ? [id] : [],
  );
}

/** A message of the two that waits for a step to deliver it, or is held; `null` for none. */
export function keptBetween(
  { world }: Asking,
  from: EndpointId,
  to: EndpointId,
): { readonly text: string; readonly eventId: number } | null {
  const between = (a: EndpointId, b: EndpointId): boolean => (a === from && b === to) || (a === to && b === from);
  const kept = world.network.waiting.find(({ message }) => between(message.from, message.to));
  if (kept !== undefined) {
    const { message, sendEvent } = kept;
    return {
      text: t("a message waits on {0} -> {1}", world.nameOf(message.from), world.nameOf(message.to)),
      eventId: sendEvent,
    };
  }
  const held = world.network.held.find(({ message }) => between(message.from, message.to));
  if (held === undefined) return null;
  const { message, sendEvent } = held;
  return {
    text: t("a rule holds a message on {0} -> {1}", world.nameOf(message.from), world.nameOf(message.to)),
    eventId: sendEvent,
  };
}
