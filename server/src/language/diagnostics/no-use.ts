/** RL206x: steps that must fail where they stand, or that change nothing. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { scenarioOn, steps } from "./examples.js";

/** The diagnostics of steps that are of no use, by name. */
export const NO_USE = {
  pauseStopped: define({
    code: "RL2060",
    severity: "warning",
    title: "Pause of a server that does not run",
    message: (name: string, paused: boolean) =>
      paused ? t("`{0}` is already paused here.", name) : t("`{0}` is down here: it cannot be paused.", name),
    explanation:
      "Only a server that runs can be paused. A crashed one has lost what it had in memory and needs `restart`; a paused one goes on with `resume`.",
    wrong: steps("await leader", "crash s1", "pause s1"),
    right: steps("await leader", "crash s1", "restart s1", "pause s1"),
  }),
  orderStopped: define({
    code: "RL2061",
    severity: "warning",
    title: "Order to a server that does not run",
    message: (step: string, name: string, paused: boolean) =>
      paused ? t("`{1}` is paused here: `{0}` fails.", step, name) : t("`{1}` is down here: `{0}` fails.", step, name),
    explanation:
      "A server that is down, or paused, does nothing: its election timer does not fire, it writes no snapshot, and it answers nobody who asks it to change the cluster.",
    wrong: steps("await leader", "crash s1", "timeout s1"),
    right: steps("await leader", "crash s1", "restart s1", "timeout s1"),
  }),
  askedStopped: define({
    code: "RL2062",
    severity: "warning",
    title: "Asks a server that does not answer",
    message: (operation: string, name: string, paused: boolean) =>
      paused
        ? t("`{1}` is paused for as long as the client waits: this `{0}` ends in `timeout`.", operation, name)
        : t("`{1}` is down for as long as the client waits: this `{0}` ends in `timeout`.", operation, name),
    explanation:
      "With `at` a client asks that server and no other, and waits for it as long as `client-timeout` says. If that is the point, say so: `=> timeout`. Without `at` it would look for the leader by itself.",
    wrong: steps("await leader", "crash s1", "get color serializable at s1"),
    right: steps("await leader", "crash s1", "get color serializable at s1 => timeout"),
  }),
  transferToStopped: define({
    code: "RL2063",
    severity: "information",
    title: "Leadership for a server that does not run",
    message: (name: string, paused: boolean) =>
      paused
        ? t(
            "`{0}` is paused here and takes over nothing: the leader gives the transfer up after an election timeout.",
            name,
          )
        : t(
            "`{0}` is down here and takes over nothing: the leader gives the transfer up after an election timeout.",
            name,
          ),
    explanation:
      "A transfer brings the target's log up to date and then tells it to stand for election (D §3.10). Until it has given up, an election timeout later, the leader takes no proposals.",
    wrong: steps("crash s1", "await leader", "transfer leadership to s1"),
    right: steps("crash s1", "await leader", "restart s1", "transfer leadership to s1"),
  }),
  notVoter: define({
    code: "RL2064",
    severity: "warning",
    title: "Leadership for a server that does not vote",
    message: (name: string) =>
      t("`{0}` is a voter of no configuration up to here: the leader refuses the transfer.", name),
    explanation:
      "Only a voter can be elected (D §3.10, §4.2.1). Promote a learner, or add a spare with `add voter`, and wait until it has caught up.",
    wrong: scenarioOn("nodes s1..s3; learners s4", "await leader", "transfer leadership to s4"),
    right: scenarioOn("nodes s1..s3; learners s4", "await leader", "transfer leadership to s4 => failed"),
  }),
  notLearner: define({
    code: "RL2065",
    severity: "warning",
    title: "Promotion of what is no learner",
    message: (name: string) => t("`{0}` is a learner of no configuration up to here: this is refused.", name),
    explanation:
      "`promote` makes a learner a voter (D §4.2.1). A spare becomes a learner with `add learner`, or a voter at once with `add voter`; a voter is one already.",
    wrong: scenarioOn("nodes s1..s3; spares s4", "await leader.commit == leader.last-index", "promote s4"),
    right: scenarioOn("nodes s1..s3; spares s4", "await leader.commit == leader.last-index", "add voter s4"),
  }),
  alreadySo: define({
    code: "RL2066",
    severity: "warning",
    title: "Change of the cluster that changes nothing",
    message: (name: string, what: "voter" | "learner" | "stranger") => {
      switch (what) {
        case "voter":
          return t("`{0}` is a voter already: this is refused.", name);
        case "learner":
          return t("`{0}` is a learner already: this is refused.", name);
        case "stranger":
          return t("`{0}` belongs to no configuration up to here: this is refused.", name);
      }
    },
    explanation:
      "A leader refuses a change that leaves the configuration as it is, as it refuses one before the last is committed (§6, D §4.1). If the refusal is the point, say so: `=> failed`.",
    wrong: steps("await leader.commit == leader.last-index", "add voter s2"),
    right: steps("await leader.commit == leader.last-index", "add voter s2 => failed"),
  }),
  nothingToHeal: define({
    code: "RL2067",
    severity: "information",
    title: "Nothing to heal",
    message: () => t("No fault is in force here: there is nothing to heal."),
    explanation:
      "`heal` ends faults in force: partitions and cuts, loss, latency and rules, faults of clocks and disks, crashes that still wait. It restarts nobody, and it leaves alone what the cluster's settings say.",
    wrong: steps("await leader", "crash s1", "heal"),
    right: steps("await leader", "isolate s1", "heal"),
  }),
  endedTwice: define({
    code: "RL2068",
    severity: "warning",
    title: "Ended already",
    message: (name: string, line: number) => t("`{0}` was ended in line {1} already.", name, line),
    explanation:
      "A watch ends once, and a `hold` lets its messages go once. The name stays, but there is nothing left to end, and `release` fails.",
    wrong: steps("await leader", "watch color as w", "unwatch w", "unwatch w"),
    right: steps("await leader", "watch color as w", "unwatch w", "watch color as w", "unwatch w"),
  }),
  leaseDrift: define({
    code: "RL2069",
    severity: "warning",
    title: "Lease reads with clocks that drift too far",
    message: (drift: string, bound: string) =>
      t(
        "`reads lease` trusts clocks that differ by {1} at most (`clock-drift-bound`); with a drift of {0} reads can be stale.",
        drift,
        bound,
      ),
    explanation:
      "A leader that answers from its lease relies on no voter's clock running faster, nor its own slower, than `clock-drift-bound` says (D §6.4.1). Beyond it another leader can be elected while the lease still runs. Expect the violation, raise the bound, or read with `read-index`.",
    wrong: scenarioOn("nodes s1..s3; reads lease", "await leader", "clock leader drift -50%", "get color"),
    right: scenarioOn("nodes s1..s3; reads lease", "await leader", "clock leader drift -5%", "get color"),
  }),
} as const;
