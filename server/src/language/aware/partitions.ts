/** Partitions that cannot be, or that leave no majority, wherever in a scenario they stand. */

import type { Reporter } from "../diagnostics/definition.js";
import { RAFT } from "../diagnostics/raft.js";
import type { ClusterConfig, Scenario, Selector, Span, Step } from "../program.js";
import { sidesOf } from "./faults.js";

/** Looks at every partition of a scenario, those inside blocks and nemeses included. */
export function checkPartitions(reporter: Reporter, scenario: Scenario): void {
  visit(reporter, scenario.config, scenario.steps);
}

function visit(reporter: Reporter, config: ClusterConfig, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.kind === "partition") check(reporter, config, step.groups, step.span);
    if (step.kind === "repeat" || step.kind === "every" || step.kind === "async") visit(reporter, config, step.body);
    if (step.kind === "nemesis") visit(reporter, config, step.nemesis.actions);
  }
}

function check(reporter: Reporter, config: ClusterConfig, groups: readonly Selector[], span: Span): void {
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
      related: [{ span: earlier, message: "named here too" }],
    });
  }
  if (twice) return;
  const { largest } = sidesOf({ config, bindings: new Map(), allUp: true }, groups);
  const majority = Math.floor(config.nodes.length / 2) + 1;
  if (largest !== null && largest < majority && largest > 0) {
    reporter.report(RAFT.noMajoritySide, span, [largest, config.nodes.length, majority]);
  }
}

function namedIn(selector: Selector): readonly { readonly name: string; readonly span: Span }[] {
  if (selector.kind === "node" || selector.kind === "client") return [selector];
  return selector.kind === "set" ? selector.members.flatMap(namedIn) : [];
}
