import { MESSAGE_TYPES } from "../language/vocabulary/messages.js";
import type { MessagePlace } from "../protocol/steps/fault-text.js";
import { type MessageSelector, messageMatches } from "../sim/message.js";
import type { Recording } from "../trace/recording.js";
import { readSend, selectorOf } from "../trace/sent.js";

/**
 * How a step names a message under way at this instant; `null` when it is not.
 *
 * @param sendEvent the event that sent it
 * @param copy which of several copies, from 0
 */
export function placeUnderWay({ world, log }: Recording, sendEvent: number, copy: number): MessagePlace | null {
  const all = world.underWay();
  const found = all.filter((each) => each.sendEvent === sendEvent)[copy];
  if (found === undefined) return null;
  const { from, to } = found.message;
  const type = nameable(selectorOf(readSend(log, sendEvent)));
  const rivals = all.filter(
    ({ message }) => message.from === from && message.to === to && messageMatches(type, message),
  );
  return { from: world.nameOf(from), to: world.nameOf(to), type, place: rivals.indexOf(found) + 1 };
}

/** The type as the language names it; `null` where it has no name for it. */
function nameable(type: string): MessageSelector | null {
  return MESSAGE_TYPES.find(({ name }) => name === type)?.name ?? null;
}
