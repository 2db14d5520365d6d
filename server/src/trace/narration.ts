import { t } from "../l10n/text.js";
import type { Reason, ReasonCode } from "../raft/reason.js";
import type { EventKind } from "../sim/recorder.js";
import { attempts } from "./counts.js";
import { resultSaysNothing, stateBefore, titleOf } from "./event-title.js";
import { lineOf, ownLine, withLine } from "./lines.js";
import { messageOf } from "./message-text.js";
import { outcomeRevision } from "./operation-text.js";
import type { Recording } from "./recording.js";
import { isClientMessage, type Sent, selectorOf } from "./sent.js";
import { timeText } from "./time-text.js";
import { TraceIndex } from "./trace-index.js";
import { VainAsks } from "./vain-asks.js";
import type { Mark } from "./view.js";
import { reasonOf } from "./why/event-reason.js";
import { dropCause } from "./why/silence.js";

/** Decisions worth a line of their own although they are made in the course of routine. */
const TOLD_REASONS: ReadonlySet<ReasonCode> = new Set([
  "append-refused-stale-term",
  "append-refused-gap",
  "append-refused-conflict",
  "commit-waits-for-current-term",
  "append-from-second-leader",
  "higher-term-ignored",
  "vote-reply-stale-term",
  "read-waits-for-no-op",
  "unknown-sender",
  "snapshot-refused-stale-term",
  "snapshot-not-newer",
]);

/** Kinds that are told with their title and reason as they stand. */
const TOLD_KINDS: ReadonlySet<EventKind> = new Set([
  "truncate",
  "snapshot",
  "install",
  "crash",
  "restart",
  "pause",
  "resume",
  "wipe",
  "timeout",
  "membership",
  "transfer",
  "fault",
  "undo",
  "struck",
  "disk-error",
  "disk-lost",
  "no-start",
  "lease-promote",
  "lease-expired",
  "heal",
  "release",
  "lose",
  "tick",
  "copy-asked",
  "delay-asked",
  "invoke",
  "watch",
  "unwatch",
  "watch-events",
  "watch-resume",
  "watch-progress",
  "watch-notified",
  "watch-canceled",
  "watch-catch-up",
]);

/** A run of commits of one leader that is told in one line. */
interface Commits {
  readonly first: number;
  last: number;
}

/**
 * A readable transcript of events `from`..`to`: elections, votes and refusals, role changes, commits (runs of them in one
 * line), conflicts, faults, clients' operations with their results, notes, steps' results, violations. One line an event;
 * the same for the same run, always.
 */
export function narrate(
  recording: Recording,
  options: { readonly from?: number; readonly to?: number; readonly marks?: readonly Mark[] } = {},
): string[] {
  const { log } = recording;
  const from = Math.max(0, options.from ?? 0);
  const to = Math.min(log.count - 1, options.to ?? log.count - 1);
  const broken = new Map<number, string[]>();
  for (const { eventId, property, message } of options.marks ?? []) {
    broken.set(eventId, [...(broken.get(eventId) ?? []), t("VIOLATED {0}: {1}", property, message)]);
  }
  const lines: string[] = [];
  let commits: Commits | null = null;
  let said = "";
  const vain = new VainAsks(recording);
  const line = (id: number, text: string): void => {
    lines.push(`${(log.timeUs(id) / 1000).toFixed(1).padStart(9)} ms  ${text}`);
  };
  const tell = (id: number, text: string): void => {
    const left = vain.take();
    if (left !== null) line(left.id, left.text);
    line(id, text);
  };
  const endCommits = (): void => {
    if (commits !== null) tell(commits.last, commitsText(recording, commits));
    commits = null;
  };
  for (let id = from; id <= to; id += 1) {
    if (log.kind(id) === "commit" && isLeaders(recording, id)) {
      if (commits !== null && log.at(commits.last) === log.at(id)) commits.last = id;
      else {
        endCommits();
        commits = { first: id, last: id };
      }
    } else if (!vain.repeats(id)) {
      const text = sentence(recording, id);
      // The same refusal for the same reason, heartbeat after heartbeat, is said once.
      if (text !== null && text !== said) {
        endCommits();
        tell(id, text);
        said = text;
      }
    }
    for (const text of broken.get(id) ?? []) {
      endCommits();
      tell(id, text);
    }
  }
  endCommits();
  const left = vain.take();
  if (left !== null) line(left.id, left.text);
  return lines;
}

function sentence(recording: Recording, id: number): string | null {
  const { log, world } = recording;
  const kind = log.kind(id);
  if (TOLD_KINDS.has(kind)) return withReason(recording, id, titleOf(recording, id));
  switch (kind) {
    case "configuration":
      return withLine(titleOf(recording, id), lineSaid(recording, id));
    case "start": {
      const given = world.config.initial.some(({ server }) => server + 1 === log.at(id));
      return given ? t("{0} from a given state", titleOf(recording, id)) : titleOf(recording, id);
    }
    case "transition":
      return isRoutineTransition(recording, id) ? null : withReason(recording, id, titleOf(recording, id));
    case "deliver":
      return refusal(recording, id);
    case "send":
      return beginsSnapshot(log.reason(id)) ? withReason(recording, id, titleOf(recording, id)) : null;
    case "durable":
      return log.reason(id)?.code === "commit-waits-for-current-term"
        ? withReason(recording, id, t("{0} does not commit", world.nameOf(log.at(id))))
        : null;
    case "drop": {
      const cause = dropCause(recording, id);
      if (cause !== "rule" && cause !== "lost-by-hand") return null;
      // The step that took it out has named it.
      if (recording.actionOf(id - 1)?.action.kind === "discard") return null;
      return withReason(recording, id, titleOf(recording, id));
    }
    case "held":
      return withReason(recording, id, titleOf(recording, id));
    case "return":
      return returned(recording, id);
    case "add-client":
      return titleOf(recording, id);
    case "note":
      return `— ${withLine(titleOf(recording, id), lineSaid(recording, id))}`;
    case "result":
      return resultSaysNothing(recording, id)
        ? null
        : withLine(t("step {0}", titleOf(recording, id)), lineSaid(recording, id));
    default:
      return null;
  }
}

/** The first chunk, also when it goes out again. */
function beginsSnapshot(reason: Reason | null): boolean {
  return reason?.code === "snapshot-needed" || (reason?.code === "snapshot-next-chunk" && reason.b === 0);
}

/** A follower that moves to a new term and one that hears of the leader it voted for do what is expected of them. */
function isRoutineTransition(recording: Recording, id: number): boolean {
  const { log } = recording;
  const before = stateBefore(recording, id);
  if (before === null || before.role !== "follower" || log.word(id, 0) !== 0) return false;
  const vote = log.word(id, 2);
  const votes = vote !== 0 && (vote !== before.vote || log.word(id, 1) !== before.term);
  return !votes;
}

function refusal(recording: Recording, id: number): string | null {
  const { log, world } = recording;
  const reason = log.reason(id);
  if (reason === null) return null;
  const refusesVote = reason.code.startsWith("vote-refused");
  if (!refusesVote && !TOLD_REASONS.has(reason.code)) return null;
  const sent = messageOf(recording, id);
  if (sent === null) return null;
  const at = world.nameOf(log.at(id));
  const from = world.nameOf(sent.from);
  if (refusesVote) {
    const term = "term" in sent ? sent.term : 0;
    const text =
      sent.type === "PreVote"
        ? t("{0} refuses {1} a pre-vote for term {2}", at, from, term)
        : t("{0} refuses {1} its vote for term {2}", at, from, term);
    return withReason(recording, id, text);
  }
  if (reason.code.startsWith("append-refused")) {
    const text = isHeartbeat(sent)
      ? t("{0} refuses a heartbeat of {1}", at, from)
      : t("{0} refuses an AppendEntries of {1}", at, from);
    return withReason(recording, id, text);
  }
  if (reason.code === "commit-waits-for-current-term") return withReason(recording, id, t("{0} does not commit", at));
  const text = isClientMessage(sent)
    ? t("{0} receives a request of {1}", at, from)
    : t("{0} receives {1} of {2}", at, sent.type, from);
  return withReason(recording, id, text);
}

function isHeartbeat(sent: Sent): boolean {
  return selectorOf(sent) === "Heartbeat";
}

function returned(recording: Recording, id: number): string {
  const { log, history } = recording;
  const record = history.operation(log.word(id, 0));
  if (record === undefined || record.outcome === null || record.returnUs === null) return titleOf(recording, id);
  const took = timeText(record.returnUs - record.invokeUs);
  const tries = attempts(record.attempts);
  const title = titleOf(recording, id);
  const revision = outcomeRevision(record.outcome);
  const text =
    revision === null
      ? t("{0} ({1}, {2})", title, took, tries)
      : t("{0} ({1}, {2}, rev {3})", title, took, tries, revision);
  return withReason(recording, id, text);
}

function isLeaders(recording: Recording, id: number): boolean {
  return TraceIndex.of(recording).stateAfter(recording.log.at(id), id)?.role === "leader";
}

function commitsText(recording: Recording, { first, last }: Commits): string {
  const at = recording.world.nameOf(recording.log.at(last));
  if (first === last) return withReason(recording, last, titleOf(recording, last));
  return withReason(
    recording,
    last,
    t("{0} commits up to {1}, then step by step to {2}", at, recording.log.word(first, 0), recording.log.word(last, 0)),
  );
}

function withReason(recording: Recording, id: number, text: string): string {
  const reason = reasonOf(recording, id);
  return withLine(reason === null ? text : t("{0}: {1}", text, reason), lineSaid(recording, id));
}

/** The line of what a scenario did; what followed from it is not repeated at every event. */
function lineSaid(recording: Recording, id: number): number | null {
  const { log } = recording;
  return log.kind(id) === "return" ? lineOf(recording, id) : ownLine(log, id);
}
