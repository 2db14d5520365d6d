import { t } from "../../l10n/text.js";
import type { SimServer } from "../../sim/server.js";
import { roleOfTerm } from "../role-text.js";
import { type Asking, serverNamed } from "./asking.js";
import { chainFinding, type Finding } from "./finding.js";
import { eventAbout, type ServerField, type Subject } from "./subject.js";
import { electionWait } from "./waiting.js";

/** Why a server's field is what it is: what happened last to it. */
export function aboutServer(
  asking: Asking,
  subject: { readonly kind: "server"; readonly server: string; readonly field: ServerField },
): Finding | null {
  const server = serverNamed(asking, subject.server);
  const event = eventAbout(asking, subject);
  if (server === null || event === null) return null;
  const { holds, headline, asks } = HEADLINES[subject.field](asking, server);
  const wait = subject.field === "timer" && server.status === "up" ? electionWait(asking, server) : null;
  return { ...chainFinding(holds, headline, event, asks), waits: wait === null ? [] : [wait] };
}

interface Headline {
  readonly holds: boolean;
  readonly headline: string;
  readonly asks: readonly Subject[];
}

const HEADLINES: Readonly<Record<ServerField, (asking: Asking, server: SimServer) => Headline>> = {
  status: (_asking, { name, status, stoppedByDisk }) => {
    if (status === "up")
      return { holds: true, headline: t("{0} runs.", name), asks: [{ kind: "election", server: name }] };
    if (status === "paused")
      return {
        holds: false,
        headline: t("{0} is paused: nothing reaches it, and its timers stand still.", name),
        asks: [],
      };
    const headline = stoppedByDisk
      ? t("{0} stopped itself since its disk fails: it could not keep what it promises (Figure 2).", name)
      : t("{0} is down: it has forgotten all but what was on its disk, term, vote and log (Figure 2).", name);
    return { holds: false, headline, asks: [] };
  },
  role: (_asking, { name, raft, status }) => {
    const role = raft?.role ?? "follower";
    const headline =
      raft === null ? t("{0} is down and has no role.", name) : t("{0} is {1}.", name, roleOfTerm(role, raft.term));
    const asks: Subject[] = role === "leader" ? [] : [{ kind: "election", server: name }, { kind: "leader" }];
    return { holds: status === "up", headline, asks };
  },
  term: (_asking, { name, raft, disk }) => ({
    holds: true,
    headline: t(
      "{0} is in term {1}: terms only grow, and a server takes over every higher one that it meets (§5.1).",
      name,
      raft?.term ?? disk.hardState.term,
    ),
    asks: [],
  }),
  vote: ({ world }, { id, name, raft, disk }) => {
    const vote = raft?.vote ?? disk.hardState.vote;
    const term = raft?.term ?? disk.hardState.term;
    if (vote === 0) {
      return {
        holds: false,
        headline: t("{0} has given its vote of term {1} to nobody (§5.2).", name, term),
        asks: [],
      };
    }
    const headline =
      vote === id
        ? t("{0} stood for election in term {1} and gave itself its vote (§5.2).", name, term)
        : t("{0} has given its vote of term {1} to {2}: one vote per term (§5.2).", name, term, world.nameOf(vote));
    return { holds: true, headline, asks: [] };
  },
  leader: ({ world }, { id, name, raft }) => {
    const leader = raft?.leader ?? 0;
    if (leader === 0) {
      const headline = t("{0} has heard from no leader in its term (§5.2).", name);
      return { holds: false, headline, asks: [{ kind: "leader" }] };
    }
    const headline =
      leader === id
        ? t("{0} leads its term itself (§5.2).", name)
        : t("{0} has heard from {1}, the leader of its term (§5.2).", name, world.nameOf(leader));
    return { holds: true, headline, asks: [] };
  },
  commit: (_asking, { name, raft }) => ({
    holds: true,
    headline:
      raft === null
        ? t("{0} is down: what it knew of commitment was in its memory and is gone (Figure 2).", name)
        : t("{0} knows that everything up to entry {1} is committed (§5.3).", name, raft.commitIndex),
    asks: [{ kind: "commit", server: name }],
  }),
  applied: (_asking, { name, raft }) => ({
    holds: true,
    headline: t(
      "{0} has executed everything up to entry {1}: what is committed, in the order of the log (§5.3).",
      name,
      raft?.appliedIndex ?? 0,
    ),
    asks: [{ kind: "commit", server: name }],
  }),
  timer: (_asking, { name, raft }) => ({
    holds: true,
    headline:
      raft?.role === "leader"
        ? t("{0} leads: its timer says when the next heartbeats leave (§5.2).", name)
        : t("The election timer of {0} runs since then; each message of a leader starts it anew (§5.2).", name),
    asks: [{ kind: "election", server: name }],
  }),
};
