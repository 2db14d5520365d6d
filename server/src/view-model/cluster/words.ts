/** Words for what the pictures show: names for a screen reader, tooltips, headings. */
import { t } from "../../l10n/text.js";
import type { MessageInFlight, RoleView, ServerView, TimerView } from "../../protocol/cluster-view.js";
import { list } from "../phrases.js";
import { formatCount, formatShortTime } from "../time.js";
import { badgesOf } from "./badges.js";
import { memberOf, memberWords, votes } from "./membership.js";

/** `up`, `down`, `paused` */
export function statusWords(status: ServerView["status"]): string {
  switch (status) {
    case "up":
      return t("up");
    case "down":
      return t("down");
    case "paused":
      return t("paused");
  }
}

/** `leader` and its like. */
export function roleWords(role: RoleView): string {
  switch (role) {
    case "leader":
      return t("leader");
    case "follower":
      return t("follower");
    case "candidate":
      return t("candidate");
    case "pre-candidate":
      return t("pre-candidate");
  }
}

/** `leader`, `down`, `down: disk failed`, `paused candidate`, `learner`. */
export function standing(server: ServerView): string {
  if (server.status === "down") return server.diskFailed ? t("down: disk failed") : t("down");
  return server.status === "paused" ? t("paused {0}", part(server)) : part(server);
}

/** What a server is in its cluster: a follower that does not vote is told by why it does not. */
function part(server: ServerView): string {
  const member = memberOf(server);
  return server.role !== "follower" || votes(member) ? roleWords(server.role) : memberWords(member);
}

/** Role or status as the ring writes it. */
export function shortStanding(server: ServerView): string {
  if (server.status !== "up") return statusWords(server.status);
  return server.role === "pre-candidate" ? t("pre-cand.") : part(server);
}

/** Servers on a ring whose captions have room for their votes. */
const ROOMY = 5;

/** What the ring of so many servers writes under one: where there are many, how far its log has come, alone. */
export function serverCaption({ vote, commitIndex, lastIndex }: ServerView, servers: number): string {
  if (servers > ROOMY) return t("{0}/{1} committed", commitIndex, lastIndex);
  return vote === null
    ? t("no vote · {0}/{1} committed", commitIndex, lastIndex)
    : t("voted {0} · {1}/{2} committed", vote, commitIndex, lastIndex);
}

/** Candidates have their votes drawn in place of a caption. */
export function asksForVotes(server: ServerView): boolean {
  return server.status === "up" && (server.role === "candidate" || server.role === "pre-candidate");
}

/** A server, of so many on its picture, in one sentence that begins with the words of the picture, so that it can be called by them. */
export function describeServer(server: ServerView, servers = 1): string {
  const seen = t("{0} {1} term {2}", server.name, shortStanding(server), server.term);
  const caption = asksForVotes(server) ? [] : [serverCaption(server, servers)];
  const parts = [[seen, ...caption].join(" "), standing(server)];
  if (server.vote !== null) parts.push(t("voted for {0}", server.vote));
  if (server.votes.length > 0) parts.push(votesWords(server.votes));
  if (server.snapshot !== null) parts.push(t("snapshot up to {0}", server.snapshot.index));
  parts.push(t("log up to {0}", server.lastIndex), t("committed {0}", server.commitIndex));
  parts.push(...badgesOf(server).map(({ text }) => text));
  return list(parts);
}

function votesWords(from: readonly string[]): string {
  return from.length === 1
    ? t("has 1 vote ({0})", list(from))
    : t("has {0} votes ({1})", formatCount(from.length), list(from));
}

/** `in 87 ms` */
export function timerWords(timer: TimerView, nowUs: number): string {
  return t("in {0}", timerLeftWords(timer, nowUs));
}

/** `election timeout in 87 ms` */
export function describeTimer(timer: TimerView, nowUs: number): string {
  const left = timerLeftWords(timer, nowUs);
  return timer.kind === "election" ? t("election timeout in {0}", left) : t("next heartbeat in {0}", left);
}

function timerLeftWords(timer: TimerView, nowUs: number): string {
  return formatShortTime(Math.max(0, timer.deadlineUs - nowUs));
}

/** `s1 to s2: AppendEntries term 2 …, arrives in 3 ms` */
export function describeMessage({ from, to, text, arrivesUs }: MessageInFlight, nowUs: number): string {
  // The text of one that waits says for what.
  return arrivesUs === null
    ? t("{0} to {1}: {2}", from, to, text)
    : t("{0} to {1}: {2}, arrives in {3}", from, to, text, formatShortTime(arrivesUs - nowUs));
}

/** A letter or sign for what a server is, where there is no room for words: never alone, always with its name and a title. */
export function roleLetter({ status, role }: Pick<ServerView, "status" | "role">): string {
  if (status === "down") return "✕";
  if (status === "paused") return "‖";
  switch (role) {
    case "leader":
      return "★";
    case "candidate":
      return "?";
    case "pre-candidate":
      return "…";
    case "follower":
      return "·";
  }
}
