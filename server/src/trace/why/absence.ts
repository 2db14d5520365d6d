import { semicolons } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import type { ServerId } from "../../raft/types.js";
import type { Recording } from "../recording.js";
import { askingNow, type Fact, serversOf } from "./asking.js";
import { uncommitted } from "./commit.js";
import { leaderlessSince } from "./leader.js";
import { unconfirmed } from "./read.js";
import { tooFewVoters, waitingFact } from "./waiting.js";

/**
 * What is not there at the present instant, in one line: for the message of a step that waited for it. The same findings as the answers
 * of `answer.ts`.
 */

/** Why there is no leader, and since when; `null` when there is one. */
export function leaderAbsence(recording: Recording): string | null {
  const asking = askingNow(recording);
  const { world } = asking;
  if (world.leader() !== null) return null;
  const servers = serversOf(asking);
  const states = servers.map((server) => waitingFact(asking, server).text);
  return t("{0}: {1}", leaderlessSince(asking), semicolons([...states, ...tooFewVoters(world, servers)]));
}

/** Why a server has not committed all of its log, or what its leader has; `null` when it has. */
export function commitAbsence(recording: Recording, id: ServerId): string | null {
  const asking = askingNow(recording);
  const lack = uncommitted(asking, id);
  if (lack !== null) return lack.complete ? lack.headline : joined(lack.headline, lack.facts);
  return asking.world.leader() === null ? leaderAbsence(recording) : null;
}

/** Why the leader does not serve linearizable reads; `null` when nothing stands against it. */
export function readAbsence(recording: Recording): string | null {
  const asking = askingNow(recording);
  const { world } = asking;
  if (world.leader()?.raft == null) return leaderAbsence(recording);
  const lack = unconfirmed(asking);
  return lack === null ? null : joined(lack.headline, lack.facts);
}

/** Why a server does not stand for election; `null` when it does, or leads. */
export function electionAbsence(recording: Recording, id: ServerId): string | null {
  const asking = askingNow(recording);
  const server = asking.world.server(id);
  const { raft } = server;
  if (raft?.role !== undefined && raft.role !== "follower" && server.status === "up") return null;
  return waitingFact(asking, server).text;
}

function joined(headline: string, facts: readonly Fact[]): string {
  return facts.length === 0 ? headline : t("{0}: {1}", headline, semicolons(facts.map(({ text }) => text)));
}
