/** Partitions that cannot be, or that leave no majority, wherever in a scenario they stand. */

import { t } from "../../l10n/text.js";
import { isBlock } from "../blocks.js";
import type { Reporter } from "../diagnostics/definition.js";
import { RAFT } from "../diagnostics/raft.js";
import type { ClusterConfig, Scenario, Selector, Span, Step } from "../program.js";
import { Configurations } from "./configurations.js";
import { changesCluster } from "./effects.js";
import { sidesOf } from "./faults.js";

/** Looks at every partition of a scenario, those inside blocks and nemeses included. */
export function checkPartitions(reporter: Reporter, scenario: Scenario): void {
  visit(reporter, scenario.config, scenario.steps, changesCluster(scenario.steps));
}

function visit(reporter: Reporter, config: ClusterConfig, steps: readonly Step[], changing: boolean): void {
  for (const step of steps) {
    if (step.kind === "partition") check(reporter, config, step.groups, step.span, changing);
    if (isBlock(step)) {
      visit(reporter, config, step.body, changing);
    }
    if (step.kind === "nemesis") visit(reporter, config, step.nemesis.actions, changing);
  }
}

function check(
  reporter: Reporter,
  config: ClusterConfig,
  groups: readonly Selector[],
  span: Span,
  changing: boolean,
): void {
  const seen = new Map<string, Span>();
  let twice = false;
  for (const node of groups.flatMap(namedIn)) {
    const earlier = seen.get(node.name);
    if (earlier === undefined) {
      seen.set(node.name, node.span);
      continue;
    }
    twice = true;
    reporter.report(RAFT.nodeOnBothSides, node.span, [node.name], {
      related: [{ span: earlier, message: t("named here too") }],
    });
  }
  if (twice || changing) return;
  const { servers } = new Configurations(config);
  const around = { servers, voters: config.nodes, bindings: new Map(), allUp: true };
  const sides = sidesOf(around, groups);
  const largest = sides.named.includes(null) ? sides.largest : mostVoters(config.nodes, sides.named, sides.largest);
  const majority = Math.floor(config.nodes.length / 2) + 1;
  if (largest !== null && largest < majority && largest > 0) {
    reporter.report(RAFT.noMajoritySide, span, [largest, config.nodes.length, majority]);
  }
}

function namedIn(selector: Selector): readonly { readonly name: string; readonly span: Span }[] {
  if (selector.kind === "node" || selector.kind === "client") return [selector];
  return selector.kind === "set" ? selector.members.flatMap(namedIn) : [];
}

/** The most voters that one side has; those that no side names are on one of their own. */
function mostVoters(
  voters: readonly string[],
  named: readonly (readonly string[] | null)[],
  unknown: number | null,
): number | null {
  if (unknown === null) return null;
  const sides = named.map((side) => new Set(side));
  const rest = voters.filter((voter) => !sides.some((side) => side.has(voter)));
  return Math.max(rest.length, ...sides.map((side) => voters.filter((voter) => side.has(voter)).length));
}
