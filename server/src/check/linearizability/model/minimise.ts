import type { Sliced } from "../../sliced.js";
import type { Attempts } from "./attempts.js";
import { changeSeen, type ModelOperation, onlyReads } from "./operation.js";
import type { ModelViolation } from "./violation.js";

/** Steps for each operation that one attempt may take: parts that are not refuted quickly are not worth it. */
const ATTEMPT = 20;
/** Steps that any attempt may take. */
const SHORT = 2_000;

/**
 * A small part of a history without explanation that has none either, with the blocked operation in it. Nothing is left out that could
 * explain the rest: what changed nothing is dropped only if what remains still has no explanation, and what may have changed something is only
 * weakened, to a change at any time or never; where that is too weak, to one at any time that made the revision it was answered.
 * `operations` are by call order.
 */
export function* minimiseModel(
  operations: readonly ModelOperation[],
  blocked: ModelOperation,
  attempts: Attempts,
): Sliced<Pick<ModelViolation, "history" | "background">> {
  const weakened = new Set<number>();
  const part = (weak: ReadonlySet<number>): ModelOperation[] =>
    operations.flatMap((operation) => (weak.has(operation.id) ? weaken(operation) : [operation]));
  const fails = function* (history: readonly ModelOperation[]): Sliced<boolean> {
    if (attempts.left <= 0) return false;
    return (yield* attempts.run(history, history.length * ATTEMPT + SHORT)).kind === "violation";
  };

  const weakenAll = function* (candidates: readonly number[]): Sliced<void> {
    for (let size = candidates.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < candidates.length && attempts.left > 0; at += size) {
        const chunk = candidates.slice(at, at + size).filter((id) => !weakened.has(id));
        if (chunk.length === 0 || !(yield* fails(part(new Set([...weakened, ...chunk]))))) continue;
        for (const id of chunk) weakened.add(id);
      }
    }
  };

  const others = operations.filter(({ id, return: end }) => id !== blocked.id && end !== null);
  // The answer to a revocation does not tell whether it made a revision: weakened, it leaves the search much to try.
  const vague = ({ response }: ModelOperation): boolean => response !== null && changeSeen(response) === "unknown";
  yield* weakenAll(others.filter((operation) => !vague(operation)).map(({ id }) => id));
  yield* weakenAll(others.filter(vague).map(({ id }) => id));

  const smallest = part(weakened);
  const free = smallest.map(({ made: _, ...operation }): ModelOperation => operation);
  const left = (yield* fails(free)) ? free : smallest;
  return {
    history: left.filter((operation) => operation.return !== null),
    background: left.filter((operation) => operation.return === null),
  };
}

function weaken(operation: ModelOperation): ModelOperation[] {
  const { id, client, request, call, response } = operation;
  if (response === null) return [operation];
  if (response.kind === "error" || onlyReads(request)) return [];
  const change = changeSeen(response);
  const lasting = request.kind === "lease-grant" || request.kind === "compact";
  if (change === "none" && !lasting) return [];
  const weak = { id, client, request, call, return: null, response: null };
  return [change === "one" ? { ...weak, made: response.revision } : weak];
}
