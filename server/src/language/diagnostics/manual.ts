/** RL21xx: driving a cluster by hand. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { scenarioOn, steps } from "./examples.js";

/** A file whose cluster is driven by hand altogether. */
function byHand(...lines: readonly string[]): string {
  return scenarioOn("nodes s1..s3; network manual; timers manual", ...lines);
}

/** The diagnostics by name. */
export const MANUAL = {
  needsManual: define({
    code: "RL2101",
    severity: "error",
    title: "Needs a manual network",
    message: (word: string) =>
      t(
        "`{0}` is about messages that wait to be delivered; here they travel by themselves. Set `network manual`.",
        word,
      ),
    explanation:
      "Only in a manual network do messages wait until a step delivers them. In an automatic one the network decides when they arrive; there, `drop`, `delay` and `hold` are about messages yet to be sent, and `deliver`, `lose`, `duplicate s1 -> s2` and `delay first s1 -> s2 by 5ms` about one that is under way.",
    wrong: steps("timeout s1", "stabilize"),
    right: byHand("timeout s1", "stabilize"),
  }),
  noEffect: define({
    code: "RL2102",
    severity: "warning",
    title: "No effect in a manual network",
    message: (word: string) =>
      t("`{0}` has no effect here: in a manual network messages arrive when a step delivers them.", word),
    explanation:
      "Latency, delays, duplicates and reordering by chance decide when messages arrive by themselves. In a manual network steps do: `deliver last s1 -> s2` overtakes, `duplicate s1 -> s2` makes a message two, and what is not delivered is late.",
    wrong: byHand("latency 20ms"),
    right: scenarioOn("nodes s1..s3; timers manual", "latency 20ms"),
  }),
  waitsForNobody: define({
    code: "RL2103",
    severity: "warning",
    title: "Waits for an answer that nobody delivers",
    message: (word: string) =>
      t(
        "This `{0}` waits for its answer, and while it waits nothing is delivered: it will time out. Begin it with `async`.",
        word,
      ),
    explanation:
      "In a manual network a client's request and its answer wait like any other message. `async` starts the operation and goes on, so that the next steps can deliver them.",
    wrong: byHand("timeout s1", "stabilize", 'put color "red"'),
    right: byHand("timeout s1", "stabilize", 'async put color "red" as w', "stabilize", "await w => ok"),
  }),
  nobodyStands: define({
    code: "RL2104",
    severity: "warning",
    title: "Nobody stands for election",
    message: () =>
      t(
        "With `timers manual` no election begins by itself, and no step before this one lets a timer run out: there is no leader.",
      ),
    explanation:
      "A server stands for election when its election timer runs out (§5.2). Where timers are manual that takes a step: `timeout s1`, or `tick s1` often enough.",
    wrong: scenarioOn("nodes s1..s3; timers manual", "await leader within 2s"),
    right: scenarioOn("nodes s1..s3; timers manual", "timeout s1", "await leader within 2s"),
  }),
  nobodyHears: define({
    code: "RL2105",
    severity: "warning",
    title: "No vote is ever delivered",
    message: () =>
      t(
        "With `network manual` no vote arrives by itself, and no step before this one delivers any: there is no leader.",
      ),
    explanation:
      "A candidate needs the votes of a majority (§5.2). In a manual network its requests and their answers wait until `deliver` or `stabilize` lets them through; while `await` waits, nothing arrives.",
    wrong: scenarioOn("nodes s1..s3; network manual", "timeout s1", "await leader within 2s"),
    right: scenarioOn("nodes s1..s3; network manual", "timeout s1", "stabilize", "expect leader == s1"),
  }),
} as const;
