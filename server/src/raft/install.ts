import { afterLog, followLeader } from "./append.js";
import { sameConfiguration } from "./configuration.js";
import type { InstallSnapshot } from "./message.js";
import type { WriteId } from "./output.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import { configurationAfter, keepsSuffix, snapshotIsNewer } from "./rules.js";
import type { ServerState } from "./server.js";
import type { Index, Snapshot } from "./types.js";

/**
 * The follower's side of a snapshot's transfer: InstallSnapshot (Figure 13, §7). The term of `m` is at most the server's
 * own: a higher one has been taken over before.
 */
export function handleInstallSnapshot<C>(s: ServerState<C>, m: InstallSnapshot): void {
  if (m.term < s.term) {
    reply(s, m, 0, 0, s.storage.afterHardState(), reason("snapshot-refused-stale-term", m.term, s.term));
    return;
  }
  if (s.role === "leader") {
    s.output.reason = reason("append-from-second-leader", m.from, s.term);
    return;
  }
  followLeader(s, m.from);
  const { lastIncludedIndex, lastIncludedTerm, data } = m.snapshot;
  if (!snapshotIsNewer(s.config.rules, lastIncludedIndex, s.commitIndex)) {
    // What is committed here the leader has too.
    const match = Math.min(s.commitIndex, s.log.lastIndex);
    reply(s, m, data.bytes, match, afterLog(s, match), reason("snapshot-not-newer", lastIncludedIndex, s.commitIndex));
    return;
  }
  if (s.incoming?.term === m.term && s.incoming.lastIncludedIndex > lastIncludedIndex) {
    // The same leader has begun to send a newer one: this is a late chunk of the one before.
    s.output.reason = reason("snapshot-chunk-out-of-order", m.offset, 0);
    return;
  }
  const before = arrived(s, m);
  if (m.offset > before) {
    const why = reason("snapshot-chunk-out-of-order", m.offset, before);
    reply(s, m, before, 0, s.storage.afterHardState(), why);
    return;
  }
  const received = Math.max(before, m.offset + m.length);
  if (received < data.bytes) {
    s.incoming = { term: m.term, lastIncludedIndex, received };
    reply(s, m, received, 0, s.storage.afterHardState(), reason("snapshot-chunk-kept", m.offset, received));
    return;
  }
  install(s, m.snapshot);
  const why = reason("snapshot-installed", lastIncludedIndex, lastIncludedTerm);
  reply(s, m, received, lastIncludedIndex, afterLog(s, lastIncludedIndex), why);
}

/** Bytes of the message's snapshot that are here. A part of another one gives way to a newer leader's or a newer one. */
function arrived<C>(s: ServerState<C>, m: InstallSnapshot): number {
  const { incoming } = s;
  if (incoming === null || incoming.term !== m.term) return 0;
  return incoming.lastIncludedIndex === m.snapshot.lastIncludedIndex ? incoming.received : 0;
}

/**
 * Steps 5 to 8 of Figure 13: the snapshot replaces the one before. A log that holds its last entry keeps what follows it; any
 * other begins anew behind it, with the snapshot's configuration. The state machine gets the snapshot's state, also where
 * the log stays: it may not have applied so much yet.
 */
function install<C>(s: ServerState<C>, snapshot: Snapshot): void {
  const { rules } = s.config;
  const { lastIncludedIndex: index, lastIncludedTerm } = snapshot;
  s.incoming = null;
  s.snapshot = snapshot;
  if (keepsSuffix(rules, s.log.knows(index) && s.log.termAt(index) === lastIncludedTerm)) {
    s.storage.snapshotInstalled(snapshot);
    s.log.compactTo(index);
    s.configurations.compacted(index);
  } else {
    const brought = configurationAfter(rules, snapshot, s.configuration);
    s.restartLog(snapshot, sameConfiguration(brought, s.configuration) ? s.configuration : brought);
  }
  s.commitIndex = Math.max(s.commitIndex, index);
  s.appliedIndex = index;
  s.useConfiguration();
  s.output.installed = snapshot;
  s.output.committed = true;
}

function reply<C>(
  s: ServerState<C>,
  m: InstallSnapshot,
  received: number,
  matchIndex: Index,
  after: WriteId,
  why: Reason,
): void {
  s.output.reason = why;
  const { lastIncludedIndex } = m.snapshot;
  const { from, term, round } = { from: s.config.id, term: s.term, round: m.round };
  s.send(
    { type: "InstallSnapshotReply", from, to: m.from, term, lastIncludedIndex, received, matchIndex, round },
    after,
    why,
  );
}
