import { t } from "../../l10n/text.js";
import type { ServerId } from "../../raft/types.js";
import { type Asking, type Fact, since } from "./asking.js";
import { lack } from "./commit.js";
import { type Finding, factsFinding } from "./finding.js";
import { aboutLeader } from "./leader.js";
import { lackingVoters } from "./quorum.js";
import { hindrance } from "./reach.js";

/** Whether linearizable reads are served, and what stands against it. */
export function aboutRead(asking: Asking): Finding {
  const { world } = asking;
  const leader = world.leader();
  const raft = leader?.raft ?? null;
  if (leader === null || raft === null) {
    const none = aboutLeader(asking);
    return { ...none, headline: t("Only a leader serves linearizable reads (§8). {0}", none.headline) };
  }
  const against = unconfirmed(asking);
  if (against !== null)
    return factsFinding(false, t("Not yet: {0}.", against.headline), against.facts, [], [{ kind: "leader" }]);
  const leads: Fact = {
    text: t("{0} leads term {1}", leader.name, raft.term),
    eventId: since(asking, leader.id, "role"),
    asks: { kind: "leader" },
  };
  return factsFinding(true, servedText(leader.name, raft.config.reads), [leads]);
}

function servedText(leader: string, reads: "read-index" | "lease" | "local"): string {
  switch (reads) {
    case "read-index":
      return t(
        "{0} leads and reaches a majority, which confirms with one round of heartbeats that it still does (§8, D §6.4).",
        leader,
      );
    case "lease":
      return t("{0} leads, and a majority has promised to elect nobody else while its lease lasts (D §6.4.1).", leader);
    case "local":
      return t("{0} answers from its own state and asks nobody: what it reads may be stale (§8).", leader);
  }
}

/** What keeps the leader from serving linearizable reads; `null` where nothing does, and where nobody leads. */
export function unconfirmed(asking: Asking): { readonly headline: string; readonly facts: readonly Fact[] } | null {
  const { world } = asking;
  const leader = world.leader();
  const raft = leader?.raft ?? null;
  if (leader === null || raft === null) return null;
  const answers = (voter: ServerId): boolean => voter === leader.id || hindrance(asking, leader.id, voter) === null;
  const silent = lackingVoters(raft.configuration, answers);
  if (silent.length > 0) {
    return {
      headline: t("{0}, the leader, needs a majority to confirm that it still leads (D §6.4)", leader.name),
      facts: silent.map((voter) => lack(asking, leader, voter, null)),
    };
  }
  if (world.config.rules.readAfterNoOp && raft.log.termAt(raft.commitIndex) !== raft.term) {
    return {
      headline: t(
        "{0}, the leader, has committed nothing of its own term {1} yet, so it does not know what is committed (D §6.4)",
        leader.name,
        raft.term,
      ),
      facts: [
        {
          text: t("{0} leads term {1}", leader.name, raft.term),
          eventId: since(asking, leader.id, "role"),
          asks: { kind: "commit", server: leader.name },
        },
      ],
    };
  }
  return null;
}
