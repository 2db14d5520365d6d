/** What a server's card says of its log, its disk and its clock. */
import { t } from "../../l10n/text.js";
import type { ServerView } from "../../protocol/cluster-view.js";
import { longList } from "../phrases.js";
import { formatShortTime } from "../time.js";
import { offsetWords } from "./badges.js";

/** How much of the longest log a server holds, has on disk and has committed, from 0 to 1. */
export function logShares(
  { lastIndex, durableIndex, commitIndex }: Pick<ServerView, "lastIndex" | "durableIndex" | "commitIndex">,
  longest: number,
): { readonly last: number; readonly durable: number; readonly commit: number } {
  const share = (index: number) => Math.min(1, Math.max(0, index / Math.max(1, longest)));
  return { last: share(lastIndex), durable: share(durableIndex), commit: share(commitIndex) };
}

/** `1 write with 3 entries under way`; `null` where the disk has nothing to do. */
export function diskWords({ pendingWrites: writes, pendingEntries: entries, log }: ServerView): string | null {
  const parts: string[] = [];
  if (writes > 0) {
    parts.push(writes === 1 ? t("1 write under way") : t("{0} writes under way", writes));
    if (entries > 0) parts.push(entries === 1 ? t("1 entry not durable") : t("{0} entries not durable", entries));
  }
  const unsynced = log.filter(({ stored }) => stored === "unsynced").length;
  if (unsynced > 0)
    parts.push(
      unsynced === 1 ? t("1 entry only claimed to be durable") : t("{0} entries only claimed to be durable", unsynced),
    );
  return parts.length === 0 ? null : longList(parts);
}

/** `+25 ms, 10% fast`; `null` for a clock that is right, or stands still. */
export function clockWords({
  clockOffsetUs,
  clockRate,
}: Pick<ServerView, "clockOffsetUs" | "clockRate">): string | null {
  if (clockOffsetUs === null || clockRate === null) return null;
  const rate = rateWords(clockRate);
  if (clockOffsetUs === 0) return rate;
  const offset = Math.abs(clockOffsetUs) < 1_000 ? formatShortTime(clockOffsetUs) : offsetWords(clockOffsetUs);
  return rate === null ? offset : t("{0}, {1}", offset, rate);
}

function rateWords(rate: number): string | null {
  const parts = Math.round((rate - 1) * 10_000) / 100;
  if (parts === 0) return null;
  return parts > 0 ? t("{0}% fast", parts) : t("{0}% slow", -parts);
}

/** Where the hand of the clock's dial stands, in degrees from true time: a second is all the way round, and no more is shown. */
export function clockTurn({ clockOffsetUs }: Pick<ServerView, "clockOffsetUs">): number {
  const seconds = (clockOffsetUs ?? 0) / 1_000_000;
  return Math.max(-170, Math.min(170, seconds * 360));
}
