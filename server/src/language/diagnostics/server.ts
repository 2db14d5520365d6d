/** RL4xxx: what the language server reports besides the language: of files that it cannot read, and of the last run. */

import type { AnyDefinition } from "./definition.js";
import { scenarioOn, steps } from "./examples.js";

const TWICE = [
  "timeout s1",
  "timeout s3",
  "deliver s1 -> s2 RequestVote",
  "deliver s2 -> s1 RequestVoteReply",
  "deliver s3 -> s2 RequestVote",
  "deliver s2 -> s3 RequestVoteReply",
];
const BY_HAND =
  "nodes s1..s3; network manual; timers manual; pre-vote off; check-quorum off; rule one-vote-per-term off";

/** The server's own diagnostics by name. Messages are made where they are found, in lsp/. */
export const SERVER = {
  unreadable: {
    code: "RL4001",
    severity: "error",
    title: "File that cannot be read as a scenario",
    explanation:
      "The file is binary, not UTF-8, or larger than 5 MB. Nothing else is said about it, and nothing in it runs. Here the character of code 0, shown as `␀`, gives it away: no text holds one.",
    wrong: `${steps("await leader")}\0`,
    right: steps("await leader"),
  },
  internal: {
    code: "RL4002",
    severity: "error",
    title: "Analysis failed",
    explanation:
      'A defect of Raft Lab, not of your text. The other features go on; the next change of the text is analysed afresh. The log has the details ("Raft Lab: Show Log"), and whoever reports them helps to mend it.',
    wrong: "",
    right: "",
  },
  failedStep: {
    code: "RL4101",
    severity: "error",
    title: "Step failed in the last run",
    explanation:
      'The run came to this step, and what the step expects was not so. The message says what was expected, what was, and why; the related place is the step that led to it. "Show why" follows the causes. It goes when a step or a setting of the scenario is changed, or the scenario is run again.',
    wrong: steps("await leader", "crash leader", "expect leader"),
    right: steps("await leader", "crash leader", "expect leader within 2s"),
  },
  violation: {
    code: "RL4102",
    severity: "error",
    title: "Property broken in the last run",
    explanation:
      "Every run is checked, after each event, for what Raft promises: the five properties of the paper's Figure 3, linearizability of what the clients saw, what a watch is promised. This run broke one of them, at this step. With all rules on that is a defect of Raft Lab; with a rule off it is what the rule is for, and `expect violation of …` says so.",
    wrong: scenarioOn(BY_HAND, ...TWICE),
    right: scenarioOn(BY_HAND, "expect violation of election-safety", ...TWICE),
  },
} as const satisfies Readonly<Record<string, AnyDefinition>>;
