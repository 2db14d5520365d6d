// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the snippet syntax of the protocol looks like a template
/** Whole scenarios and steps to start from. Each is a file, or a part of one, that checks when inserted as it is. */

import { t } from "../l10n/text.js";

/** A text with places to fill in, in the snippet syntax of the Language Server Protocol. */
export interface Snippet {
  readonly label: string;
  /** What it is for, in the reader's language. */
  readonly detail: () => string;
  readonly body: string;
}

const lines = (...parts: readonly string[]): string => parts.join("\n");

/** For the top level of a file. */
export const SCENARIO_SNIPPETS: readonly Snippet[] = [
  {
    label: "cluster",
    detail: () => t("Servers, clients and timing"),
    body: lines(
      "cluster {",
      "  nodes ${1:s1..s5}",
      "  clients ${2:alice bob}",
      "  election-timeout ${3:150ms..300ms}",
      "  heartbeat ${4:50ms}",
      "}",
      "$0",
    ),
  },
  {
    label: "scenario",
    detail: () => t("A scenario"),
    body: lines('scenario "${1:what it shows}" {', "  await leader", "  $0", "}"),
  },
  {
    label: "scenario: the leader crashes",
    detail: () => t("A committed write survives its leader"),
    body: lines(
      'scenario "${1:a committed write survives its leader}" {',
      "  await leader",
      "  let old = leader",
      '  put ${2:color} "${3:red}" => ok',
      "  crash old",
      "  await leader within 2s",
      "  expect leader != old",
      '  get $2 => "$3"',
      "  restart old",
      "  expect all.commit == leader.commit within 1s",
      "}",
    ),
  },
  {
    label: "scenario: the leader is cut off",
    detail: () => t("A minority cannot commit"),
    body: lines(
      'scenario "${1:a leader without a majority commits nothing}" {',
      "  await leader",
      "  let old = leader",
      "  isolate old",
      "  await leader != old within 2s",
      '  put ${2:color} "${3:red}" at leader => ok',
      "  heal",
      "  await converged within 2s",
      "}",
    ),
  },
  {
    label: "scenario: from a given state",
    detail: () => t("Logs as in the figures of the paper"),
    body: lines(
      'scenario "${1:a log that lags catches up}" {',
      "  given {",
      "    s1 term 3 log [1 1 2 3] commit 3",
      "    s2 term 3 log [1 1 2 3]",
      "    s3 term 1 log [1 1]",
      "  }",
      "  await converged within ${2:2s}",
      "  $0",
      "}",
    ),
  },
];

/** For the steps of a scenario. */
export const STEP_SNIPPETS: readonly Snippet[] = [
  {
    label: "crash and restart",
    detail: () => t("The leader is away for a while"),
    body: lines("crash leader for ${1:500ms}", "await leader within ${2:2s}", "$0"),
  },
  {
    label: "split in two",
    detail: () => t("A partition that heals by itself"),
    body: lines("partition {${1:s1 s2}} | {${2:s3 s4 s5}} for ${3:1s}", "$0"),
  },
  {
    label: "lease and keep-alive",
    detail: () => t("A key that vanishes with its client"),
    body: lines(
      "lease grant ${1:l1} ttl ${2:5s}",
      'put ${3:/node/1} "${4:up}" lease $1',
      "lease keepalive $1 every ${5:2s}",
      "$0",
    ),
  },
  {
    label: "lock with fencing",
    detail: () => t("A write that only the holder of a lock can do"),
    body: lines(
      "lock ${1:m} as ${2:k1} within ${3:5s}",
      'txn { if owner $2 then put ${4:color} "${5:red}" } => ok',
      "unlock $2",
      "$0",
    ),
  },
  {
    label: "watch and what it saw",
    detail: () => t("Every change, once and in order"),
    body: lines("watch ${1:color} as ${2:w}", 'put $1 "${3:red}"', 'expect $2 saw [put $1 "$3"] within 1s', "$0"),
  },
  { label: "repeat …", detail: () => t("The same steps several times"), body: lines("repeat ${1:10} {", "  $0", "}") },
];

/** What a transaction compares. */
export const TXN_COMPARE_SNIPPETS: readonly Snippet[] = [
  { label: "version(KEY) == 0", detail: () => t("The key is not there"), body: "version(${1:color}) == ${2:0}" },
  { label: "mod(KEY) == 5", detail: () => t("Nobody has changed the key since"), body: "mod(${1:color}) == ${2:5}" },
  { label: "create(KEY) == 5", detail: () => t("It is still the same key"), body: "create(${1:color}) == ${2:5}" },
  { label: 'value(KEYS) == "v"', detail: () => t("What the keys hold"), body: 'value(${1:color}) == "${2:red}"' },
  { label: "lease(KEY) == 0", detail: () => t("The key hangs on no lease"), body: "lease(${1:color}) == ${2:0}" },
];

/** Parts of conditions. */
export const CONDITION_SNIPPETS: readonly Snippet[] = [
  {
    label: "count(leaders) == 1",
    detail: () => t("How many servers are in a role"),
    body: "count(${1:leaders}) == ${2:1}",
  },
  {
    label: "messages(AppendEntries) <= 12",
    detail: () => t("A budget of messages"),
    body: "messages(${1:AppendEntries}) <= ${2:12}",
  },
];

/** A scenario's title. */
export const TITLE_SNIPPETS: readonly Snippet[] = [
  { label: '"title"', detail: () => t("What the scenario shows"), body: '"${1:what it shows}"' },
];

/** A set of servers. */
export const SET_SNIPPETS: readonly Snippet[] = [{ label: "{…}", detail: () => t("A set of servers"), body: "{$1}" }];

/** The settings of a workload. */
export const WORKLOAD_SNIPPETS: readonly Snippet[] = [
  { label: "clients", detail: () => t("How many clients"), body: "clients ${1:5}" },
  { label: "keys", detail: () => t("Which keys"), body: "keys ${1:k1..k5}" },
  { label: "rate", detail: () => t("Operations per second, over all clients"), body: "rate ${1:200/s}" },
  { label: "mix", detail: () => t("Which operations, in what shares"), body: "mix put ${1:50%} get ${2:50%}" },
];

/** The schedule of a nemesis. */
export const NEMESIS_SNIPPETS: readonly Snippet[] = [
  {
    label: "every",
    detail: () => t("How often, and which faults"),
    body: lines(
      "every ${1:300ms..1s} one of {",
      "  ${2:crash any follower for 500ms}",
      "  ${3:isolate leader for 1s}",
      "}",
    ),
  },
];
