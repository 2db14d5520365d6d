import { DISK_LOSSES } from "../sim/disk.js";
import { START_REFUSALS } from "../sim/process.js";
import { faultText } from "./action-text.js";
import { type Names, reasonText } from "./reason-text.js";
import type { Recording } from "./recording.js";
import { readSend } from "./sent.js";
import { clockFaultBehind, dropCause, faultBehind, silenceBefore } from "./silence.js";
import { timeText } from "./time-text.js";
import { TraceIndex } from "./trace-index.js";
import { unanswered } from "./unanswered.js";

/** Why an event happened, in words; `null` where there was nothing to decide. */
export function reasonOf(recording: Recording, id: number): string | null {
  const { log } = recording;
  const names: Names = (endpoint) => recording.world.nameOf(endpoint);
  const { rules } = recording.world.config;
  const reason = log.reason(id);
  switch (log.kind(id)) {
    case "timer":
      return isElection(recording, id) ? electionTimerText(recording, id) : own();
    case "transition":
      // The timer's event knows more than the code: whom the server did not hear, and for how long.
      return reason?.code === "election-timeout" && isTimer(log.cause(id))
        ? electionTimerText(recording, log.cause(id))
        : own();
    case "drop":
      return dropText(recording, id);
    case "held":
      return `a rule holds it back: ${faultText(recording, log.word(id, 0))}`;
    case "commit":
      return own() ?? commitText(recording, id);
    case "truncate":
    case "install":
      return ofCause();
    case "configuration":
      return rules.configOnAppend
        ? "a server uses the newest configuration in its log, committed or not (§6)"
        : "it is the newest that is committed: the rule config-on-append is off (§6)";
    case "disk-lost":
      return diskLossText(recording, id);
    case "disk-error":
      return "a server whose disk fails can promise nothing any more (Figure 2: state is durable before it is spoken)";
    case "no-start":
      return noStartText(recording, id);
    case "lease-promote":
      return "only the leader counts, and a new one cannot know how much time had passed: every lease has its time to live again, and an election timeout besides (etcd: lease/lessor.go, Promote)";
    case "lease-expired":
      return rules.expireThroughLog
        ? "nobody renewed it by this leader's clock: it revokes it through the log, so that all servers delete its keys at one revision (etcd: lease/lessor.go)"
        : "by its own clock, and it tells nobody: the rule expire-through-log is off";
    case "return":
      return own() ?? unanswered(recording, id)?.text ?? null;
    default:
      return own();
  }

  function isTimer(cause: number): boolean {
    return cause >= 0 && log.kind(cause) === "timer";
  }

  function own(): string | null {
    return reason === null ? null : reasonText(reason, names, rules);
  }

  function ofCause(): string | null {
    const cause = log.cause(id);
    const theirs = cause < 0 ? null : log.reason(cause);
    return theirs === null ? null : reasonText(theirs, names, rules);
  }
}

function diskLossText(recording: Recording, id: number): string {
  const { log } = recording;
  switch (DISK_LOSSES[log.word(id, 0)]) {
    case "torn":
      return log.word(id, 2) === 0
        ? "it had never been reported as durable, so nobody counts on it"
        : "it had been reported as durable: what this server promised is gone (Figure 2)";
    case "damaged":
      return "the rule checksum-records is off: without a checksum nothing tells a damaged record from the end (etcd's WAL)";
    default:
      return "the disk ignored fsync: what this server promised is gone (Figure 2)";
  }
}

function noStartText(recording: Recording, id: number): string | null {
  if (START_REFUSALS[recording.log.word(id, 1)] !== "record-damaged") return null;
  return "a server that went on without an entry it acknowledged would break its promise (etcd's WAL)";
}

/** The timer of a server that does not lead; a leader's is its quorum check and has a reason of its own. */
function isElection(recording: Recording, id: number): boolean {
  const code = recording.log.reason(id)?.code;
  return recording.log.word(id, 0) === 0 && (code === undefined || code === "election-timeout");
}

function electionTimerText(recording: Recording, id: number): string {
  const { log, world } = recording;
  const setBy = log.cause(id);
  const ticked = setBy >= 0 && log.kind(setBy) === "tick";
  const clock = ticked ? -1 : clockFaultBehind(recording, log.at(id), setBy, id);
  // The times of the trace are the world's; the server went by its own.
  const byItsClock = clock < 0 ? "" : `, while its clock was wrong: ${faultText(recording, log.word(clock, 1))}`;
  const span = setBy < 0 || ticked ? "" : ` for ${timeText(log.timeUs(id) - log.timeUs(setBy))}${byItsClock}`;
  const before = TraceIndex.of(recording).stateAfter(log.at(id), id - 1);
  if (before?.role === "candidate")
    return `no majority of votes${span}: the election is split or the voters are out of reach (§5.2)`;
  if (before?.role === "pre-candidate") return `no majority answered its pre-vote${span} (D §9.6)`;
  const silence = silenceBefore(recording, id);
  if (ticked) return "its timer was moved on until it ran out (§5.2)";
  if (silence === null) return `it heard no leader${span} (§5.2)`;
  return `it heard nothing from ${world.nameOf(silence.leader)}, its leader,${span} (§5.2)`;
}

function dropText(recording: Recording, id: number): string {
  const { log, world } = recording;
  const fault = faultBehind(recording, id);
  const action = fault < 0 ? undefined : recording.actionOf(fault)?.action;
  const named = action?.kind === "fault" ? `: ${action.text}` : "";
  switch (dropCause(recording, id)) {
    case "loss":
      return "the network lost it by chance";
    case "blocked":
      return `nothing passes this link${named}`;
    case "rule":
      return `a rule drops it${named}`;
    case "server-down":
      return `${world.nameOf(log.at(id))} is down`;
    case "cut-on-the-way":
      return `the link was cut while it was under way${named}`;
    case "lost-by-hand":
      return "it was taken out of the network by hand";
  }
}

/** A follower learns of commitment from its leader; a leader counts. */
function commitText(recording: Recording, id: number): string | null {
  const { log, world } = recording;
  const cause = log.cause(id);
  if (cause < 0) return null;
  const theirs = log.reason(cause);
  if (theirs?.code === "commit-advanced")
    return reasonText(theirs, (endpoint) => world.nameOf(endpoint), world.config.rules);
  if (log.kind(cause) !== "deliver" || log.kind(log.cause(cause)) !== "send") return null;
  const sent = readSend(log, log.cause(cause));
  if (sent.type === "InstallSnapshot") return "what a snapshot covers is committed (§7)";
  if (sent.type !== "AppendEntries") return null;
  return `its leader ${world.nameOf(sent.from)} has committed ${sent.leaderCommit}, and it holds the log up to there (§5.3)`;
}
