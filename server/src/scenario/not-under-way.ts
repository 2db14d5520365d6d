import { commas, semicolons } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { WaitingMessages } from "../language/program.js";
import type { Pair } from "../sim/action.js";
import { readSend, selectorOf } from "../trace/sent.js";
import type { RunContext } from "./context.js";

/** Links listed when a message is not found. */
const MOST_LISTED = 8;

/** What was looked for among the messages under way, and what is there instead. */
export function notFound(
  context: RunContext,
  [from, to]: Pair,
  messages: Extract<WaitingMessages, { readonly kind: "one" }>,
): string {
  const { world, recording } = context;
  const link = `${world.nameOf(from)} -> ${world.nameOf(to)}`;
  const travels = world.config.network === "auto";
  const none = travels ? noneTravels : noneWaits;
  const what = none(messages.message, messages.nth ?? 1, link);
  const there = new Map<string, string[]>();
  for (const { message, sendEvent } of world.underWay()) {
    const key = `${world.nameOf(message.from)} -> ${world.nameOf(message.to)}`;
    const type = selectorOf(readSend(recording.log, sendEvent));
    const types = there.get(key);
    if (types === undefined) there.set(key, [type]);
    else types.push(type);
  }
  if (there.size === 0) return travels ? t("{0}: nothing is under way", what) : t("{0}: nothing waits anywhere", what);
  // The link itself first: its messages are what the step could have meant.
  const links = [...there].sort(([a], [b]) => Number(b === link) - Number(a === link));
  const listed = semicolons(links.slice(0, MOST_LISTED).map(([key, types]) => `${key} ${commas(types)}`));
  const text = travels ? t("{0}. Under way: {1}", what, listed) : t("{0}. Waiting: {1}", what, listed);
  return links.length > MOST_LISTED ? t("{0}; and on {1} more links", text, links.length - MOST_LISTED) : text;
}

/** `type`: `null` for a message of any; `nth` from 1. */
function noneWaits(type: string | null, nth: number, link: string): string {
  if (type === null) {
    switch (nth) {
      case 1:
        return t("no message waits on {0}", link);
      case 2:
        return t("no second message waits on {0}", link);
      case 3:
        return t("no third message waits on {0}", link);
      default:
        return t("no nth {0} message waits on {1}", nth, link);
    }
  }
  switch (nth) {
    case 1:
      return t("no {0} waits on {1}", type, link);
    case 2:
      return t("no second {0} waits on {1}", type, link);
    case 3:
      return t("no third {0} waits on {1}", type, link);
    default:
      return t("no nth {0} {1} waits on {2}", nth, type, link);
  }
}

function noneTravels(type: string | null, nth: number, link: string): string {
  if (type === null) {
    return nth === 1
      ? t("no message is under way on {0}", link)
      : t("no message number {0} is under way on {1}", nth, link);
  }
  return nth === 1
    ? t("no {0} is under way on {1}", type, link)
    : t("no {0} number {1} is under way on {2}", type, nth, link);
}
