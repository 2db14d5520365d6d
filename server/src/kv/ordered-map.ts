import {
  type Branch,
  child,
  childIndex,
  countOf,
  type Leaf,
  leastKey,
  lowerBound,
  type Owner,
  type TreeNode,
} from "./tree-node.js";

/** Most keys in a leaf and most children of a branch; a fuller node is split. */
const WIDTH = 32;

/** Two neighbours with no more than this together become one, so that what was removed does not leave a tree of crumbs. */
const JOINED = WIDTH / 2;

/** Belongs to no map, so that each copies it before it changes it. */
const EMPTY: Leaf<never> = { kind: "leaf", owner: {}, keys: [], values: [], count: 0 };

const always = (): boolean => true;

/**
 * A map ordered by {@link compareKeys}: a B+ tree whose nodes are shared between clones and copied when first changed. A
 * clone is constant time; a change copies at most one path. Every node knows how many pairs below it count, as `counts`
 * says, so that counting a range is O(log n).
 */
export class OrderedMap<V> {
  readonly #counts: (value: V) => boolean;
  #owner: Owner = {};
  #root: TreeNode<V> = EMPTY;
  // Where the last search ended: most often the same key is written next.
  #foundIn: Leaf<V> | null = null;
  #foundAt = 0;

  /** An empty map. Left out, `counts` counts every pair. It must always say the same of the same value. */
  constructor(counts: (value: V) => boolean = always) {
    this.#counts = counts;
  }

  /** Pairs that count. */
  get count(): number {
    return this.#root.count;
  }

  /** The value of `key`. */
  get(key: string): V | undefined {
    let node = this.#root;
    while (node.kind === "branch") node = child(node, childIndex(node.keys, key));
    const position = lowerBound(node.keys, key);
    if (node.keys[position] !== key) return undefined;
    this.#foundIn = node;
    this.#foundAt = position;
    return node.values[position];
  }

  /** Adds a key or replaces its value. */
  set(key: string, value: V): void {
    const leaf = this.#foundIn;
    // An owned leaf is reached through owned nodes only, and a split takes keys out of it but does not replace it.
    if (leaf !== null && leaf.owner === this.#owner && leaf.keys[this.#foundAt] === key) {
      const before = leaf.values[this.#foundAt];
      if (before !== undefined && this.#counts(before) === this.#counts(value)) {
        leaf.values[this.#foundAt] = value;
        return;
      }
    }
    const root = this.#own(this.#root);
    this.#root = root;
    const sibling = this.#insert(root, key, value);
    if (sibling !== null) {
      const keys = [leastKey(root), leastKey(sibling)];
      const count = root.count + sibling.count;
      this.#root = { kind: "branch", owner: this.#owner, keys, children: [root, sibling], count };
    }
  }

  /** Removes a key; `false` where it is not there. */
  delete(key: string): boolean {
    if (this.get(key) === undefined) return false;
    this.#foundIn = null;
    const root = this.#own(this.#root);
    this.#remove(root, key);
    this.#root = root;
    while (this.#root.kind === "branch" && this.#root.children.length <= 1) {
      this.#root = this.#root.children[0] ?? EMPTY;
    }
    return true;
  }

  /**
   * Calls `visit` for the pairs from `from` on, in key order, until it returns `false`; passes over subtrees in which
   * nothing counts where `counted` is set. Changing the map meanwhile is not allowed.
   */
  scan(from: string, visit: (key: string, value: V) => boolean, counted = false): void {
    scanNode(this.#root, from, visit, counted);
  }

  /** How many pairs that count have a key before `key`. */
  countBefore(key: string): number {
    let node = this.#root;
    let count = 0;
    while (node.kind === "branch") {
      const position = childIndex(node.keys, key);
      for (let before = 0; before < position; before += 1) count += child(node, before).count;
      node = child(node, position);
    }
    const end = lowerBound(node.keys, key);
    return count + this.#countValues(node.values, 0, end);
  }

  /** An independent map with the same pairs, in constant time. */
  clone(): OrderedMap<V> {
    const copy = new OrderedMap<V>(this.#counts);
    copy.#root = this.#root;
    this.#owner = {};
    return copy;
  }

  #countValues(values: readonly V[], from: number, to: number): number {
    let count = 0;
    for (let position = from; position < to; position += 1) {
      const value = values[position];
      if (value !== undefined && this.#counts(value)) count += 1;
    }
    return count;
  }

  /** The node itself if it may be changed, else a copy that may. */
  #own(node: TreeNode<V>): TreeNode<V> {
    if (node.owner === this.#owner) return node;
    const { count } = node;
    return node.kind === "leaf"
      ? { kind: "leaf", owner: this.#owner, keys: node.keys.slice(), values: node.values.slice(), count }
      : { kind: "branch", owner: this.#owner, keys: node.keys.slice(), children: node.children.slice(), count };
  }

  /** The child at `position` of an owned branch, made its own. */
  #ownChild(branch: Branch<V>, position: number): TreeNode<V> {
    const below = this.#own(child(branch, position));
    branch.children[position] = below;
    return below;
  }

  /** Inserts below an owned node; returns the new right part when it had to be split. */
  #insert(node: TreeNode<V>, key: string, value: V): TreeNode<V> | null {
    let position: number;
    if (node.kind === "leaf") {
      position = lowerBound(node.keys, key);
      const before = node.keys[position] === key ? node.values[position] : undefined;
      if (before !== undefined) {
        node.values[position] = value;
        node.count += Number(this.#counts(value)) - Number(this.#counts(before));
        return null;
      }
      node.keys.splice(position, 0, key);
      node.values.splice(position, 0, value);
      if (this.#counts(value)) node.count += 1;
    } else {
      position = childIndex(node.keys, key);
      const below = this.#ownChild(node, position);
      const countBefore = below.count;
      const sibling = this.#insert(below, key, value);
      node.count += below.count - countBefore;
      if (sibling === null) return null;
      position += 1;
      node.keys.splice(position, 0, leastKey(sibling));
      node.children.splice(position, 0, sibling);
      node.count += sibling.count;
    }
    if (node.keys.length <= WIDTH) return null;
    // Keys that come in ascending order leave full nodes behind.
    return this.#split(node, position === WIDTH ? WIDTH : WIDTH / 2);
  }

  #split(node: TreeNode<V>, at: number): TreeNode<V> {
    const keys = node.keys.splice(at);
    let sibling: TreeNode<V>;
    if (node.kind === "leaf") {
      const values = node.values.splice(at);
      const count = this.#countValues(values, 0, values.length);
      sibling = { kind: "leaf", owner: this.#owner, keys, values, count };
    } else {
      const children = node.children.splice(at);
      sibling = { kind: "branch", owner: this.#owner, keys, children, count: countOf(children) };
    }
    node.count -= sibling.count;
    return sibling;
  }

  /** Removes a key that is there from below an owned node. */
  #remove(node: TreeNode<V>, key: string): void {
    if (node.kind === "leaf") {
      const position = lowerBound(node.keys, key);
      node.count -= this.#countValues(node.values, position, position + 1);
      node.keys.splice(position, 1);
      node.values.splice(position, 1);
      return;
    }
    const position = childIndex(node.keys, key);
    const below = this.#ownChild(node, position);
    const countBefore = below.count;
    this.#remove(below, key);
    node.count += below.count - countBefore;
    if (below.keys.length === 0) {
      node.keys.splice(position, 1);
      node.children.splice(position, 1);
    } else if (below.keys.length < JOINED) {
      this.#join(node, Math.max(0, position - 1));
    }
  }

  /** Makes one node of the children at `position` and after it, where both together are small. */
  #join(branch: Branch<V>, position: number): void {
    const right = branch.children[position + 1];
    const separator = branch.keys[position + 1];
    if (right === undefined || separator === undefined) return;
    if (child(branch, position).keys.length + right.keys.length > JOINED) return;
    const left = this.#ownChild(branch, position);
    if (left.kind === "leaf" && right.kind === "leaf") {
      left.keys.push(...right.keys);
      left.values.push(...right.values);
    } else if (left.kind === "branch" && right.kind === "branch") {
      // The first key of a branch was never compared and may be stale.
      left.keys.push(separator, ...right.keys.slice(1));
      left.children.push(...right.children);
    }
    left.count += right.count;
    branch.keys.splice(position + 1, 1);
    branch.children.splice(position + 1, 1);
  }
}

/** Returns `false` once `visit` did. */
function scanNode<V>(
  node: TreeNode<V>,
  from: string,
  visit: (key: string, value: V) => boolean,
  counted: boolean,
): boolean {
  if (node.kind === "branch") {
    for (let position = childIndex(node.keys, from); position < node.children.length; position += 1) {
      const below = child(node, position);
      if (counted && below.count === 0) continue;
      if (!scanNode(below, from, visit, counted)) return false;
    }
    return true;
  }
  for (let position = lowerBound(node.keys, from); position < node.keys.length; position += 1) {
    const key = node.keys[position];
    const value = node.values[position];
    if (key === undefined || value === undefined) throw new Error("ordered map: a leaf lacks a pair");
    if (!visit(key, value)) return false;
  }
  return true;
}
