import { leaseText } from "../kv/request-text.js";
import { t } from "../l10n/text.js";
import { DISK_LOSSES } from "../sim/disk.js";
import { leaseOfWords } from "../sim/lease-clock.js";
import { START_REFUSALS, startRefusal } from "../sim/process.js";
import { OPERATION_OUTCOMES, ROLE_CODES } from "../sim/recorder.js";
import { actionText, faultText } from "./action-text.js";
import { leases } from "./counts.js";
import { messageOf, messageText, requestText } from "./message-text.js";
import { configurationText, membersText, outcomeText } from "./operation-text.js";
import type { Recording } from "./recording.js";
import { type LaneState, TraceIndex } from "./trace-index.js";
import { watchTitle } from "./watch-title.js";

/** What happened, in one clause: `s3 becomes leader of term 2`. */
export function titleOf(recording: Recording, id: number): string {
  const { log, world } = recording;
  const at = world.nameOf(log.at(id));
  const word = (position: number): number => log.word(id, position);
  const kind = log.kind(id);
  switch (kind) {
    case "start":
      return t("{0} starts", at);
    case "send":
    case "deliver":
    case "drop":
    case "held":
      return messageTitle(recording, id, kind);
    case "timer":
      return word(0) === 0 ? t("{0}'s election timer runs out", at) : t("{0}'s heartbeat timer runs out", at);
    case "transition":
      return transitionTitle(recording, id);
    case "truncate":
      return t("{0} removes its entries from {1} on", at, word(0));
    case "durable":
      return t("{0}'s write is durable, its log up to {1}", at, word(0));
    case "take-snapshot":
      return t("{0} is asked for a snapshot", at);
    case "snapshot":
      return t("{0} takes a snapshot up to {1}", at, word(0));
    case "install":
      return t("{0} installs a snapshot up to {1}", at, word(0));
    case "commit":
      return t("{0} commits up to {1}", at, word(0));
    case "crash":
      return t("{0} crashes", at);
    case "restart":
      return t("{0} restarts", at);
    case "pause":
      return t("{0} is paused", at);
    case "resume":
      return t("{0} goes on", at);
    case "wipe":
      return t("{0}'s disk is wiped", at);
    case "timeout":
      return t("{0}'s election timer is made to run out", at);
    case "membership":
    case "transfer":
      return t("{0} is asked: {1}", at, askedText(recording, id));
    case "configuration":
      return t("{0} uses {1}", at, usedConfiguration(recording, id));
    case "fault":
    case "heal":
    case "release":
    case "lose":
    case "tick":
    case "deliver-asked":
    case "copy-asked":
    case "delay-asked":
      return actionText(recording, id) ?? kind;
    case "struck":
      return t("{0} reaches a crash point: {1}", at, faultText(recording, word(0)));
    case "disk-error":
      return t("{0} cannot write to its disk and stops itself", at);
    case "disk-lost":
      return diskLossTitle(at, word(0), word(1), word(2));
    case "no-start":
      return startRefusal(at, START_REFUSALS[word(1)] === "disk-fails", word(2));
    case "lease-promote":
      return t("{0} counts {1} anew", at, leases(word(0)));
    case "lease-expired":
      return t("{0} finds the time of lease {1} over", at, leaseText(leaseOfWords(word(0), word(1))));
    case "undo":
      return t("ends: {0}", faultText(recording, word(0)));
    case "invoke":
      return word(1) === 0
        ? t("{0} is asked and does not run: {1}", at, actionText(recording, id) ?? t("an operation"))
        : t("{0} asks: {1}", at, requestText(recording, word(1)));
    case "return":
      return `${at}: ${requestText(recording, word(0))} => ${returnText(recording, word(0), word(1))}`;
    case "retry":
      return word(1) === 0
        ? t("{0} does not ask again: {1}", at, requestText(recording, word(0)))
        : t("{0} tries {1}: {2}", at, world.nameOf(word(1)), requestText(recording, word(0)));
    case "watch":
    case "unwatch":
    case "watch-events":
    case "watch-resume":
    case "watch-progress":
    case "watch-created":
    case "watch-notified":
    case "watch-canceled":
    case "watch-catch-up":
      return watchTitle(recording, id, kind);
    case "step":
      return word(0) > 0 ? t("step of line {0}", word(0)) : t("a step");
    case "note":
      return actionText(recording, id) ?? "note";
    case "result": {
      const good = word(1) !== 0;
      if (resultSaysNothing(recording, id)) return good ? "ok" : "failed";
      const text = actionText(recording, id) ?? "";
      return good ? `ok: ${text}` : t("failed: {0}", text);
    }
    case "add-client":
      return actionText(recording, id) ?? t("a client joins");
  }
}

/** Whether the result of a step is `ok` or `failed` and no word more. */
export function resultSaysNothing(recording: Recording, id: number): boolean {
  const text = actionText(recording, id) ?? "";
  return text === "" || text === (recording.log.word(id, 1) === 0 ? "failed" : "ok");
}

/** What a server is asked about its cluster, without the server. Words of the language, in every language. */
export function askedText(recording: Recording, id: number): string {
  return (actionText(recording, id) ?? recording.log.kind(id)).replace(/ at \S+$/, "");
}

/** The configuration that came into force, with its place: `configuration {s1 s2 s4} of entry 5`. */
function usedConfiguration(recording: Recording, id: number): string {
  const { log, world, history } = recording;
  const index = log.word(id, 0);
  const configuration = history.configurations[log.word(id, 1) - 1];
  const text =
    configuration === undefined ? t("a configuration") : configurationText(configuration, (of) => world.nameOf(of));
  return index === 0 ? t("{0}, the first", text) : t("{0} of entry {1}", text, index);
}

/** A `configuration` event without its server and place: `uses {s1 s2 s4}`. */
export function usesText(recording: Recording, id: number): string {
  const { log, world, history } = recording;
  const configuration = history.configurations[log.word(id, 1) - 1];
  if (configuration === undefined) return usedConfiguration(recording, id);
  return t(
    "uses {0}",
    membersText(configuration, (of) => world.nameOf(of)),
  );
}

/** A `lease-promote` or `lease-expired` event without its server. */
export function leaseNote({ log }: Recording, id: number): string {
  return log.kind(id) === "lease-promote"
    ? t("counts {0} anew", leases(log.word(id, 0)))
    : t("finds the time of lease {0} over", leaseText(leaseOfWords(log.word(id, 0), log.word(id, 1))));
}

/** What a server was before a `transition` event. */
export function stateBefore(recording: Recording, id: number): LaneState | null {
  return TraceIndex.of(recording).stateAfter(recording.log.at(id), id - 1);
}

function diskLossTitle(at: string, what: number, lastIndex: number, count: number): string {
  const left = t("its log ends at {0}", lastIndex);
  const lost =
    count === 1 ? t("1 entry reported as durable is lost") : t("{0} entries reported as durable are lost", count);
  switch (DISK_LOSSES[what]) {
    case "torn":
      return count === 0
        ? t("{0} finds its last record half-written and drops it, {1}", at, left)
        : t("{0} finds its last record half-written and drops it: {1}, {2}", at, lost, left);
    case "damaged":
      return t("{0} takes a damaged record for the end of its log: {1}, {2}", at, lost, left);
    default:
      return t("{0}'s disk had not written what it reported: {1}, {2}", at, lost, left);
  }
}

function messageTitle(recording: Recording, id: number, kind: "send" | "deliver" | "drop" | "held"): string {
  const sent = messageOf(recording, id);
  if (sent === null) return kind;
  const from = recording.world.nameOf(sent.from);
  const to = recording.world.nameOf(sent.to);
  const text = messageText(recording, sent);
  switch (kind) {
    case "send":
      return `${from} → ${to} ${text}`;
    case "deliver":
      return t("{0} receives {1} from {2}", to, text, from);
    case "drop":
      return t("lost: {0} → {1} {2}", from, to, text);
    case "held":
      return t("held back: {0} → {1} {2}", from, to, text);
  }
}

function transitionTitle(recording: Recording, id: number): string {
  const { log, world } = recording;
  const at = world.nameOf(log.at(id));
  const role = ROLE_CODES[log.word(id, 0)] ?? "follower";
  const term = log.word(id, 1);
  const vote = log.word(id, 2);
  const leader = log.word(id, 3);
  const before = stateBefore(recording, id);
  const newTerm = before === null || before.term !== term;
  switch (role) {
    case "leader":
      return t("{0} becomes leader of term {1}", at, term);
    case "candidate":
      return t("{0} becomes candidate in term {1}", at, term);
    case "pre-candidate":
      return t("{0} asks whether it could win term {1}", at, term + 1);
    case "follower": {
      if (before?.role === "leader") return t("{0} steps down: follower in term {1}", at, term);
      if (before !== null && before.role !== "follower" && leader === 0) {
        return t("{0} gives up: follower in term {1}", at, term);
      }
      if (leader !== 0 && before?.leader !== leader)
        return t("{0} follows {1}, leader of term {2}", at, world.nameOf(leader), term);
      if (vote !== 0 && (newTerm || before.vote !== vote))
        return t("{0} votes for {1} in term {2}", at, world.nameOf(vote), term);
      return newTerm ? t("{0} moves to term {1}", at, term) : t("{0} is follower in term {1}", at, term);
    }
  }
}

function returnText(recording: Recording, operation: number, outcome: number): string {
  const known = recording.history.operation(operation)?.outcome ?? null;
  return known === null ? (OPERATION_OUTCOMES[outcome] ?? "returned") : outcomeText(known);
}
