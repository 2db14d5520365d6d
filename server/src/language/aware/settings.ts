/** Settings that do not go together. */

import { t } from "../../l10n/text.js";
import { isBlock } from "../blocks.js";
import { mergeSettings } from "../checker/defaults.js";
import type { CheckedCluster, CheckedScenario } from "../checker/file.js";
import type { ClusterSettings } from "../checker/settings.js";
import type { Reporter } from "../diagnostics/definition.js";
import { LOST_QUORUM } from "../diagnostics/lost-quorum.js";
import { MEMBERSHIP } from "../diagnostics/membership.js";
import { RAFT } from "../diagnostics/raft.js";
import { allOf } from "../diagnostics/words.js";
import type { ClusterConfig, Span, Step } from "../program.js";
import { formatDuration } from "../vocabulary/durations.js";
import { RULES_BY_NAME } from "../vocabulary/rules.js";
import { checkLeaseClocks } from "./clocks.js";

/** Looks at the settings of every scenario, and of clusters that no scenario uses. */
export function checkSettings(
  reporter: Reporter,
  clusters: readonly CheckedCluster[],
  scenarios: readonly CheckedScenario[],
): void {
  for (const { scenario, blocks } of scenarios) checkBlocks(reporter, scenario.config, blocks);
  const used = new Set(scenarios.map((each) => each.cluster));
  for (const cluster of clusters) {
    if (!used.has(cluster)) checkBlocks(reporter, mergeSettings([cluster.settings]), [cluster.settings]);
  }
}

/** Where the setting that counts stands. */
function placeOf(blocks: readonly ClusterSettings[], ...words: readonly string[]): Span | undefined {
  for (const block of [...blocks].reverse()) {
    for (const word of words) {
      const place = block.places.get(word);
      if (place !== undefined) return place;
    }
  }
  return undefined;
}

function checkBlocks(reporter: Reporter, config: ClusterConfig, blocks: readonly ClusterSettings[]): void {
  const { heartbeat, electionTimeout, latency, nodes } = config;
  const timing = placeOf(blocks, "heartbeat", "election-timeout");
  if (timing !== undefined && heartbeat * 2 > electionTimeout.min) {
    reporter.report(RAFT.heartbeat, timing, [formatDuration(heartbeat), formatDuration(electionTimeout.min)]);
  }
  const network = placeOf(blocks, "latency", "election-timeout");
  if (network !== undefined && latency.min * 2 >= electionTimeout.max && nodes.length > 1) {
    reporter.report(RAFT.slowNetwork, network, [formatDuration(latency.min * 2), formatDuration(electionTimeout.max)]);
  }
  const timeout = placeOf(blocks, "election-timeout");
  if (timeout !== undefined && electionTimeout.min === electionTimeout.max && nodes.length > 1) {
    reporter.report(RAFT.sameTimeouts, timeout, [formatDuration(electionTimeout.min)]);
  }
  const reads = placeOf(blocks, "reads", "check-quorum");
  if (reads !== undefined && config.reads === "lease" && !config.checkQuorum) {
    reporter.report(RAFT.leaseWithoutQuorum, reads, []);
  }
  const servers = placeOf(blocks, "nodes");
  if (servers === undefined) return;
  if (nodes.length === 2) reporter.report(RAFT.twoNodes, servers, []);
  else if (nodes.length > 2 && nodes.length % 2 === 0) {
    reporter.report(RAFT.evenNodes, servers, [nodes.length, Math.ceil(nodes.length / 2) - 1]);
  }
}

/** A rule that is off, or unsafe reads, in a scenario that expects no violation. */
export function checkUnsafe(reporter: Reporter, { scenario, blocks, node }: CheckedScenario, text: string): void {
  if (expectsViolation(scenario.steps)) return;
  checkLeaseClocks(reporter, scenario, text, placeOf(blocks, "reads"));
  const title = { start: node.start, end: node.start + "scenario".length };
  const report = (
    word: string,
    tell: (place: Span, related: readonly { span: Span; message: string }[]) => void,
  ): void => {
    const place = placeOf(blocks, word);
    if (place === undefined) return;
    const inside = place.start >= node.start && place.end <= node.end;
    tell(inside ? place : title, inside ? [] : [{ span: place, message: t("set here") }]);
  };
  for (const rule of scenario.config.rulesOff) {
    const protects = RULES_BY_NAME.get(rule)?.protects.filter((property) => property !== "progress") ?? [];
    if (protects.length === 0) continue;
    report(`rule ${rule}`, (place, related) => {
      reporter.report(RAFT.ruleOff, place, [rule, allOf(protects)], { related });
    });
  }
  if (scenario.config.membership === "naive") {
    report("membership", (place, related) => {
      reporter.report(MEMBERSHIP.naive, place, [], { related });
    });
  }
  if (scenario.config.reads === "local") {
    report("reads", (place, related) => {
      reporter.report(LOST_QUORUM.localReads, place, [], { related });
    });
  }
}

function expectsViolation(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    if (isBlock(step)) return expectsViolation(step.body);
    return step.kind === "expect-violation";
  });
}
