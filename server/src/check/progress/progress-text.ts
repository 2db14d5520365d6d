import type { Command } from "../../kv/command.js";
import type { Raft } from "../../raft/contract.js";
import { majority } from "../../raft/quorum.js";
import type { ServerId, Term } from "../../raft/types.js";
import type { Micros } from "../../sim/config.js";
import type { World } from "../../sim/world.js";
import { configurationsOf } from "../invariants/quorums.js";
import { type Culprit, culpritOfElections, healTexts, linksText } from "./culprit.js";
import { depositions, repeatingCycle } from "./cycle.js";
import type { ElectionStep, Elections } from "./elections.js";
import { closedBy } from "./links.js";

/** No leader lasts: the cycle, what drives it, and what would end it. */
export function noLeaderText(world: World, elections: Elections, group: readonly ServerId[], forUs: Micros): string {
  const { steps, begun, won } = elections;
  const majorityText = `${list(group.map((id) => world.nameOf(id)))} are a majority and hear each other`;
  const headline =
    won === 0
      ? `nobody was elected for ${seconds(forUs)}, in ${begun} elections, although ${majorityText}`
      : `no leader lasts: ${won} of ${begun} elections in ${seconds(forUs)} were won, although ${majorityText}`;
  const cycle = repeatingCycle(steps);
  return told(headline, cycle.length === 0 ? null : cycleText(world, cycle, steps), culpritOfElections(world, steps));
}

/** A leader that lasts commits nothing: what waits, and for whom. */
export function noCommitText(world: World, raft: Raft<Command>, forUs: Micros): string {
  const { commitIndex, log, configuration, term } = raft;
  const leader = world.nameOf(raft.config.id);
  if (log.lastIndex <= commitIndex) {
    const joint = `the joint configuration of ${list(configuration.voters.map((id) => world.nameOf(id)))} is committed and not left for ${seconds(forUs)}`;
    // It is left by what follows a commitment: only a leader that commits nothing stays.
    return told(`${leader} leads, and ${joint}`, null, {
      drivers: [`a leader leaves it when it commits something, and ${leader} has nothing to commit`],
      remedies: world.config.rules.noOpOnElection ? ["a write"] : ["rule no-op-on-election on", "a write"],
    });
  }
  const next = commitIndex + 1;
  const headline = `${leader} leads in term ${term}, but has committed nothing after entry ${commitIndex} for ${seconds(forUs)}: entry ${next} waits`;
  return told(headline, null, culpritOfCommit(world, raft));
}

function culpritOfCommit(world: World, raft: Raft<Command>): Culprit {
  const { commitIndex, log, term } = raft;
  const leader = raft.config.id;
  const next = commitIndex + 1;
  for (const voters of configurationsOf(raft)) {
    const behind = voters.filter((id) => heldBy(raft, id) < next);
    if (voters.length - behind.length >= majority(voters.length)) continue;
    const links = behind.flatMap((id) => [
      ...(closedBy(world, leader, id) === null ? [] : [{ from: leader, to: id }]),
      ...(closedBy(world, id, leader) === null ? [] : [{ from: id, to: leader }]),
    ]);
    const waits = `${list(behind.map((id) => world.nameOf(id)))} ${behind.length === 1 ? "has" : "have"} not acknowledged it`;
    if (links.length === 0 && !world.config.rules.stepDownOnHigherTerm) {
      const name = "step-down-on-higher-term";
      return { drivers: [`${waits}; the rule ${name} is off`], remedies: [`rule ${name} on`] };
    }
    if (links.length === 0) return { drivers: [waits], remedies: ["a healthy disk"] };
    const remedies = world.config.checkQuorum ? [] : ["check-quorum on"];
    return { drivers: [`${waits}: ${linksText(world, links)}`], remedies: [...remedies, ...healTexts(world, links)] };
  }
  if (log.termAt(next) < term && log.lastTerm < term) {
    return {
      drivers: [
        `a majority holds it, but it is of term ${log.termAt(next)}, and only entries of the leader's own term are committed by counting (§5.4.2); the log holds none of term ${term}`,
      ],
      remedies: world.config.rules.noOpOnElection ? ["a write"] : ["rule no-op-on-election on", "a write"],
    };
  }
  return { drivers: ["a majority holds it"], remedies: [] };
}

/** Up to where the leader knows a voter to hold its log. */
function heldBy(raft: Raft<Command>, id: ServerId): number {
  return id === raft.config.id ? raft.durableIndex : (raft.progressOf(id)?.match ?? 0);
}

function told(headline: string, cycle: string | null, { drivers, remedies }: Culprit): string {
  const parts = [headline];
  if (cycle !== null) parts.push(`again and again: ${cycle}`);
  parts.push(`driven by this: ${drivers.join("; ")}`);
  if (remedies.length > 0) parts.push(`what would end it: ${remedies.join(", or ")}`);
  return parts.join(". ");
}

/** `s3, which s1 does not reach, times out and stands in term N -> s1 is deposed by term N -> …`. */
function cycleText(world: World, cycle: readonly ElectionStep[], steps: readonly ElectionStep[]): string {
  const lowest = Math.min(...cycle.filter(({ kind }) => kind !== "asks").map(({ term }) => term));
  const fell = depositions(steps);
  const texts = cycle.map((step) => {
    const { leader } = fell.find(({ stands }) => stands === step) ?? { leader: 0 };
    const unheard = leader !== 0 && closedBy(world, leader, step.server) !== null ? leader : 0;
    return stepText(step, unheard, (id) => world.nameOf(id), lowest);
  });
  return [...texts, "…"].join(" -> ");
}

/** `unheard`: the leader that falls by this candidacy and does not reach the candidate; 0 for none. */
function stepText(
  { kind, server, missed, term }: ElectionStep,
  unheard: ServerId,
  name: (id: ServerId) => string,
  lowest: Term,
): string {
  const n = term === lowest ? "N" : `N+${term - lowest}`;
  const why =
    unheard !== 0 ? `, which ${name(unheard)} does not reach,` : missed !== 0 ? `, which misses ${name(missed)},` : "";
  const who = `${name(server)}${why}`;
  switch (kind) {
    case "asks":
      return `${who} times out and asks for pre-votes`;
    case "stands":
      return `${who} times out and stands in term ${n}`;
    case "leads":
      return `${who} wins term ${n}`;
    case "deposed":
      return `${who} is deposed by term ${n}`;
    case "resigns":
      return `${who} hears no majority and steps down`;
    case "gives-up":
      return `${who} gives up`;
  }
}

function seconds(us: Micros): string {
  return `${(us / 1_000_000).toFixed(1)} s`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
