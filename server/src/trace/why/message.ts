import { t } from "../../l10n/text.js";
import type { EndpointId } from "../../sim/config.js";
import { readSend } from "../sent.js";
import { TraceIndex } from "../trace-index.js";
import { type Asking, type Fact, notUp } from "./asking.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { hopText } from "./hop-text.js";
import { arrivesUs } from "./under-way.js";

/** Most events looked through for what became of a message. */
const SCAN = 200_000;

/** Whether a message has arrived; what loses, holds or delays it otherwise. */
export function aboutMessage(asking: Asking, { eventId }: { readonly eventId: number }): Finding | null {
  const { log, world: newest } = asking.recording;
  if (eventId > asking.upTo || log.kind(eventId) !== "send") return null;
  const sent = readSend(log, eventId);
  const from = newest.nameOf(sent.from);
  const to = newest.nameOf(sent.to);
  const fate = fateOf(asking, eventId);
  if (fate >= 0 && log.kind(fate) === "deliver") {
    return chainFinding(true, t("{0} has got the message.", to), fate, [{ kind: "link", from, to }]);
  }
  if (fate >= 0 && log.kind(fate) === "drop")
    return chainFinding(false, t("The message was lost: {0} never gets it.", to), fate, [{ kind: "link", from, to }]);
  return underWay(asking, eventId, sent.to, fate);
}

function underWay(asking: Asking, send: number, receiver: EndpointId, held: number): Finding {
  const { recording, world } = asking;
  const sent = readSend(recording.log, send);
  const to = world.nameOf(receiver);
  const own: Fact = { text: hopText(recording, sent), eventId: send, asks: null };
  const keeper = world.network.held.find(({ sendEvent }) => sendEvent === send);
  if (keeper !== undefined || held >= 0) {
    const fault = keeper === undefined ? -1 : TraceIndex.of(recording).beginOfFault(keeper.fault);
    const rule = world.network.faults.find(({ number }) => number === keeper?.fault);
    const kept: Fact = {
      text: rule === undefined ? t("a rule holds it back") : t("a rule holds it back: {0}", rule.text),
      eventId: Math.max(0, fault),
      asks: null,
    };
    return factsFinding(
      false,
      t("The message is held back until a step releases it."),
      [kept, own],
      [{ text: t("a step `release` lets it go on"), timeUs: null, eventId: send }],
    );
  }
  if (world.network.waiting.some(({ sendEvent }) => sendEvent === send)) {
    return factsFinding(
      false,
      t("The network of this scenario is driven by hand: the message waits until a step delivers or loses it."),
      [own],
      [{ text: t("a step `deliver` brings it to {0}", to), timeUs: null, eventId: send }],
    );
  }
  const timeUs = arrivesUs(asking, send);
  if (timeUs !== null) {
    return factsFinding(
      false,
      t("The message is on its way to {0}: every message takes some time.", to),
      [own],
      [{ text: t("it arrives at {0}, unless the link is cut before", to), timeUs, eventId: send }],
    );
  }
  const server = world.servers[receiver];
  const paused = server === undefined ? null : notUp(asking, server);
  if (paused !== null)
    return factsFinding(false, t("The message has come to {0}, which is paused: it waits there.", to), [paused, own]);
  return factsFinding(false, t("The message has come to {0} and waits there.", to), [own]);
}

/** The event that delivered, lost or held a message; -1 while there is none. A message that was released is told of by what followed. */
function fateOf({ recording, upTo }: Asking, send: number): number {
  const { log } = recording;
  let held = -1;
  for (let id = send + 1; id <= Math.min(upTo, send + SCAN); id += 1) {
    if (log.cause(id) !== send) continue;
    const kind = log.kind(id);
    if (kind === "deliver" || kind === "drop") return id;
    if (kind === "held") held = id;
  }
  return held;
}
