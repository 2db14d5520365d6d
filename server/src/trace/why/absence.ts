import type { Command } from "../../kv/command.js";
import { commas, semicolons } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import { isVoter } from "../../raft/configuration.js";
import type { Raft } from "../../raft/contract.js";
import { majority } from "../../raft/quorum.js";
import type { Configuration, ServerId } from "../../raft/types.js";
import type { SimServer } from "../../sim/server.js";
import type { World } from "../../sim/world.js";
import { titleOf } from "../event-title.js";
import { lineOf } from "../lines.js";
import type { Recording } from "../recording.js";
import { roleOfTerm } from "../role-text.js";
import { timeText } from "../time-text.js";
import { type LaneState, TraceIndex } from "../trace-index.js";

/**
 * Why something is not there now: a leader, a commitment, the answer to a read, an election. Nothing happened, so no event
 * tells it; what tells it is who is up, who hears whom, and what each waits for. All speak of the present instant.
 */

/** Why there is no leader, and since when; `null` when there is one. */
export function leaderAbsence(recording: Recording): string | null {
  const { world } = recording;
  if (world.leader() !== null) return null;
  const servers = world.servers.flatMap((server) => (server === undefined ? [] : [server]));
  const states = servers.map((server) => waitingText(world, server));
  return t("{0}: {1}", sinceText(recording), semicolons([...states, ...outOfReach(world, servers)]));
}

/** Why a server has not committed all of its log, or what its leader has; `null` when it has. */
export function commitAbsence(recording: Recording, id: ServerId): string | null {
  const { world } = recording;
  const { raft, name } = world.server(id);
  if (raft === null) return t("{0} is down", name);
  const leader = world.leader();
  if (leader?.raft === raft) {
    const next = raft.commitIndex + 1;
    if (next > raft.log.lastIndex) return null;
    const lacks = lackingVoters(raft, (voter) => holds(raft, voter) >= next);
    if (lacks.length > 0) {
      const because = lacks.map((voter) =>
        voter === id
          ? t("{0}'s own copy is not durable yet", name)
          : lackText(world, id, voter, t("its log is known up to {0}", holds(raft, voter))),
      );
      return t("entry {0} of {1}, the leader, is not on a majority: {2}", next, name, semicolons(because));
    }
    const term = raft.log.termAt(next);
    if (term >= raft.term) return null;
    return t(
      "entry {0} is on a majority, but of term {1}: {2} counts only entries of its own term {3} (§5.4.2)",
      next,
      term,
      name,
      raft.term,
    );
  }
  if (leader === null || leader.raft === null) return leaderAbsence(recording);
  if (raft.commitIndex >= leader.raft.commitIndex) return commitAbsence(recording, leader.id);
  const why = lackText(world, leader.id, id, t("it has not heard of it yet (its log ends at {0})", raft.log.lastIndex));
  return t(
    "{0} has committed {1}, and {2}, the leader, {3}: {4}",
    name,
    raft.commitIndex,
    leader.name,
    leader.raft.commitIndex,
    why,
  );
}

/** Why the leader does not serve linearizable reads; `null` when nothing stands against it. */
export function readAbsence(recording: Recording): string | null {
  const { world } = recording;
  const leader = world.leader();
  const raft = leader?.raft ?? null;
  if (leader === null || raft === null) return leaderAbsence(recording);
  const answers = (voter: ServerId): boolean => voter === leader.id || cutText(world, leader.id, voter) === null;
  const silent = lackingVoters(raft, answers);
  if (silent.length > 0) {
    const because = silent.map((voter) => lackText(world, leader.id, voter, null));
    return t(
      "{0}, the leader, needs a majority to confirm that it still leads (D §6.4): {1}",
      leader.name,
      semicolons(because),
    );
  }
  if (world.config.rules.readAfterNoOp && raft.log.termAt(raft.commitIndex) !== raft.term) {
    return t(
      "{0}, the leader, has committed nothing of its own term {1} yet, so it does not know what is committed (D §6.4)",
      leader.name,
      raft.term,
    );
  }
  return null;
}

/** Why a server does not stand for election; `null` when it does, or leads. */
export function electionAbsence(recording: Recording, id: ServerId): string | null {
  const { world } = recording;
  const server = world.server(id);
  const { raft } = server;
  if (raft?.role !== undefined && raft.role !== "follower" && server.status === "up") return null;
  return waitingText(world, server);
}

/** `no leader since 500.0 ms, when s3 crashes (line 7)`. */
function sinceText(recording: Recording): string {
  const index = TraceIndex.of(recording);
  let end: LaneState | null = null;
  for (let id = 1; id <= recording.world.serverCount; id += 1) {
    const lane = index.lane(id);
    for (let position = lane.length - 1; position > 0; position -= 1) {
      const before = lane[position - 1];
      const state = lane[position];
      if (before?.role !== "leader" || before.status !== "up" || state === undefined) continue;
      if (end === null || state.eventId > end.eventId) end = state;
      break;
    }
  }
  if (end === null) return t("there was no leader yet");
  const line = lineOf(recording, end.eventId);
  const since = timeText(end.timeUs);
  const what = titleOf(recording, end.eventId);
  return line === null
    ? t("no leader since {0}, when {1}", since, what)
    : t("no leader since {0}, when {1} (line {2})", since, what, line);
}

/** How many votes win: `2`, and while the configuration is joint `2 of s1, s2, s3 and 2 of s4, s5, s6`. */
function neededText(world: World, { voters, outgoing }: Configuration): string {
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

/** What one server waits for. */
function waitingText(world: World, server: SimServer): string {
  const { name, raft, status } = server;
  if (raft === null) return t("{0} is down", name);
  if (status === "paused") return t("{0} is paused", name);
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

/** Whom a server that is up hears, where that is not everybody who is up; `null` otherwise. */
function hearsText(world: World, id: ServerId): string | null {
  const others = world.servers.flatMap((other) => (other?.status === "up" && other.id !== id ? [other.id] : []));
  const heard = others.filter((other) => !world.network.isBlocked(other, id));
  if (heard.length === others.length) return null;
  return heard.length === 0
    ? t("hears nobody")
    : t("hears only {0}", commas(heard.map((other) => world.nameOf(other))));
}

/** Whether too few voters are up for any election. */
function outOfReach(world: World, servers: readonly SimServer[]): string[] {
  const known = servers.flatMap(({ raft }) => (raft === null ? [] : [raft.configuration]))[0];
  if (known === undefined) return [];
  const { voters, outgoing } = known;
  const joint = outgoing.length > 0;
  const lacking = (group: readonly ServerId[], say: (up: number, all: number, needed: number) => string): string[] => {
    const up = group.filter((id) => world.server(id).status === "up").length;
    const needed = majority(group.length);
    return up >= needed ? [] : [say(up, group.length, needed)];
  };
  return joint ? [...lacking(outgoing, oldVotersText), ...lacking(voters, newVotersText)] : lacking(voters, votersText);
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

/** Where a majority is missing: the voters for which `has` does not hold; empty when every configuration has its majority. */
function lackingVoters(raft: Raft<Command>, has: (id: ServerId) => boolean): readonly ServerId[] {
  const { voters, outgoing } = raft.configuration;
  for (const group of outgoing.length === 0 ? [voters] : [voters, outgoing]) {
    const lacking = group.filter((id) => !has(id));
    if (group.length - lacking.length < majority(group.length)) return lacking;
  }
  return [];
}

function holds(raft: Raft<Command>, voter: ServerId): number {
  return voter === raft.config.id ? raft.durableIndex : (raft.progressOf(voter)?.match ?? 0);
}

/** Why `from` and `to` cannot speak with each other; otherwise `otherwise`, or that nothing was answered. */
function lackText(world: World, from: ServerId, to: ServerId, otherwise: string | null): string {
  const cut = cutText(world, from, to);
  if (cut !== null) return cut;
  const name = world.nameOf(to);
  const lack = otherwise === null ? t("{0} has not answered", name) : t("{0}: {1}", name, otherwise);
  // With a manual network a message may wait between the two for a step to deliver it.
  const kept = world.network.waiting.find(
    ({ message }) => (message.from === from && message.to === to) || (message.from === to && message.to === from),
  );
  if (kept === undefined) return lack;
  return t(
    "{0}, and a message waits on {1} -> {2}",
    lack,
    world.nameOf(kept.message.from),
    world.nameOf(kept.message.to),
  );
}

function cutText(world: World, from: ServerId, to: ServerId): string | null {
  const { status, name } = world.server(to);
  if (status === "down") return t("{0} is down", name);
  if (status === "paused") return t("{0} is paused", name);
  const there = world.network.isBlocked(from, to);
  const back = world.network.isBlocked(to, from);
  if (!(there || back)) return null;
  const sender = world.nameOf(from);
  return t(
    "nothing passes {0}",
    there && back ? `${sender} <-> ${name}` : there ? `${sender} -> ${name}` : `${name} -> ${sender}`,
  );
}
