import { conjunction } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import type { ServerId } from "../../raft/types.js";
import type { World } from "../../sim/world.js";
import { depositions, restlessServer } from "./cycle.js";
import type { ElectionStep } from "./elections.js";
import { closedBy, latencyOf, serversUp } from "./links.js";

/** What drives a cluster round and round, and what would end that. Both in words; `drivers` is never empty. */
export interface Culprit {
  readonly drivers: readonly string[];
  readonly remedies: readonly string[];
}

/** A one-way link that does not carry Raft's messages. */
interface ClosedLink {
  readonly from: ServerId;
  readonly to: ServerId;
}

/** Looks for what makes elections go on: a link, a rule that is off, a setting; in this order. */
export function culpritOfElections(world: World, steps: readonly ElectionStep[]): Culprit {
  const drivers: string[] = [];
  const remedies: string[] = [];
  const { rules, preVote, checkQuorum } = world.config;
  const links = blamedLinks(world, steps);
  if (links.length > 0) {
    drivers.push(linksText(world, links));
    if (!preVote) remedies.push("pre-vote on");
    if (!checkQuorum) remedies.push("check-quorum on");
  }
  for (const [rule, name] of LIVENESS_RULES) {
    if (rules[rule]) continue;
    drivers.push(t("the rule {0} is off", name));
    remedies.push(`rule ${name} on`);
  }
  if (links.length > 0) remedies.push(...healTexts(world, links));
  settings(world, drivers, remedies);
  if (drivers.length === 0) {
    const server = restlessServer(steps);
    drivers.push(
      server === 0 ? t("nobody stands for election") : t("{0} stands again and again", world.nameOf(server)),
    );
    remedies.push(t("a wider election-timeout"));
  }
  return { drivers, remedies };
}

/** Rules without which a cluster may go round for ever, by their names in the language. */
const LIVENESS_RULES = [
  ["refuseWhileLeaderHeard", "refuse-while-leader-heard"],
  ["stepDownOnHigherTerm", "step-down-on-higher-term"],
  ["resetTimerOnGrantOnly", "reset-timer-on-grant-only"],
  ["preVoteCarriesTerm", "pre-vote-carries-term"],
  ["transferStopsProposals", "transfer-stops-proposals"],
  ["transferWaitsCaughtUp", "transfer-waits-caught-up"],
] as const;

/** Closed links between leaders that fell and those who made them fall; otherwise those of the restless server. */
function blamedLinks(world: World, steps: readonly ElectionStep[]): ClosedLink[] {
  const blamed: ClosedLink[] = [];
  const blame = (from: ServerId, to: ServerId): void => {
    if (from === to || closedBy(world, from, to) === null) return;
    if (!blamed.some((link) => link.from === from && link.to === to)) blamed.push({ from, to });
  };
  for (const { leader, by } of depositions(steps)) blame(leader, by);
  if (blamed.length > 0) return blamed;
  const server = restlessServer(steps);
  for (const other of serversUp(world)) {
    blame(other, server);
    blame(server, other);
  }
  return blamed;
}

/** `s1 <-> s3 and s2 -> s4 are closed: cut s1 <-> s3`. */
export function linksText(world: World, links: readonly ClosedLink[]): string {
  const faults = new Set(links.flatMap(({ from, to }) => closedBy(world, from, to)?.text ?? []));
  const names = bothWays(world, links).map(({ from, to, both }) => {
    return `${world.nameOf(from)} ${both ? "<->" : "->"} ${world.nameOf(to)}`;
  });
  return t("nothing gets through {0} ({1})", conjunction(names), [...faults].join("; "));
}

/** The steps that would open these links. */
export function healTexts(world: World, links: readonly ClosedLink[]): string[] {
  return bothWays(world, links).map(
    ({ from, to, both }) => `heal ${world.nameOf(from)} ${both ? "<->" : "->"} ${world.nameOf(to)}`,
  );
}

/** Links with those of both directions in one. */
function bothWays(world: World, links: readonly ClosedLink[]): { from: ServerId; to: ServerId; both: boolean }[] {
  const shown: { from: ServerId; to: ServerId; both: boolean }[] = [];
  for (const { from, to } of links) {
    if (shown.some((link) => link.both && link.from === to && link.to === from)) continue;
    const both = closedBy(world, to, from) !== null;
    if (!shown.some((link) => link.from === from && link.to === to)) shown.push({ from, to, both });
  }
  return shown;
}

/** Settings, and faults that act like them, with which elections hardly end. */
function settings(world: World, drivers: string[], remedies: string[]): void {
  const { electionTimeout, heartbeat, fsync } = world.config;
  const { min, max } = electionTimeout;
  const up = serversUp(world);
  let slowest = { from: 0, to: 0, us: world.config.latency.max };
  for (const from of up) {
    for (const to of up) {
      const us = from === to ? 0 : latencyOf(world, from, to);
      if (us > slowest.us) slowest = { from, to, us };
    }
  }
  const vote = 2 * slowest.us + 2 * fsync.max;
  if (vote >= min) {
    const parts = fsync.max > slowest.us ? t("fsync takes up to {0}", ms(fsync.max)) : slowestText(world, slowest);
    drivers.push(t("a vote may take {0} ({1}), and the shortest election timeout is {2}", ms(vote), parts, ms(min)));
    remedies.push(t("an election-timeout well above {0}", ms(vote)));
  } else if (max - min < vote) {
    drivers.push(
      t("election timeouts differ by {0} at most, and a vote may take {1}: votes split", ms(max - min), ms(vote)),
    );
    remedies.push(t("a wider election-timeout"));
  }
  if (heartbeat + slowest.us >= min) {
    drivers.push(t("a heartbeat comes every {0} and the shortest election timeout is {1}", ms(heartbeat), ms(min)));
    remedies.push(t("a heartbeat well below the election-timeout"));
  }
}

/** The longest latency; `from` is 0 where it is the same on every link. */
function slowestText(
  world: World,
  { from, to, us }: { readonly from: ServerId; readonly to: ServerId; readonly us: number },
): string {
  return from === 0
    ? t("latency is up to {0}", ms(us))
    : t("latency is up to {0} on {1} -> {2}", ms(us), world.nameOf(from), world.nameOf(to));
}

/** Milliseconds, as the language writes them. */
export function ms(us: number): string {
  return `${us / 1000}ms`;
}
