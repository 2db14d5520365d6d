import type { Command } from "../../kv/command.js";
import { commas } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import { isVoter } from "../../raft/configuration.js";
import type { Raft } from "../../raft/contract.js";
import { majority } from "../../raft/quorum.js";
import type { Configuration, ServerId } from "../../raft/types.js";
import type { SimServer } from "../../sim/server.js";
import type { World } from "../../sim/world.js";
import { roleOfTerm } from "../role-text.js";
import { timeText } from "../time-text.js";
import { type Asking, type Fact, notUp, serversOf, since, type Wait } from "./asking.js";

/** What servers wait for while nobody leads, and whether enough of them are there for an election. */

/** What one server waits for. */
export function waitingFact(asking: Asking, server: SimServer): Fact {
  const down = notUp(asking, server);
  const { raft } = server;
  if (down !== null || raft === null) return down ?? { text: server.name, eventId: 0, asks: null };
  const asks = { kind: "election", server: server.name } as const;
  return { text: waitingText(asking.world, server, raft), eventId: waitsSince(asking, server, raft), asks };
}

/** Since when it waits: what set its timer, or else made it what it is. */
function waitsSince(asking: Asking, server: SimServer, raft: Raft<Command>): number {
  const { deadlineUs, setBy } = server.timers.election;
  const running = raft.role === "follower" && deadlineUs !== null && setBy >= 0 && setBy <= asking.upTo;
  return running ? setBy : since(asking, server.id, "role");
}

function waitingText(world: World, server: SimServer, raft: Raft<Command>): string {
  const { name } = server;
  const role = roleOfTerm(raft.role, raft.term);
  const hears = hearsText(world, server.id);
  const who = hears === null ? t("{0} ({1})", name, role) : t("{0} ({1}, {2})", name, role, hears);
  if (!isVoter(raft.configuration, server.id)) return t("{0} is no voter", who);
  switch (raft.role) {
    case "leader":
      return t("{0} leads", who);
    case "follower":
      return followerText(who, raft.leader === 0 ? null : world.nameOf(raft.leader), timerOf(world, server));
    case "candidate":
    case "pre-candidate":
      return candidateText(world, raft, who, timerOf(world, server));
  }
}

function followerText(who: string, leader: string | null, timer: Timer): string {
  switch (timer.kind) {
    case "by-hand":
      return leader === null
        ? t("{0} waits until `timeout` or `tick` makes its election timer run out (`timers manual`)", who)
        : t(
            "{0} still follows {1} until `timeout` or `tick` makes its election timer run out (`timers manual`)",
            who,
            leader,
          );
    case "running":
      return leader === null
        ? t("{0} waits until its election timer runs out at {1}", who, timer.at)
        : t("{0} still follows {1} until its election timer runs out at {2}", who, leader, timer.at);
    case "none":
      return leader === null
        ? t("{0} has no election timer running", who)
        : t("{0} still follows {1}, and has no election timer running", who, leader);
  }
}

function candidateText(world: World, raft: Raft<Command>, who: string, timer: Timer): string {
  const granted = raft.votesGranted.map((id) => world.nameOf(id));
  const from = granted.length === 0 ? t("nobody") : commas(granted);
  const needed = neededText(world, raft.configuration);
  const has =
    raft.role === "candidate"
      ? t("{0} has votes of {1}, needs {2}", who, from, needed)
      : t("{0} has promises of votes of {1}, needs {2}", who, from, needed);
  switch (timer.kind) {
    case "by-hand":
      return t("{0}, and tries again when `timeout` or `tick` makes its election timer run out (`timers manual`)", has);
    case "running":
      return t("{0}, and tries again when its timer runs out at {1}", has, timer.at);
    case "none":
      return t("{0}, and tries again when its timer runs out", has);
  }
}

/** What makes a server's election timer run out: steps, or the time at an instant (as text). */
type Timer = { readonly kind: "by-hand" | "none" } | { readonly kind: "running"; readonly at: string };

function timerOf({ config }: World, { timers }: SimServer): Timer {
  // With manual timers nothing runs out by itself.
  if (config.timers === "manual") return { kind: "by-hand" };
  const { deadlineUs } = timers.election;
  return deadlineUs === null ? { kind: "none" } : { kind: "running", at: timeText(deadlineUs) };
}

/** How many votes win: `2`, and while the configuration is joint `2 of s1, s2, s3 and 2 of s4, s5, s6`. */
export function neededText(world: World, { voters, outgoing }: Configuration): string {
  const names = (group: readonly ServerId[]): string => commas(group.map((id) => world.nameOf(id)));
  if (outgoing.length === 0) return `${majority(voters.length)}`;
  return t(
    "{0} of {1} and {2} of {3} (§6)",
    majority(outgoing.length),
    names(outgoing),
    majority(voters.length),
    names(voters),
  );
}

/** Whom a server that is up hears, where that is not everybody who is up; `null` otherwise. */
function hearsText(world: World, id: ServerId): string | null {
  const others = world.servers.flatMap((other) => (other?.status === "up" && other.id !== id ? [other.id] : []));
  const heard = others.filter((other) => !world.network.isBlocked(other, id));
  if (heard.length === others.length) return null;
  return heard.length === 0
    ? t("hears nobody")
    : t("hears only {0}", commas(heard.map((other) => world.nameOf(other))));
}

/** The election timer that runs out next, of a server that is up and has a vote; `null` where none runs by itself. */
export function nextElection(asking: Asking): Wait | null {
  const { world } = asking;
  if (world.config.timers === "manual") return null;
  let first: { readonly server: SimServer; readonly timeUs: number } | null = null;
  for (const server of serversOf(asking)) {
    const { raft, status } = server;
    if (raft === null || status !== "up" || raft.role === "leader" || !isVoter(raft.configuration, server.id)) continue;
    const timeUs = server.timers.election.deadlineUs;
    if (timeUs !== null && (first === null || timeUs < first.timeUs)) first = { server, timeUs };
  }
  return first === null ? null : electionWait(asking, first.server);
}

/** When a server's election timer will run out; `null` where none runs by itself. */
export function electionWait({ world, upTo }: Asking, { name, timers }: SimServer): Wait | null {
  const { deadlineUs, setBy } = timers.election;
  if (deadlineUs === null || world.config.timers === "manual") return null;
  return {
    text: t("{0}'s election timer runs out, unless a leader is heard before", name),
    timeUs: deadlineUs,
    eventId: Math.max(0, Math.min(setBy, upTo)),
  };
}

/** Where too few voters are up for any election: a sentence for each majority that cannot be; empty where one can. */
export function tooFewVoters(world: World, servers: readonly SimServer[]): string[] {
  const known = configurationOf(servers);
  if (known === null) return [];
  const { voters, outgoing } = known;
  const lacking = (group: readonly ServerId[], say: (up: number, all: number, needed: number) => string): string[] => {
    const up = group.filter((id) => world.server(id).status === "up").length;
    const needed = majority(group.length);
    return up >= needed ? [] : [say(up, group.length, needed)];
  };
  return outgoing.length > 0
    ? [...lacking(outgoing, oldVotersText), ...lacking(voters, newVotersText)]
    : lacking(voters, votersText);
}

/** The configuration of a server that is up: that of the first. */
function configurationOf(servers: readonly SimServer[]): Configuration | null {
  return servers.flatMap(({ raft }) => (raft === null ? [] : [raft.configuration]))[0] ?? null;
}

function votersText(up: number, all: number, needed: number): string {
  return up === 1
    ? t("1 of {0} voters is up and {1} are a majority: nobody can be elected", all, needed)
    : t("{0} of {1} voters are up and {2} are a majority: nobody can be elected", up, all, needed);
}

function oldVotersText(up: number, all: number, needed: number): string {
  return up === 1
    ? t("1 of {0} old voters is up and {1} are a majority: nobody can be elected", all, needed)
    : t("{0} of {1} old voters are up and {2} are a majority: nobody can be elected", up, all, needed);
}

function newVotersText(up: number, all: number, needed: number): string {
  return up === 1
    ? t("1 of {0} new voters is up and {1} are a majority: nobody can be elected", all, needed)
    : t("{0} of {1} new voters are up and {2} are a majority: nobody can be elected", up, all, needed);
}
