/** What the last move of the cursor changed in a log, and how an entry's state is said. */
import { t } from "../../l10n/text.js";
import type { LogEntryView, ServerView } from "../../protocol/cluster-view.js";
import { list } from "../phrases.js";

/** Entries that came, and those that went: replaced by others, removed, or lost. */
export interface LogChanges {
  readonly added: ReadonlySet<number>;
  readonly removed: ReadonlyMap<number, LogEntryView>;
}

const NONE: LogChanges = { added: new Set(), removed: new Map() };

/** Compares a log with how it was before, as far as both windows reach. */
export function logChanges(now: ServerView, before: ServerView | undefined): LogChanges {
  if (before === undefined) return NONE;
  const old = new Map(before.log.map((entry) => [entry.index, entry]));
  const added = now.log.filter(({ index, term }) => {
    const was = old.get(index);
    return was === undefined ? index > before.lastIndex : was.term !== term;
  });
  const here = new Map(now.log.map((entry) => [entry.index, entry]));
  const removed = before.log.filter(({ index, term }) => {
    const is = here.get(index);
    // What a snapshot covers now is not gone.
    return is === undefined ? index > now.lastIndex : is.term !== term;
  });
  return {
    added: new Set(added.map(({ index }) => index)),
    removed: new Map(removed.map((entry) => [entry.index, entry])),
  };
}

/** Where an entry is, in words. */
export function storedWords(stored: LogEntryView["stored"]): string {
  switch (stored) {
    case "memory":
      return t("in memory only");
    case "written":
      return t("written, not durable yet");
    case "unsynced":
      return t("said to be durable, and not synced");
    case "durable":
      return t("durable");
  }
}

/** A sign for it, beside the border's line; none for what is durable. */
export function storedSign(stored: LogEntryView["stored"]): string {
  switch (stored) {
    case "memory":
      return "○";
    case "written":
      return "◔";
    case "unsynced":
      return "!";
    case "durable":
      return "";
  }
}

/** An entry in one sentence. */
export function entryWords({ name, damagedIndex }: ServerView, entry: LogEntryView): string {
  const { index, term, text, stored, committed, applied } = entry;
  const state = [
    storedWords(stored),
    committed ? t("committed") : t("not committed"),
    applied ? t("applied") : t("not applied"),
    ...(index === damagedIndex ? [t("damaged on disk")] : []),
  ];
  return t("{0}, entry {1}, term {2}: {3}; {4}", name, index, term, text, list(state));
}
