/** Words for what the pictures show: names for a screen reader, tooltips, headings. */
import type { MessageInFlight, ServerView, TimerView } from "../../server/src/protocol/views.js";
import { formatShortTime, plural } from "../shared/time.js";
import { badgesOf, memberWords } from "./badges.js";

/** `leader`, `down`, `down: disk failed`, `paused candidate`, `learner`. */
export function standing(server: ServerView): string {
  if (server.status === "down") return server.diskFailed ? "down: disk failed" : "down";
  return server.status === "paused" ? `paused ${part(server)}` : part(server);
}

/** What a server is in its cluster: a follower that does not vote is told by why it does not. */
function part(server: ServerView): string {
  const member = memberWords(server);
  return server.role !== "follower" || member.startsWith("voter") ? server.role : member;
}

/** Role or status as the ring writes it. */
export function shortStanding(server: ServerView): string {
  if (server.status !== "up") return server.status;
  return server.role === "pre-candidate" ? "pre-cand." : part(server);
}

/** What the ring writes under a server. */
export function serverCaption(server: ServerView): string {
  const vote = server.vote === null ? "no vote" : `voted ${server.vote}`;
  return `${vote} · ${server.commitIndex}/${server.lastIndex} committed`;
}

/** Candidates have their votes drawn in place of a caption. */
export function asksForVotes(server: ServerView): boolean {
  return server.status === "up" && (server.role === "candidate" || server.role === "pre-candidate");
}

/** A server in one sentence that begins with the words of its picture, so that it can be called by them. */
export function describeServer(server: ServerView): string {
  const seen = `${server.name} ${shortStanding(server)} term ${server.term}`;
  const parts = [asksForVotes(server) ? seen : `${seen} ${serverCaption(server)}`, standing(server)];
  if (server.vote !== null) parts.push(`voted for ${server.vote}`);
  if (server.votes.length > 0) parts.push(`has ${plural(server.votes.length, "vote")} (${server.votes.join(", ")})`);
  if (server.snapshot !== null) parts.push(`snapshot up to ${server.snapshot.index}`);
  parts.push(`log up to ${server.lastIndex}`, `committed ${server.commitIndex}`);
  parts.push(...badgesOf(server).map(({ text }) => text));
  return parts.join(", ");
}

/** `in 87 ms` */
export function timerWords(timer: TimerView, nowUs: number): string {
  return `in ${formatShortTime(Math.max(0, timer.deadlineUs - nowUs))}`;
}

/** `election timeout in 87 ms` */
export function describeTimer(timer: TimerView, nowUs: number): string {
  const what = timer.kind === "election" ? "election timeout" : "next heartbeat";
  return `${what} ${timerWords(timer, nowUs)}`;
}

/** `s1 to s2: AppendEntries term 2 …, arrives in 3 ms` */
export function describeMessage(message: MessageInFlight, nowUs: number): string {
  // The text of one that waits says for what.
  const when = message.arrivesUs === null ? "" : `, arrives in ${formatShortTime(message.arrivesUs - nowUs)}`;
  return `${message.from} to ${message.to}: ${message.text}${when}`;
}

/** How a message is drawn: its shape says request, reply or client, its letter the type. */
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
export function markLook(message: Pick<MessageInFlight, "type" | "text" | "positive">): MarkLook {
  const { type } = message;
  const reply = type.endsWith("Reply");
  if (type.startsWith("Client")) return { shape: "client", letter: reply ? "✓" : "C" };
  if (type.startsWith("Watch")) return { shape: "client", letter: "W" };
  if (reply) return { shape: "reply", letter: message.positive === null ? "·" : message.positive ? "✓" : "✗" };
  if (type === "InstallSnapshot") return { shape: "snapshot", letter: "S" };
  if (type === "AppendEntries") {
    const entries = /(\d+) entr(?:y|ies)/.exec(message.text)?.[1] ?? "0";
    return entries === "0" ? { shape: "request", letter: "H" } : { shape: "entries", letter: `+${entries}` };
  }
  return { shape: "request", letter: LETTERS[type] ?? type.charAt(0) };
}
