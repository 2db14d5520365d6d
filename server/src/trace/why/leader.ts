import { semicolons } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import { isVoter } from "../../raft/configuration.js";
import type { EndpointId } from "../../sim/config.js";
import { titleOf } from "../event-title.js";
import { lineOf } from "../lines.js";
import { roleOfTerm } from "../role-text.js";
import { timeText } from "../time-text.js";
import { type LaneState, lastAtMost, TraceIndex } from "../trace-index.js";
import { type Asking, type Fact, serverNamed, serversOf, since } from "./asking.js";
import type { Finding } from "./finding.js";
import { lackingVoters } from "./quorum.js";
import { partners } from "./reach.js";
import { electionWait, nextElection, tooFewVoters, waitingFact } from "./waiting.js";

/** Who leads, or why nobody does: each server with what it waits for. */
export function aboutLeader(asking: Asking): Finding {
  const leader = asking.world.leader();
  if (leader?.raft != null) {
    const { term } = leader.raft;
    return {
      holds: true,
      headline: t("{0} leads term {1}.", leader.name, term),
      links: { kind: "chain", eventId: since(asking, leader.id, "role") },
    };
  }
  const servers = serversOf(asking);
  const next = nextElection(asking);
  const last = lastLeader(asking);
  const fallen: readonly Fact[] =
    last === null
      ? []
      : [
          {
            text: t("{0} was the last leader, until then", asking.world.nameOf(last.server)),
            eventId: last.eventId,
            asks: null,
          },
        ];
  return {
    holds: false,
    headline: leaderlessText(asking),
    links: { kind: "facts", facts: [...fallen, ...servers.map((server) => waitingFact(asking, server))] },
    waits: next === null ? [] : [next],
    asks: [],
  };
}

/** Whether a server stands for election, and what it waits for otherwise. */
export function aboutElection(asking: Asking, { server: name }: { readonly server: string }): Finding | null {
  const server = serverNamed(asking, name);
  if (server === null) return null;
  const { raft } = server;
  if (raft !== null && raft.role !== "follower" && server.status === "up") {
    const stands = raft.role !== "leader";
    return {
      holds: true,
      headline: stands
        ? t("{0} is {1} and waits for the answers of the others.", name, roleOfTerm(raft.role, raft.term))
        : t("{0} stood for election and won: it leads term {1}.", name, raft.term),
      links: { kind: "chain", eventId: since(asking, server.id, "role") },
      asks: stands ? [{ kind: "leader" }] : [],
    };
  }
  const wait = server.status === "up" ? electionWait(asking, server) : null;
  return {
    holds: false,
    headline: stillFollowerText(asking, server.id),
    links: { kind: "facts", facts: [waitingFact(asking, server)] },
    waits: wait === null ? [] : [wait],
    asks: [{ kind: "leader" }],
  };
}

function stillFollowerText(asking: Asking, id: EndpointId): string {
  const { name, raft, status, timers } = asking.world.server(id);
  if (raft === null) return t("{0} is down: it does nothing.", name);
  if (status === "paused") return t("{0} is paused: its timers stand still, and it hears nobody.", name);
  if (!isVoter(raft.configuration, id)) {
    return raft.configuration.learners.includes(id)
      ? t("{0} is a learner: it gets the log, has no vote and stands for no election (D §4.2.1).", name)
      : t("{0} is not in its configuration: it has no vote and stands for no election (§6).", name);
  }
  if (asking.world.config.timers === "manual") {
    return t(
      "{0} stands only when its election timer runs out, and in this scenario steps make it do so (§5.2).",
      name,
    );
  }
  const { deadlineUs } = timers.election;
  if (deadlineUs === null) return t("{0} has no election timer running.", name);
  return raft.leader === 0
    ? t(
        "{0} stands as soon as it has heard no leader for a whole election timeout, and that is not over yet (§5.2).",
        name,
      )
    : t(
        "{0} hears {1}: each message of the leader starts its election timer anew (§5.2).",
        name,
        asking.world.nameOf(raft.leader),
      );
}

/** Why nobody leads, in a sentence. */
function leaderlessText(asking: Asking): string {
  const { world } = asking;
  const servers = serversOf(asking);
  const few = tooFewVoters(world, servers);
  if (few.length > 0) return t("There is no leader, and there can be none: {0} (§5.2).", semicolons(few));
  const up = servers.filter(({ status, raft }) => status === "up" && raft !== null);
  const able = up.filter((server) => {
    const { raft } = server;
    if (raft === null || !isVoter(raft.configuration, server.id)) return false;
    const near = partners(asking, server);
    return lackingVoters(raft.configuration, (id) => near.includes(id)).length === 0;
  });
  if (able.length === 0) {
    return t("There is no leader, and there can be none: no server reaches a majority of the voters (§5.2).");
  }
  const standing = up.filter(({ raft }) => raft?.role === "candidate" || raft?.role === "pre-candidate");
  if (standing.length === 1)
    return t(
      "There is no leader yet: {0} stands for election and has no majority yet (§5.2).",
      standing[0]?.name ?? "",
    );
  if (standing.length > 1) {
    return t(
      "There is no leader yet: {0} servers stand for election at once, and none has a majority yet (§5.2).",
      standing.length,
    );
  }
  if (world.config.timers === "manual")
    return t("There is no leader: no election timer has been made to run out (§5.2).");
  return t("There is no leader yet: no election timer has run out, so nobody stands for election (§5.2).");
}

/** The event that ended the newest leadership before the moment; `null` when nobody has led yet. */
export function lastLeader(asking: Asking): { readonly server: EndpointId; readonly eventId: number } | null {
  const index = TraceIndex.of(asking.recording);
  let end: { readonly server: EndpointId; readonly eventId: number } | null = null;
  for (let server = 1; server <= asking.world.serverCount; server += 1) {
    const ended = endOfLeadership(index.lane(server), asking.upTo);
    if (ended >= 0 && (end === null || ended > end.eventId)) end = { server, eventId: ended };
  }
  return end;
}

function endOfLeadership(lane: readonly LaneState[], upTo: number): number {
  for (let position = lastAtMost(lane.length, upTo, (at) => lane[at]?.eventId ?? 0); position > 0; position -= 1) {
    const before = lane[position - 1];
    if (before?.role === "leader" && before.status === "up") return lane[position]?.eventId ?? -1;
  }
  return -1;
}

/** `no leader since 500.0 ms, when s3 crashes (line 7)`. */
export function leaderlessSince(asking: Asking): string {
  const end = lastLeader(asking);
  if (end === null) return t("there was no leader yet");
  const { recording } = asking;
  const line = lineOf(recording, end.eventId);
  const at = timeText(recording.log.timeUs(end.eventId));
  const what = titleOf(recording, end.eventId);
  return line === null
    ? t("no leader since {0}, when {1}", at, what)
    : t("no leader since {0}, when {1} (line {2})", at, what, line);
}
