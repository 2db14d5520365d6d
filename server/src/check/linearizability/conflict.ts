import type { NotLinearizable } from "./check.js";
import type { Action, Operation } from "./operation.js";

/** Why no order places an operation that tells what a key held, where that can be told by a few operations. Ids are those of the history. */
export type Conflict =
  /** Nobody had been asked to write what it saw when it returned. */
  | { readonly kind: "never-written" }
  /** What it saw had been overwritten: `by` began after `writer` had returned, and returned before the read began. */
  | { readonly kind: "overwritten"; readonly writer: number; readonly by: number }
  /** It found no key, but `by` had returned before it began, and nothing can have deleted the key since. */
  | { readonly kind: "was-written"; readonly by: number }
  /** `reader` saw a value, written by `writer`, that came after what this one saw, and had returned before this one began. */
  | { readonly kind: "seen-newer"; readonly reader: number; readonly writer: number }
  /** Only all operations of the counterexample together show it. */
  | { readonly kind: "together" };

/**
 * The plainest reason why the blocked operation of a violation fits nowhere, told by operations of `small`, a part of it as
 * `minimise` gives it, which holds every operation that can have made a value seen in it. All that is said is true of the history's
 * times and values.
 */
export function conflictOf({ blocked, history }: NotLinearizable, small: readonly Operation[]): Conflict {
  const seen = seenBy(blocked.action);
  if (seen === null) return { kind: "together" };
  const { key, value } = seen;
  // Values that grow, and deletions of many keys, can make and take any value.
  if (history.some(({ action: { kind } }) => kind === "append" || kind === "delete-prefix"))
    return { kind: "together" };
  const changes = small.filter((operation) => operation.id !== blocked.id && mayChange(operation, key));
  if (value === null) return missing(blocked, changes);
  const writers = changes.filter((operation) => makes(operation.action, key) === value);
  if (writers.length === 0) return { kind: "never-written" };
  return (
    overwritten(blocked, writers, changes) ?? seenNewer(blocked, seen, writers, changes, small) ?? { kind: "together" }
  );
}

/** The value that an answer tells of one key, from before the operation; `null` in it is a missing key. */
interface Seen {
  readonly key: string;
  readonly value: string | null;
}

/** What an answer tells of the key before: a read its value, a write what it replaced, a failed compare-and-swap what it found. */
function seenBy(action: Action): Seen | null {
  switch (action.kind) {
    case "read":
      return action;
    case "write":
      return action.previous === undefined ? null : { key: action.key, value: action.previous };
    case "cas":
      if (action.succeeded === true) return { key: action.key, value: action.from };
      return action.actual === undefined ? null : { key: action.key, value: action.actual };
    default:
      return null;
  }
}

/** Whether an operation can have changed the key; a compare-and-swap that said it failed has not. */
function mayChange({ action, return: end }: Operation, key: string): boolean {
  switch (action.kind) {
    case "write":
    case "delete":
      return action.key === key;
    case "cas":
      return action.key === key && !(end !== null && action.succeeded === false);
    default:
      return false;
  }
}

/** The value that an action makes when it takes effect. */
function makes(action: Action, key: string): string | null | undefined {
  switch (action.kind) {
    case "write":
      return action.key === key ? action.value : undefined;
    case "cas":
      return action.key === key ? action.to : undefined;
    case "delete":
      return action.key === key ? null : undefined;
    default:
      return undefined;
  }
}

/** Whether it certainly changed the key: a compare-and-swap of which nobody knows may have failed. */
function certainly({ action, return: end }: Operation): boolean {
  if (end === null) return false;
  return action.kind === "write" || (action.kind === "cas" && action.succeeded === true) || action.kind === "delete";
}

function missing(read: Operation, others: readonly Operation[]): Conflict {
  const deletes = others.filter(({ action }) => action.kind === "delete");
  const by = others.find(
    (operation) =>
      operation.action.kind !== "delete" &&
      certainly(operation) &&
      ended(operation) < read.call &&
      deletes.every((each) => each.return !== null && each.return < operation.call),
  );
  return by === undefined ? { kind: "together" } : { kind: "was-written", by: by.id };
}

function overwritten(read: Operation, writers: readonly Operation[], others: readonly Operation[]): Conflict | null {
  let found: Conflict | null = null;
  for (const writer of writers) {
    if (writer.return === null) return null;
    const end = writer.return;
    const over = others.filter(
      (operation) =>
        certainly(operation) && operation.call > end && ended(operation) < read.call && !writers.includes(operation),
    );
    const last = over.at(-1);
    if (last === undefined) return null;
    found = { kind: "overwritten", writer: writer.id, by: last.id };
  }
  return found;
}

/** A read of another value that had returned before, whose only writer can only have come after the only writer of this one's. */
function seenNewer(
  read: Operation,
  { key, value }: Seen,
  writers: readonly Operation[],
  others: readonly Operation[],
  history: readonly Operation[],
): Conflict | null {
  const [writer, another] = writers;
  if (writer === undefined || another !== undefined) return null;
  const readsOf = (seen: string | null): Operation[] =>
    history.filter(({ id, action }) => {
      return id !== read.id && action.kind === "read" && action.key === key && action.value === seen;
    });
  for (const reader of history) {
    if (reader.action.kind !== "read" || reader.action.key !== key || reader.action.value === value) continue;
    if (reader.return === null || reader.return > read.call) continue;
    const seen = reader.action.value;
    const newer = others.filter(({ action }) => makes(action, key) === seen);
    const [only, more] = newer;
    if (only === undefined || more !== undefined) continue;
    // This read's value was there before the newer one's write: its writer returned first, or somebody read it before the other was seen.
    const first = readsOf(value).some(({ return: end }) => end !== null && end < Math.max(only.call, reader.call));
    if (ended(writer) < only.call || first) return { kind: "seen-newer", reader: reader.id, writer: only.id };
  }
  return null;
}

function ended({ return: end }: Operation): number {
  return end ?? Number.POSITIVE_INFINITY;
}
