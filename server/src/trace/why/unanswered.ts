import { t } from "../../l10n/text.js";
import type { EndpointId } from "../../sim/config.js";
import { OPERATION_OUTCOMES } from "../../sim/recorder.js";
import type { Recording } from "../recording.js";
import { readSend } from "../sent.js";
import { dropCause } from "./silence.js";

/**
 * Why an operation timed out: like every silence, its cause is something that did not happen. Looked for among the
 * fates of its requests: an answer that was lost, an entry or a read that no majority confirmed, a server without a
 * leader, a request that did not get through.
 */

/** Most events looked through from the request on. */
const SCAN = 100_000;

/** Why nobody answered. */
export interface Unanswered {
  readonly text: string;
  /** The event that explains it best: a lost message, or what a server did with the request. */
  readonly eventId: number;
}

/** What became of the requests of one operation. */
export interface Fates {
  /** A lost message with the result. */
  lostAnswer: { readonly server: EndpointId; readonly eventId: number } | null;
  /** The first server that took it into its log. */
  appended: {
    readonly server: EndpointId;
    readonly index: number;
    readonly term: number;
    readonly eventId: number;
  } | null;
  /** The last server that took in a read. */
  read: { readonly server: EndpointId; readonly eventId: number } | null;
  /** The last server that knew no leader. */
  leaderless: { readonly server: EndpointId; readonly eventId: number } | null;
  /** The last request that was lost. */
  lostRequest: { readonly server: EndpointId; readonly eventId: number } | null;
  /** Events that lost a message of the servers among themselves, in order. */
  readonly lost: number[];
  /** Events in which a server advanced its commit index, in order. */
  readonly commits: number[];
}

/** Why the operation that ended with event `returned` timed out; `null` when it did not, or nothing is found. */
export function unanswered(recording: Recording, returned: number): Unanswered | null {
  const { log, world } = recording;
  if (OPERATION_OUTCOMES[log.word(returned, 1)] !== "timeout") return null;
  const fates = fatesOf(recording, log.word(returned, 0), Math.max(log.cause(returned), 0), returned);
  const { lostAnswer, appended, read, leaderless, lostRequest } = fates;
  const name = (server: EndpointId): string => world.nameOf(server);
  if (lostAnswer !== null) {
    const text = t("{0} answered, and the answer was lost", name(lostAnswer.server));
    return { text, eventId: lostAnswer.eventId };
  }
  if (appended !== null) {
    const { server, index, term, eventId } = appended;
    const committed = fates.commits.find((id) => id > eventId && log.at(id) === server && log.word(id, 0) >= index);
    if (committed !== undefined) {
      const late = t("{0} appended it as entry {1} of term {2}, and did not answer in time", name(server), index, term);
      return { text: late, eventId: committed };
    }
    const text = t(
      "{0} appended it as entry {1} of term {2}, and did not learn in time that a majority holds it: it may still be committed",
      name(server),
      index,
      term,
    );
    return { text, eventId: lostBetween(recording, fates, server, eventId) ?? eventId };
  }
  if (read !== null) {
    const text = t("{0} took the read in, and no majority confirmed in time that it may answer", name(read.server));
    return { text, eventId: lostBetween(recording, fates, read.server, read.eventId) ?? read.eventId };
  }
  if (leaderless !== null) {
    return {
      text: t("{0} knew no leader, and nobody else took it in", name(leaderless.server)),
      eventId: leaderless.eventId,
    };
  }
  if (lostRequest === null) return null;
  const asked = name(lostRequest.server);
  const down = log.kind(lostRequest.eventId) === "drop" && dropCause(recording, lostRequest.eventId) === "server-down";
  return {
    text: down ? t("{0} was down", asked) : t("its requests to {0} were lost", asked),
    eventId: lostRequest.eventId,
  };
}

/** What became of an operation's requests between the event at which it was invoked and event `end`, without that. */
export function fatesOf(recording: Recording, operation: number, invoked: number, end: number): Fates {
  const { log } = recording;
  const client = log.at(invoked);
  const fates: Fates = {
    lostAnswer: null,
    appended: null,
    read: null,
    leaderless: null,
    lostRequest: null,
    lost: [],
    commits: [],
  };
  for (let id = Math.max(invoked, end - SCAN, 0); id < end; id += 1) {
    const kind = log.kind(id);
    if (kind === "commit") fates.commits.push(id);
    if (kind !== "drop" && kind !== "held" && kind !== "deliver") continue;
    const send = log.cause(id);
    if (send < 0 || log.kind(send) !== "send") continue;
    const sent = readSend(log, send);
    if (sent.type === "ClientRequest") {
      if (sent.from !== client || sent.operation !== operation) continue;
      if (kind === "deliver") taken(recording, fates, id, sent.to);
      else fates.lostRequest = { server: sent.to, eventId: id };
    } else if (sent.type === "ClientRequestReply") {
      if (kind === "deliver" || sent.to !== client || sent.operation !== operation || !sent.result) continue;
      fates.lostAnswer = { server: sent.from, eventId: id };
    } else if (kind !== "deliver") {
      fates.lost.push(id);
    }
  }
  return fates;
}

/** What a server made of the request that reached it with event `id`. */
function taken(recording: Recording, fates: Fates, id: number, server: EndpointId): void {
  const reason = recording.log.reason(id);
  switch (reason?.code) {
    case "proposal-appended":
      fates.appended ??= { server, index: reason.a, term: reason.b, eventId: id };
      return;
    case "read-waits-for-heartbeats":
    case "read-waits-for-no-op":
    case "read-waits-applied":
    case "read-lease-expired":
      fates.read = { server, eventId: id };
      return;
    case "not-leader":
      if (reason.a === 0) fates.leaderless = { server, eventId: id };
      return;
    default:
  }
}

/** The first loss of a message between `leader` and a follower after `since`. */
export function lostBetween(recording: Recording, fates: Fates, leader: EndpointId, since: number): number | null {
  const { log } = recording;
  for (const id of fates.lost) {
    if (id < since) continue;
    const sent = readSend(log, log.cause(id));
    if (sent.from === leader && sent.type === "AppendEntries") return id;
    if (sent.to === leader && sent.type === "AppendEntriesReply") return id;
  }
  return null;
}
