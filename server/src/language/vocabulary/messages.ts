/** The messages that steps and budgets can name. */

import type { MessageType } from "../program.js";

/** One message type. */
export interface MessageEntry {
  readonly name: MessageType;
  readonly says: string;
  readonly source: string;
}

const REQUESTS: readonly {
  readonly name: RequestName;
  readonly says: string;
  readonly reply: string;
  readonly source: string;
}[] = [
  {
    name: "RequestVote",
    source: "§5.2, Fig. 2",
    says: "A candidate asks for a vote: its term, and the index and term of its last entry.",
    reply: "A voter grants or refuses its vote, and names its own term. A candidate that sees a higher one steps down.",
  },
  {
    name: "PreVote",
    source: "D §9.6",
    says: "A server asks whether it could win an election, before it disturbs anybody with a higher term.",
    reply: "A server says whether it would vote so. Nobody's term or vote changes by it.",
  },
  {
    name: "AppendEntries",
    source: "§5.3, Fig. 2",
    says: "The leader sends entries with the index and term of the entry before them, and its commit index.",
    reply:
      "A follower says whether its log agreed there, and how far it now does. Refused, the leader goes back in its log and tries again.",
  },
  {
    name: "Heartbeat",
    source: "§5.2",
    says: "AppendEntries without entries: keeps followers from starting elections, and carries the commit index.",
    reply: "The answer to AppendEntries without entries. Reads by read index, and `check-quorum`, count these answers.",
  },
  {
    name: "InstallSnapshot",
    source: "§7",
    says: "The leader sends its snapshot to a follower that needs entries it has already discarded.",
    reply: "The follower has taken this part of the snapshot, or not, and names its own term.",
  },
  {
    name: "TimeoutNow",
    source: "D §3.10",
    says: "The leader asks a server to start an election at once, to hand leadership over to it.",
    reply: "The answer to TimeoutNow: it has arrived. Whether the server wins shows in the election that follows.",
  },
  {
    name: "ReadIndex",
    source: "§8, D §6.4",
    says: "A follower asks the leader up to which index a linearizable read must wait.",
    reply: "The leader names the index, once a majority has confirmed that it still leads.",
  },
  {
    name: "ClientRequest",
    source: "§8",
    says: "A client asks a server: its session and sequence number, and the operation.",
    reply: "The result, an error, or a hint at who is leader.",
  },
];

type RequestName = Exclude<MessageType, `${string}Reply`>;

/** All message types, each request followed by its reply. */
export const MESSAGE_TYPES: readonly MessageEntry[] = REQUESTS.flatMap((entry) => [
  { name: entry.name, says: entry.says, source: entry.source },
  { name: replyOf(entry.name), says: entry.reply, source: entry.source },
]);

function replyOf(name: RequestName): MessageType {
  return `${name}Reply`;
}
