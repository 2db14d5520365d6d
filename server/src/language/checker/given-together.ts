/** Whether the states of several servers can stand side by side (Raft paper, Figure 3; §5.2, §5.3). */

import { t } from "../../l10n/text.js";
import { GIVEN } from "../diagnostics/given.js";
import type { GivenEntry, GivenNode, Span } from "../program.js";
import { clauseOf, type SyntaxNode, spanOf } from "../syntax/tree.js";
import type { Scope } from "./scope.js";

/** A server's line with where its entries stand. */
export interface GivenLine {
  readonly given: GivenNode;
  readonly line: SyntaxNode;
  readonly entries: readonly SyntaxNode[];
}

/** Reports what no run of Raft leads to (errors), and what only broken Raft or lost disks do (warnings). */
export function checkTogether(scope: Scope, lines: readonly GivenLine[]): void {
  lines.forEach((line, position) => {
    const before = lines.slice(0, position);
    const disagrees = before.some((other) => reportDisagreement(scope, line, other));
    if (!disagrees) before.some((other) => reportCommitted(scope, line, other));
    reportVote(scope, line, lines);
  });
  // Whoever has changed its configuration counted other majorities.
  const { learners, spares } = scope.config;
  if (learners.length > 0 || spares.length > 0) return;
  for (const line of lines) reportMinority(scope, line, lines);
  reportLeaderless(scope, lines);
}

/** Why two logs cannot both be; the index says where in the first. */
interface Disagreement {
  readonly index: number;
  readonly otherIndex: number;
  readonly why: string;
}

function reportDisagreement(scope: Scope, line: GivenLine, other: GivenLine): boolean {
  const found = disagreement(line.given, other.given);
  if (found === null) return false;
  const place = spanOf(line.entries[found.index - 1] ?? line.line);
  const there = spanOf(other.entries[found.otherIndex - 1] ?? other.line);
  scope.context.reporter.report(GIVEN.logsDisagree, place, [found.why], {
    related: [{ span: there, message: t("the log of {0}", other.given.node) }],
  });
  return true;
}

/** The first place at which two logs contradict each other; `null` when there is none. */
function disagreement(here: GivenNode, there: GivenNode): Disagreement | null {
  const beginsThere = beginnings(there.log);
  let index = 0;
  for (const entry of here.log) {
    index += 1;
    const other = there.log[index - 1];
    if (other?.term === entry.term && commandOf(other) !== commandOf(entry)) {
      const why = t(
        "entry {0} of term {1} is {2} here and {3} on {4}",
        index,
        entry.term,
        commandText(entry),
        commandText(other),
        there.node,
      );
      return { index, otherIndex: index, why };
    }
    if (here.log[index - 2]?.term === entry.term) continue;
    const begins = beginsThere.get(entry.term);
    if (begins === undefined) continue;
    if (begins !== index) {
      const why = t(
        "term {0} begins at entry {1} here and at entry {2} on {3}, and it had one leader",
        entry.term,
        index,
        begins,
        there.node,
      );
      return { index, otherIndex: begins, why };
    }
    const before = differenceBefore(here.log, there.log, index);
    if (before !== null) {
      const why = t("both hold entry {0} of term {1}, and different ones before it, at {2}", index, entry.term, before);
      return { index, otherIndex: index, why };
    }
  }
  return null;
}

/** The first index of each term. */
function beginnings(log: readonly GivenEntry[]): Map<number, number> {
  const found = new Map<number, number>();
  log.forEach(({ term }, position) => {
    if (!found.has(term)) found.set(term, position + 1);
  });
  return found;
}

/** The first index below `index` at which the logs differ. */
function differenceBefore(a: readonly GivenEntry[], b: readonly GivenEntry[], index: number): number | null {
  for (let at = 1; at < index; at += 1) if (!sameEntry(a[at - 1], b[at - 1])) return at;
  return null;
}

function sameEntry(a: GivenEntry | undefined, b: GivenEntry | undefined): boolean {
  return a !== undefined && b !== undefined && a.term === b.term && commandOf(a) === commandOf(b);
}

function commandText(entry: GivenEntry): string {
  return entry.put === null ? t("empty") : commandOf(entry);
}

/** Tells commands apart; an empty entry has none. */
function commandOf({ put }: GivenEntry): string {
  return put === null ? "" : `${put.key}=${JSON.stringify(put.value)}`;
}

function reportCommitted(scope: Scope, line: GivenLine, other: GivenLine): boolean {
  const both = Math.min(line.given.commit, other.given.commit);
  for (let index = 1; index <= both; index += 1) {
    const here = line.given.log[index - 1];
    const there = other.given.log[index - 1];
    if (here === undefined || there === undefined || sameEntry(here, there)) continue;
    const terms: [number, string, string, string] = [index, String(here.term), other.given.node, String(there.term)];
    scope.context.reporter.report(GIVEN.committedDiffer, spanOf(line.entries[index - 1] ?? line.line), terms, {
      related: [
        { span: spanOf(other.entries[index - 1] ?? other.line), message: t("committed on {0}", other.given.node) },
      ],
    });
    return true;
  }
  return false;
}

function reportVote(scope: Scope, { given, line }: GivenLine, lines: readonly GivenLine[]): void {
  const { vote, term } = given;
  if (vote === null) return;
  const place = placeOf(line, "vote");
  if (term === 0) {
    scope.context.reporter.report(GIVEN.termZero, place, [t("a vote")]);
    return;
  }
  const own = lines.find((each) => each.given.node === vote)?.given.term ?? 0;
  if (scope.isNode(vote) && own < term) scope.context.reporter.report(GIVEN.voteAhead, place, [vote, term, own]);
}

function reportMinority(scope: Scope, { given, line }: GivenLine, lines: readonly GivenLine[]): void {
  const { nodes } = scope.config;
  const entry = given.log[given.commit - 1];
  if (entry === undefined) return;
  const holders = lines.filter((other) => sameEntry(other.given.log[given.commit - 1], entry)).length;
  if (holders * 2 > nodes.length) return;
  const place = placeOf(line, "commit");
  scope.context.reporter.report(GIVEN.commitWithoutMajority, place, [given.commit, holders, nodes.length]);
}

/** The highest term of an entry: its leader was elected, so a majority has come that far. */
function reportLeaderless(scope: Scope, lines: readonly GivenLine[]): void {
  const { nodes } = scope.config;
  let term = 0;
  let place: Span | null = null;
  for (const { given, entries } of lines) {
    given.log.forEach((entry, position) => {
      const node = entries[position];
      if (entry.term <= term || node === undefined) return;
      term = entry.term;
      place = spanOf(node);
    });
  }
  const there = lines.filter(({ given }) => given.term >= term).length;
  if (place === null || there * 2 > nodes.length) return;
  scope.context.reporter.report(GIVEN.termWithoutMajority, place, [term, there, nodes.length]);
}

function placeOf(line: SyntaxNode, word: string): Span {
  return spanOf(clauseOf(line, word) ?? line);
}
