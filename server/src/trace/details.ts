import type { Command } from "../kv/command.js";
import { t } from "../l10n/text.js";
import type { Entry } from "../raft/types.js";
import type { World } from "../sim/world.js";
import { messageOf } from "./message-text.js";
import { changeText, entryText } from "./operation-text.js";
import type { Recording } from "./recording.js";
import type { Field } from "./view.js";

/** Entries or changes that are spelt out. */
const SHOWN = 20;

/** What only the state at an event can tell: the entries of an AppendEntries, the changes a watch brings. */
export function detailFields(recording: Recording, eventId: number): Field[] {
  const sent = messageOf(recording, eventId);
  if (sent === null) return watchChanges(recording, eventId);
  if (sent.type !== "AppendEntries" || sent.entries === 0) return [];
  const entries = entriesOf(recording.stateAt(sent.eventId), sent.eventId, sent.from, sent.prevLogIndex, sent.entries);
  return entries.map((entry, position) => ({
    name: t("entry {0}", sent.prevLogIndex + 1 + position),
    value: t(
      "term {0}: {1}",
      entry.term,
      entryText(entry, (id) => recording.world.nameOf(id)),
    ),
  }));
}

/** From the message if it is still under way, otherwise from the log of its sender, which has just sent them. */
function entriesOf(world: World, send: number, from: number, previous: number, count: number): Entry<Command>[] {
  for (const item of world.queue.items()) {
    if (item.kind === "deliver" && item.sendEvent === send && item.message.type === "AppendEntries") {
      return item.message.entries.slice(0, SHOWN);
    }
  }
  const last = previous + Math.min(count, SHOWN);
  return world.servers[from]?.raft?.log.slice(previous + 1, last) ?? [];
}

function watchChanges(recording: Recording, eventId: number): Field[] {
  const { log, history } = recording;
  if (log.kind(eventId) !== "watch-events") return [];
  const received = history.watch(log.word(eventId, 0))?.received ?? [];
  const first = log.word(eventId, 1);
  const last = log.word(eventId, 2);
  return received
    .filter(({ event, eventId: by }) => by === eventId && event.kv.modRevision >= first && event.kv.modRevision <= last)
    .slice(0, SHOWN)
    .map(({ event }) => ({ name: `rev ${event.kv.modRevision}`, value: changeText(event) }));
}
