import { finalLogs } from "../check/final-logs.js";
import type { FinalLog } from "../check/requests.js";
import type { SafetyChecker } from "../check/safety.js";
import type { Violation } from "../check/violation.js";
import { violationText } from "../check/violation-text.js";
import { t } from "../l10n/text.js";
import type { Configuration } from "../raft/types.js";
import { isRead } from "../sim/client-operation.js";
import type { History } from "../sim/history.js";
import { isServerRequest } from "../sim/server-requests.js";
import type { World } from "../sim/world.js";

/** Has the checker look, at the end of a run, for the writes that clients were told had succeeded. */
export function finishSafety(checker: SafetyChecker, world: World, history: History, eventId: number): void {
  for (const { outcome, body, session, sequence, returnEvent } of history.operations) {
    if (isRead(body) || isServerRequest(body) || outcome?.kind !== "result" || returnEvent === null) continue;
    checker.acknowledged(session, sequence, returnEvent);
  }
  const finals = finalLogs(world.servers);
  checker.finished(finals, eventId, newestConfigurations(world, finals));
}

/**
 * The two newest configurations in the most up-to-date log: the newest may be uncommitted, and then what was acknowledged
 * counted by the one before. Spares and learners keep nothing.
 */
function newestConfigurations(world: World, finals: readonly FinalLog[]): Configuration[] {
  let best: FinalLog | null = null;
  for (const final of finals) {
    const { log } = final;
    const known = best?.log ?? null;
    const newer =
      known === null ||
      log.lastTerm > known.lastTerm ||
      (log.lastTerm === known.lastTerm && log.lastIndex > known.lastIndex);
    if (newer) best = final;
  }
  if (best === null) return [];
  const found: Configuration[] = [];
  for (let index = best.log.lastIndex; index >= best.log.firstIndex && found.length < 2; index -= 1) {
    const entry = best.log.at(index);
    if (entry?.kind === "configuration") found.push(entry.configuration);
  }
  if (found.length < 2) found.push(best.snapshot?.configuration ?? firstConfiguration(world));
  return found;
}

function firstConfiguration({ config }: World): Configuration {
  const waiting = new Set([...config.learners, ...config.spares]);
  const all = config.servers.map((_name, position) => position + 1);
  return { voters: all.filter((id) => !waiting.has(id)), outgoing: [], learners: config.learners, autoLeave: false };
}

/** A violation in words, with the names of servers and clients. */
export function safetyText(violation: Violation, world: World, history: History): string {
  const client = (session: number): string => {
    if (session === 0) return t("the given state");
    const operation = history.operations.find((record) => record.session === session);
    return operation === undefined ? t("a client") : world.nameOf(operation.client);
  };
  const { message, expected, found } = violationText(violation, (id) => world.nameOf(id), client);
  return t("{0}; expected {1}, found {2}", message, expected, found);
}
