/** RL202x: what cannot succeed because no majority is left. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { fiveNodes, scenarioOn, steps } from "./examples.js";

/** The diagnostics of lost majorities by name. `why` says which servers are missing. */
export const LOST_QUORUM = {
  noLeader: define({
    code: "RL2020",
    severity: "warning",
    title: "No leader can exist here",
    message: (why: string) => t("No leader can exist here: {0}.", why),
    explanation:
      "A leader is elected by a majority of all voters (§5.2), those that are down included. Here fewer can reach each other, and no earlier leader is left. If that is the point, say so: `expect no leader`.",
    wrong: steps("await leader", "crash leader", "await leader", "crash leader", "await leader within 5s"),
    right: steps("await leader", "crash leader", "await leader", "crash leader", "expect no leader for 5s"),
  }),
  onlyOldLeader: define({
    code: "RL2021",
    severity: "information",
    title: "No new leader can be elected here",
    message: (why: string) =>
      t("No new leader can be elected here: {0}. A leader from before would still be one, until it notices.", why),
    explanation:
      "Without a majority there is no election, but a leader does not know at once that it has lost its majority. With `check-quorum` it steps down after an election timeout without answers (dissertation §6.2); without it, it goes on believing that it leads.",
    wrong: fiveNodes("await leader", "crash {s1 s2 s3}", "await leader"),
    right: fiveNodes("await leader", "crash {s1 s2}", "await leader"),
  }),
  noCommit: define({
    code: "RL2022",
    severity: "warning",
    title: "Nothing can be committed here",
    message: (operation: string, why: string) =>
      t("This `{0}` cannot succeed: {1}. It ends in `timeout`.", operation, why),
    explanation:
      "A write is acknowledged once a majority of all voters has it (§5.3), and a linearizable read once a majority has confirmed the leader (§8). Here fewer can reach each other for longer than `client-timeout`. If that is the point, say so: `=> timeout`. A read that may be stale can be `serializable`.",
    wrong: fiveNodes("await leader", "crash {s1 s2 s3}", 'put color "red" => ok'),
    right: fiveNodes("await leader", "crash {s1 s2 s3}", 'put color "red" => timeout'),
  }),
  localReads: define({
    code: "RL2023",
    severity: "information",
    title: "Unsafe reads",
    message: () => t("`reads local` is deliberately unsafe: any server answers from its own state, however old."),
    explanation:
      "With `reads local` a deposed leader, or a follower that lags, answers reads with what it has. Such reads are not linearizable; a scenario with them may well end in a violation, and that is what it is for.",
    wrong: scenarioOn("nodes s1..s3; reads local", "await leader"),
    right: scenarioOn("nodes s1..s3; reads local", "expect violation of linearizability", "await leader"),
  }),
} as const;
