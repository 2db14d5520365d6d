import type { AppendEntries } from "./message.js";
import type { WriteId } from "./output.js";
import { SET_ELECTION_TIMER } from "./output.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import { becomeFollower } from "./roles.js";
import { acknowledged, acknowledgedAtOnce, followerCommit, prevLogMatches, refusesStaleLeader } from "./rules.js";
import type { ServerState } from "./server.js";
import type { Index, ServerId, Term } from "./types.js";
import { NONE } from "./types.js";

/**
 * The follower's side of replication: AppendEntries (Figure 2, §5.3). The term of `m` is at most the server's own: a higher
 * one has been taken over before.
 */
export function handleAppendEntries<C>(s: ServerState<C>, m: AppendEntries<C>): void {
  if (refusesStaleLeader(s.config.rules, m.term, s.term)) {
    refuse(s, m, 0, s.log.lastIndex + 1, reason("append-refused-stale-term", m.term, s.term));
    return;
  }
  if (s.role === "leader" && m.term === s.term) {
    s.output.reason = reason("append-from-second-leader", m.from, s.term);
    return;
  }
  followLeader(s, m.from);
  const lastIndex = s.log.lastIndex;
  const termThere = s.log.termAt(m.prevLogIndex);
  // What a snapshot covers is committed, and so in every leader's log: there is no conflict before its end (§7).
  const covered = m.prevLogIndex < s.log.firstIndex - 1;
  if (!covered && !prevLogMatches(s.config.rules, m.prevLogIndex, m.prevLogTerm, lastIndex, termThere)) {
    if (m.prevLogIndex > lastIndex) {
      refuse(s, m, 0, lastIndex + 1, reason("append-refused-gap", m.prevLogIndex, lastIndex));
    } else {
      const first = s.log.firstIndexOfTerm(m.prevLogIndex);
      refuse(s, m, termThere, first, reason("append-refused-conflict", m.prevLogIndex, termThere));
    }
    return;
  }
  accept(s, m);
}

/** §5.2: the sender is the leader of this term; whoever stands for election in it gives up. */
export function followLeader<C>(s: ServerState<C>, leader: ServerId): void {
  if (s.role !== "follower" || s.leader !== leader) {
    becomeFollower(s, s.term, leader, reason("leader-of-term-seen", leader));
  }
  if (!s.config.rules.keepVoteOnLeader && s.vote !== NONE) s.setHardState(s.term, NONE);
  s.output.timers.push(SET_ELECTION_TIMER);
}

/**
 * Steps 3 to 5 of AppendEntries (Figure 2): entries that contradict the leader's go, with all behind them; what is missing is
 * appended; and the commit index follows the leader's, as far as the message reaches.
 */
function accept<C>(s: ServerState<C>, m: AppendEntries<C>): void {
  const rules = s.config.rules;
  const lastNew = m.prevLogIndex + m.entries.length;
  let why: Reason | null = null;
  if (m.entries.length > 0) why = store(s, m);
  if (!rules.truncateOnlyOnConflict && s.log.lastIndex > lastNew) {
    why = reason("append-cut-behind", lastNew, s.log.lastIndex - lastNew);
    s.truncateFrom(lastNew + 1);
  }

  const commit = followerCommit(rules, m.leaderCommit, lastNew, s.log.lastIndex);
  if (commit > s.commitIndex) {
    s.commitIndex = commit;
    s.output.committed = true;
  }
  const agreed = acknowledged(rules, lastNew, s.log.lastIndex);
  // A heartbeat is answered at once, with as much as is durable: a slow disk must not make the leader look unheard.
  const matchIndex = m.entries.length === 0 ? Math.min(agreed, answerable(s)) : agreed;
  const reply = why ?? reason("append-heartbeat", matchIndex, m.leaderCommit);
  s.output.reason = reply;
  s.send(
    {
      type: "AppendEntriesReply",
      from: s.config.id,
      to: m.from,
      term: s.term,
      success: true,
      matchIndex,
      conflictTerm: 0,
      conflictIndex: 0,
      round: m.round,
      heartbeat: m.entries.length === 0,
    },
    afterLog(s, matchIndex),
    reply,
  );
}

/** Brings the message's entries into the log. */
function store<C>(s: ServerState<C>, m: AppendEntries<C>): Reason {
  const log = s.log;
  const first = m.prevLogIndex + 1;
  const lastIndex = log.lastIndex;
  let held = 0;
  for (const entry of m.entries) {
    const index = first + held;
    // What a snapshot covers is held, though not as entries.
    if (index >= log.firstIndex && (index > lastIndex || log.termAt(index) !== entry.term)) break;
    held += 1;
  }
  const added = m.entries.length - held;
  let why = reason("append-accepted", m.prevLogIndex + m.entries.length, added);
  if (added === 0) return why;
  const from = first + held;
  let behind: typeof m.entries = [];
  if (from <= lastIndex) {
    if (!s.config.rules.truncateOnConflict) behind = log.slice(from + added, lastIndex);
    s.truncateFrom(from);
    why = reason("append-truncated", from, lastIndex - from + 1);
  }
  for (let i = held; i < m.entries.length; i += 1) {
    const entry = m.entries[i];
    if (entry !== undefined) s.append(entry);
  }
  for (const entry of behind) s.append(entry);
  return why;
}

/** Up to where the log may be acknowledged without waiting for the disk. */
function answerable<C>(s: ServerState<C>): Index {
  return acknowledgedAtOnce(s.config.rules, s.durableIndex, s.log.lastIndex);
}

/** The write that must be durable before a success up to `index` leaves. */
export function afterLog<C>(s: ServerState<C>, index: Index): WriteId {
  const hardState = s.storage.afterHardState();
  return index <= answerable(s) ? hardState : Math.max(hardState, s.storage.afterLog(index));
}

function refuse<C>(
  s: ServerState<C>,
  m: AppendEntries<C>,
  conflictTerm: Term,
  conflictIndex: Index,
  why: Reason,
): void {
  s.output.reason = why;
  s.send(
    {
      type: "AppendEntriesReply",
      from: s.config.id,
      to: m.from,
      term: s.term,
      success: false,
      matchIndex: m.prevLogIndex,
      conflictTerm,
      conflictIndex,
      round: m.round,
      heartbeat: m.entries.length === 0,
    },
    s.storage.afterHardState(),
    why,
  );
}
