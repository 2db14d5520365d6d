/** How a message under way is drawn. */
import type { MessageInFlight } from "../../protocol/cluster-view.js";

/** Its shape says request, reply or client, its letter the type. */
export interface MarkLook {
  readonly shape: "request" | "reply" | "entries" | "snapshot" | "client";
  readonly letter: string;
}

/** The letters of requests between servers; H is a heartbeat. */
const LETTERS: Readonly<Record<string, string>> = {
  RequestVote: "V",
  PreVote: "P",
  Heartbeat: "H",
  InstallSnapshot: "S",
  TimeoutNow: "T",
  ReadIndex: "R",
};

/** The look of a message's mark. */
export function markLook({
  type,
  positive,
  entries,
}: Pick<MessageInFlight, "type" | "positive" | "entries">): MarkLook {
  const reply = type.endsWith("Reply");
  if (type.startsWith("Client")) return { shape: "client", letter: reply ? "✓" : "C" };
  if (type.startsWith("Watch")) return { shape: "client", letter: "W" };
  if (reply) return { shape: "reply", letter: positive === null ? "·" : positive ? "✓" : "✗" };
  if (type === "InstallSnapshot") return { shape: "snapshot", letter: "S" };
  if (type === "AppendEntries")
    return entries === 0 ? { shape: "request", letter: "H" } : { shape: "entries", letter: `+${entries}` };
  return { shape: "request", letter: LETTERS[type] ?? type.charAt(0) };
}
