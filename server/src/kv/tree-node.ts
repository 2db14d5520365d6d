import { compareKeys } from "./key-order.js";

/** Who may change a node in place. Every clone makes both sides take a new one. */
export type Owner = Readonly<Record<never, never>>;

/** Pairs in key order. */
export interface Leaf<V> {
  readonly kind: "leaf";
  readonly owner: Owner;
  readonly keys: string[];
  readonly values: V[];
  /** How many of the pairs count. */
  count: number;
}

/** Nodes in key order. */
export interface Branch<V> {
  readonly kind: "branch";
  readonly owner: Owner;
  /** `keys[i]` is at most the least key below `children[i]`, and above all below `children[i - 1]`; `keys[0]` is never compared. */
  readonly keys: string[];
  readonly children: TreeNode<V>[];
  /** How many of the pairs below count. */
  count: number;
}

/** A node of an {@link OrderedMap}. */
export type TreeNode<V> = Leaf<V> | Branch<V>;

/** The child at `position`. */
export function child<V>(branch: Branch<V>, position: number): TreeNode<V> {
  const node = branch.children[position];
  if (node === undefined)
    throw new Error(`ordered map: a branch of ${branch.children.length} has no child ${position}`);
  return node;
}

/** How many pairs below the nodes count. */
export function countOf<V>(nodes: readonly TreeNode<V>[]): number {
  let count = 0;
  for (const node of nodes) count += node.count;
  return count;
}

/** A lower bound suffices in branches, since `keys[0]` there is never compared. */
export function leastKey<V>(node: TreeNode<V>): string {
  return node.keys[0] ?? "";
}

/** The first position whose key is not before `key`. */
export function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = keys[middle];
    if (candidate !== undefined && compareKeys(candidate, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The child under which `key` belongs. */
export function childIndex(keys: readonly string[], key: string): number {
  let low = 1;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = keys[middle];
    if (candidate !== undefined && compareKeys(candidate, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
