import type { SafetyChecker } from "../check/safety.js";
import type { Violation } from "../check/violation.js";
import { violationText } from "../check/violation-text.js";
import { startingLog } from "../raft/install.js";
import type { History } from "../sim/history.js";
import type { World } from "../sim/world.js";

/** Has the checker look, at the end of a run, for the writes that clients were told had succeeded. */
export function finishSafety(checker: SafetyChecker, world: World, history: History, eventId: number): void {
  for (const { outcome, body, session, sequence, returnEvent } of history.operations) {
    if (body.kind === "get" || outcome?.kind !== "result" || returnEvent === null) continue;
    checker.acknowledged(session, sequence, returnEvent);
  }
  const finals = world.servers.flatMap((server) => {
    if (server === undefined) return [];
    const { raft } = server;
    const log = raft?.log ?? startingLog(server.disk.snapshot, server.disk.log);
    return [{ server: server.id, log, leads: raft?.role === "leader" ? raft.term : 0 }];
  });
  checker.finished(finals, eventId);
}

/** A violation in words, with the names of servers and clients. */
export function safetyText(violation: Violation, world: World, history: History): string {
  const client = (session: number): string => {
    if (session === 0) return "the given state";
    const operation = history.operations.find((record) => record.session === session);
    return operation === undefined ? "a client" : world.nameOf(operation.client);
  };
  const { message, expected, found } = violationText(violation, (id) => world.nameOf(id), client);
  return `${message}; expected ${expected}, found ${found}`;
}
