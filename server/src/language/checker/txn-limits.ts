/** What etcd refuses of a transaction before anything else: too many operations, and one key written twice. */

import { t } from "../../l10n/text.js";
import { ETCD } from "../diagnostics/etcd.js";
import type { Keys, Span, Txn, TxnOperation } from "../program.js";
import { compareKeys } from "./key-order.js";
import type { Reading } from "./reading.js";

/** An operation of a transaction with its place. */
export type PlacedOperation = PlacedTxn | { readonly operation: Exclude<TxnOperation, Txn>; readonly span: Span };

/** A transaction with its place and those of its operations. */
export interface PlacedTxn {
  readonly operation: Txn;
  readonly span: Span;
  readonly success: readonly PlacedOperation[];
  readonly failure: readonly PlacedOperation[];
}

/** Reports what etcd would refuse, unless the step expects that. */
export function checkTxn({ scope, expects }: Reading, txn: PlacedTxn): void {
  const { reporter } = scope.context;
  const most = scope.config.maxTxnOps;
  if (!expects.has("too-many-operations")) {
    const excess = tooMany(txn, most);
    if (excess !== null) reporter.report(ETCD.tooManyOperations, excess.span, [excess.count, excess.allowed, most]);
  }
  if (expects.has("duplicate-key")) return;
  const found: Found = (key, second, first) => {
    reporter.report(ETCD.duplicateKey, second, [key], { related: [{ span: first, message: t("the other one") }] });
  };
  written(txn.success, found);
  written(txn.failure, found);
}

interface Excess {
  readonly span: Span;
  readonly count: number;
  readonly allowed: number;
}

/** A nested transaction may use what the one around it leaves (checkTxnRequest). */
function tooMany(txn: PlacedTxn, allowed: number): Excess | null {
  const count = Math.max(txn.operation.compares.length, txn.success.length, txn.failure.length);
  if (count > allowed) return { span: txn.span, count, allowed };
  for (const inner of [...txn.success, ...txn.failure]) {
    const excess = isTxn(inner) ? tooMany(inner, allowed - count) : null;
    if (excess !== null) return excess;
  }
  return null;
}

function isTxn(placed: PlacedOperation): placed is PlacedTxn {
  return placed.operation.kind === "txn";
}

type Found = (key: string, second: Span, first: Span) => void;

interface Deletion {
  readonly keys: Keys;
  readonly span: Span;
}

/** What operations that may run together write (checkIntervals). */
interface Written {
  readonly puts: Map<string, Span>;
  readonly deletions: Deletion[];
}

function written(operations: readonly PlacedOperation[], found: Found): Written {
  const deletions = operations.flatMap(({ operation, span }): Deletion[] =>
    operation.kind === "delete" ? [{ keys: operation.keys, span }] : [],
  );
  const puts = new Map<string, Span>();
  const add = (key: string, span: Span, safe: ReadonlyMap<string, Span> = new Map()): void => {
    const earlier = safe.has(key) ? undefined : puts.get(key);
    const deletion = deletions.find(({ keys }) => covers(keys, key));
    if (earlier !== undefined) found(key, span, earlier);
    else if (deletion !== undefined) found(key, later(span, deletion.span), earlierOf(span, deletion.span));
    puts.set(key, span);
  };
  for (const inner of operations) {
    if (!isTxn(inner)) continue;
    const success = written(inner.success, found);
    const failure = written(inner.failure, found);
    for (const [key, span] of success.puts) add(key, span);
    // Only one of its two branches runs, so both may put the same key.
    for (const [key, span] of failure.puts) add(key, span, success.puts);
    deletions.push(...success.deletions, ...failure.deletions);
  }
  for (const { operation, span } of operations) if (operation.kind === "put") add(operation.key, span);
  return { puts, deletions };
}

function later(a: Span, b: Span): Span {
  return a.start > b.start ? a : b;
}

function earlierOf(a: Span, b: Span): Span {
  return a.start > b.start ? b : a;
}

/** Whether etcd sees a deletion's keys overlap with the key: one without an end is not seen. */
function covers(keys: Keys, key: string): boolean {
  switch (keys.kind) {
    case "one":
      return keys.key === key;
    case "prefix":
      return keys.key !== "" && key.startsWith(keys.key);
    case "to":
      return compareKeys(key, keys.key) >= 0 && compareKeys(key, keys.end) < 0;
    case "from":
      return false;
  }
}
