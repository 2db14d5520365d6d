import { t } from "../../l10n/text.js";
import { readSend } from "../sent.js";
import { type Asking, serverNamed } from "./asking.js";
import { lack } from "./commit.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { aboutLeader } from "./leader.js";

/** Most events looked through for the beginning of a transfer. */
const SCAN = 200_000;

/** Whether the leader sends a follower its snapshot instead of entries, and why. */
export function aboutSnapshot(asking: Asking, { server: name }: { readonly server: string }): Finding | null {
  const server = serverNamed(asking, name);
  if (server === null) return null;
  const leader = asking.world.leader();
  if (leader === null || leader.raft === null) {
    const none = aboutLeader(asking);
    return { ...none, holds: false, headline: t("Only a leader sends snapshots (§7). {0}", none.headline) };
  }
  const progress = leader.raft.progressOf(server.id);
  const first = leader.raft.log.firstIndex;
  if (progress?.state === "snapshot") {
    const text = t(
      "{0} needs entries that {1} has no longer: its log begins at entry {2}, and what came before is in its snapshot (§7).",
      name,
      leader.name,
      first,
    );
    return chainFinding(true, text, transferBegin(asking, leader.id, server.id));
  }
  if (progress === null) {
    const text =
      leader.id === server.id
        ? t("{0} leads: it sends snapshots and gets none (§7).", name)
        : t("{0} does not belong to the cluster of {1}: it gets nothing.", name, leader.name);
    return factsFinding(false, text, [], [], [{ kind: "leader" }]);
  }
  const text = t(
    "{0} needs entry {1} next, and the log of {2} still holds it, from entry {3} on: entries are enough (§5.3, §7).",
    name,
    progress.next,
    leader.name,
    first,
  );
  return factsFinding(false, text, [
    lack(asking, leader, server.id, t("its log agrees with the leader's up to {0}", progress.match)),
  ]);
}

function transferBegin({ recording, upTo }: Asking, leader: number, follower: number): number {
  const { log } = recording;
  for (let id = upTo; id >= Math.max(0, upTo - SCAN); id -= 1) {
    if (log.kind(id) !== "send" || log.at(id) !== leader) continue;
    const sent = readSend(log, id);
    if (sent.type === "InstallSnapshot" && sent.to === follower && log.reason(id)?.code === "snapshot-needed")
      return id;
  }
  return upTo;
}
