/** RL2xxx: what can be read but does not make sense for Raft. Lost quorums are in lost-quorum.ts. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { fiveNodes, scenarioOn, settings, steps } from "./examples.js";

/** A file with a given state on three servers. */
function given(...lines: readonly string[]): string {
  return steps("given {", ...lines.map((line) => `  ${line}`), "}", "await leader");
}

/** The diagnostics that know Raft, by name. */
export const RAFT = {
  termsFall: define({
    code: "RL2001",
    severity: "error",
    title: "Terms fall in a log",
    message: (term: number, before: number) =>
      t("Terms never fall along a log: an entry of term {0} cannot follow one of term {1}.", term, before),
    explanation:
      "A leader appends entries of its own term only, and terms only grow (§5.1, §5.3). So along every log the terms never fall. No run of Raft leads to this state.",
    wrong: given("s1 term 3 log [1 2 1]"),
    right: given("s1 term 3 log [1 1 2]", "s2 term 2 log [1 1 2]"),
  }),
  commitPastLog: define({
    code: "RL2002",
    severity: "error",
    title: "Commit index past the log",
    message: (commit: number, length: number) =>
      t("The commit index, {0}, lies past the end of the log, {1}.", commit, length),
    explanation:
      "A server's commit index never passes its last entry (Figure 2 of the paper: `min(leaderCommit, index of last new entry)`).",
    wrong: given("s1 term 1 log [1 1] commit 3"),
    right: given("s1 term 1 log [1 1] commit 2", "s2 term 1 log [1 1]"),
  }),
  termBelowLog: define({
    code: "RL2003",
    severity: "error",
    title: "Term below that of the log",
    message: (term: number, last: number) =>
      t("The server's term, {0}, is lower than the term of its last entry, {1}.", term, last),
    explanation:
      "A server takes on the term of every leader it hears (§5.1) before it takes entries from it, so its term is at least that of its last entry.",
    wrong: given("s1 term 1 log [1 2]"),
    right: given("s1 term 2 log [1 2]", "s2 term 2 log [1 2]"),
  }),
  heartbeat: define({
    code: "RL2004",
    severity: "warning",
    title: "Heartbeat too close to the election timeout",
    message: (heartbeat: string, timeout: string) =>
      t(
        "A heartbeat every {0} is not well below the shortest election timeout, {1}: followers will start elections against a leader that is alive.",
        heartbeat,
        timeout,
      ),
    explanation:
      "A leader's heartbeats must arrive well before the followers' election timers fire (§5.6: broadcast time is far below the election timeout). At least two heartbeats should fit in the shortest election timeout, so that one lost message does not depose a leader.",
    wrong: settings("nodes s1..s3", "election-timeout 150ms..300ms", "heartbeat 120ms"),
    right: settings("nodes s1..s3", "election-timeout 150ms..300ms", "heartbeat 50ms"),
  }),
  slowNetwork: define({
    code: "RL2005",
    severity: "warning",
    title: "Round trip longer than every election timeout",
    message: (roundTrip: string, timeout: string) =>
      t(
        "A round trip takes at least {0}, longer than every election timeout ({1}): no candidate can gather its votes in time.",
        roundTrip,
        timeout,
      ),
    explanation:
      "A candidate whose timer fires before the votes are back starts over in a new term (§5.2). When even the quickest round trip is longer than the longest election timeout, no leader is ever elected.",
    wrong: settings("nodes s1..s3", "election-timeout 150ms..300ms", "latency 200ms"),
    right: settings("nodes s1..s3", "election-timeout 1s..2s", "latency 200ms"),
  }),
  twoNodes: define({
    code: "RL2006",
    severity: "information",
    title: "Two servers tolerate no failure",
    message: () => t("Two servers tolerate no failure: a majority of two is two. Three tolerate one."),
    explanation:
      "A majority of 2 is 2, so losing either server stops the cluster. It tolerates as much as one server does, none, with twice the risk of losing one.",
    wrong: settings("nodes s1 s2"),
    right: settings("nodes s1 s2 s3"),
  }),
  evenNodes: define({
    code: "RL2007",
    severity: "information",
    title: "An even number of servers",
    message: (nodes: number, tolerated: number) =>
      tolerated === 1
        ? t("{0} servers tolerate 1 failure, no more than {1} do.", nodes, nodes - 1)
        : t("{0} servers tolerate {1} failures, no more than {2} do.", nodes, tolerated, nodes - 1),
    explanation:
      "A majority of 4 is 3, so four servers tolerate one failure, exactly as three do, and one more server can fail. An even cluster can also split into two halves of which neither has a majority.",
    wrong: settings("nodes s1..s4"),
    right: settings("nodes s1..s5"),
  }),
  sameTimeouts: define({
    code: "RL2008",
    severity: "information",
    title: "Election timeouts are not random",
    message: (timeout: string) =>
      t("All servers have the same election timeout, {0}: votes can split again and again.", timeout),
    explanation:
      "Raft draws election timeouts at random so that usually one server's timer fires first (§5.2). With equal timeouts all become candidates together and split the vote, term after term.",
    wrong: settings("nodes s1..s3", "election-timeout 150ms"),
    right: settings("nodes s1..s3", "election-timeout 150ms..300ms"),
  }),
  leaseWithoutQuorum: define({
    code: "RL2009",
    severity: "warning",
    title: "Lease reads without check-quorum",
    message: () =>
      t(
        "Lease reads rely on `check-quorum`: without it servers vote while their leader's lease still runs, and reads can be stale.",
      ),
    explanation:
      "A leader may answer from its lease only because no other leader can be elected before the lease ends. That holds only if servers that have heard from their leader refuse to vote (D §6.4.1), which is what `check-quorum` brings.",
    wrong: settings("nodes s1..s3", "reads lease", "check-quorum off"),
    right: settings("nodes s1..s3", "reads read-index", "check-quorum off"),
  }),
  ruleOff: define({
    code: "RL2010",
    severity: "information",
    title: "A rule is off and no violation is expected",
    message: (rule: string, protects: string) =>
      t(
        "`{0}` is off, which can break {1}, but this scenario expects no violation. It fails if one happens.",
        rule,
        protects,
      ),
    explanation:
      "A scenario with a rule off passes only if it says which property falls: `expect violation of …`. Leave this as it is when the rule's absence is meant to do no harm here.",
    wrong: scenarioOn("nodes s1..s3; rule current-term-commit off", "await leader"),
    right: scenarioOn(
      "nodes s1..s3; rule current-term-commit off",
      "expect violation of leader-completeness",
      "await leader",
    ),
  }),
  instantPast: define({
    code: "RL2011",
    severity: "error",
    title: "An instant already past",
    message: (instant: string, earliest: string) =>
      t("At this step at least {0} have passed: {1} is over.", earliest, instant),
    explanation:
      "`at` goes on at an instant of the scenario, counted from its beginning. The steps above take longer than that.",
    wrong: steps("wait 2s", "at 1s"),
    right: steps("wait 2s", "at 3s"),
  }),
  afterEnd: define({
    code: "RL2018",
    severity: "warning",
    title: "A step behind the end",
    message: () => t("The scenario ends above, with `end`: this step is never done."),
    explanation:
      "`end` ends the scenario at once, whatever still goes on beside it. Only where it stands in a block of its own (`async { … }`) do the steps behind that block still have their turn.",
    wrong: steps("await leader", "end", "crash leader"),
    right: steps("await leader", "crash leader", "end"),
  }),
  nodeOnBothSides: define({
    code: "RL2012",
    severity: "error",
    title: "A server on two sides of a partition",
    message: (name: string) => t("`{0}` is named twice in this partition; a server can be on one side only.", name),
    explanation:
      "A partition splits the servers into sides that cannot reach each other. For a server that reaches both sides, cut single links instead: `cut s1 <-> s2`.",
    wrong: fiveNodes("partition {s1 s2 s3} | {s3 s4 s5}"),
    right: fiveNodes("partition {s1 s2 s3} | {s4 s5}"),
  }),
  noMajoritySide: define({
    code: "RL2013",
    severity: "information",
    title: "A partition that leaves no majority",
    message: (largest: number, nodes: number, majority: number) =>
      t(
        "The largest side has {0} of {1} servers, the majority is {2}: until this heals no new leader can be elected and nothing can be committed.",
        largest,
        nodes,
        majority,
      ),
    explanation:
      "Elections and commitment need a majority of all voters (§5.2, §5.3), counted over the whole configuration, not over those that can be reached.",
    wrong: fiveNodes("partition {s1 s2} | {s3 s4} | {s5}", "expect no leader within 2s"),
    right: fiveNodes("partition {s1 s2} | {s3 s4 s5}", "await leader"),
  }),
  restartUp: define({
    code: "RL2014",
    severity: "warning",
    title: "Restart of a server that is up",
    message: (name: string) => t("`{0}` is up here: there is nothing to restart.", name),
    explanation:
      "`restart` starts a server that has crashed. To let a running one fail and come back, `crash` it first, or write `crash s1 for 500ms`.",
    wrong: steps("await leader", "restart s1"),
    right: steps("await leader", "crash s1", "restart s1"),
  }),
  crashDown: define({
    code: "RL2015",
    severity: "warning",
    title: "Crash of a server that is down",
    message: (name: string) => t("`{0}` is already down here.", name),
    explanation: "A server that has crashed cannot crash again before it has been restarted.",
    wrong: steps("crash s1", "crash s1"),
    right: steps("crash s1", "restart s1", "crash s1"),
  }),
  resumeRunning: define({
    code: "RL2016",
    severity: "warning",
    title: "Resume of a server that is not paused",
    message: (name: string) => t("`{0}` is not paused here.", name),
    explanation: "`resume` lets a paused server go on. A crashed one needs `restart`.",
    wrong: steps("await leader", "resume s1"),
    right: steps("await leader", "pause s1", "resume s1"),
  }),
  downLeader: define({
    code: "RL2017",
    severity: "warning",
    title: "Expects a server that is down to lead",
    message: (name: string) => t("`{0}` is down here and cannot be the leader.", name),
    explanation: "The condition can only hold once the server has been restarted and has won an election.",
    wrong: steps("await leader", "crash s1", "expect leader == s1 within 1s"),
    right: steps("await leader", "crash s1", "restart s1", "expect leader == s1 within 5s"),
  }),
} as const;
