import { t } from "../../l10n/text.js";
import type { SimServer } from "../../sim/server.js";
import { membersText } from "../operation-text.js";
import { type Asking, type Fact, lastLandmark, serversOf, since } from "./asking.js";
import { uncommitted } from "./commit.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { aboutLeader } from "./leader.js";

/** Whether the last change of the configuration is done; what it waits for otherwise. */
export function aboutConfiguration(asking: Asking): Finding {
  const { world } = asking;
  const pending = pendingAt(asking);
  if (pending === null) {
    const server = world.leader() ?? serversOf(asking).find(({ raft }) => raft !== null) ?? world.server(1);
    const configuration = server.raft?.configuration;
    const members = configuration === undefined ? "" : membersText(configuration, (id) => world.nameOf(id));
    return chainFinding(
      true,
      t("The configuration is {0}, and no change is under way (§6).", members),
      inForce(asking, server),
    );
  }
  const { raft, name } = pending;
  if (raft === null) return aboutLeader(asking);
  const joint = raft.configuration.outgoing.length > 0;
  const index = raft.configurationIndex;
  const used: Fact = {
    text: t(
      "{0} uses {1}, of entry {2}",
      name,
      membersText(raft.configuration, (id) => world.nameOf(id)),
      index,
    ),
    eventId: inForce(asking, pending),
    asks: { kind: "entry", server: name, index, state: "committed" },
  };
  const leader = world.leader();
  if (leader === null) {
    const none = aboutLeader(asking);
    const text = t("The change of the configuration cannot go on without a leader (§6). {0}", none.headline);
    return { ...none, holds: false, headline: text };
  }
  if (index > raft.commitIndex) {
    const lacks = uncommitted(asking, leader.id);
    const text = joint
      ? t(
          "The joint configuration of entry {0} is not committed yet: it needs a majority of the old voters and one of the new (§6).",
          index,
        )
      : t("The configuration of entry {0} is not committed yet (§6).", index);
    return factsFinding(false, text, [...(lacks?.facts ?? []), used], lacks?.waits ?? [], [
      { kind: "commit", server: leader.name },
    ]);
  }
  const text = t(
    "The joint configuration of entry {0} is committed, and the leader has still to leave it: until then both majorities are needed (§6).",
    index,
  );
  return factsFinding(false, text, [used], [], [{ kind: "leader" }]);
}

/** The leader, or without one any server, whose configuration is not committed or is joint. */
function pendingAt(asking: Asking): SimServer | null {
  const leader = asking.world.leader();
  const looked = leader === null ? serversOf(asking) : [leader];
  return (
    looked.find(
      ({ raft }) =>
        raft !== null &&
        raft.configurationIndex > 0 &&
        (raft.configurationIndex > raft.commitIndex || raft.configuration.outgoing.length > 0),
    ) ?? null
  );
}

/** The event at which the server began to use its configuration. */
function inForce(asking: Asking, { id }: SimServer): number {
  const { log } = asking.recording;
  const found = lastLandmark(asking, (event) => log.kind(event) === "configuration" && log.at(event) === id);
  return found < 0 ? since(asking, id, "status") : found;
}
