import type { ServerId } from "../../raft/types.js";
import type { ElectionStep } from "./elections.js";

/** The server that begins elections most often; 0 for none. */
export function restlessServer(steps: readonly ElectionStep[]): ServerId {
  return mostFrequent(steps.filter(({ kind }) => begins(kind)).map(({ server }) => server));
}

/** A leader that fell, and who stood in the term that it fell by. */
export interface Deposition {
  readonly leader: ServerId;
  readonly by: ServerId;
  /** The candidacy. */
  readonly stands: ElectionStep;
}

/** The leaders that fell by another server's candidacy, oldest first. */
export function depositions(steps: readonly ElectionStep[]): readonly Deposition[] {
  const stood = new Map<number, ElectionStep>();
  const found: Deposition[] = [];
  for (const step of steps) {
    if (step.kind === "stands") stood.set(step.term, step);
    const stands = stood.get(step.term);
    if (step.kind !== "deposed" || stands === undefined || stands.server === step.server) continue;
    found.push({ leader: step.server, by: stands.server, stands });
  }
  return found;
}

/**
 * What repeats: the steps from one election that the most restless server begins to its next; of all such turns the most
 * frequent, whose newest instance is given. Where leaders fall, only elections that made one fall or brought one count.
 */
export function repeatingCycle(steps: readonly ElectionStep[]): readonly ElectionStep[] {
  const fell = depositions(steps);
  if (fell.length < 2) {
    const server = restlessServer(steps);
    return mostFrequentTurn(steps, (step) => begins(step.kind) && step.server === server);
  }
  const deposing = new Set(fell.map(({ stands }) => stands));
  const won = new Set(steps.filter(({ kind }) => kind === "leads").map(({ term }) => term));
  const telling = steps.filter((step) => {
    if (step.kind === "asks" || step.kind === "gives-up") return false;
    return step.kind !== "stands" || deposing.has(step) || won.has(step.term);
  });
  const server = mostFrequent(fell.map(({ by }) => by));
  return mostFrequentTurn(telling, (step) => step.server === server && deposing.has(step));
}

function mostFrequentTurn(
  steps: readonly ElectionStep[],
  beginsTurn: (step: ElectionStep) => boolean,
): readonly ElectionStep[] {
  const turns = new Map<string, { count: number; readonly steps: readonly ElectionStep[] }>();
  let from = -1;
  steps.forEach((step, position) => {
    if (!beginsTurn(step)) return;
    if (from >= 0) {
      const turn = steps.slice(from, position);
      const key = turn.map(({ kind, server, missed }) => `${kind} ${server} ${missed}`).join(", ");
      turns.set(key, { count: (turns.get(key)?.count ?? 0) + 1, steps: turn });
    }
    from = position;
  });
  let best: { readonly count: number; readonly steps: readonly ElectionStep[] } = { count: 0, steps: [] };
  for (const turn of turns.values()) {
    // Among equals the shorter one is the easier to follow.
    if (turn.count > best.count || (turn.count === best.count && turn.steps.length < best.steps.length)) best = turn;
  }
  return best.steps;
}

/** Whether a step begins an election: a candidacy that follows a won pre-vote belongs to the asking before it. */
function begins(kind: ElectionStep["kind"]): boolean {
  return kind === "stands" || kind === "asks";
}

function mostFrequent(servers: readonly ServerId[]): ServerId {
  const counts: number[] = [];
  for (const server of servers) counts[server] = (counts[server] ?? 0) + 1;
  let best = 0;
  counts.forEach((count, server) => {
    if (count > (counts[best] ?? 0)) best = server;
  });
  return best;
}
