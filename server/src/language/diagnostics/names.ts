/** RL1xxx: names that are not known, and values that do not fit. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { scenarioOn, settings, steps } from "./examples.js";
import { type Hint, shorten, unknown } from "./words.js";

/** The diagnostics of names and values by name. */
export const NAMES = {
  unknownNode: define({
    code: "RL1001",
    severity: "error",
    title: "Unknown server",
    message: (name: string, hint: Hint) => unknown(t("server"), name, hint),
    explanation:
      "The cluster of this scenario has no server of that name. Its servers are those under `nodes` (and `learners`, `spares`); a name bound with `let` stands for servers too.",
    wrong: steps("crash s4"),
    right: steps("crash s3"),
  }),
  unknownClient: define({
    code: "RL1002",
    severity: "error",
    title: "Unknown client",
    message: (name: string, hint: Hint) => unknown(t("client"), name, hint),
    explanation:
      "Clients are named by the setting `clients`. Without it there is one, called `client`, and steps need not name it.",
    wrong: scenarioOn("nodes s1..s3; clients alice bob", 'alcie put color "red"'),
    right: scenarioOn("nodes s1..s3; clients alice bob", 'alice put color "red"'),
  }),
  unknownCluster: define({
    code: "RL1003",
    severity: "error",
    title: "Unknown cluster",
    message: (name: string, hint: Hint) => unknown(t("cluster"), name, hint),
    explanation: "`on NAME` picks one of the file's named clusters, `cluster NAME { … }`.",
    wrong: 'cluster wan { nodes s1..s3 }\nscenario "example" on wam { await leader }\n',
    right: 'cluster wan { nodes s1..s3 }\nscenario "example" on wan { await leader }\n',
  }),
  unknownRule: define({
    code: "RL1004",
    severity: "error",
    title: "Unknown rule",
    message: (name: string, hint: Hint) => unknown(t("rule"), name, hint),
    explanation: "Raft's rules that can be switched off are listed in the language reference with what each protects.",
    wrong: settings("nodes s1..s3", "rule current-term-comit on"),
    right: settings("nodes s1..s3", "rule current-term-commit on"),
  }),
  unknownName: define({
    code: "RL1005",
    severity: "error",
    title: "Unknown name",
    message: (name: string, hint: Hint) => unknown(t("server, client or variable"), name, hint),
    explanation:
      "The name is neither a server, nor a client, nor bound with `let` above this line. A value is written in quotes.",
    wrong: steps("await leader", "let old = leader", "crash odl"),
    right: steps("await leader", "let old = leader", "crash old"),
  }),
  unknownHandle: define({
    code: "RL1006",
    severity: "error",
    title: "Unknown handle",
    message: (name: string, hint: Hint, kind: string) => unknown(kind, name, hint),
    explanation:
      "`await w`, `expect w saw`, `unwatch w`, `unlock k1` and `release h` need a name that was given above with `as NAME`, or that of a workload or nemesis; `lease keepalive l1` and `put … lease l1` one that `lease grant` gave.",
    wrong: steps('async put color "red" as w1', "await w2 => ok"),
    right: steps('async put color "red" as w1', "await w1 => ok"),
  }),
  unknownMessage: define({
    code: "RL1007",
    severity: "error",
    title: "Unknown message type",
    message: (name: string, hint: Hint) => unknown(t("message type"), name, hint),
    explanation:
      "Message types carry the names of the paper: `RequestVote`, `AppendEntries`, `InstallSnapshot` and so on, each with its `…Reply`.",
    wrong: steps("drop AppendEntry s1 -> s2"),
    right: steps("drop AppendEntries s1 -> s2"),
  }),
  unknownProperty: define({
    code: "RL1008",
    severity: "error",
    title: "Unknown property",
    message: (name: string, hint: Hint) => unknown(t("property"), name, hint),
    explanation: "The properties that every run checks are listed in the language reference.",
    wrong: steps("expect violation of election-safty"),
    right: steps("expect violation of election-safety"),
  }),
  unknownField: define({
    code: "RL1009",
    severity: "error",
    title: "Unknown field",
    message: (name: string, hint: Hint) => unknown(t("field"), name, hint),
    explanation:
      "A condition can look at a server's `role`, `term`, `log`, `commit`, `applied`, `vote`, `last-index`, `last-term`, `snapshot`, `config`, `revision` and the others of the language reference, at a leader's `next[s]` and `match[s]`, at a key's `rev`, `create`, `version` and `lease`, and at a lock's `token` and `held`.",
    wrong: steps("expect s1.comit == 0"),
    right: steps("expect s1.commit == 0"),
  }),
  noNodes: define({
    code: "RL1010",
    severity: "error",
    title: "Cluster without servers",
    message: () => t("No servers: the cluster needs `nodes`, for example `nodes s1..s3`."),
    explanation:
      "`nodes` is the one setting without a default. It may stand in the file's cluster or in the scenario's own.",
    wrong: 'cluster { heartbeat 50ms }\nscenario "example" { await leader }\n',
    right: 'cluster { nodes s1..s3; heartbeat 50ms }\nscenario "example" { await leader }\n',
  }),
  wrongValue: define({
    code: "RL1011",
    severity: "error",
    title: "Wrong value for a setting",
    message: (setting: string, wanted: string) => t("`{0}` takes {1}.", setting, wanted),
    explanation: "The language reference lists for each setting the values it takes.",
    wrong: settings("nodes s1..s3", "pre-vote yes"),
    right: settings("nodes s1..s3", "pre-vote on"),
  }),
  settingTwice: define({
    code: "RL1012",
    severity: "error",
    title: "Setting given twice",
    message: (setting: string) => t("`{0}` is set twice in this block.", setting),
    explanation: "One of the two would silently win. A scenario's own `cluster` block may override the file's.",
    wrong: settings("nodes s1..s3", "heartbeat 50ms", "heartbeat 20ms"),
    right: settings("nodes s1..s3", "heartbeat 20ms"),
  }),
  nameTwice: define({
    code: "RL1013",
    severity: "error",
    title: "Name defined twice",
    message: (name: string, what: string) => t("`{0}` already names {1}.", name, what),
    explanation:
      "Servers, clients, variables and handles of a scenario share one space of names, so that a step can only mean one thing.",
    wrong: settings("nodes s1 s2 s2"),
    right: settings("nodes s1 s2 s3"),
  }),
  reservedName: define({
    code: "RL1014",
    severity: "error",
    title: "Name that is a word of the language",
    message: (name: string) => t("`{0}` is a word of the language and cannot be a name.", name),
    explanation:
      "A server called `leader` could never be told from the leader. Words that begin a step cannot be names either.",
    wrong: settings("nodes leader s2 s3"),
    right: settings("nodes s1 s2 s3"),
  }),
  emptyRange: define({
    code: "RL1015",
    severity: "error",
    title: "Range that contains nothing",
    message: (range: string) =>
      t(
        "`{0}` is an empty range: its end comes before its beginning, or the two do not differ in their last number alone.",
        shorten(range),
      ),
    explanation:
      "A range of names, such as `s1..s5`, runs over their last number; a range of durations goes from the lesser to the greater.",
    wrong: settings("nodes s1..s3", "election-timeout 300ms..150ms"),
    right: settings("nodes s1..s3", "election-timeout 150ms..300ms"),
  }),
  wrongUnit: define({
    code: "RL1016",
    severity: "error",
    title: "Wrong unit",
    message: (found: string, wanted: string) => t("`{0}` is not {1}.", shorten(found), wanted),
    explanation:
      "Quantities carry their unit, without a space: `250us`, `5ms`, `1.5s`, `2min`; `5%`; `200/s`; `64KiB`. Counts carry none.",
    wrong: steps("wait 500"),
    right: steps("wait 500ms"),
  }),
  tooMany: define({
    code: "RL1017",
    severity: "error",
    title: "Too many",
    message: (what: string, most: number) => t("Too many {0}: at most {1}.", what, most),
    explanation:
      "The laboratory has bounds: 101 servers (voters, learners and spares together), 1,000 clients. Raft clusters in production have three to seven servers.",
    wrong: settings("nodes s1..s200"),
    right: settings("nodes s1..s5"),
  }),
  titleTwice: define({
    code: "RL1018",
    severity: "error",
    title: "Two scenarios of one title",
    message: (title: string) => t("There is already a scenario `{0}` in this file.", shorten(title)),
    explanation: "A title names its scenario on the command line, in the test tree and in stored runs.",
    wrong: 'cluster { nodes s1..s3 }\nscenario "example" { await leader }\nscenario "example" { await leader }\n',
    right: 'cluster { nodes s1..s3 }\nscenario "example" { await leader }\nscenario "another" { await leader }\n',
  }),
  notACondition: define({
    code: "RL1019",
    severity: "error",
    title: "Not a condition",
    message: (found: string) =>
      t("`{0}` is not a condition; compare it with something, for example `== …`.", shorten(found)),
    explanation:
      "Conditions are `leader`, `no leader`, `converged`, and comparisons such as `s2.term >= 3`, joined by `and`, `or`, `not`.",
    wrong: steps("expect s1.term"),
    right: steps("expect s1.term <= 1"),
  }),
  cannotCompare: define({
    code: "RL1020",
    severity: "error",
    title: "Things that cannot be compared",
    message: (left: string, right: string) => t("{0} cannot be compared with {1} this way.", left, right),
    explanation:
      "Both sides of a comparison must be of one kind: numbers with numbers, servers with servers, logs with logs. Only numbers have an order; `in` needs a set or list at its right.",
    wrong: steps('expect s1.term == "three"'),
    right: steps("expect s1.term == 0"),
  }),
  wrongHandle: define({
    code: "RL1021",
    severity: "error",
    title: "Name of the wrong kind",
    message: (name: string, is: string, wanted: string) => t("`{0}` is {1}; {2} is needed here.", name, is, wanted),
    explanation:
      "`expect w saw` needs a watch, `unlock k1` a lock, `release h` a hold, a selector needs servers and so on.",
    wrong: steps('async put color "red" as w', 'expect w saw [put color "red"]'),
    right: steps("watch color as w", 'put color "red"', 'expect w saw [put color "red"] within 1s'),
  }),
  impossibleResult: define({
    code: "RL1022",
    severity: "warning",
    title: "Result that cannot be",
    message: (operation: string, result: string, possible: string) =>
      t("`{0}` never answers `{1}`; it answers {2}.", operation, shorten(result), possible),
    explanation:
      "A `put` answers `ok`, with `prev-kv` the value before or `none`; a `get` a value or `none`, with `count-only` a number; a `cas` `ok` or `failed`; a `delete` `ok` or how many keys it deleted, or `none` when there was nothing; `lease ttl` a time. The language reference tells it of each operation. Each may also end in `timeout` or an error.",
    wrong: steps("await leader", 'put color "red" => "red"'),
    right: steps("await leader", 'put color "red" => ok'),
  }),
  unquoted: define({
    code: "RL1023",
    severity: "error",
    title: "Value without quotes",
    message: (word: string) => t('`{0}` is no variable; a value is written in quotes: `"{0}"`.', shorten(word)),
    explanation:
      "Values are strings in quotes, or numbers. A bare word in the place of a value is a variable bound with `let`.",
    wrong: steps("await leader", "put color red"),
    right: steps("await leader", 'put color "red"'),
  }),
  unknownError: define({
    code: "RL1024",
    severity: "error",
    title: "Unknown error",
    message: (name: string, hint: Hint) => unknown(t("error"), name, hint),
    explanation: "After `error` stands one of etcd's errors in kebab-case, such as `compacted` or `unavailable`.",
    wrong: steps("await leader", "get color => error unavailble | none"),
    right: steps("await leader", "get color => error unavailable | none"),
  }),
  missingClause: define({
    code: "RL1025",
    severity: "error",
    title: "Step lacks a part",
    message: (step: string, part: string) => t("`{0}` needs {1}.", step, part),
    explanation:
      "Some steps say nothing without a certain part: how long a workload runs, by how much messages are delayed, what a watch is called.",
    wrong: steps("watch color"),
    right: steps("watch color as w"),
  }),
  clauseTwice: define({
    code: "RL1026",
    severity: "error",
    title: "Part given twice",
    message: (word: string) => t("`{0}` is given twice in this step.", word),
    explanation: "Only one of the two could hold.",
    wrong: steps("crash s1 for 1s for 2s"),
    right: steps("crash s1 for 1s"),
  }),
  mixNotWhole: define({
    code: "RL1027",
    severity: "error",
    title: "Shares that are not a whole",
    message: (percent: string) => t("The shares of the mix add up to {0}, not to 100%.", percent),
    explanation: "The shares say how the workload's operations divide; together they are 100%.",
    wrong: steps("workload w for 1s { rate 10/s; mix put 50% get 40% }", "await w"),
    right: steps("workload w for 1s { rate 10/s; mix put 50% get 50% }", "await w"),
  }),
  exclusive: define({
    code: "RL1029",
    severity: "error",
    title: "Parts that exclude each other",
    message: (one: string, other: string) => t("Only one of {0} and {1} can be said here.", one, other),
    explanation:
      "A range of keys is a prefix, or ends at a key, or does not end. A `put` has a value or keeps the old one, takes a lease or keeps the old one. A lock has a lease of its own, with its `ttl`, or uses one that is there.",
    wrong: steps("await leader", "get /config/ prefix from-key"),
    right: steps("await leader", "get /config/ prefix"),
  }),
  wrongSight: define({
    code: "RL1030",
    severity: "error",
    title: "What this handle does not see",
    message: (name: string, what: string, wanted: string) => t("`{0}` is {1}: it sees {2}.", name, what, wanted),
    explanation:
      'A watch sees changes of keys, `expect w saw [put color "red"]`. An observer sees who leads an election, by the values with which they campaign: `expect o saw ["alice" "bob"]`.',
    wrong: steps("await leader", "observe boss as o", 'expect o saw [put boss "alice"]'),
    right: steps("await leader", "observe boss as o", 'expect o saw ["alice"] within 1s'),
  }),
  emptyKey: define({
    code: "RL1028",
    severity: "error",
    title: "Empty key",
    message: () => t("A key cannot be empty (with `prefix` or `from-key`, the empty key means all keys)."),
    explanation: "etcd refuses empty keys; a prefix read of the empty key reads everything.",
    wrong: steps("await leader", 'get ""'),
    right: steps("await leader", 'get "" prefix'),
  }),
} as const;
