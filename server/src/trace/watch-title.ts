import { t } from "../l10n/text.js";
import type { EventKind } from "../sim/recorder.js";
import { WATCH_ERRORS } from "../sim/watch-options.js";
import { actionText } from "./action-text.js";
import { watchEvents } from "./counts.js";
import { watchText } from "./message-text.js";
import type { Recording } from "./recording.js";

/** Kinds of events that happen to watches. */
type WatchKind = Extract<EventKind, "watch" | "unwatch" | `watch-${string}`>;

/** What happened to a watch, in one clause: `alice receives 2 events on w, rev 3 to 4`. */
export function watchTitle(recording: Recording, id: number, kind: WatchKind): string {
  const { log, world } = recording;
  const at = world.nameOf(log.at(id));
  const word = (position: number): number => log.word(id, position);
  switch (kind) {
    case "watch":
      return actionText(recording, id) ?? t("{0} opens {1}", at, watchText(recording, word(1)));
    case "unwatch":
      return t("{0} ends {1}", at, watchText(recording, word(1)));
    case "watch-events":
      return t(
        "{0} receives {1} on {2}, {3}",
        at,
        watchEvents(word(3)),
        watchText(recording, word(0)),
        revisions(word(1), word(2)),
      );
    case "watch-resume":
      return word(1) > 0
        ? t("{0} resumes {1} at {2}, from rev {3}", at, watchText(recording, word(0)), world.nameOf(word(2)), word(1))
        : t("{0} resumes {1} at {2}, from now on", at, watchText(recording, word(0)), world.nameOf(word(2)));
    case "watch-progress":
      return actionText(recording, id) ?? t("{0} asks how far {1} has come", at, watchText(recording, word(1)));
    case "watch-created":
      return t(
        "{0}'s {1} is open at {2}, whose store is at rev {3}",
        at,
        watchText(recording, word(0)),
        world.nameOf(word(2)),
        word(1),
      );
    case "watch-notified":
      return t("{0} is told on {1} that everything up to rev {2} was sent", at, watchText(recording, word(0)), word(1));
    case "watch-canceled":
      return t(
        "{0}'s {1} is ended by the server: {2}",
        at,
        watchText(recording, word(0)),
        canceledText(word(1), word(2)),
      );
    case "watch-catch-up":
      return word(4) === 0
        ? t("{0} catches up {1} from rev {2}: {3}", at, watchText(recording, word(0)), word(1), watchEvents(word(3)))
        : t(
            "{0} catches up {1} from rev {2}: {3}, more follow",
            at,
            watchText(recording, word(0)),
            word(1),
            watchEvents(word(3)),
          );
  }
}

/** `error compacted, history begins at rev 7`. `code` is a position in WATCH_ERRORS, from 1. */
function canceledText(code: number, compactRevision: number): string {
  const error = WATCH_ERRORS[code - 1];
  const named = error === undefined ? t("no reason given") : `error ${error}`;
  return compactRevision > 0 ? t("{0}, history begins at rev {1}", named, compactRevision) : named;
}

function revisions(first: number, last: number): string {
  return first === last ? `rev ${first}` : t("rev {0} to {1}", first, last);
}
