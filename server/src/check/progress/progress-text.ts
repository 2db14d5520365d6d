import type { Command } from "../../kv/command.js";
import { commas, semicolons, sentences } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
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
  const names = list(group.map((id) => world.nameOf(id)));
  const headline =
    won === 0
      ? t(
          "nobody was elected for {0}, in {1} elections, although {2} are a majority and hear each other",
          seconds(forUs),
          begun,
          names,
        )
      : t(
          "no leader lasts: {0} of {1} elections in {2} were won, although {3} are a majority and hear each other",
          won,
          begun,
          seconds(forUs),
          names,
        );
  const cycle = repeatingCycle(steps);
  return told(headline, cycle.length === 0 ? null : cycleText(world, cycle, steps), culpritOfElections(world, steps));
}

/** A leader that lasts commits nothing: what waits, and for whom. */
export function noCommitText(world: World, raft: Raft<Command>, forUs: Micros): string {
  const { commitIndex, log, configuration, term } = raft;
  const leader = world.nameOf(raft.config.id);
  if (log.lastIndex <= commitIndex) {
    const joint = list(configuration.voters.map((id) => world.nameOf(id)));
    // It is left by what follows a commitment: only a leader that commits nothing stays.
    const headline = t(
      "{0} leads, and the joint configuration of {1} is committed and not left for {2}",
      leader,
      joint,
      seconds(forUs),
    );
    return told(headline, null, {
      drivers: [t("a leader leaves it when it commits something, and {0} has nothing to commit", leader)],
      remedies: world.config.rules.noOpOnElection ? [t("a write")] : ["rule no-op-on-election on", t("a write")],
    });
  }
  const next = commitIndex + 1;
  const headline = t(
    "{0} leads in term {1}, but has committed nothing after entry {2} for {3}: entry {4} waits",
    leader,
    term,
    commitIndex,
    seconds(forUs),
    next,
  );
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
    const names = list(behind.map((id) => world.nameOf(id)));
    const waits =
      behind.length === 1 ? t("{0} has not acknowledged it", names) : t("{0} have not acknowledged it", names);
    if (links.length === 0 && !world.config.rules.stepDownOnHigherTerm) {
      const name = "step-down-on-higher-term";
      return { drivers: [t("{0}; the rule {1} is off", waits, name)], remedies: [`rule ${name} on`] };
    }
    if (links.length === 0) return { drivers: [waits], remedies: [t("a healthy disk")] };
    const remedies = world.config.checkQuorum ? [] : ["check-quorum on"];
    return {
      drivers: [t("{0}: {1}", waits, linksText(world, links))],
      remedies: [...remedies, ...healTexts(world, links)],
    };
  }
  if (log.termAt(next) < term && log.lastTerm < term) {
    return {
      drivers: [
        t(
          "a majority holds it, but it is of term {0}, and only entries of the leader's own term are committed by counting (§5.4.2); the log holds none of term {1}",
          log.termAt(next),
          term,
        ),
      ],
      remedies: world.config.rules.noOpOnElection ? [t("a write")] : ["rule no-op-on-election on", t("a write")],
    };
  }
  return { drivers: [t("a majority holds it")], remedies: [] };
}

/** Up to where the leader knows a voter to hold its log. */
function heldBy(raft: Raft<Command>, id: ServerId): number {
  return id === raft.config.id ? raft.durableIndex : (raft.progressOf(id)?.match ?? 0);
}

function told(headline: string, cycle: string | null, { drivers, remedies }: Culprit): string {
  const parts = [headline];
  if (cycle !== null) parts.push(t("again and again: {0}", cycle));
  parts.push(t("driven by this: {0}", semicolons(drivers)));
  if (remedies.length > 0) {
    parts.push(
      t(
        "what would end it: {0}",
        remedies.reduce((before, remedy) => t("{0}, or {1}", before, remedy)),
      ),
    );
  }
  return sentences(parts);
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
  { kind, server: id, missed, term }: ElectionStep,
  unheard: ServerId,
  name: (id: ServerId) => string,
  lowest: Term,
): string {
  const n = term === lowest ? "N" : `N+${term - lowest}`;
  const server = name(id);
  const who =
    unheard !== 0
      ? t("{0}, which {1} does not reach,", server, name(unheard))
      : missed !== 0
        ? t("{0}, which misses {1},", server, name(missed))
        : server;
  switch (kind) {
    case "asks":
      return t("{0} times out and asks for pre-votes", who);
    case "stands":
      return t("{0} times out and stands in term {1}", who, n);
    case "leads":
      return t("{0} wins term {1}", who, n);
    case "deposed":
      return t("{0} is deposed by term {1}", who, n);
    case "resigns":
      return t("{0} hears no majority and steps down", who);
    case "gives-up":
      return t("{0} gives up", who);
  }
}

function seconds(us: Micros): string {
  return `${(us / 1_000_000).toFixed(1)} s`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : t("{0} and {1}", commas(names.slice(0, -1)), names.at(-1) ?? "");
}
