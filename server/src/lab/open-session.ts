import type { SafetyChecker } from "../check/safety.js";
import type { EventId, SessionId, SessionInfo } from "../protocol/session.js";
import type { RunViolation } from "../scenario/verdict.js";

import type { Recording } from "../trace/recording.js";
import type { RunInputs } from "./run-inputs.js";

/** A session whose recording is in memory: everything that views need. */
export interface OpenSession {
  readonly id: SessionId;
  readonly recording: Recording;
  /** What was committed, as the safety checks saw it. */
  readonly safety: SafetyChecker;
  readonly violations: readonly RunViolation[];
  /** The event all views show; `null` follows the newest. */
  cursor: EventId | null;
  /** What it was made from, besides its seed. */
  readonly origin: Pick<RunInputs, "text" | "scenario">;
  info(): SessionInfo;
  /** The line (from 1) that the step which began with an event stands on, as it stood when it was run; `null` where there is none. */
  lineText?(line: number, eventId: EventId): string | null;
}

/** The event that a session's views show now. */
export function shownEvent(session: OpenSession): EventId {
  return session.cursor ?? session.recording.log.count - 1;
}

/** A kept cursor, or the newest event when the trace has become shorter than it was. */
export function knownCursor({ log }: Recording, cursor: EventId | null): EventId | null {
  return cursor !== null && cursor < log.count ? cursor : null;
}

/** The parts of a session's info that its recording tells. */
export function recordingInfo(
  recording: Recording,
): Pick<SessionInfo, "timeUs" | "events" | "leader" | "term" | "servers" | "clients"> {
  const { world, log } = recording;
  const servers = world.servers.flatMap((server) => (server === undefined ? [] : [server]));
  return {
    timeUs: world.nowUs,
    events: log.count,
    leader: world.leader()?.name ?? null,
    term: Math.max(0, ...servers.map(({ raft, disk }) => raft?.term ?? disk.hardState.term)),
    servers: servers.map(({ name }) => name),
    clients: [...world.clients.values()].map(({ name }) => name),
  };
}
