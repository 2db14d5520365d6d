/** Words for what the pictures show: names for a screen reader, tooltips, headings. */
import type { MessageInFlight, ServerView, TimerView } from "../../server/src/protocol/views.js";
import { formatShortTime, plural } from "../shared/time.js";

/** `leader`, `down`, `paused candidate`, `learner`. */
export function standing(server: ServerView): string {
  if (server.status === "down") return "down";
  return server.status === "paused" ? `paused ${part(server)}` : part(server);
}

/** What a server is in its cluster: a follower that does not vote is told by why it does not. */
function part({ name, role, configuration }: ServerView): string {
  if (role !== "follower" || configuration === null) return role;
  const { voters, outgoing, learners } = configuration;
  if (voters.includes(name) || outgoing.includes(name)) return role;
  if (learners.includes(name)) return "learner";
  return voters.length === 0 ? "spare" : "removed";
}

/** The configuration that a server uses: `{s1 s2 s3}`, `{s1 s2 s4} and {s1 s2 s3}` while joint, `…, learners {s5}`. */
export function configurationWords({ configuration }: ServerView): string {
  if (configuration === null) return "none: it is down";
  const { voters, outgoing, learners } = configuration;
  if (voters.length === 0) return "none yet";
  const old = outgoing.length > 0 ? ` and {${outgoing.join(" ")}}` : "";
  return `{${voters.join(" ")}}${old}${learners.length > 0 ? `, learners {${learners.join(" ")}}` : ""}`;
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
  parts.push(`log up to ${server.lastIndex}`, `committed ${server.commitIndex}`);
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
  readonly shape: "request" | "reply" | "entries" | "client";
  readonly letter: string;
}

/** The look of a message's mark. */
export function markLook(message: Pick<MessageInFlight, "type" | "text" | "positive">): MarkLook {
  const reply = message.type.endsWith("Reply");
  if (message.type.startsWith("Client")) return { shape: "client", letter: reply ? "✓" : "C" };
  if (reply) return { shape: "reply", letter: message.positive === null ? "·" : message.positive ? "✓" : "✗" };
  if (message.type === "AppendEntries") {
    const entries = /(\d+) entr(?:y|ies)/.exec(message.text)?.[1] ?? "0";
    return entries === "0" ? { shape: "request", letter: "H" } : { shape: "entries", letter: `+${entries}` };
  }
  if (message.type === "Heartbeat") return { shape: "request", letter: "H" };
  return {
    shape: "request",
    letter: message.type.startsWith("Pre") ? "P" : message.type.charAt(0) === "R" ? "V" : message.type.charAt(0),
  };
}
