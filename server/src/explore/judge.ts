import { finalLogs } from "../check/final-logs.js";
import { checkLinearizability } from "../check/linearizability/check.js";
import { kvHistory } from "../check/linearizability/kv-history.js";
import { isRead } from "../sim/client-operation.js";
import type { Stage } from "./stage.js";

/** Steps of the linearizability search: histories of a walk are short. */
const SEARCH_BUDGET = 100_000;

/** A property that fell. */
export interface Finding {
  /** The property's name, as in scenarios. */
  readonly property: string;
  /** Events of the run until it fell. */
  readonly events: number;
}

/** What the safety checks found after the last input, if anything. */
export function safetyFinding(stage: Stage): Finding | null {
  const violation = stage.monitor.first;
  return violation === null ? null : { property: violation.property, events: stage.events };
}

/** Looks for an order that explains what clients saw; the finding, if there is none. */
export function historyFinding(stage: Stage): Finding | null {
  const { history } = stage;
  const { safety } = stage.monitor;
  const { operations, witness } = kvHistory(history.operations, ({ session, sequence }) =>
    safety.effectOf(session, sequence),
  );
  if (operations.length === 0) return null;
  const result = checkLinearizability(operations, { initial: null, budget: SEARCH_BUDGET, witness });
  if (result.kind !== "violation") return null;
  const events = history.operation(result.violation.blocked.id)?.returnUs ?? stage.events;
  return { property: "linearizability", events };
}

/** Whether every server runs and the one that leads the highest term has committed an entry of it. */
export function inOrder(stage: Stage): boolean {
  let highest = 0;
  let works = false;
  for (let id = 1; id <= stage.serverCount; id += 1) {
    const raft = stage.servers[id]?.raft;
    if (raft === undefined || raft === null) return false;
    if (raft.term < highest) continue;
    if (raft.term > highest) works = false;
    highest = raft.term;
    if (raft.role === "leader" && raft.log.termAt(raft.commitIndex) === raft.term) works = true;
  }
  return works;
}

/**
 * Looks for writes that clients were told had succeeded, where the cluster is {@link inOrder}: before, one who leads may
 * have been deposed by another that is down.
 */
export function lostWrites(stage: Stage): Finding | null {
  if (!inOrder(stage)) return null;
  const { history } = stage;
  const { safety } = stage.monitor;
  let acknowledged = 0;
  for (const { outcome, body, session, sequence, returnEvent } of history.operations) {
    if (isRead(body) || outcome?.kind !== "result" || returnEvent === null) continue;
    safety.acknowledged(session, sequence, returnEvent);
    acknowledged += 1;
  }
  if (acknowledged === 0) return null;
  safety.finished(finalLogs(stage.servers), stage.recorder.count);
  return safetyFinding(stage);
}
