/** Operations beside reads and writes of keys: leases, watches, locks, elections, and those about the cluster. */

import type { Expected } from "../syntax/expected.js";
import type { Parser } from "../syntax/parser.js";
import {
  type ClauseTable,
  duration,
  key,
  literal,
  name,
  parts,
  RANGE,
  RANGE_FLAGS,
  revision,
  value,
} from "./values.js";

/** Parses what follows an operation's word. `where`: the clauses that any operation may have at its place. */
export type OperationParser = (p: Parser, where: ClauseTable) => void;

/** The name of a lease. */
export function leaseName(p: Parser): void {
  name(p, "the name of a lease", "lease");
}

/** The name of a lease, or of a lock or a candidacy, whose lease is meant. */
export function leaseOrSession(p: Parser): void {
  name(p, "the name of a lease, a lock or a candidacy", "lease-or-session");
}

const SESSION = { ttl: duration, lease: leaseName, within: duration } as const;

const GRANT: ClauseTable = { ttl: duration, id: (p) => void literal(p, "a lease's id", "number") };

function lease(p: Parser, where: ClauseTable): void {
  if (p.eatWord("list")) {
    parts(p, [], where);
    return;
  }
  for (const word of ["grant", "keepalive", "stop", "revoke", "ttl"]) {
    if (!p.eatWord(word)) continue;
    if (!name(p, "the name of a lease", word === "grant" ? "new-name" : "lease")) return;
    if (word === "grant") parts(p, [], { ...GRANT, ...where });
    else if (word === "keepalive") parts(p, [], { every: duration, ...where });
    else parts(p, word === "ttl" ? ["keys"] : [], where);
    return;
  }
  p.expected("`grant`, `keepalive`, `stop`, `revoke`, `ttl` or `list`", "lease");
}

const WATCH: ClauseTable = {
  ...RANGE,
  from: (p) => void (p.needWord("rev", "from") && revision(p)),
  without: (p) => {
    if (!p.eatWord("put") && !p.eatWord("delete")) p.expected("`put` or `delete`", "without");
  },
};

/** An operation whose only operand is a name. */
function named(what: Expected, slot: "watch" | "lock" | "candidacy"): OperationParser {
  return (p, where) => {
    if (name(p, what, slot)) parts(p, [], where);
  };
}

const bare: OperationParser = (p, where) => parts(p, [], where);

/** The parsers by the operation's word. */
export const RECIPES: Readonly<Record<string, OperationParser>> = {
  lease,
  watch(p, where) {
    if (key(p)) parts(p, [...RANGE_FLAGS, "prev-kv", "progress", "fragment", "require-leader"], { ...WATCH, ...where });
  },
  unwatch: named("the name of a watch", "watch"),
  progress: named("the name of a watch", "watch"),
  lock(p, where) {
    if (key(p)) parts(p, [], { ...SESSION, ...where });
  },
  unlock: named("the name of a lock", "lock"),
  campaign(p, where) {
    if (!key(p)) return;
    // A value that is forgotten must not be read out of what follows it.
    if (p.atWord("as")) p.expected("the value to campaign with, in quotes", p.previous?.text ?? "");
    else if (value(p)) parts(p, [], { ...SESSION, ...where });
  },
  proclaim(p, where) {
    if (name(p, "the name of a candidacy", "candidacy") && value(p)) parts(p, [], where);
  },
  resign: named("the name of a candidacy", "candidacy"),
  elected(p, where) {
    if (key(p)) parts(p, [], where);
  },
  observe(p, where) {
    if (key(p)) parts(p, [], where);
  },
  status: bare,
  members: bare,
  defragment: bare,
  hashkv: (p, where) => parts(p, [], { rev: revision, ...where }),
  alarm(p, where) {
    if (p.eatWord("disarm")) {
      p.want("node");
      if (p.current.kind === "word" && p.current.text !== "at" && p.current.text !== "as") p.leaf("Name");
    } else if (!p.eatWord("list")) {
      p.expected("`list` or `disarm`", "alarm");
      return;
    }
    parts(p, [], where);
  },
};
