import { compareKeys } from "./key-order.js";

/** Most keys in a leaf and most children of a branch; a fuller node is split in two halves. */
const WIDTH = 32;

/** Who may change a node in place. Every clone makes both sides take a new one. */
type Owner = Readonly<Record<never, never>>;

interface Leaf<V> {
  readonly kind: "leaf";
  readonly owner: Owner;
  readonly keys: string[];
  readonly values: V[];
}

interface Branch<V> {
  readonly kind: "branch";
  readonly owner: Owner;
  /** `keys[i]` is the least key below `children[i]`; `keys[0]` is not used in searches. */
  readonly keys: string[];
  readonly children: TreeNode<V>[];
}

type TreeNode<V> = Leaf<V> | Branch<V>;

/**
 * A map ordered by {@link compareKeys}, without removal: a B+ tree whose nodes are shared between clones and
 * copied when first changed. A clone is constant time; a change copies at most one path.
 */
export class OrderedMap<V> {
  #owner: Owner = {};
  #root: TreeNode<V> = { kind: "leaf", owner: this.#owner, keys: [], values: [] };
  // Where the last search ended: most often the same key is written next.
  #foundIn: Leaf<V> | null = null;
  #foundAt = 0;

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
      leaf.values[this.#foundAt] = value;
      return;
    }
    const root = this.#own(this.#root);
    this.#root = root;
    const sibling = this.#insert(root, key, value);
    if (sibling !== null) {
      const keys = [leastKey(root), leastKey(sibling)];
      this.#root = { kind: "branch", owner: this.#owner, keys, children: [root, sibling] };
    }
  }

  /** Calls `visit` for the pairs from `from` on, in key order, until it returns `false`. Changing the map meanwhile is not allowed. */
  scan(from: string, visit: (key: string, value: V) => boolean): void {
    scanNode(this.#root, from, visit);
  }

  /** An independent map with the same pairs, in constant time. */
  clone(): OrderedMap<V> {
    const copy = new OrderedMap<V>();
    copy.#root = this.#root;
    this.#owner = {};
    return copy;
  }

  /** The node itself if it may be changed, else a copy that may. */
  #own(node: TreeNode<V>): TreeNode<V> {
    if (node.owner === this.#owner) return node;
    return node.kind === "leaf"
      ? { kind: "leaf", owner: this.#owner, keys: node.keys.slice(), values: node.values.slice() }
      : { kind: "branch", owner: this.#owner, keys: node.keys.slice(), children: node.children.slice() };
  }

  /** Inserts below an owned node; returns the new right half when it had to be split. */
  #insert(node: TreeNode<V>, key: string, value: V): TreeNode<V> | null {
    if (node.kind === "leaf") {
      const position = lowerBound(node.keys, key);
      if (node.keys[position] === key) {
        node.values[position] = value;
        return null;
      }
      node.keys.splice(position, 0, key);
      node.values.splice(position, 0, value);
    } else {
      const position = childIndex(node.keys, key);
      const below = this.#own(child(node, position));
      node.children[position] = below;
      const sibling = this.#insert(below, key, value);
      if (sibling === null) return null;
      node.keys.splice(position + 1, 0, leastKey(sibling));
      node.children.splice(position + 1, 0, sibling);
    }
    return node.keys.length > WIDTH ? this.#split(node) : null;
  }

  #split(node: TreeNode<V>): TreeNode<V> {
    const half = WIDTH / 2;
    const keys = node.keys.splice(half);
    return node.kind === "leaf"
      ? { kind: "leaf", owner: this.#owner, keys, values: node.values.splice(half) }
      : { kind: "branch", owner: this.#owner, keys, children: node.children.splice(half) };
  }
}

function child<V>(branch: Branch<V>, position: number): TreeNode<V> {
  const node = branch.children[position];
  if (node === undefined)
    throw new Error(`ordered map: a branch of ${branch.children.length} has no child ${position}`);
  return node;
}

/** A lower bound suffices in branches, since `keys[0]` there is never compared. */
function leastKey<V>(node: TreeNode<V>): string {
  return node.keys[0] ?? "";
}

/** The first position whose key is not before `key`. */
function lowerBound(keys: readonly string[], key: string): number {
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
function childIndex(keys: readonly string[], key: string): number {
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

/** Returns `false` once `visit` did. */
function scanNode<V>(node: TreeNode<V>, from: string, visit: (key: string, value: V) => boolean): boolean {
  if (node.kind === "branch") {
    for (let position = childIndex(node.keys, from); position < node.children.length; position += 1) {
      if (!scanNode(child(node, position), from, visit)) return false;
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
