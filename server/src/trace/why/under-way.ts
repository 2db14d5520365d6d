import { t } from "../../l10n/text.js";
import type { EndpointId } from "../../sim/config.js";
import { readSend } from "../sent.js";
import type { Asking, Wait } from "./asking.js";
import { hopText } from "./hop-text.js";

/** Messages that had been sent and had not arrived at a moment. */

/** The next message from one to another that will arrive; `null` for none. */
export function nextDelivery({ recording, world }: Asking, from: EndpointId, to: EndpointId): Wait | null {
  let first: { readonly timeUs: number; readonly sendEvent: number } | null = null;
  for (const item of world.queue.items()) {
    if (item.kind !== "deliver" || item.message.from !== from || item.message.to !== to) continue;
    if (first === null || item.timeUs < first.timeUs) first = item;
  }
  if (first === null) return null;
  const { timeUs, sendEvent } = first;
  const text = t(
    "a message arrives at {0}: {1}",
    world.nameOf(to),
    hopText(recording, readSend(recording.log, sendEvent)),
  );
  return { text, timeUs, eventId: sendEvent };
}

/** When a message arrives that travels; `null` for one that does not. */
export function arrivesUs({ world }: Asking, sendEvent: number): number | null {
  for (const item of world.queue.items()) {
    if (item.kind === "deliver" && item.sendEvent === sendEvent) return item.timeUs;
  }
  return null;
}
