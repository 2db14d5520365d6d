/** RL204x: changes of the configuration that cannot be, or that are unsafe. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { scenarioOn } from "./examples.js";

/** The diagnostics of membership changes by name. */
export const MEMBERSHIP = {
  noVoters: define({
    code: "RL2040",
    severity: "warning",
    title: "Configuration without voters",
    message: () => t("A cluster needs a voter: this change is refused."),
    explanation:
      "A configuration without voters has no majority that could agree on anything, not even on the next configuration. `reconfigure` names all voters of the new configuration, those that stay included.",
    wrong: scenarioOn("nodes s1..s3", "await leader", "reconfigure {}"),
    right: scenarioOn("nodes s1..s3", "await leader", "reconfigure {s1}"),
  }),
  notJoint: define({
    code: "RL2041",
    severity: "warning",
    title: "No joint configuration",
    message: (part: string, membership: string) =>
      t(
        "`{0}` is about joint configurations, and with `membership {1}` there are none: the step is refused.",
        part,
        membership,
      ),
    explanation:
      "Joint consensus (§6) is one of two ways to change a configuration. With `membership single` servers come and go one at a time (D §4.1), and with `naive` the cluster goes straight from the old configuration to the new one; neither has a joint configuration that could be entered or left.",
    wrong: scenarioOn("nodes s1..s3; membership single", "await leader", "leave joint"),
    right: scenarioOn("nodes s1..s3; membership joint", "await leader", "leave joint => failed"),
  }),
  naive: define({
    code: "RL2042",
    severity: "information",
    title: "Unsafe membership changes",
    message: () =>
      t(
        "`membership naive` is deliberately unsafe: the old and the new configuration may have majorities that do not know of each other (Figure 10).",
      ),
    explanation:
      "Servers learn of a new configuration at different times. When several change at once, there can be a moment at which a majority of the old configuration and a majority of the new one have no server in common, and each elects its leader (§6, Figure 10). A scenario with such changes may well end in a violation, and that is what it is for.",
    wrong: scenarioOn("nodes s1..s3; membership naive", "await leader"),
    right: scenarioOn("nodes s1..s3; membership naive", "expect violation of leader-completeness", "await leader"),
  }),
} as const;
