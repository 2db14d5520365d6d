import type { Sliced } from "../../sliced.js";
import type { Attempts } from "./attempts.js";
import { difference } from "./difference.js";
import { minimiseModel } from "./minimise.js";
import { changeSeen, type ModelOperation, onlyReads } from "./operation.js";
import { step } from "./step.js";
import type { ModelViolation } from "./violation.js";

/**
 * Says what is wrong with a history that is known to have no explanation: given by call order, with the operation whose return no search
 * got past.
 */
export function* explain(
  operations: readonly ModelOperation[],
  reached: ModelOperation | null,
  attempts: Attempts,
): Sliced<ModelViolation> {
  const returned = operations
    .filter(({ return: end }) => end !== null)
    .sort((a, b) => (a.return ?? 0) - (b.return ?? 0));
  const first = returned.findIndex(({ id }) => id === reached?.id);
  const blocked = returned[yield* firstUnexplained(operations, returned, Math.max(0, first), attempts)];
  if (blocked === undefined) throw new Error("a history of which nothing returned cannot be without explanation");
  const until = upTo(operations, blocked.return ?? 0);
  const { fit, prefix } = yield* bestFit(until, blocked, attempts);
  return { blocked, fit, prefix, ...(yield* minimiseModel(until, blocked, attempts)) };
}

/** What had been called at some position, with what had been answered then. */
function upTo(operations: readonly ModelOperation[], position: number): ModelOperation[] {
  return operations.flatMap((operation) => {
    if (operation.call > position) return [];
    if (operation.return === null || operation.return <= position) return [operation];
    return withoutAnswer(operation);
  });
}

function withoutAnswer({ id, client, request, call }: ModelOperation): ModelOperation[] {
  return onlyReads(request) ? [] : [{ id, client, request, call, return: null, response: null }];
}

/**
 * The place, in the order of returns, of the first one at which nothing explains what had returned: from the one on that no search got past,
 * in growing strides and then by halves. What could not be decided in time counts as explained, so that the answer is certain to be without
 * explanation, and nearly always the first such.
 */
function* firstUnexplained(
  operations: readonly ModelOperation[],
  returned: readonly ModelOperation[],
  from: number,
  attempts: Attempts,
): Sliced<number> {
  const most = Math.ceil(attempts.left / 8);
  const fails = function* (place: number): Sliced<boolean> {
    const position = returned[place]?.return ?? 0;
    return attempts.left > most && (yield* attempts.run(upTo(operations, position), most)).kind === "violation";
  };
  let explained = from - 1;
  let unexplained = returned.length - 1;
  for (let stride = 1; explained + stride < unexplained; stride *= 2) {
    if (yield* fails(explained + stride)) unexplained = explained + stride;
    else explained += stride;
  }
  while (explained + 1 < unexplained) {
    const middle = (explained + unexplained) >>> 1;
    if (yield* fails(middle)) unexplained = middle;
    else explained = middle;
  }
  return unexplained;
}

/** Where the blocked operation comes closest to being explained, in an order that explains everything else. */
function* bestFit(
  operations: readonly ModelOperation[],
  blocked: ModelOperation,
  attempts: Attempts,
): Sliced<Pick<ModelViolation, "fit" | "prefix">> {
  const { id, response, request, call } = blocked;
  if (response === null) return { fit: null, prefix: null };
  const others = operations.flatMap((operation) => (operation.id === id ? withoutAnswer(operation) : [operation]));
  const status = yield* attempts.run(others, Math.ceil(attempts.left / 4));
  if (status.kind !== "ok") return { fit: null, prefix: null };
  const byId = new Map(others.map((operation) => [operation.id, operation]));
  const before = others.filter((operation) => operation.return !== null && operation.return < call).map((o) => o.id);
  const required = new Set(before);
  const wanted = response.kind === "error" ? null : response.revision - (changeSeen(response) === "one" ? 1 : 0);
  let state = attempts.initial;
  let best: (NonNullable<ModelViolation["fit"]> & { readonly right: boolean }) | null = null;
  for (const next of [...status.order, null]) {
    if (required.size === 0 && (best === null || state.revision === wanted || !best.right)) {
      const { response: expected } = step(state, request);
      const found = difference(response, expected);
      const { revision } = state;
      if (found !== null) best = { expected, difference: found, revision, right: revision === wanted };
    }
    // What it did itself, if it was placed, is none of what it found.
    if (next === id) break;
    const operation = next === null ? undefined : byId.get(next);
    if (operation === undefined) continue;
    required.delete(operation.id);
    state = step(state, operation.request).state;
  }
  const fit = best === null ? null : { expected: best.expected, difference: best.difference, revision: best.revision };
  return { fit, prefix: status.order };
}
