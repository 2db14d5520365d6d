/** RL22xx: states to begin from that do not fit each other. What a single server says of itself is in raft.ts. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { steps } from "./examples.js";

function given(...lines: readonly string[]): string {
  return steps("given {", ...lines.map((line) => `  ${line}`), "}", "await leader");
}

/** The diagnostics by name. */
export const GIVEN = {
  termZero: define({
    code: "RL2201",
    severity: "error",
    title: "Nothing happens in term 0",
    message: (what: string) => t("There is no leader and no candidate in term 0: {0} takes a term from 1 on.", what),
    explanation:
      "Every server begins in term 0, and whoever stands for election first raises the term (Figure 2, §5.2). So the first entries, and the first votes, are of term 1.",
    wrong: given("s1 log [0 1]"),
    right: given("s1 log [1 1]", "s2 log [1 1]"),
  }),
  logsDisagree: define({
    code: "RL2202",
    severity: "error",
    title: "Logs that cannot stand side by side",
    message: (why: string) => t("No run of Raft leaves these two logs: {0}.", why),
    explanation:
      "A term has one leader, which appends one entry at each index and sends it with what stands before it (§5.3). So two logs that hold an entry of the same index and term hold the same command there and the same entries before it (Log Matching), and in all logs a term begins at the same index.",
    wrong: given('s1 log [1 1:color="red"]', 's2 log [1 1:color="blue"]'),
    right: given('s1 log [1 1:color="red"]', 's2 log [1 1:color="red"]'),
  }),
  committedDiffer: define({
    code: "RL2203",
    severity: "error",
    title: "Different entries are committed at one index",
    message: (index: number, here: string, other: string, there: string) =>
      t("Entry {0} is committed here, of term {1}, and on {2}, of term {3}.", index, here, other, there),
    explanation:
      "What is committed is the same on every server (§5.4.3, State Machine Safety). Two servers may have committed up to different indices, but not different entries.",
    wrong: given("s1 log [1 2] commit 2", "s2 log [1 3] commit 2"),
    right: given("s1 log [1 2] commit 1", "s2 log [1 3] commit 2", "s3 log [1 3]"),
  }),
  commitWithoutMajority: define({
    code: "RL2204",
    severity: "warning",
    title: "Committed without a majority",
    message: (index: number, holders: number, nodes: number) =>
      holders === 1
        ? t("Entry {0} is committed here, but only 1 of {1} servers holds it: it could be lost.", index, nodes)
        : t(
            "Entry {0} is committed here, but only {1} of {2} servers hold it: it could be lost.",
            index,
            holders,
            nodes,
          ),
    explanation:
      "An entry is committed once a majority has stored it, and those never give it up (§5.3, §5.4). Only disks that lost data, a rule that is off or an earlier configuration lead to such a state. Servers without a line begin empty.",
    wrong: given("s1 log [1 1] commit 2"),
    right: given("s1 log [1 1] commit 2", "s2 log [1 1]"),
  }),
  voteAhead: define({
    code: "RL2205",
    severity: "warning",
    title: "A vote for somebody who did not stand",
    message: (candidate: string, term: number, own: number) =>
      t(
        "`{0}` got this vote in term {1}, but is in term {2} itself: it cannot have asked for it.",
        candidate,
        term,
        own,
      ),
    explanation:
      "A candidate enters its term, durably, before it asks for votes (§5.2, Figure 2), and terms never fall. Only a disk that lost data or a rule that is off leads to such a state.",
    wrong: given("s1 term 3 vote s2", "s2 term 2"),
    right: given("s1 term 3 vote s2", "s2 term 3 vote s2"),
  }),
  termWithoutMajority: define({
    code: "RL2206",
    severity: "information",
    title: "A leader that no majority can have elected",
    message: (term: number, there: number, nodes: number) =>
      there === 1
        ? t(
            "Somebody led term {0} to append this entry, but only 1 of {1} servers is in that term or a later one.",
            term,
            nodes,
          )
        : t(
            "Somebody led term {0} to append this entry, but only {1} of {2} servers are in that term or a later one.",
            term,
            there,
            nodes,
          ),
    explanation:
      "A leader has the votes of a majority, and whoever votes in a term has entered it, durably (§5.2). So a majority is in the term of every entry, or in a later one; `term` says so where the log does not. Servers without a line begin in term 0.",
    wrong: given("s1 log [1 2]"),
    right: given("s1 log [1 2]", "s2 term 2 log [1]"),
  }),
} as const;
