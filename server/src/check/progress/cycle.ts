import type { ServerId } from "../../raft/types.js";
import type { ElectionStep } from "./elections.js";

/** The server that begins elections most often; 0 for none. */
export function restlessServer(steps: readonly ElectionStep[]): ServerId {
  const counts: number[] = [];
  for (const { kind, server } of steps) if (begins(kind)) counts[server] = (counts[server] ?? 0) + 1;
  let best = 0;
  counts.forEach((count, server) => {
    if (count > (counts[best] ?? 0)) best = server;
  });
  return best;
}

/**
 * What repeats: the steps from one election that `server` begins to its next. Of all such turns the most frequent, whose
 * newest instance is given; empty when it did not begin two.
 */
export function repeatingCycle(steps: readonly ElectionStep[], server: ServerId): readonly ElectionStep[] {
  const turns = new Map<string, { count: number; steps: readonly ElectionStep[] }>();
  let from = -1;
  steps.forEach((step, position) => {
    if (step.server !== server || !begins(step.kind)) return;
    if (from >= 0) {
      const turn = steps.slice(from, position);
      const key = turn.map(({ kind, server: who }) => `${kind} ${who}`).join(" ");
      const known = turns.get(key);
      turns.set(key, { count: (known?.count ?? 0) + 1, steps: turn });
    }
    from = position;
  });
  let best: { count: number; steps: readonly ElectionStep[] } = { count: 0, steps: [] };
  // Among equals the one that tells of a leader, and then the shorter one, says more.
  for (const turn of turns.values()) {
    if (score(turn) > score(best)) best = turn;
  }
  return best.steps;
}

function score({ count, steps }: { readonly count: number; readonly steps: readonly ElectionStep[] }): number {
  if (count === 0) return -1;
  return count * 1000 + (steps.some(({ kind }) => kind === "leads") ? 500 : 0) - Math.min(steps.length, 400);
}

/** Whether a step begins an election: a candidacy that follows a won pre-vote belongs to the asking before it. */
function begins(kind: ElectionStep["kind"]): boolean {
  return kind === "stands" || kind === "asks";
}
