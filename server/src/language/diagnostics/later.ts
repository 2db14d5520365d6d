/**
 * RL3xxx: what the language has and the engine does not run yet. The grammar is settled, so that scenarios need not
 * change later. Making something work means deleting its line here.
 */

import { define } from "./definition.js";
import { settings, steps } from "./examples.js";

/** Steps and operations that come later, by the word they begin with, and what they would do. */
export const LATER_STEPS: ReadonlyMap<string, string> = new Map([
  ["txn", "transactions"],
  ["lease", "leases"],
  ["lock", "locks"],
  ["unlock", "locks"],
  ["compact", "compaction of the key-value history"],
]);

/** The rules that the engine can switch off today. */
export const SUPPORTED_RULES: ReadonlySet<string> = new Set([
  "one-vote-per-term",
  "persist-vote",
  "persist-term",
  "keep-vote-on-leader",
  "count-votes-once",
  "votes-of-this-term",
  "majority-to-win",
  "up-to-date-vote",
  "refuse-while-leader-heard",
  "step-down-on-higher-term",
  "ignore-stale-terms",
  "log-matching-check",
  "truncate-on-conflict",
  "truncate-only-on-conflict",
  "leader-append-only",
  "current-term-commit",
  "majority-commit",
  "commit-within-match",
  "ack-what-was-checked",
  "reset-match-on-election",
  "replies-of-this-term",
  "durable-before-ack",
  "leader-durable-before-count",
  "no-op-on-election",
  "confirm-leadership",
  "read-after-no-op",
  "reset-timer-on-grant-only",
  "pre-vote-carries-term",
  "both-majorities",
  "joint-for-many",
  "one-change-at-a-time",
  "current-term-before-change",
  "config-on-append",
  "learners-do-not-vote",
  "read-waits-applied",
  "follower-asks-leader",
  "lease-bounded-by-drift",
  "transfer-stops-proposals",
  "transfer-waits-caught-up",
  "dedup-requests",
  "ack-after-commit",
  "checksum-records",
  "randomised-timeouts",
  "snapshot-only-committed",
  "snapshot-not-older",
  "snapshot-keeps-suffix",
  "snapshot-carries-config",
  "snapshot-carries-sessions",
]);

/** The diagnostics by name. */
export const LATER = {
  step: define({
    code: "RL3001",
    severity: "error",
    title: "Step that comes later",
    message: (word: string, feature: string) =>
      `\`${word}\`: ${feature} come${plural(feature)} later. The step is understood, but this version cannot run it.`,
    explanation:
      "The language is complete, the engine is still growing. The step is checked like any other, and a scenario that uses it will run with a later version, unchanged.",
    wrong: steps("await leader", "lock m as k1"),
    right: steps("await leader", 'put m "k1"'),
  }),
  rule: define({
    code: "RL3003",
    severity: "error",
    title: "Rule that cannot be switched off yet",
    message: (rule: string) => `Switching off \`${rule}\` comes later. In this version the rule is always on.`,
    explanation: "Each of Raft's rules will have its switch. The rule is on, as it always is in this version.",
    wrong: settings("nodes s1..s3", "rule expire-through-log off"),
    right: settings("nodes s1..s3", "rule expire-through-log on"),
  }),
  part: define({
    code: "RL3004",
    severity: "error",
    title: "Part of a step that comes later",
    message: (part: string, feature: string) =>
      `\`${part}\`: ${feature} come${plural(feature)} later. This version cannot run it.`,
    explanation: "The step itself runs, but not with this part.",
    wrong: steps("await leader", 'put color "red" lease l1'),
    right: steps("await leader", 'put color "red"'),
  }),
} as const;

function plural(feature: string): string {
  return /^(transactions|leases|locks)$/.test(feature) ? "" : "s";
}
