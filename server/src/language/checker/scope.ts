/** The names that are visible at one point of a scenario, and what they stand for. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import { anyOf } from "../diagnostics/words.js";
import { RESERVED_NAMES, STEP_WORDS } from "../grammar/words.js";
import type { ClusterConfig, Micros, Span } from "../program.js";
import type { OpenSymbol } from "../symbols.js";
import { type SyntaxNode, spanOf } from "../syntax/tree.js";
import { type CheckContext, reportUnknown } from "./context.js";
import { plainText } from "./literals.js";

/** What a `let` variable holds. */
export type VariableKind = "servers" | "value";

const HANDLE_KINDS = [
  "operation",
  "block",
  "watch",
  "workload",
  "nemesis",
  "hold",
  "lock",
  "campaign",
  "observe",
  "lease",
] as const;

/** What a handle refers to. */
export type HandleKind = (typeof HANDLE_KINDS)[number];

/** How messages call each kind of handle: one of them, and the kind as such. */
const HANDLE_NAMES: Readonly<Record<HandleKind, { readonly one: () => string; readonly noun: () => string }>> = {
  operation: { one: () => t("an operation"), noun: () => t("operation") },
  block: { one: () => t("a block of steps"), noun: () => t("block of steps") },
  watch: { one: () => t("a watch"), noun: () => t("watch") },
  workload: { one: () => t("a workload"), noun: () => t("workload") },
  nemesis: { one: () => t("a nemesis"), noun: () => t("nemesis") },
  hold: { one: () => t("a hold on messages"), noun: () => t("hold on messages") },
  lock: { one: () => t("a lock"), noun: () => t("lock") },
  campaign: { one: () => t("a candidacy"), noun: () => t("candidacy") },
  observe: { one: () => t("an observer"), noun: () => t("observer") },
  lease: { one: () => t("a lease"), noun: () => t("lease") },
};

/** How messages call a handle of this kind: "a watch". */
export function handleText(kind: HandleKind): string {
  return HANDLE_NAMES[kind].one();
}

/** What a bound name is, as its symbol's `detail` says: a kind of handle or of variable. */
export function boundText(detail: string): string {
  if (detail === "servers") return t("servers");
  if (detail === "value") return t("value");
  const kind = HANDLE_KINDS.find((each) => each === detail);
  return kind === undefined ? detail : HANDLE_NAMES[kind].noun();
}

interface Bound<K> {
  kind: K;
  readonly symbol: OpenSymbol;
}

/** The scope of one scenario. Names are visible from the step that defines them on. */
export class Scope {
  readonly context: CheckContext;
  readonly config: ClusterConfig;
  /** What the leases read so far were last granted for, by name. */
  readonly leaseTtls = new Map<string, Micros>();
  readonly #nodes: ReadonlyMap<string, OpenSymbol>;
  readonly #clients: ReadonlyMap<string, OpenSymbol>;
  readonly #variables = new Map<string, Bound<VariableKind>>();
  readonly #handles = new Map<string, Bound<HandleKind>>();

  constructor(
    context: CheckContext,
    config: ClusterConfig,
    nodes: ReadonlyMap<string, OpenSymbol>,
    clients: ReadonlyMap<string, OpenSymbol>,
  ) {
    this.context = context;
    this.config = config;
    this.#nodes = nodes;
    this.#clients = clients;
  }

  /** Whether the name is a server. */
  isNode(name: string): boolean {
    return this.#nodes.has(name);
  }

  /** Whether the name is a client. */
  isClient(name: string): boolean {
    return this.#clients.has(name);
  }

  /** What the variable holds, if the name is one. */
  variable(name: string): VariableKind | undefined {
    return this.#variables.get(name)?.kind;
  }

  /** What the handle refers to, if the name is one. */
  handle(name: string): HandleKind | undefined {
    return this.#handles.get(name)?.kind;
  }

  /** The variables and handles bound so far. */
  bound(): {
    readonly variables: ReadonlyMap<string, VariableKind>;
    readonly handles: ReadonlyMap<string, HandleKind>;
  } {
    return {
      variables: new Map([...this.#variables].map(([name, bound]) => [name, bound.kind])),
      handles: new Map([...this.#handles].map(([name, bound]) => [name, bound.kind])),
    };
  }

  /** Makes known what was bound before, as in a live session. */
  assume(variables: Iterable<readonly [string, VariableKind]>, handles: Iterable<readonly [string, HandleKind]>): void {
    for (const [name, kind] of variables) {
      this.#variables.set(name, { kind, symbol: this.context.symbols.define("variable", name, null, false, kind) });
    }
    for (const [name, kind] of handles) {
      this.#handles.set(name, { kind, symbol: this.context.symbols.define(symbolOf(kind), name, null, false, kind) });
    }
  }

  /** Notes that a name is used, for the index. */
  refer(node: SyntaxNode): void {
    const symbol = this.#symbol(plainText(node));
    if (symbol !== undefined) this.context.symbols.refer(symbol, spanOf(node));
  }

  /** The same for a name that is given as text, at a place of its own. */
  referAt(name: string, span: Span): void {
    const symbol = this.#symbol(name);
    if (symbol !== undefined) this.context.symbols.refer(symbol, span);
  }

  #symbol(name: string): OpenSymbol | undefined {
    return (
      this.#variables.get(name)?.symbol ??
      this.#nodes.get(name) ??
      this.#clients.get(name) ??
      this.#handles.get(name)?.symbol
    );
  }

  /** Binds a variable. A second `let` of the same name gives it a new value. */
  bindVariable(node: SyntaxNode, kind: VariableKind): void {
    const name = plainText(node);
    const earlier = this.#variables.get(name);
    if (earlier !== undefined) {
      earlier.kind = kind;
      this.context.symbols.refer(earlier.symbol, spanOf(node), "definition");
    } else if (this.#free(node, name)) {
      const symbol = this.context.symbols.define("variable", name, spanOf(node), true, kind);
      this.#variables.set(name, { kind, symbol });
    }
  }

  /** Binds a handle. The name may be used again, as in a `repeat`. */
  bindHandle(node: SyntaxNode, kind: HandleKind): void {
    const name = plainText(node);
    const earlier = this.#handles.get(name);
    if (earlier !== undefined) {
      earlier.kind = kind;
      this.context.symbols.refer(earlier.symbol, spanOf(node), "definition");
    } else if (this.#free(node, name)) {
      const symbol = this.context.symbols.define(symbolOf(kind), name, spanOf(node), true, kind);
      this.#handles.set(name, { kind, symbol });
    }
  }

  #free(node: SyntaxNode, name: string): boolean {
    if (RESERVED_NAMES.has(name) || STEP_WORDS.has(name)) {
      this.context.reporter.report(NAMES.reservedName, spanOf(node), [name]);
      return false;
    }
    const what = this.#what(name);
    if (what === undefined) return true;
    const definition = this.#symbol(name)?.definition ?? null;
    const related = definition === null ? [] : [{ span: definition, message: t("named here") }];
    this.context.reporter.report(NAMES.nameTwice, spanOf(node), [name, what], { related });
    return false;
  }

  #what(name: string): string | undefined {
    if (this.#nodes.has(name)) return t("a server");
    if (this.#clients.has(name)) return t("a client");
    if (this.#variables.has(name)) return t("a variable");
    const handle = this.#handles.get(name);
    return handle === undefined ? undefined : handleText(handle.kind);
  }

  /**
   * Resolves a handle that must be of one of the kinds; reports it otherwise.
   *
   * @returns the name, whether or not it is known
   */
  useHandle(node: SyntaxNode | undefined, kinds: readonly HandleKind[]): string {
    if (node === undefined) return "";
    const name = plainText(node);
    const bound = this.#handles.get(name);
    const wanted = (): string => anyOf(kinds.map(handleText));
    if (bound !== undefined) {
      this.context.symbols.refer(bound.symbol, spanOf(node));
      if (!kinds.includes(bound.kind)) {
        this.context.reporter.report(NAMES.wrongHandle, spanOf(node), [name, handleText(bound.kind), wanted()]);
      }
      return name;
    }
    const what = this.#what(name);
    if (what !== undefined) {
      this.refer(node);
      this.context.reporter.report(NAMES.wrongHandle, spanOf(node), [name, what, wanted()]);
    } else {
      const known = [...this.#handles].filter(([, handle]) => kinds.includes(handle.kind)).map(([each]) => each);
      const noun = anyOf(kinds.map((kind) => HANDLE_NAMES[kind].noun()));
      reportUnknown(this.context, NAMES.unknownHandle, spanOf(node), name, known, noun);
    }
    return name;
  }

  /** Resolves the name of a server, where no other selector can stand; reports it otherwise. */
  useNode(node: SyntaxNode): boolean {
    const name = plainText(node);
    this.refer(node);
    if (this.#nodes.has(name)) return true;
    const what = this.#what(name);
    if (what !== undefined) this.context.reporter.report(NAMES.wrongHandle, spanOf(node), [name, what, t("a server")]);
    else reportUnknown(this.context, NAMES.unknownNode, spanOf(node), name, this.#nodes.keys());
    return false;
  }

  /** Names that a selector may use, for suggestions. */
  selectable(clients: boolean): readonly string[] {
    const servers = [...this.#variables].filter(([, bound]) => bound.kind === "servers").map(([name]) => name);
    return [...this.#nodes.keys(), ...servers, ...(clients ? this.#clients.keys() : [])];
  }

  /** The names of all clients. */
  clientNames(): readonly string[] {
    return [...this.#clients.keys()];
  }

  /** The names of variables that hold values. */
  valueVariables(): readonly string[] {
    return [...this.#variables].filter(([, bound]) => bound.kind === "value").map(([name]) => name);
  }
}

function symbolOf(kind: HandleKind): "lease" | "handle" {
  return kind === "lease" ? "lease" : "handle";
}
