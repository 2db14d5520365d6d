/** Workloads and nemeses: what runs beside the steps that follow. */

import type { Parser } from "../syntax/parser.js";
import { block, type StatementParser } from "./blocks.js";
import { clauses, keyOrRange, LASTING, literal, literalOrRange, name } from "./values.js";

/** `workload w for 10s { clients 5; keys k1..k5; rate 200/s; mix put 50% get 50% }`. */
export function workload(p: Parser): void {
  p.bump();
  if (!name(p, "a name for the workload", "new-name")) return;
  clauses(p, LASTING);
  block(p, workloadSetting);
}

function workloadSetting(p: Parser): void {
  p.want("workload-setting");
  p.open("Setting");
  if (p.atWord("clients") || p.atWord("rate")) {
    const rate = p.current.text === "rate";
    p.bump();
    literal(p, rate ? "a rate such as `200/s`" : "a number of clients", "number");
  } else if (p.eatWord("keys")) {
    do keyOrRange(p);
    while (!p.atEndOfStatement() && !p.failed);
  } else if (p.eatWord("mix")) {
    mix(p);
  } else {
    p.expected("`clients`, `keys`, `rate` or `mix`");
  }
  p.close();
}

/** What a workload can mix. */
export const MIX_WORDS = ["put", "get", "delete", "cas", "txn", "lease", "stale"] as const;

function mix(p: Parser): void {
  do {
    let found = false;
    for (const operation of MIX_WORDS) if (p.atWord(operation)) found = true;
    if (!found) {
      p.expected("`put`, `get`, `delete`, `cas`, `txn`, `lease` or `stale` with its share", p.previous?.text ?? "");
      return;
    }
    p.open("Clause");
    p.bump();
    literal(p, "a share such as `50%`", "percent");
    p.close();
  } while (!p.atEndOfStatement() && !p.failed);
}

/** `nemesis n for 10s { every 300ms..1s one of { FAULT; FAULT } }`. */
export function nemesis(p: Parser, action: StatementParser): void {
  p.bump();
  if (!name(p, "a name for the nemesis", "new-name")) return;
  clauses(p, LASTING);
  block(p, (inner) => schedule(inner, action));
}

function schedule(p: Parser, action: StatementParser): void {
  p.open("Setting");
  if (p.needWord("every", "{")) {
    literalOrRange(p, "a duration or a range such as `300ms..1s`", "duration");
    if (p.needWord("one", p.previous?.text ?? "") && p.needWord("of", "one")) block(p, action);
  }
  p.close();
}
