/**
 * The index of names: where each server, client, cluster, variable and handle is defined and used. Go to
 * definition, references and rename read it; so do semantic tokens.
 */

import type { Span } from "./program.js";

/** What a name names. */
export type SymbolKind = "node" | "client" | "cluster" | "variable" | "handle" | "scenario" | "lease";

/** A name with its places. */
export interface NamedSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  /** `null` for what exists without being written: the client `client` of a cluster that names none. */
  readonly definition: Span | null;
  /** False for a name that is only part of a run such as `s1..s5`. */
  readonly renameable: boolean;
  /** A few words for hover: `leader`, `watch`, `workload`. */
  readonly detail: string;
  /** Every place where the name is written, the definition included when it is written out; in order. */
  readonly occurrences: readonly Occurrence[];
}

/** One place where a name is written. */
export interface Occurrence {
  readonly span: Span;
  readonly role: "definition" | "reference";
}

/** The names of one file. */
export interface SymbolIndex {
  readonly symbols: readonly NamedSymbol[];
  /** The symbol written at the offset, with the place. Its end counts as inside. */
  at(offset: number): { readonly symbol: NamedSymbol; readonly occurrence: Occurrence } | undefined;
  /** Keys that the file mentions, in order of first use. */
  readonly keys: readonly string[];
}

/** A symbol while the index is being built. */
export interface OpenSymbol extends NamedSymbol {
  readonly occurrences: Occurrence[];
}

/** Collects names while the checker resolves them. */
export class SymbolTable {
  readonly #symbols: OpenSymbol[] = [];
  readonly #keys = new Set<string>();

  /**
   * Adds a symbol.
   *
   * @param definition where it is defined, `null` when nowhere
   * @param renameable whether the name itself is written there
   */
  define(kind: SymbolKind, name: string, definition: Span | null, renameable: boolean, detail: string): OpenSymbol {
    const symbol: OpenSymbol = { kind, name, definition, renameable, detail, occurrences: [] };
    if (definition !== null && renameable) symbol.occurrences.push({ span: definition, role: "definition" });
    this.#symbols.push(symbol);
    return symbol;
  }

  /** Adds a place where a symbol is used. */
  refer(symbol: OpenSymbol, span: Span, role: Occurrence["role"] = "reference"): void {
    symbol.occurrences.push({ span, role });
  }

  /** Notes a key. */
  key(name: string): void {
    this.#keys.add(name);
  }

  /** The finished index. */
  finish(): SymbolIndex {
    const places = this.#symbols
      .flatMap((symbol) => symbol.occurrences.map((occurrence) => ({ symbol, occurrence })))
      .sort((a, b) => a.occurrence.span.start - b.occurrence.span.start);
    for (const symbol of this.#symbols) symbol.occurrences.sort((a, b) => a.span.start - b.span.start);
    return {
      symbols: this.#symbols,
      keys: [...this.#keys],
      at(offset) {
        let low = 0;
        let high = places.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if ((places[middle]?.occurrence.span.start ?? 0) <= offset) low = middle + 1;
          else high = middle;
        }
        const found = places[low - 1];
        return found !== undefined && offset <= found.occurrence.span.end ? found : undefined;
      },
    };
  }
}
