import { compareKeys } from "../../../kv/key-order.js";
import { mix, textHash } from "./hash.js";

/** What a map can hold: values that know their hash. */
export interface Hashed {
  readonly hash: number;
}

interface Node<V extends Hashed> {
  readonly key: string;
  readonly value: V;
  readonly keyHash: number;
  readonly left: Node<V> | null;
  readonly right: Node<V> | null;
  readonly size: number;
  /** The sum over all entries: the same for equal maps, whatever made them. */
  readonly hash: number;
}

type Tree<V extends Hashed> = Node<V> | null;

/**
 * An immutable map from keys to values, in key order; changed copies share what did not change. A treap whose priorities are
 * the keys' hashes: equal sets of keys have equal shapes, so that equal maps are compared along what they do not share.
 */
export class PersistentMap<V extends Hashed> {
  readonly #root: Tree<V>;

  private constructor(root: Tree<V>) {
    this.#root = root;
  }

  /** The map without entries. */
  static empty<V extends Hashed>(): PersistentMap<V> {
    return new PersistentMap<V>(null);
  }

  /** How many entries there are. */
  get size(): number {
    return this.#root?.size ?? 0;
  }

  /** Equal for equal maps. */
  get hash(): number {
    return this.#root?.hash ?? 0;
  }

  get(key: string): V | undefined {
    let node = this.#root;
    while (node !== null) {
      if (node.key === key) return node.value;
      node = compareKeys(key, node.key) < 0 ? node.left : node.right;
    }
    return undefined;
  }

  set(key: string, value: V): PersistentMap<V> {
    return new PersistentMap(insert(this.#root, key, textHash(key), value));
  }

  delete(key: string): PersistentMap<V> {
    return this.get(key) === undefined ? this : new PersistentMap(remove(this.#root, key));
  }

  /** The values of keys from `first` on, up to (without) `end`, in key order; without `end` to the last one. */
  values(first: string, end: string | null): V[] {
    const found: V[] = [];
    collect(this.#root, first, end, found);
    return found;
  }

  /** Whether both hold the same keys with the same values, as `same` sees it. */
  equals(other: PersistentMap<V>, same: (a: V, b: V) => boolean): boolean {
    return sameTree(this.#root, other.#root, same);
  }
}

function node<V extends Hashed>(key: string, keyHash: number, value: V, left: Tree<V>, right: Tree<V>): Node<V> {
  const hash = (mix(keyHash ^ Math.imul(value.hash, 0x9e3779b1)) + (left?.hash ?? 0) + (right?.hash ?? 0)) | 0;
  return { key, keyHash, value, left, right, size: 1 + (left?.size ?? 0) + (right?.size ?? 0), hash };
}

/** Whether the key with the first hash stands above the other one. */
function above(keyHash: number, key: string, other: { readonly keyHash: number; readonly key: string }): boolean {
  return keyHash === other.keyHash ? compareKeys(key, other.key) < 0 : keyHash > other.keyHash;
}

function insert<V extends Hashed>(tree: Tree<V>, key: string, keyHash: number, value: V): Node<V> {
  if (tree === null) return node(key, keyHash, value, null, null);
  if (tree.key === key) return node(key, keyHash, value, tree.left, tree.right);
  // A key that is there stands above all that is below it: the search meets it before it could be split apart.
  if (above(keyHash, key, tree)) {
    const [left, right] = split(tree, key);
    return node(key, keyHash, value, left, right);
  }
  return compareKeys(key, tree.key) < 0
    ? node(tree.key, tree.keyHash, tree.value, insert(tree.left, key, keyHash, value), tree.right)
    : node(tree.key, tree.keyHash, tree.value, tree.left, insert(tree.right, key, keyHash, value));
}

function split<V extends Hashed>(tree: Tree<V>, key: string): readonly [Tree<V>, Tree<V>] {
  if (tree === null) return [null, null];
  if (compareKeys(key, tree.key) < 0) {
    const [left, right] = split(tree.left, key);
    return [left, node(tree.key, tree.keyHash, tree.value, right, tree.right)];
  }
  const [left, right] = split(tree.right, key);
  return [node(tree.key, tree.keyHash, tree.value, tree.left, left), right];
}

function remove<V extends Hashed>(tree: Tree<V>, key: string): Tree<V> {
  if (tree === null) return null;
  if (tree.key === key) return merge(tree.left, tree.right);
  return compareKeys(key, tree.key) < 0
    ? node(tree.key, tree.keyHash, tree.value, remove(tree.left, key), tree.right)
    : node(tree.key, tree.keyHash, tree.value, tree.left, remove(tree.right, key));
}

function merge<V extends Hashed>(left: Tree<V>, right: Tree<V>): Tree<V> {
  if (left === null) return right;
  if (right === null) return left;
  return above(left.keyHash, left.key, right)
    ? node(left.key, left.keyHash, left.value, left.left, merge(left.right, right))
    : node(right.key, right.keyHash, right.value, merge(left, right.left), right.right);
}

function collect<V extends Hashed>(tree: Tree<V>, first: string, end: string | null, found: V[]): void {
  if (tree === null) return;
  const fromFirst = compareKeys(tree.key, first) >= 0;
  const beforeEnd = end === null || compareKeys(tree.key, end) < 0;
  if (fromFirst) collect(tree.left, first, end, found);
  if (fromFirst && beforeEnd) found.push(tree.value);
  if (beforeEnd) collect(tree.right, first, end, found);
}

function sameTree<V extends Hashed>(a: Tree<V>, b: Tree<V>, same: (a: V, b: V) => boolean): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.hash !== b.hash || a.size !== b.size || a.key !== b.key) return false;
  if (a.value !== b.value && !same(a.value, b.value)) return false;
  return sameTree(a.left, b.left, same) && sameTree(a.right, b.right, same);
}
