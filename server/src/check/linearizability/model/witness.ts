import type { Sliced } from "../../sliced.js";
import { matches } from "./difference.js";
import type { ModelOperation } from "./operation.js";
import type { ModelState } from "./state.js";
import { step } from "./step.js";

/** Operations after which others may have their turn. */
const SLICE = 512;

/**
 * Checks an order that somebody believes in, in linear time: it must hold every operation that returned, keep the order of operations that
 * did not overlap and the one known of the log, and give exactly the answers that were seen. Operations of unknown outcome stand in it only
 * if they took effect. Returns the ids in order, or `null` when the order proves nothing.
 */
export function* checkModelWitness(
  operations: readonly ModelOperation[],
  initial: ModelState,
  log: readonly number[],
  witness: readonly number[],
): Sliced<readonly number[] | null> {
  yield;
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const ids = [...new Set(witness)].filter((id) => byId.has(id));
  yield;
  const placed = new Set(ids);
  if (operations.some(({ id, return: end }) => end !== null && !placed.has(id))) return null;
  if (
    !keepsLog(
      ids,
      log.filter((id) => byId.has(id)),
    )
  )
    return null;
  yield;
  let state = initial;
  let latestCall = Number.NEGATIVE_INFINITY;
  for (const [place, id] of ids.entries()) {
    if (place % SLICE === SLICE - 1) yield;
    const operation = byId.get(id);
    if (operation === undefined || (operation.return !== null && operation.return < latestCall)) return null;
    latestCall = Math.max(latestCall, operation.call);
    const done = step(state, operation.request);
    if (operation.response !== null && !matches(operation.response, done.response)) return null;
    if (!madeWhatIsKnown(operation, state, done.state)) return null;
    state = done.state;
  }
  return ids;
}

function madeWhatIsKnown({ made }: ModelOperation, before: ModelState, after: ModelState): boolean {
  return made === undefined || (after.revision === made && before.revision < made);
}

/** Whether the order begins with what the log begins with, and so on: the log's remainder may follow after everything. */
function keepsLog(ids: readonly number[], log: readonly number[]): boolean {
  const logged = new Set(log);
  return ids.filter((id) => logged.has(id)).every((id, place) => log[place] === id);
}
