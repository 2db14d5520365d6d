/** What of a tree has to be drawn anew: a tree drawn four times a second loses its hover, and never stops showing progress. */
import * as vscode from "vscode";

/** Keeps one object per element, as VS Code knows elements by identity, and compares what they look like. */
export class TreeChanges<N> {
  #nodes = new Map<string, N>();
  #looks = new Map<string, string>();

  /** The element of an id: the one handed out before, or else the given one. */
  node(id: string, fresh: N): N {
    const known = this.#nodes.get(id);
    if (known !== undefined) return known;
    this.#nodes.set(id, fresh);
    return fresh;
  }

  /** The elements whose looks differ from the last time; `undefined` when there are other elements, or in another order. */
  since(
    nodes: readonly { readonly id: string; readonly node: N }[],
    look: (node: N) => vscode.TreeItem,
  ): N[] | undefined {
    const looks = new Map(nodes.map(({ id, node }) => [id, lookOf(look(node))]));
    const before = this.#looks;
    this.#looks = looks;
    if ([...before.keys()].join("\n") !== [...looks.keys()].join("\n")) {
      this.#nodes = new Map([...this.#nodes].filter(([id]) => looks.has(id)));
      return undefined;
    }
    return nodes.filter(({ id }) => looks.get(id) !== before.get(id)).map(({ node }) => node);
  }
}

function lookOf(item: vscode.TreeItem): string {
  const icon = item.iconPath instanceof vscode.ThemeIcon ? item.iconPath.id : "";
  const tooltip = item.tooltip instanceof vscode.MarkdownString ? item.tooltip.value : item.tooltip;
  return JSON.stringify([item.label, item.description, item.contextValue, item.collapsibleState, icon, tooltip]);
}
