import type { NetworkFault } from "../../sim/action.js";
import type { EndpointId } from "../../sim/config.js";
import { DROP_CAUSES, type DropCause } from "../../sim/recorder.js";
import type { Recording } from "../recording.js";
import { lastAtMost, TraceIndex } from "../trace-index.js";

/**
 * Causes that consist in something not happening. The trace links an election timeout to the input that set the timer;
 * what a person asks about is why nobody set it again.
 */

/** Most events looked through for a lost message. */
const SCAN = 50_000;
/** Most faults looked through, newest first. */
const FAULTS = 1000;

/** Why a server did not hear its leader until its election timer fired. */
export interface Silence {
  /** The leader it used to follow. */
  readonly leader: EndpointId;
  /** The event that silenced it: a crash, a pause, a loss of leadership, a wrong clock, a lost message; -1 where none is found. */
  readonly eventId: number;
}

/** Why nothing came before election timer event `timer`; `null` when the server followed nobody. */
export function silenceBefore(recording: Recording, timer: number): Silence | null {
  const { log } = recording;
  const server = log.at(timer);
  const index = TraceIndex.of(recording);
  const before = index.stateAfter(server, timer - 1);
  if (before === null || before.leader === 0 || before.leader === server) return null;
  const { leader } = before;
  const since = lastHeard(recording, timer);
  const lane = index.lane(leader);
  const first = lastAtMost(lane.length, since, (position) => lane[position]?.eventId ?? 0) + 1;
  for (let position = first; position < lane.length; position += 1) {
    const state = lane[position];
    if (state === undefined || state.eventId >= timer) break;
    if (state.status !== "up" || state.role !== "leader") return { leader, eventId: state.eventId };
  }
  const own = clockFaultBehind(recording, server, log.cause(timer), timer);
  if (own >= 0) return { leader, eventId: own };
  const lost = lostFrom(recording, leader, server, since, timer);
  return { leader, eventId: lost >= 0 ? lost : clockFaultBehind(recording, leader, since, timer) };
}

/**
 * The newest fault of a server's clock that bore on what it measured between two events: a drift in force, or a jump on the
 * way; -1 for none.
 */
export function clockFaultBehind(recording: Recording, server: EndpointId, since: number, until: number): number {
  const { log } = recording;
  const faults = TraceIndex.of(recording).events("fault");
  let position = lastAtMost(faults.length, until, (at) => faults[at] ?? 0);
  for (let seen = 0; position >= 0 && seen < FAULTS; position -= 1, seen += 1) {
    const id = faults[position] ?? -1;
    if (log.kind(id) !== "fault" || log.at(id) !== server) continue;
    const action = recording.actionOf(id)?.action;
    if (action?.kind !== "fault") continue;
    const { kind } = action.fault;
    if (kind === "clock-jump" && id > since) return id;
    if (kind !== "clock-drift") continue;
    if (!endedBetween(recording, log.word(id, 1), server, server, id, Math.max(since, id))) return id;
  }
  return -1;
}

/** The fault that lost the message of `drop`, or the crash of the server it was for; -1 where it was chance. */
export function faultBehind(recording: Recording, drop: number): number {
  const { log } = recording;
  const cause = dropCause(recording, drop);
  const to = log.at(drop);
  const send = log.cause(drop);
  if (cause === "loss" || send < 0) return -1;
  if (cause === "server-down") return latestDown(recording, to, drop);
  if (cause === "lost-by-hand") return log.kind(drop - 1) === "lose" ? drop - 1 : -1;
  const from = log.at(send);
  const faults = TraceIndex.of(recording).events("fault");
  let position = lastAtMost(faults.length, drop, (at) => faults[at] ?? 0);
  for (let seen = 0; position >= 0 && seen < FAULTS; position -= 1, seen += 1) {
    const id = faults[position] ?? -1;
    const action = recording.actionOf(id)?.action;
    if (action?.kind !== "fault" || "server" in action.fault || !concerns(action.fault, cause, from, to)) continue;
    if (!endedBetween(recording, log.word(id, 1), from, to, id, drop)) return id;
  }
  return -1;
}

/** Why a message was lost. */
export function dropCause(recording: Recording, drop: number): DropCause {
  return DROP_CAUSES[recording.log.word(drop, 0)] ?? "loss";
}

function lastHeard(recording: Recording, timer: number): number {
  const { log } = recording;
  const cause = log.cause(timer);
  const setBy = cause >= 0 && log.kind(cause) === "tick" ? log.word(timer, 1) : cause;
  // The leader may have crashed after it sent what set the timer, and before that arrived.
  if (setBy < 0 || log.kind(setBy) !== "deliver") return setBy;
  return log.cause(setBy);
}

function lostFrom(recording: Recording, leader: EndpointId, server: EndpointId, since: number, timer: number): number {
  const { log } = recording;
  const end = Math.min(timer, since + SCAN);
  for (let id = since + 1; id < end; id += 1) {
    const kind = log.kind(id);
    if (kind !== "drop" && kind !== "held") continue;
    const send = log.cause(id);
    if (send >= 0 && log.at(send) === leader && (log.word(send, 0) & 0xfff) === server) return id;
  }
  return -1;
}

function latestDown(recording: Recording, server: EndpointId, before: number): number {
  const lane = TraceIndex.of(recording).lane(server);
  let position = lastAtMost(lane.length, before, (at) => lane[at]?.eventId ?? 0);
  while (position > 0 && lane[position]?.status === "down" && lane[position - 1]?.status === "down") position -= 1;
  const state = lane[position];
  return state?.status === "down" ? state.eventId : -1;
}

function concerns(fault: NetworkFault, cause: DropCause, from: EndpointId, to: EndpointId): boolean {
  if (cause === "rule" ? fault.kind !== "rule" || fault.effect !== "drop" : fault.kind !== "block") return false;
  if (fault.kind !== "rule" && fault.kind !== "block") return false;
  return fault.pairs.some(([a, b]) => a === from && b === to);
}

function endedBetween(
  recording: Recording,
  fault: number,
  from: EndpointId,
  to: EndpointId,
  begin: number,
  end: number,
): boolean {
  const { log } = recording;
  const undone = TraceIndex.of(recording).events("undone");
  let position = lastAtMost(undone.length, end, (at) => undone[at] ?? 0);
  for (; position >= 0; position -= 1) {
    const id = undone[position] ?? -1;
    if (id <= begin) return false;
    const kind = log.kind(id);
    if (kind === "undo" && log.word(id, 0) === fault) return true;
    const action = recording.actionOf(id)?.action;
    if (action?.kind === "release" && action.fault === fault) return true;
    if (action?.kind !== "heal") continue;
    const { what } = action;
    if (what.kind === "all") return true;
    if (what.kind === "endpoints" && what.endpoints.some((endpoint) => endpoint === from || endpoint === to))
      return true;
    if (what.kind === "pairs" && what.pairs.some(([a, b]) => a === from && b === to)) return true;
  }
  return false;
}
