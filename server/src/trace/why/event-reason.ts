import { t } from "../../l10n/text.js";
import { DISK_LOSSES } from "../../sim/disk.js";
import { START_REFUSALS } from "../../sim/process.js";
import { faultText } from "../action-text.js";
import { type Names, reasonText } from "../reason-text.js";
import type { Recording } from "../recording.js";
import { readSend } from "../sent.js";
import { timeText } from "../time-text.js";
import { TraceIndex } from "../trace-index.js";
import { clockFaultBehind, dropCause, faultBehind, silenceBefore } from "./silence.js";
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
      return t("a rule holds it back: {0}", faultText(recording, log.word(id, 0)));
    case "commit":
      return own() ?? commitText(recording, id);
    case "truncate":
    case "install":
      return ofCause();
    case "configuration":
      return rules.configOnAppend
        ? t("a server uses the newest configuration in its log, committed or not (§6)")
        : t("it is the newest that is committed: the rule config-on-append is off (§6)");
    case "disk-lost":
      return diskLossText(recording, id);
    case "disk-error":
      return t(
        "a server whose disk fails can promise nothing any more (Figure 2: state is durable before it is spoken)",
      );
    case "no-start":
      return noStartText(recording, id);
    case "lease-promote":
      return t(
        "only the leader counts, and a new one cannot know how much time had passed: every lease has its time to live again, and an election timeout besides (etcd: lease/lessor.go, Promote)",
      );
    case "lease-expired":
      return rules.expireThroughLog
        ? t(
            "nobody renewed it by this leader's clock: it revokes it through the log, so that all servers delete its keys at one revision (etcd: lease/lessor.go)",
          )
        : t("by its own clock, and it tells nobody: the rule expire-through-log is off");
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
        ? t("it had never been reported as durable, so nobody counts on it")
        : t("it had been reported as durable: what this server promised is gone (Figure 2)");
    case "damaged":
      return t(
        "the rule checksum-records is off: without a checksum nothing tells a damaged record from the end (etcd's WAL)",
      );
    default:
      return t("the disk ignored fsync: what this server promised is gone (Figure 2)");
  }
}

function noStartText(recording: Recording, id: number): string | null {
  if (START_REFUSALS[recording.log.word(id, 1)] !== "record-damaged") return null;
  return t("a server that went on without an entry it acknowledged would break its promise (etcd's WAL)");
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
  const wrong = clock < 0 ? null : faultText(recording, log.word(clock, 1));
  const spent = setBy < 0 || ticked ? null : timeText(log.timeUs(id) - log.timeUs(setBy));
  const before = TraceIndex.of(recording).stateAfter(log.at(id), id - 1);
  if (before?.role === "candidate") return splitText(spent, wrong);
  if (before?.role === "pre-candidate") return noPromiseText(spent, wrong);
  const silence = silenceBefore(recording, id);
  if (ticked) return t("its timer was moved on until it ran out (§5.2)");
  return silence === null ? noLeaderText(spent, wrong) : silenceText(world.nameOf(silence.leader), spent, wrong);
}

/** `spent`: for how long; `wrong`: the fault of the clock by which it was measured; both `null` where there is nothing to say. */
function splitText(spent: string | null, wrong: string | null): string {
  if (spent === null) return t("no majority of votes: the election is split or the voters are out of reach (§5.2)");
  return wrong === null
    ? t("no majority of votes for {0}: the election is split or the voters are out of reach (§5.2)", spent)
    : t(
        "no majority of votes for {0}, while its clock was wrong: {1}: the election is split or the voters are out of reach (§5.2)",
        spent,
        wrong,
      );
}

function noPromiseText(spent: string | null, wrong: string | null): string {
  if (spent === null) return t("no majority answered its pre-vote (D §9.6)");
  return wrong === null
    ? t("no majority answered its pre-vote for {0} (D §9.6)", spent)
    : t("no majority answered its pre-vote for {0}, while its clock was wrong: {1} (D §9.6)", spent, wrong);
}

function noLeaderText(spent: string | null, wrong: string | null): string {
  if (spent === null) return t("it heard no leader (§5.2)");
  return wrong === null
    ? t("it heard no leader for {0} (§5.2)", spent)
    : t("it heard no leader for {0}, while its clock was wrong: {1} (§5.2)", spent, wrong);
}

function silenceText(leader: string, spent: string | null, wrong: string | null): string {
  if (spent === null) return t("it heard nothing from {0}, its leader, (§5.2)", leader);
  return wrong === null
    ? t("it heard nothing from {0}, its leader, for {1} (§5.2)", leader, spent)
    : t("it heard nothing from {0}, its leader, for {1}, while its clock was wrong: {2} (§5.2)", leader, spent, wrong);
}

function dropText(recording: Recording, id: number): string {
  const { log, world } = recording;
  const fault = faultBehind(recording, id);
  const action = fault < 0 ? undefined : recording.actionOf(fault)?.action;
  const named = action?.kind === "fault" ? action.text : null;
  switch (dropCause(recording, id)) {
    case "loss":
      return t("the network lost it by chance");
    case "blocked":
      return named === null ? t("nothing passes this link") : t("nothing passes this link: {0}", named);
    case "rule":
      return named === null ? t("a rule drops it") : t("a rule drops it: {0}", named);
    case "server-down":
      return t("{0} is down", world.nameOf(log.at(id)));
    case "cut-on-the-way":
      return named === null
        ? t("the link was cut while it was under way")
        : t("the link was cut while it was under way: {0}", named);
    case "lost-by-hand":
      return t("it was taken out of the network by hand");
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
  if (sent.type === "InstallSnapshot") return t("what a snapshot covers is committed (§7)");
  if (sent.type !== "AppendEntries") return null;
  return t(
    "its leader {0} has committed {1}, and it holds the log up to there (§5.3)",
    world.nameOf(sent.from),
    sent.leaderCommit,
  );
}
