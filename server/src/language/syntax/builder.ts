/** Builds a syntax tree from the bottom up while the parser walks the tokens. */

import type { NodeKind, SyntaxElement, SyntaxNode } from "./tree.js";

interface Frame {
  readonly kind: NodeKind;
  readonly children: SyntaxElement[];
}

/** A place among the children of the innermost open node, to wrap what follows it later. */
export interface Checkpoint {
  readonly depth: number;
  readonly index: number;
}

/** A stack of nodes under construction. */
export class TreeBuilder {
  readonly #root: Frame = { kind: "File", children: [] };
  readonly #stack: Frame[] = [];

  #top(): Frame {
    return this.#stack[this.#stack.length - 1] ?? this.#root;
  }

  /** Adds a finished node or a token to the innermost open node. */
  add(element: SyntaxElement): void {
    this.#top().children.push(element);
  }

  /** Begins a node. */
  open(kind: NodeKind): void {
    this.#stack.push({ kind, children: [] });
  }

  /** Ends the innermost node. A node without children leaves no trace. */
  close(): void {
    const frame = this.#stack.pop();
    if (frame !== undefined) this.#finish(frame);
  }

  #finish(frame: Frame): void {
    const first = frame.children[0];
    const last = frame.children[frame.children.length - 1];
    if (first === undefined || last === undefined) return;
    this.add({ kind: frame.kind, start: first.start, end: last.end, children: frame.children });
  }

  /** Remembers the present place, for {@link wrap}. */
  checkpoint(): Checkpoint {
    return { depth: this.#stack.length, index: this.#top().children.length };
  }

  /** Opens a node that takes over everything added to the innermost open node since the checkpoint. */
  wrap(checkpoint: Checkpoint, kind: NodeKind): void {
    if (checkpoint.depth !== this.#stack.length) throw new Error(`wrap(${kind}) crosses the boundary of a node`);
    const children = this.#top().children.splice(checkpoint.index);
    this.#stack.push({ kind, children });
  }

  /** Ends the file and returns its tree. `length` is that of the text. */
  finish(length: number): SyntaxNode {
    while (this.#stack.length > 0) this.close();
    return { kind: "File", start: 0, end: length, children: this.#root.children };
  }
}
