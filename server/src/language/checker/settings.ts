/** The settings of one `cluster` block. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import { anyOf, listed } from "../diagnostics/words.js";
import { RESERVED_NAMES, STEP_WORDS } from "../grammar/words.js";
import type { ClusterConfig, MicrosRange, Span } from "../program.js";
import type { OpenSymbol } from "../symbols.js";
import { childrenOf, headWord, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { RULES_BY_NAME } from "../vocabulary/rules.js";
import { type CheckContext, reportUnknown } from "./context.js";
import { CHUNK, KEEP } from "./defaults.js";
import { plainText, quantityOf, readDurationRange, readQuantity, textOf } from "./literals.js";
import { expandRun } from "./names.js";

/** etcd's least interval of progress notifications. */
const LEAST_PROGRESS = 100_000;

/** A `Partial` that the reader fills in. */
type Draft = { -readonly [K in keyof ClusterConfig]?: ClusterConfig[K] };

/** What one block sets, with the places. */
export interface ClusterSettings {
  readonly values: Partial<ClusterConfig>;
  /** Rules by name, true when on. */
  readonly rules: ReadonlyMap<string, boolean>;
  /** Where each setting stands, by its word; rules as `rule NAME`. */
  readonly places: ReadonlyMap<string, Span>;
  readonly nodes: ReadonlyMap<string, OpenSymbol> | null;
  readonly clients: ReadonlyMap<string, OpenSymbol> | null;
  readonly learners: ReadonlyMap<string, OpenSymbol> | null;
  readonly spares: ReadonlyMap<string, OpenSymbol> | null;
}

/** The most servers that a cluster has, voters, learners and spares together. */
export const MOST_NODES = 101;
const MOST_CLIENTS = 1000;

/** Reads all settings of a `Cluster` node's block. Values that are wrong are reported and left out. */
export function readSettings(context: CheckContext, cluster: SyntaxNode | undefined): ClusterSettings {
  const reader = new SettingsReader(context);
  const block = cluster === undefined ? undefined : childrenOf(cluster, "Block")[0];
  if (block !== undefined) for (const setting of childrenOf(block, "Setting")) reader.read(setting);
  return reader;
}

/** Collects settings one by one; also reads the `seed` that stands directly in a scenario. */
export class SettingsReader implements ClusterSettings {
  readonly values: Draft = {};
  readonly rules = new Map<string, boolean>();
  readonly places = new Map<string, Span>();
  nodes: Map<string, OpenSymbol> | null = null;
  clients: Map<string, OpenSymbol> | null = null;
  learners: Map<string, OpenSymbol> | null = null;
  spares: Map<string, OpenSymbol> | null = null;
  readonly #context: CheckContext;

  constructor(context: CheckContext) {
    this.#context = context;
  }

  /** Reads one `Setting` node. */
  read(node: SyntaxNode): void {
    const word = headWord(node);
    const values = childrenOf(node, "Name", "NameRange", "Literal", "LiteralRange");
    const place = word === "rule" ? `rule ${plainText(values[0])}` : word;
    const earlier = this.places.get(place);
    if (earlier !== undefined) {
      this.#context.reporter.report(NAMES.settingTwice, spanOf(node), [place], {
        related: [{ span: earlier, message: t("first set here") }],
      });
      return;
    }
    this.places.set(place, spanOf(node));
    this.#set(word, node, values);
  }

  #wrong(node: SyntaxNode, word: string, wanted: string): void {
    this.#context.reporter.report(NAMES.wrongValue, spanOf(node), [word, wanted]);
  }

  #set(word: string, node: SyntaxNode, values: readonly SyntaxNode[]): void {
    switch (word) {
      case "nodes":
        this.nodes = this.#names(node, values, "node", MOST_NODES);
        this.values.nodes = [...this.nodes.keys()];
        return;
      case "clients":
        this.clients = this.#names(node, values, "client", MOST_CLIENTS);
        this.values.clients = [...this.clients.keys()];
        return;
      case "learners":
        this.learners = this.#names(node, values, "node", MOST_NODES);
        this.values.learners = [...this.learners.keys()];
        return;
      case "spares":
        this.spares = this.#names(node, values, "node", MOST_NODES);
        this.values.spares = [...this.spares.keys()];
        return;
      case "snapshot":
        this.#snapshot(node, values);
        return;
      case "rule":
        this.#rule(node, values);
        return;
      default:
    }
    if (values.length > 1) {
      this.#wrong(node, word, t("one value"));
      return;
    }
    const value = values[0];
    if (value !== undefined) this.#single(word, node, value);
  }

  #single(word: string, node: SyntaxNode, value: SyntaxNode): void {
    switch (word) {
      case "seed":
        this.#integer(word, node, value, 0, (seed) => (this.values.seed = seed));
        return;
      case "append-limit":
        this.#integer(word, node, value, 1, (limit) => (this.values.appendLimit = limit));
        return;
      case "inflight":
        this.#integer(word, node, value, 1, (inflight) => (this.values.inflight = inflight));
        return;
      case "election-timeout":
        this.#range(word, node, value, 1, (range) => (this.values.electionTimeout = range));
        return;
      case "latency":
        this.#range(word, node, value, 0, (range) => (this.values.latency = range));
        return;
      case "fsync":
        this.#range(word, node, value, 0, (range) => (this.values.fsync = range));
        return;
      case "heartbeat":
        this.#duration(word, node, value, (duration) => (this.values.heartbeat = duration));
        return;
      case "client-timeout":
        this.#duration(word, node, value, (duration) => (this.values.clientTimeout = duration));
        return;
      case "max-txn-ops":
        this.#integer(word, node, value, 1, (most) => (this.values.maxTxnOps = most));
        return;
      case "quota":
        this.#size(word, node, value, (size) => (this.values.quota = size));
        return;
      case "max-request-bytes":
        this.#size(word, node, value, (size) => (this.values.maxRequestBytes = size));
        return;
      case "lease-checkpoint":
        if (value.kind === "Name" && plainText(value) === "off") this.values.leaseCheckpoint = null;
        else
          this.#duration(
            word,
            node,
            value,
            (every) => (this.values.leaseCheckpoint = every),
            () => t("`off`, or a duration such as `5min`"),
          );
        return;
      case "watch-progress":
        this.#duration(
          word,
          node,
          value,
          (every) => (this.values.watchProgress = every),
          () => t("a duration of at least `100ms`"),
          LEAST_PROGRESS,
        );
        return;
      case "retries":
        this.#word(word, node, value, ["all", "reads"], (choice) => (this.values.retries = choice));
        return;
      case "loss":
      case "duplicate":
      case "reorder":
        this.#chance(word, node, value);
        return;
      case "clock-drift-bound":
        this.#driftBound(word, node, value);
        return;
      case "pre-vote":
        this.#word(word, node, value, ["on", "off"], (choice) => (this.values.preVote = choice === "on"));
        return;
      case "check-quorum":
        this.#word(word, node, value, ["on", "off"], (choice) => (this.values.checkQuorum = choice === "on"));
        return;
      case "sessions":
        this.#word(word, node, value, ["on", "off"], (choice) => (this.values.sessions = choice === "on"));
        return;
      case "reads":
        this.#word(
          word,
          node,
          value,
          ["read-index", "lease", "log", "local"],
          (choice) => (this.values.reads = choice),
        );
        return;
      case "membership":
        this.#word(word, node, value, ["joint", "single", "naive"], (choice) => (this.values.membership = choice));
        return;
      case "network":
        this.#word(word, node, value, ["auto", "manual"], (choice) => (this.values.network = choice));
        return;
      case "timers":
        this.#word(word, node, value, ["auto", "manual"], (choice) => (this.values.timers = choice));
        return;
      default:
    }
  }

  #integer(word: string, node: SyntaxNode, value: SyntaxNode, least: number, set: (value: number) => void): void {
    const found = value.kind === "Literal" ? readQuantity(this.#context, value, "integer") : undefined;
    if (found === undefined || (found !== null && found < least)) {
      this.#wrong(node, word, least > 0 ? t("a whole number greater than 0") : t("a whole number"));
    } else if (found !== null) {
      set(found);
    }
  }

  #range(word: string, node: SyntaxNode, value: SyntaxNode, least: number, set: (value: MicrosRange) => void): void {
    const isNumber = value.kind === "Literal" || value.kind === "LiteralRange";
    const range = isNumber ? readDurationRange(this.#context, value) : undefined;
    if (range === undefined || (range !== null && range.min < least)) {
      this.#wrong(node, word, t("a duration or a range such as `150ms..300ms`"));
    } else if (range !== null) {
      set(range);
    }
  }

  #duration(
    word: string,
    node: SyntaxNode,
    value: SyntaxNode,
    set: (value: number) => void,
    wanted = (): string => t("a duration such as `50ms`"),
    least = 1,
  ): void {
    const found = value.kind === "Literal" ? readQuantity(this.#context, value, "duration") : undefined;
    if (found === undefined || (found !== null && found < least)) this.#wrong(node, word, wanted());
    else if (found !== null) set(found);
  }

  #size(word: string, node: SyntaxNode, value: SyntaxNode, set: (value: number) => void): void {
    const found = value.kind === "Literal" ? readQuantity(this.#context, value, "size") : undefined;
    if (found === undefined || found === 0) this.#wrong(node, word, t("a size such as `64KiB`"));
    else if (found !== null) set(found);
  }

  #chance(word: "loss" | "duplicate" | "reorder", node: SyntaxNode, value: SyntaxNode): void {
    const found = value.kind === "Literal" ? readQuantity(this.#context, value, "percent") : undefined;
    if (found === undefined) this.#wrong(node, word, t("a percentage such as `5%`"));
    else if (found !== null) this.values[word] = found;
  }

  #driftBound(word: string, node: SyntaxNode, value: SyntaxNode): void {
    const found = value.kind === "Literal" ? readQuantity(this.#context, value, "percent") : undefined;
    if (found === undefined || (found !== null && found >= 1)) {
      this.#wrong(node, word, t("a percentage below 100%, such as `10%`"));
    } else if (found !== null) {
      this.values.clockDriftBound = found;
    }
  }

  #word<T extends string>(
    word: string,
    node: SyntaxNode,
    value: SyntaxNode,
    choices: readonly T[],
    set: (choice: T) => void,
  ): void {
    const choice = choices.find((candidate) => value.kind === "Name" && candidate === plainText(value));
    if (choice === undefined) this.#wrong(node, word, listed(choices.map((each) => `\`${each}\``)));
    else set(choice);
  }

  #names(
    node: SyntaxNode,
    values: readonly SyntaxNode[],
    kind: "node" | "client",
    most: number,
  ): Map<string, OpenSymbol> {
    const found = new Map<string, OpenSymbol>();
    for (const value of values) {
      if (value.kind === "Literal" || value.kind === "LiteralRange") {
        this.#wrong(value, headWord(node), t("names such as `s1 s2 s3`, or a run such as `s1..s5`"));
        continue;
      }
      const names = value.kind === "NameRange" ? expandRun(this.#context, value) : [plainText(value)];
      for (const name of names ?? []) {
        if (found.size >= most) {
          this.#context.reporter.report(NAMES.tooMany, spanOf(value), [
            kind === "node" ? t("servers") : t("clients"),
            most,
          ]);
          break;
        }
        this.#name(found, name, value, kind);
      }
    }
    return found;
  }

  #name(found: Map<string, OpenSymbol>, name: string, value: SyntaxNode, kind: "node" | "client"): void {
    if (RESERVED_NAMES.has(name) || STEP_WORDS.has(name)) {
      this.#context.reporter.report(NAMES.reservedName, spanOf(value), [name]);
      return;
    }
    const earlier = found.get(name);
    if (earlier !== undefined) {
      const related = earlier.definition === null ? [] : [{ span: earlier.definition, message: t("first named here") }];
      const what = kind === "node" ? t("a server") : t("a client");
      this.#context.reporter.report(NAMES.nameTwice, spanOf(value), [name, what], { related });
      return;
    }
    const detail = kind === "node" ? "server" : "client";
    found.set(name, this.#context.symbols.define(kind, name, spanOf(value), value.kind === "Name", detail));
  }

  #snapshot(node: SyntaxNode, values: readonly SyntaxNode[]): void {
    const words = values.map((value) => textOf(value));
    const wanted = (): string =>
      t(
        "`off`, or `every 1000 entries`; behind it `keep 100` for entries that are to stay, `chunk 64KiB` for the size of an InstallSnapshot",
      );
    if (words[0] === "off" && words.length === 1) {
      this.values.snapshot = null;
      return;
    }
    const [head, every, ...rest] = words;
    const found = {
      every: head === "every" ? whole(every) : null,
      keep: KEEP as number | null,
      chunk: CHUNK as number | null,
    };
    const clauses = rest.filter((word, position) => position > 0 || word !== "entries");
    let sound = true;
    for (let at = 0; at < clauses.length; at += 2) {
      if (clauses[at] === "keep") found.keep = whole(clauses[at + 1]);
      else if (clauses[at] === "chunk") found.chunk = quantityOf(clauses[at + 1] ?? "", "size");
      else sound = false;
    }
    const { every: count, keep, chunk } = found;
    if (!sound || count === null || count === 0 || keep === null || chunk === null || chunk === 0) {
      this.#wrong(node, "snapshot", wanted());
    } else this.values.snapshot = { every: count, keep, chunk };
  }

  #rule(node: SyntaxNode, values: readonly SyntaxNode[]): void {
    const [nameNode, stateNode] = values;
    const name = plainText(nameNode);
    const state = plainText(stateNode);
    if (nameNode === undefined) return;
    if (!RULES_BY_NAME.has(name)) {
      reportUnknown(this.#context, NAMES.unknownRule, spanOf(nameNode), name, RULES_BY_NAME.keys());
    } else if ((state !== "on" && state !== "off") || values.length > 2) {
      this.#wrong(node, `rule ${name}`, anyOf(["`on`", "`off`"]));
    } else {
      this.rules.set(name, state === "on");
    }
  }
}

/** A whole number, not negative, or `null`. */
function whole(text: string | undefined): number | null {
  return quantityOf(text ?? "", "integer");
}
