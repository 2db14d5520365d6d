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
export declare function child<V>(branch: Branch<V>, position: number): TreeNode<V>;
/** How many pairs below the nodes count. */
export declare function countOf<V>(nodes: readonly TreeNode<V>[]): number;
/** A lower bound suffices in branches, since `keys[0]` there is never compared. */
export declare function leastKey<V>(node: TreeNode<V>): string;
/** The first position whose key is not before `key`. */
export declare function lowerBound(keys: readonly string[], key: string): number;
/** The child under which `key` belongs. */
export declare function childIndex(keys: readonly string[], key: string): number;
