import type { Command } from "../../kv/command.js";
import { t } from "../../l10n/text.js";
import type { Raft } from "../../raft/contract.js";
import type { ServerId } from "../../raft/types.js";
import type { SimServer } from "../../sim/server.js";
import { type Asking, type Fact, notUp, serverNamed, since, type Wait } from "./asking.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { aboutLeader } from "./leader.js";
import { heldBy, lackingVoters } from "./quorum.js";
import { hindrance, keptBetween } from "./reach.js";
import { eventAbout } from "./subject.js";
import { nextDelivery } from "./under-way.js";

/** What stands against a commitment: a sentence, what it rests on, and what is still under way. */
export interface Uncommitted {
  readonly headline: string;
  /** The headline says it all without the facts. */
  readonly complete: boolean;
  readonly facts: readonly Fact[];
  readonly waits: readonly (Wait | null)[];
}

/** Whether a server's commit index is where it can be: at its leader's, which is at the end of its own log. */
export function aboutCommit(asking: Asking, { server: name }: { readonly server: string }): Finding | null {
  const server = serverNamed(asking, name);
  if (server === null) return null;
  const lack = uncommitted(asking, server.id);
  if (lack !== null)
    return factsFinding(false, t("Not yet: {0}.", lack.headline), lack.facts, lack.waits, [{ kind: "leader" }]);
  const { raft } = server;
  if (raft === null || asking.world.leader()?.raft == null) return leaderless(asking);
  const event = eventAbout(asking, { kind: "server", server: name, field: "commit" }) ?? 0;
  const text = t("{0} has committed everything there is: up to entry {1}.", name, raft.commitIndex);
  return chainFinding(true, text, event);
}

function leaderless(asking: Asking): Finding {
  const none = aboutLeader(asking);
  return { ...none, holds: false, headline: t("Only a leader commits entries (§5.3). {0}", none.headline) };
}

/**
 * What a server has not committed of its log, or of what its leader has committed, and why; `null` when it has, and where
 * nobody leads.
 */
export function uncommitted(asking: Asking, id: ServerId): Uncommitted | null {
  const server = asking.world.server(id);
  const { raft, name } = server;
  const down = server.status === "down" ? notUp(asking, server) : null;
  if (down !== null || raft === null)
    return { headline: t("{0} is down", name), complete: true, facts: down === null ? [] : [down], waits: [] };
  const leader = asking.world.leader();
  if (leader?.raft === raft) return uncommittedAtLeader(asking, server, raft);
  if (leader === null || leader.raft === null) return null;
  if (raft.commitIndex >= leader.raft.commitIndex) return uncommittedAtLeader(asking, leader, leader.raft);
  return {
    headline: t(
      "{0} has committed {1}, and {2}, the leader, {3}",
      name,
      raft.commitIndex,
      leader.name,
      leader.raft.commitIndex,
    ),
    complete: false,
    facts: [lack(asking, leader, id, t("it has not heard of it yet (its log ends at {0})", raft.log.lastIndex))],
    waits: [nextDelivery(asking, leader.id, id)],
  };
}

function uncommittedAtLeader(asking: Asking, leader: SimServer, raft: Raft<Command>): Uncommitted | null {
  const { world } = asking;
  const { name, id } = leader;
  const next = raft.commitIndex + 1;
  if (next > raft.log.lastIndex) return null;
  const lacking = lackingVoters(raft.configuration, (voter) => heldBy(raft, voter) >= next);
  if (lacking.length > 0) {
    const facts = lacking.map((voter) =>
      voter === id
        ? { text: t("{0}'s own copy is not durable yet", name), eventId: arrival(asking, leader, next), asks: null }
        : lack(asking, leader, voter, t("its log is known up to {0}", heldBy(raft, voter))),
    );
    const waits = lacking.flatMap((voter) =>
      voter === id ? [] : [nextDelivery(asking, id, voter), nextDelivery(asking, voter, id)],
    );
    return {
      headline: t("entry {0} of {1}, the leader, is not on a majority", next, name),
      complete: false,
      facts,
      waits: earliest(waits),
    };
  }
  const term = raft.log.termAt(next);
  if (term >= raft.term) return null;
  const headline = t(
    "entry {0} is on a majority, but of term {1}: {2} counts only entries of its own term {3} (§5.4.2)",
    next,
    term,
    name,
    raft.term,
  );
  const leads = {
    text: t("{0} leads term {1}", world.nameOf(id), raft.term),
    eventId: since(asking, id, "role"),
    asks: { kind: "leader" } as const,
  };
  const held = {
    text: t("{0} holds entry {1} of term {2}", name, next, term),
    eventId: arrival(asking, leader, next),
    asks: null,
  };
  return { headline, complete: true, facts: [leads, held], waits: [] };
}

/** One thing that is under way is enough to say that something is. */
function earliest(waits: readonly (Wait | null)[]): readonly Wait[] {
  const due = waits.flatMap((wait) => (wait === null ? [] : [wait]));
  due.sort((a, b) => (a.timeUs ?? Number.POSITIVE_INFINITY) - (b.timeUs ?? Number.POSITIVE_INFINITY));
  return due.slice(0, 1);
}

function arrival(asking: Asking, { name }: SimServer, index: number): number {
  return eventAbout(asking, { kind: "entry", server: name, index }) ?? 0;
}

/** Why `from` and `to` cannot speak with each other; otherwise `otherwise`, or that nothing was answered. */
export function lack(asking: Asking, from: SimServer, to: ServerId, otherwise: string | null): Fact {
  const hindered = hindrance(asking, from.id, to);
  if (hindered !== null) return hindered;
  const name = asking.world.nameOf(to);
  const text = otherwise === null ? t("{0} has not answered", name) : t("{0}: {1}", name, otherwise);
  const kept = keptBetween(asking, from.id, to);
  const heard = lastExchange(asking, from.id, to);
  if (kept === null) return { text, eventId: heard, asks: null };
  return {
    text: t("{0}, and {1}", text, kept.text),
    eventId: kept.eventId,
    asks: { kind: "message", eventId: kept.eventId },
  };
}

/** Most events looked through for the last message between two. */
const SCAN = 50_000;

/** The last message that one of two sent the other; otherwise since when the first is what it is. */
function lastExchange(asking: Asking, from: ServerId, to: ServerId): number {
  const { log } = asking.recording;
  for (let id = asking.upTo; id >= Math.max(0, asking.upTo - SCAN); id -= 1) {
    if (log.kind(id) !== "deliver") continue;
    const send = log.cause(id);
    if (send < 0) continue;
    const at = log.at(id);
    const by = log.at(send);
    if ((at === from && by === to) || (at === to && by === from)) return id;
  }
  return since(asking, from, "role");
}
