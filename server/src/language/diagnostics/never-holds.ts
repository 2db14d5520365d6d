/** RL205x: conditions and results that no run can bring about at this point. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { scenarioOn, steps } from "./examples.js";

/** The diagnostics of what can never hold, by name. */
export const NEVER_HOLDS = {
  fieldOfDown: define({
    code: "RL2050",
    severity: "warning",
    title: "Compares something of a server that is down",
    message: (name: string) => t("`{0}` is down here: nothing of it can be compared, so this does not hold.", name),
    explanation:
      "A server that is down has no role, no term and no state machine. A comparison with something that cannot be told does not hold, neither with `==` nor with `!=`. Restart the server first, or ask whether it is down: `s1 in down`.",
    wrong: steps("await leader", "crash s1", "expect s1.role == follower within 1s"),
    right: steps("await leader", "crash s1", "expect s1 in down"),
  }),
  neverVotes: define({
    code: "RL2051",
    severity: "warning",
    title: "Expects a server that does not vote to stand for election",
    message: (name: string, role: string) =>
      t("`{0}` is a voter of no configuration up to here, so it cannot be `{1}`.", name, role),
    explanation:
      "Only voters stand for election and lead (D §4.2.1). A learner has to be promoted, a spare to be added with `add voter`, before it can do so.",
    wrong: scenarioOn("nodes s1..s3; learners s4", "await leader", "expect leader == s4 within 1s"),
    right: scenarioOn(
      "nodes s1..s3; learners s4",
      "await leader.match[s4] == leader.last-index and leader.commit == leader.last-index",
      "promote s4",
      "transfer leadership to s4",
      "await leader == s4 within 5s",
    ),
  }),
  neverLearns: define({
    code: "RL2052",
    severity: "warning",
    title: "Expects a server that is no learner to be one",
    message: (name: string) => t("`{0}` is a learner of no configuration up to here, so it cannot be `learner`.", name),
    explanation:
      "A learner is a server that the configuration names as one: under `learners`, or by `add learner`. A spare that belongs to no configuration is a `follower`.",
    wrong: scenarioOn("nodes s1..s3; spares s4", "await leader", "expect s4.role == learner"),
    right: scenarioOn("nodes s1..s3; learners s4", "await leader", "expect s4.role == learner within 1s"),
  }),
  tooSoon: define({
    code: "RL2053",
    severity: "warning",
    title: "Too soon for the first election",
    message: (latest: string, timeout: string) =>
      t(
        "There can be no leader yet: no election begins before {0}, the shortest election timeout, and this looks up to {1} at most.",
        timeout,
        latest,
      ),
    explanation:
      "All servers begin as followers and wait an election timeout for a leader before one of them stands (§5.2). So nobody leads before the shortest `election-timeout` is over, unless a step forces an election with `timeout`.",
    wrong: steps("expect leader within 100ms"),
    right: steps("expect leader within 2s"),
  }),
  contradiction: define({
    code: "RL2054",
    severity: "warning",
    title: "Condition that contradicts itself",
    message: (one: string, other: string) => t("`{0}` and `{1}` never hold together.", one, other),
    explanation:
      "The parts of an `and` are looked at in the same instant, so both must be true of the same state. For one after the other write two steps.",
    wrong: steps("await leader", "expect leader.term > 3 and leader.term < 2 within 1s"),
    right: steps("await leader", "expect leader.term > 3 or leader.term < 2 within 1s"),
  }),
  outOfRange: define({
    code: "RL2055",
    severity: "warning",
    title: "Number that cannot be",
    message: (what: string, least: number, most: number | null) =>
      most === null
        ? t("`{0}` is never less than {1}, so this never holds.", what, least)
        : t("`{0}` is from {1} to {2}, so this never holds.", what, least, most),
    explanation:
      "Indices, terms and counts have bounds whatever happens: an index or a term is at least 0, `next` at least 1, the revision of a store at least 1, and no selector means more servers than there are.",
    wrong: steps("await leader", "expect count(leaders) == 4 within 1s"),
    right: steps("await leader", "expect count(leaders) == 1 within 1s"),
  }),
  impossibleLog: define({
    code: "RL2056",
    severity: "warning",
    title: "Log that no server can have",
    message: (term: number, before: number) =>
      before === 0
        ? t("No entry has term {0}: the first leader leads term 1.", term)
        : t("No log is like this: an entry of term {0} cannot follow one of term {1}.", term, before),
    explanation:
      "A leader appends entries of its own term only, and terms only grow (§5.1, §5.3). So along every log the terms never fall, and none is 0.",
    wrong: steps("await leader", "expect s1.log == [2 1] within 1s"),
    right: steps("await leader", "expect s1.log == [1 2] within 1s"),
  }),
  neverWritten: define({
    code: "RL2057",
    severity: "warning",
    title: "Value that nothing writes",
    message: (key: string, value: string | null) =>
      value === null
        ? t("Nothing in this scenario writes `{0}`: it never has a value.", key)
        : t("Nothing in this scenario writes {1} to `{0}`.", key, value),
    explanation:
      "A store begins empty (or with what `given` says), and a key has only values that some operation of the scenario puts there. Often the key or the value is misspelt. If it is meant not to be there, say `none`.",
    wrong: steps("await leader", 'put color "red"', 'get colour => "red"'),
    right: steps("await leader", 'put color "red"', 'get color => "red"'),
  }),
  notDown: define({
    code: "RL2058",
    severity: "warning",
    title: "Expects a server that is up to be down",
    message: (name: string) => t("`{0}` is up here and stays so: it is not among those that are down.", name),
    explanation:
      "`down` are the servers that have crashed. A server crashes by a step: `crash`, `wipe`, a crash point or a failing disk. One that is cut off or paused is up.",
    wrong: steps("await leader", "expect s1 in down"),
    right: steps("await leader", "crash s1", "expect s1 in down"),
  }),
  nothingYet: define({
    code: "RL2059",
    severity: "warning",
    title: "Nothing can be in a log yet",
    message: (what: string, value: number, why: string) =>
      t("`{0}` is {1} here: no leader can have existed so far ({2}).", what, value, why),
    explanation:
      "Entries come into logs through leaders only (§5.3). As long as no majority could have elected one, all logs are empty and nothing is committed.",
    wrong: steps("crash {s1 s2}", "expect s3.commit >= 1 within 1s"),
    right: steps("crash {s1 s2}", "expect s3.commit == 0 for 1s"),
  }),
} as const;
