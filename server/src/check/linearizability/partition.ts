import { compareKeys } from "../../kv/key-order.js";
import { isRead, type Operation } from "./operation.js";

/** Operations that share keys with each other and with no others: linearizable alone if and only if together. */
export interface Partition {
  /** In key order. */
  readonly keys: readonly string[];
  /** By call order; without those that cannot be wrong and change nothing. */
  readonly operations: readonly Operation[];
}

/**
 * Splits a history by keys (Herlihy and Wing: linearizability is local). A prefix joins all keys it touches, those
 * that it found missing included.
 */
export function partitions(history: readonly Operation[]): Partition[] {
  const relevant = history.filter((operation) => operation.return !== null || !isRead(operation.action));
  const keys = allKeys(relevant);
  const group = new Groups(keys);
  for (const { action } of relevant) {
    if ("key" in action) continue;
    const { prefix } = action;
    // Keys with a common prefix stand together in key order.
    for (let at = firstNotBefore(keys, prefix), first = at; keys[at]?.startsWith(prefix); at += 1)
      group.join(first, at);
  }
  const members = new Map<number, { keys: string[]; operations: Operation[] }>();
  const byKey = new Map<string, { keys: string[]; operations: Operation[] }>();
  keys.forEach((key, at) => {
    const root = group.root(at);
    const found = members.get(root) ?? { keys: [], operations: [] };
    members.set(root, found);
    byKey.set(key, found);
    found.keys.push(key);
  });
  const ofPrefix = (prefix: string): { operations: Operation[] } | undefined => {
    const at = firstNotBefore(keys, prefix);
    return keys[at]?.startsWith(prefix) ? members.get(group.root(at)) : undefined;
  };
  const unfounded: Partition[] = [];
  for (const operation of relevant) {
    const { action } = operation;
    const found = "key" in action ? byKey.get(action.key) : ofPrefix(action.prefix);
    // A prefix under which nothing ever was: only its own result can be wrong.
    if (found === undefined) unfounded.push({ keys: [], operations: [operation] });
    else found.operations.push(operation);
  }
  const sorted = [...members.values(), ...unfounded];
  for (const { operations } of sorted) byCall(operations);
  return sorted;
}

function byCall(operations: readonly Operation[]): void {
  for (let at = 1; at < operations.length; at += 1) {
    if ((operations[at - 1]?.call ?? 0) > (operations[at]?.call ?? 0)) {
      throw new Error(`history: operation ${operations[at]?.id} was called before the one listed before it`);
    }
  }
}

function allKeys(history: readonly Operation[]): string[] {
  const keys = new Set<string>();
  for (const { action } of history) {
    if ("key" in action) keys.add(action.key);
    if (action.kind === "read-prefix") for (const [key] of action.pairs) keys.add(key);
  }
  return [...keys].sort(compareKeys);
}

function firstNotBefore(keys: readonly string[], text: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(keys[middle] ?? "", text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Which keys belong together (union-find). */
class Groups {
  readonly #parents: number[];

  constructor(keys: readonly string[]) {
    this.#parents = keys.map((_, at) => at);
  }

  root(of: number): number {
    let at = of;
    for (let parent = this.#parents[at] ?? at; parent !== at; parent = this.#parents[at] ?? at) {
      this.#parents[at] = this.#parents[parent] ?? parent;
      at = parent;
    }
    return at;
  }

  join(a: number, b: number): void {
    const left = this.root(a);
    const right = this.root(b);
    // The lower one stays root, so that groups come out in the order of their first keys.
    this.#parents[Math.max(left, right)] = Math.min(left, right);
  }
}
