import type { Command } from "../kv/command.js";
import { isVoter } from "../raft/configuration.js";
import type { Raft } from "../raft/contract.js";
import { majority } from "../raft/quorum.js";
import type { Configuration, ServerId } from "../raft/types.js";
import type { SimServer } from "../sim/server.js";
import type { World } from "../sim/world.js";
import { titleOf } from "./event-title.js";
import { lineOf } from "./lines.js";
import type { Recording } from "./recording.js";
import { timeText } from "./time-text.js";
import { type LaneState, TraceIndex } from "./trace-index.js";

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
  return `${sinceText(recording)}: ${[...states, ...outOfReach(world, servers)].join("; ")}`;
}

/** Why a server has not committed all of its log, or what its leader has; `null` when it has. */
export function commitAbsence(recording: Recording, id: ServerId): string | null {
  const { world } = recording;
  const { raft, name } = world.server(id);
  if (raft === null) return `${name} is down`;
  const leader = world.leader();
  if (leader?.raft === raft) {
    const next = raft.commitIndex + 1;
    if (next > raft.log.lastIndex) return null;
    const lacks = lackingVoters(raft, (voter) => holds(raft, voter) >= next);
    if (lacks.length > 0) {
      const because = lacks.map((voter) =>
        voter === id
          ? `${name}'s own copy is not durable yet`
          : lackText(world, id, voter, `its log is known up to ${holds(raft, voter)}`),
      );
      return `entry ${next} of ${name}, the leader, is not on a majority: ${because.join("; ")}`;
    }
    const term = raft.log.termAt(next);
    if (term >= raft.term) return null;
    return `entry ${next} is on a majority, but of term ${term}: ${name} counts only entries of its own term ${raft.term} (§5.4.2)`;
  }
  if (leader === null || leader.raft === null) return leaderAbsence(recording);
  if (raft.commitIndex >= leader.raft.commitIndex) return commitAbsence(recording, leader.id);
  const behind = `${name} has committed ${raft.commitIndex}, and ${leader.name}, the leader, ${leader.raft.commitIndex}`;
  return `${behind}: ${lackText(world, leader.id, id, `it has not heard of it yet (its log ends at ${raft.log.lastIndex})`)}`;
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
    const because = silent.map((voter) => lackText(world, leader.id, voter, ""));
    return `${leader.name}, the leader, needs a majority to confirm that it still leads (D §6.4): ${because.join("; ")}`;
  }
  if (world.config.rules.readAfterNoOp && raft.log.termAt(raft.commitIndex) !== raft.term) {
    return `${leader.name}, the leader, has committed nothing of its own term ${raft.term} yet, so it does not know what is committed (D §6.4)`;
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
  if (end === null) return "there was no leader yet";
  const line = lineOf(recording, end.eventId);
  const place = line === null ? "" : ` (line ${line})`;
  return `no leader since ${timeText(end.timeUs)}, when ${titleOf(recording, end.eventId)}${place}`;
}

/** With manual timers nothing runs out by itself. */
const BY_HAND = "`timeout` or `tick` makes its election timer run out (`timers manual`)";

/** How many votes win: `2`, and while the configuration is joint `2 of s1, s2, s3 and 2 of s4, s5, s6`. */
function neededText(world: World, { voters, outgoing }: Configuration): string {
  if (outgoing.length === 0) return `${majority(voters.length)}`;
  const groups = [outgoing, voters].map(
    (group) => `${majority(group.length)} of ${group.map((id) => world.nameOf(id)).join(", ")}`,
  );
  return `${groups.join(" and ")} (§6)`;
}

/** What one server waits for. */
function waitingText(world: World, server: SimServer): string {
  const { name, raft, status } = server;
  if (raft === null) return `${name} is down`;
  if (status === "paused") return `${name} is paused`;
  const hears = hearsText(world, server.id);
  const who = `${name} (${raft.role} of term ${raft.term}${hears === null ? "" : `, ${hears}`})`;
  if (!isVoter(raft.configuration, server.id)) return `${who} is no voter`;
  switch (raft.role) {
    case "leader":
      return `${who} leads`;
    case "follower": {
      const timer = timerText(world, server);
      const what = raft.leader === 0 ? "waits" : `still follows ${world.nameOf(raft.leader)}`;
      if (timer !== null) return `${who} ${what} until ${timer}`;
      return `${who} ${raft.leader === 0 ? "" : `${what}, and `}has no election timer running`;
    }
    case "candidate":
    case "pre-candidate": {
      const votes = raft.votesGranted.map((id) => world.nameOf(id)).join(", ");
      const what = raft.role === "candidate" ? "votes" : "promises of votes";
      const has = `${who} has ${what} of ${votes === "" ? "nobody" : votes}, needs ${neededText(world, raft.configuration)}`;
      return `${has}, and tries again when ${timerText(world, server) ?? "its timer runs out"}`;
    }
  }
}

/** What makes a server's election timer run out, as a sentence; `null` when none runs. */
function timerText({ config }: World, { timers, raft }: SimServer): string | null {
  if (config.timers === "manual") return BY_HAND;
  const { deadlineUs } = timers.election;
  if (deadlineUs === null) return null;
  return `its ${raft?.role === "follower" ? "election " : ""}timer runs out at ${timeText(deadlineUs)}`;
}

/** Whom a server that is up hears, where that is not everybody who is up; `null` otherwise. */
function hearsText(world: World, id: ServerId): string | null {
  const others = world.servers.flatMap((other) => (other?.status === "up" && other.id !== id ? [other.id] : []));
  const heard = others.filter((other) => !world.network.isBlocked(other, id));
  if (heard.length === others.length) return null;
  return heard.length === 0 ? "hears nobody" : `hears only ${heard.map((other) => world.nameOf(other)).join(", ")}`;
}

/** Whether too few voters are up for any election. */
function outOfReach(world: World, servers: readonly SimServer[]): string[] {
  const known = servers.flatMap(({ raft }) => (raft === null ? [] : [raft.configuration]))[0];
  if (known === undefined) return [];
  const groups: readonly (readonly [readonly ServerId[], string])[] =
    known.outgoing.length === 0
      ? [[known.voters, ""]]
      : [
          [known.outgoing, "old "],
          [known.voters, "new "],
        ];
  return groups.flatMap(([group, kind]) => {
    const up = group.filter((id) => world.server(id).status === "up").length;
    const needed = majority(group.length);
    if (up >= needed) return [];
    return [
      `${up} of ${group.length} ${kind}voters ${up === 1 ? "is" : "are"} up and ${needed} are a majority: nobody can be elected`,
    ];
  });
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

/** Why `from` and `to` cannot speak with each other; otherwise `otherwise`. */
function lackText(world: World, from: ServerId, to: ServerId, otherwise: string): string {
  const name = world.nameOf(to);
  const lack = otherwise === "" ? `${name} has not answered` : `${name}: ${otherwise}`;
  return cutText(world, from, to) ?? `${lack}${keptText(world, from, to)}`;
}

/** With a manual network: what waits between two servers for a step to deliver it. */
function keptText(world: World, from: ServerId, to: ServerId): string {
  const kept = world.network.waiting.find(
    ({ message }) => (message.from === from && message.to === to) || (message.from === to && message.to === from),
  );
  if (kept === undefined) return "";
  return `, and a message waits on ${world.nameOf(kept.message.from)} -> ${world.nameOf(kept.message.to)}`;
}

function cutText(world: World, from: ServerId, to: ServerId): string | null {
  const { status, name } = world.server(to);
  if (status !== "up") return `${name} is ${status}`;
  const there = world.network.isBlocked(from, to);
  const back = world.network.isBlocked(to, from);
  if (!(there || back)) return null;
  const sender = world.nameOf(from);
  return `nothing passes ${there && back ? `${sender} <-> ${name}` : there ? `${sender} -> ${name}` : `${name} -> ${sender}`}`;
}
