import { t } from "../../l10n/text.js";
import { faultsOf } from "../../sim/machine-faults.js";
import type { SimServer } from "../../sim/server.js";
import { TraceIndex } from "../trace-index.js";
import { type Asking, type Fact, lastLandmark, notUp, serverNamed, serversOf, since, type Wait } from "./asking.js";
import { lack, uncommitted } from "./commit.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { aboutLeader } from "./leader.js";
import { type EntryState, eventAbout } from "./subject.js";
import { nextDelivery } from "./under-way.js";

/** Which entry of which server's log. */
interface Entry {
  readonly server: SimServer;
  readonly index: number;
}

/** Whether an entry is in a server's log, durable, committed or applied there. */
export function aboutEntry(
  asking: Asking,
  subject: { readonly server: string; readonly index: number; readonly state?: EntryState },
): Finding | null {
  const { server: name, index } = subject;
  const server = serverNamed(asking, name);
  if (server === null) return null;
  const state = subject.state ?? "here";
  const log = server.raft?.log ?? server.disk.log;
  const entry = { server, index };
  if (index < log.firstIndex) return compacted(asking, entry, state);
  if (index > log.lastIndex) return missing(asking, entry, state);
  if (state === "here") {
    const asks = [{ kind: "entry", server: name, index, state: "committed" }] as const;
    return chainFinding(true, heldText(entry, log.termAt(index)), arrival(asking, entry), asks);
  }
  return state === "durable" ? durable(asking, entry) : committed(asking, entry, state);
}

function heldText({ server, index }: Entry, term: number): string {
  return server.raft?.role === "leader" && server.raft.term === term
    ? t(
        "{0} holds entry {1} of term {2}: it leads that term and made the entry itself (§5.3).",
        server.name,
        index,
        term,
      )
    : t("{0} holds entry {1} of term {2}: the leader of a term sent it (§5.3).", server.name, index, term);
}

function arrival(asking: Asking, { server, index }: Entry): number {
  return eventAbout(asking, { kind: "entry", server: server.name, index }) ?? since(asking, server.id, "status");
}

/** Gone from the log, and committed and applied for that very reason. */
function compacted(asking: Asking, { server, index }: Entry, state: EntryState): Finding {
  const text = t("Entry {0} is not in the log of {1} any more: a snapshot holds what it did (§7).", index, server.name);
  return chainFinding(state !== "here", text, arrival(asking, { server, index }));
}

function missing(asking: Asking, { server, index }: Entry, state: EntryState): Finding {
  const { world } = asking;
  const leader = world.leader();
  const last = (server.raft?.log ?? server.disk.log).lastIndex;
  const down = notUp(asking, server);
  if (down !== null) {
    const text = t("{0} cannot get entry {1}: its log ends at entry {2}.", server.name, index, last);
    return factsFinding(false, text, [down]);
  }
  if (leader === null || leader.raft === null) {
    const none = aboutLeader(asking);
    return { ...none, holds: false, headline: t("Only a leader adds entries to logs (§5.3). {0}", none.headline) };
  }
  if (leader.id === server.id || leader.raft.log.lastIndex < index) return unmade(asking, leader, index);
  const progress = leader.raft.progressOf(server.id);
  if (progress?.state === "snapshot") {
    const text = t(
      "{0} has not sent entry {1} to {2}: a snapshot goes first, since earlier entries are gone (§7).",
      leader.name,
      index,
      server.name,
    );
    return factsFinding(
      false,
      text,
      [lack(asking, leader, server.id, t("its log ends at {0}", last))],
      [],
      [{ kind: "snapshot", server: server.name }],
    );
  }
  const headline =
    state === "here"
      ? t("{0} has not got entry {1} yet: its log ends at entry {2} (§5.3).", server.name, index, last)
      : t("{0} has no entry {1} yet: its log ends at entry {2} (§5.3).", server.name, index, last);
  const covered = index < leader.raft.log.firstIndex;
  const facts: Fact[] = [
    lack(asking, leader, server.id, t("its log ends at {0}", last)),
    {
      text: covered
        ? t("{0}, the leader, has what entry {1} did in its snapshot", leader.name, index)
        : t("{0}, the leader, holds entry {1}", leader.name, index),
      eventId: arrival(asking, { server: leader, index }),
      asks: covered ? null : { kind: "entry", server: leader.name, index },
    },
  ];
  return factsFinding(false, headline, facts, [nextDelivery(asking, leader.id, server.id)]);
}

/** No leader has made an entry for the index yet. */
function unmade(asking: Asking, leader: SimServer, index: number): Finding {
  const last = leader.raft?.log.lastIndex ?? 0;
  const elsewhere = serversOf(asking).filter(({ raft }) => raft !== null && raft.log.lastIndex >= index);
  const leads: Fact = {
    text: t("{0} leads, and its log ends at entry {1}", leader.name, last),
    eventId: last === 0 ? since(asking, leader.id, "role") : arrival(asking, { server: leader, index: last }),
    asks: { kind: "leader" },
  };
  const others = elsewhere.map(
    (server): Fact => ({
      text: t("{0} holds an entry {1} that the leader does not have: it will be removed", server.name, index),
      eventId: arrival(asking, { server, index }),
      asks: { kind: "entry", server: server.name, index },
    }),
  );
  const text = t(
    "Nobody has asked for an entry {0} yet: a log grows when a client asks the leader for something (§5.3).",
    index,
  );
  return factsFinding(false, text, [leads, ...others]);
}

function durable(asking: Asking, entry: Entry): Finding {
  const { server, index } = entry;
  const came = arrival(asking, entry);
  const { raft } = server;
  if (raft === null || raft.durableIndex >= index) {
    const text = t("Entry {0} is on the disk of {1}: a crash does not take it away (Figure 2).", index, server.name);
    return chainFinding(true, text, writeDone(asking, entry, came) ?? came);
  }
  const faults = faultsOf(asking.world, server).filter(({ fault }) => fault.kind.startsWith("disk-"));
  const slow = faults.map(
    ({ number, text }): Fact => ({
      text: t("the disk of {0} has a fault: {1}", server.name, text),
      eventId: Math.max(0, TraceIndex.of(asking.recording).beginOfFault(number)),
      asks: null,
    }),
  );
  const text = t(
    "{0} has entry {1} in memory, and its disk is still writing it: until then {0} must not say that it holds it (Figure 2).",
    server.name,
    index,
  );
  const since: Fact = {
    text: t("{0} got entry {1} and began to write it", server.name, index),
    eventId: came,
    asks: null,
  };
  return factsFinding(false, text, [...slow, since], [writeWait(asking, entry, came)]);
}

/** The event at which the write that holds the entry was done. */
function writeDone({ recording, upTo }: Asking, { server, index }: Entry, from: number): number | null {
  const { log } = recording;
  for (let id = from; id <= upTo; id += 1) {
    if (log.kind(id) === "durable" && log.at(id) === server.id && log.word(id, 0) >= index) return id;
  }
  return null;
}

function writeWait({ world }: Asking, { server }: Entry, eventId: number): Wait | null {
  let timeUs: number | null = null;
  for (const item of world.queue.items()) {
    if (item.kind === "durable" && item.server === server.id && item.incarnation === server.incarnation) {
      timeUs = Math.max(timeUs ?? 0, item.timeUs);
    }
  }
  return timeUs === null ? null : { text: t("the disk of {0} has done all its writes", server.name), timeUs, eventId };
}

function committed(asking: Asking, entry: Entry, state: "committed" | "applied"): Finding {
  const { server, index } = entry;
  const { raft, name } = server;
  if (raft !== null && index <= (state === "committed" ? raft.commitIndex : raft.appliedIndex)) {
    const text =
      state === "committed"
        ? t("Entry {0} is committed at {1}: it is on a majority and can never be lost again (§5.3, §5.4).", index, name)
        : t(
            "{0} has applied entry {1}: it is committed, and {0} executes what is committed in the order of the log (§5.3).",
            name,
            index,
          );
    return chainFinding(true, text, commitOf(asking, entry));
  }
  if (raft === null) {
    const down = notUp(asking, server);
    const text = t(
      "{0} is down: what it knew of commitment was in its memory and is gone, the entry is still on its disk (Figure 2).",
      name,
    );
    return factsFinding(false, text, down === null ? [] : [down]);
  }
  if (state === "applied" && index <= raft.commitIndex) {
    const text = t("Entry {0} is committed at {1} and waits for those before it to be applied (§5.3).", index, name);
    return chainFinding(false, text, commitOf(asking, entry));
  }
  const lacking = uncommitted(asking, server.id);
  if (lacking !== null) {
    const here: Fact = {
      text: t("{0} holds entry {1}", name, index),
      eventId: arrival(asking, entry),
      asks: { kind: "entry", server: name, index },
    };
    const facts = lacking.complete ? lacking.facts : [...lacking.facts, here];
    const headline =
      index > raft.commitIndex + 1
        ? t("Not yet: entries are committed in the order of the log, and {0}.", lacking.headline)
        : t("Not yet: {0}.", lacking.headline);
    return factsFinding(false, headline, facts, lacking.waits, [{ kind: "leader" }]);
  }
  const leader = asking.world.leader();
  if (leader === null) {
    const none = aboutLeader(asking);
    return { ...none, holds: false, headline: t("Only a leader commits entries (§5.3). {0}", none.headline) };
  }
  const text = t(
    "The leader, {0}, does not have this entry {1}: it was never committed, and the leader's log will replace it (§5.3).",
    leader.name,
    index,
  );
  return factsFinding(false, text, [
    lack(asking, leader, server.id, t("its log differs from the leader's")),
    {
      text: t("{0} holds entry {1}", name, index),
      eventId: arrival(asking, entry),
      asks: { kind: "entry", server: name, index },
    },
  ]);
}

/** The first event of the server's present life at which it knew the entry to be committed. */
function commitOf(asking: Asking, { server, index }: Entry): number {
  const { log } = asking.recording;
  let first = -1;
  lastLandmark(asking, (id) => {
    if (log.at(id) !== server.id) return false;
    const kind = log.kind(id);
    if (kind === "commit" && log.word(id, 0) >= index) first = id;
    if (kind === "start" || kind === "restart") {
      if (first < 0) first = id;
      return true;
    }
    return false;
  });
  return first < 0 ? since(asking, server.id, "status") : first;
}
