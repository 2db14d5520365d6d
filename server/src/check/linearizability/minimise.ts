import { finish, type Sliced } from "../sliced.js";
import { MEMORY, type NotLinearizable } from "./check.js";
import { compile, problemOf } from "./compile.js";
import { Memory, MemoryShare } from "./memory.js";
import { type Action, type Operation, observes } from "./operation.js";
import { Search } from "./search.js";

/** How much to spend on making a violation small. */
export interface MinimiseOptions {
  /** As in the check. */
  readonly initial: string | null;
  /** Steps of the search over all attempts. */
  readonly budget: number;
}

/** Steps that one attempt may take: small histories are refuted quickly or are not worth it. */
const ATTEMPT = 20_000;

/**
 * A small part of a violation that alone has no explanation, by call order, with the blocked operation in it. Nothing
 * is left out that could explain the rest: an observation is dropped only if what remains still has no explanation,
 * and a write only if there is none even when that write may have happened at any time or never.
 */
export function minimise(violation: NotLinearizable, options: MinimiseOptions): readonly Operation[] {
  return finish(minimiseInSlices(violation, options));
}

/** {@link minimise} in pieces of some milliseconds. */
export function* minimiseInSlices(violation: NotLinearizable, options: MinimiseOptions): Sliced<readonly Operation[]> {
  const all = violation.history;
  const blocked = violation.blocked.id;
  const weakened = new Set<number>();
  let left = options.budget;

  const fails = (weak: ReadonlySet<number>): boolean => {
    const operations = all.flatMap((operation) => (weak.has(operation.id) ? weaken(operation) : [operation]));
    const share = new MemoryShare(new Memory(MEMORY));
    const search = new Search(problemOf(compile({ keys: violation.keys, operations }, options.initial, share)));
    const { status, used } = search.run(Math.min(ATTEMPT, left));
    left -= used + operations.length;
    return status.kind === "violation";
  };

  const candidates = all.filter(({ id, return: end }) => id !== blocked && end !== null).map(({ id }) => id);
  for (let size = Math.ceil(candidates.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < candidates.length && left > 0; at += size) {
      const chunk = candidates.slice(at, at + size).filter((id) => !weakened.has(id));
      yield;
      if (chunk.length === 0 || !fails(new Set([...weakened, ...chunk]))) continue;
      for (const id of chunk) weakened.add(id);
    }
  }

  const kept = all.filter(({ id, return: end }) => end !== null && !weakened.has(id));
  const keptIds = new Set(kept.map(({ id }) => id));
  const wanted = new Set(kept.flatMap(({ action }) => valuesSeen(action)));
  return all.filter(({ id, action }) => keptIds.has(id) || valuesMade(action).some((value) => wanted.has(value)));
}

/** An observation goes; a change may have happened at any time after its call, or never. */
function weaken(operation: Operation): Operation[] {
  return observes(operation.action) ? [] : [{ ...operation, return: null }];
}

/** What an operation's result says about values; writes of these are shown beside it. */
function valuesSeen(action: Action): (string | null)[] {
  switch (action.kind) {
    case "read":
      return [action.value];
    case "read-prefix":
      return action.pairs.map(([, value]) => value);
    case "write":
      return action.previous === undefined ? [] : [action.previous];
    case "cas":
      return [action.from, ...(action.actual === undefined ? [] : [action.actual])];
    case "delete":
    case "delete-prefix":
      return action.deleted === 0 ? [null] : [];
    case "append":
      return [];
  }
}

function valuesMade(action: Action): (string | null)[] {
  switch (action.kind) {
    case "write":
    case "append":
      return [action.value];
    case "cas":
      return action.succeeded === false ? [] : [action.to];
    case "delete":
    case "delete-prefix":
      return [null];
    case "read":
    case "read-prefix":
      return [];
  }
}
