import { t } from "../../l10n/text.js";
import { TraceIndex } from "../trace-index.js";
import { type Asking, type Fact, notUp, type Wait } from "./asking.js";
import { type Finding, factsFinding } from "./finding.js";
import { beginOf, blockOf } from "./reach.js";

/** Whether messages pass from one to another, and which fault stands between them otherwise. */
export function aboutLink(
  asking: Asking,
  { from, to }: { readonly from: string; readonly to: string },
): Finding | null {
  const { world, recording } = asking;
  const sender = world.endpointNamed(from);
  const receiver = world.endpointNamed(to);
  if (sender === null || receiver === null || sender === receiver) return null;
  const link = `${from} -> ${to}`;
  const block = blockOf(asking, sender, receiver);
  if (block !== null) {
    const eventId = beginOf(asking, block);
    const waits: Wait[] =
      block.untilUs === null
        ? [{ text: t("a step `heal` ends it"), timeUs: null, eventId }]
        : [{ text: t("the fault ends by itself"), timeUs: block.untilUs, eventId }];
    const fact: Fact = { text: t("this fault is in force: {0}", block.text), eventId, asks: null };
    return factsFinding(false, t("Nothing passes {0}: what is sent there is lost.", link), [fact], waits);
  }
  const faults = world.network.faults.filter(
    ({ fault }) =>
      fault.kind !== "block" && (fault.pairs === null || fault.pairs.some(([a, b]) => a === sender && b === receiver)),
  );
  const facts = faults.map(
    (fault): Fact => ({
      text: t("this fault bears on it: {0}", fault.text),
      eventId: beginOf(asking, fault),
      asks: null,
    }),
  );
  const server = world.servers[receiver];
  const down = server === undefined ? null : notUp(asking, server);
  if (down !== null) facts.push(down);
  const healed = facts.length === 0 ? [openSince(asking)] : [];
  const headline =
    down === null
      ? t("Messages pass {0}: no fault cuts it.", link)
      : t("Messages pass {0}, but nobody takes them there.", link);
  return factsFinding(true, headline, [...facts, ...healed]);

  function openSince({ upTo }: Asking): Fact {
    const undone = TraceIndex.of(recording)
      .events("undone")
      .findLast((id) => id <= upTo);
    return undone === undefined
      ? { text: t("the network is as it was at the beginning"), eventId: 0, asks: null }
      : { text: t("the last fault that ended"), eventId: undone, asks: null };
  }
}
