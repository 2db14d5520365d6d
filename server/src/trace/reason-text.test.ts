import { expect, test } from "vitest";
import { REASON_CODES, reason } from "../raft/reason.js";
import { CORRECT_RAFT } from "../raft/types.js";
import { reasonText } from "./reason-text.js";

const names = (id: number): string => `s${id}`;

// Arguments that a server could give, by code; the rest get 2 and 3.
const ARGUMENTS: Readonly<Record<string, readonly [number, number]>> = {
  "vote-reply-not-candidate": [3, 0],
  "reply-not-leader": [0, 0],
  "timer-ignored": [3, 0],
  "higher-term-seen": [3, 2],
  "append-refused-gap": [5, 3],
};

test.each(REASON_CODES)("%s is a sentence of its own that says its arguments", (code) => {
  const [a, b] = ARGUMENTS[code] ?? [2, 3];
  const text = reasonText(reason(code, a, b), names);
  expect(text).not.toMatch(/undefined|NaN|[.!]$|^[A-Z]/);
  expect(text.length).toBeGreaterThan(20);
  const others = REASON_CODES.filter((other) => other !== code && reasonText(reason(other, a, b), names) === text);
  expect(others).toEqual([]);
});

test("every sentence, as a student reads it", () => {
  const table = REASON_CODES.map((code) => {
    const [a, b] = ARGUMENTS[code] ?? [2, 3];
    return `${code}: ${reasonText(reason(code, a, b), names)}`;
  });
  expect(table.join("\n")).toMatchInlineSnapshot(`
    "election-timeout: it heard no leader within its election timeout, so it stands for term 2 (§5.2)
    pre-vote-won: 2 servers would vote for it and 3 are needed, so it may begin the term (D §9.6)
    won-election: 2 votes, and 3 are a majority (§5.2)
    higher-term-seen: it met term 3, higher than its own 2: whoever sees a higher term takes it over and follows (§5.1)
    leader-of-term-seen: s2 is the leader of this term: there is nothing left to win (§5.2)
    quorum-lost: as leader it heard from 2 servers, itself included, within an election timeout, and 3 are needed (D §6.2)
    restarted: it came back with what was durable on its disk: term, vote and log (Figure 2)
    forced-timeout: its election timeout was asked for, so it stands for term 2 (§5.2)
    single-voter: it is the only voter, so its own vote is a majority in term 2 (§5.2)
    vote-granted: it has not voted in term 3 yet, and the log of s2 is at least as up-to-date as its own (§5.2, §5.4.1)
    vote-repeated: it voted for s2 in term 3 before, and says so again (§5.2)
    vote-refused-stale-term: the request is of term 2, and this server is in term 3 already (§5.1)
    vote-refused-already-voted: its vote of term 3 went to s2, and there is one vote per term (§5.2)
    vote-refused-log-term-behind: the candidate's log ends in term 2, its own in term 3: the candidate may lack committed entries (§5.4.1)
    vote-refused-log-shorter: both logs end in the same term, but the candidate's at entry 2 and its own at 3: the candidate may lack committed entries (§5.4.1)
    vote-refused-leader-heard: it hears s2, the leader of term 3, and so ignores candidates (§6, D §4.2.3)
    vote-reply-stale-term: the vote is of term 2, and this server counts votes of term 3: it counts for nothing (§5.1)
    vote-reply-not-candidate: it is a leader and counts no votes any more
    vote-counted: 2 votes so far, 3 are needed (§5.2)
    vote-denied: 2 of 3 voters have refused so far
    pre-vote-lost: 2 of 3 voters would refuse, so a majority is out of reach: no term is begun (D §9.6)
    append-accepted: the entry before matches, so 3 entries are appended; the log agrees with the leader's up to 2 (§5.3)
    append-heartbeat: a heartbeat: the logs agree up to 2, the leader has committed 3 (§5.2)
    append-refused-stale-term: the sender leads term 2, and this server is in term 3 already: that leader is deposed (§5.1)
    append-refused-gap: the entries would follow entry 5, but this log ends at 3: it would have a gap (§5.3)
    append-refused-conflict: entry 2 is of term 3 here and of another term at the leader, so the logs differ before the new entries (§5.3)
    append-truncated: entry 2 conflicts with the leader's, so it goes with all that follow it: 3 entries removed (§5.3)
    reply-stale-term: the reply is of term 2, and this leader leads term 3: it counts for nothing (§5.1)
    reply-not-leader: it is a follower and replicates nothing any more
    reply-nothing-new: the leader knew already that the logs agree up to 2
    match-advanced: s2 holds the log up to 3 now, all of it committed before (§5.3)
    back-tracking: the log of s2 differs, so the leader goes back and tries from entry 3 (§5.3)
    commit-advanced: entry 2 is of the leader's own term and on 3 servers, a majority: it is committed (§5.3, §5.4.2)
    commit-waits-for-majority: entry 2 is on 3 servers, which is no majority yet (§5.3)
    commit-waits-for-current-term: entry 2 is on a majority, but of the earlier term 3: only entries of the leader's own term are committed by counting (§5.4.2)
    proposal-appended: the leader appends it as entry 2 of term 3 (§5.3)
    not-leader: only the leader serves this, and that is s2 (§8)
    read-waits-for-heartbeats: before it answers from entry 3, the leader makes sure by heartbeat round 2 that it still leads (§8, D §6.4)
    read-waits-for-no-op: the leader knows commitment up to 2 only, and must commit entry 3, the first of its term, before it serves reads (§8, D §6.4)
    read-confirmed: 3 servers confirmed the leader, so the read is served at entry 2 (§8, D §6.4)
    read-local: answered from this server's own state, applied up to 2, asking nobody: it may be stale (§8)
    leadership-lost: leadership ended in term 2 before the answer was certain
    heartbeat-due: the leader of term 2 tells its followers that it is there (§5.2)
    check-quorum-passed: the leader heard from 2 servers, itself included, and 3 are needed: it goes on (D §6.2)
    timer-ignored: it is a leader, for which this timer means nothing
    started: it starts as a follower (§5.2)
    election-waits-for-disk: the votes suffice, but its own vote of term 3 is not durable yet (Figure 2)
    append-from-second-leader: s2 claims to lead term 3 too: two leaders in one term, so a rule or a disk is broken (§5.2)
    higher-term-ignored: it stays in term 3 though it met term 2: the rule step-down-on-higher-term is off (§5.1)
    unknown-sender: s2 is not in the configuration
    not-a-voter: it is no voter of the configuration of entry 2, so it stands for no election (§6)
    configuration-appended: the leader appends the new configuration, with 3 voters, as entry 2, and uses it from now on (§6)
    configuration-refused-pending: the configuration of entry 2 is not committed yet (commit index 3), and only one change is made at a time (§6, D §4.1)
    configuration-refused-current-term: the leader has committed up to 2, and must commit entry 3, the first of its term, before it changes the configuration (D §4.1, corrected in 2015)
    configuration-refused-many: 2 voters would change at once, and without joint consensus it may be one (D §4.1)
    configuration-refused-joint: the joint configuration of entry 2 must be left before another change begins (§6)
    configuration-refused-not-joint: the configuration is not a joint one: there is nothing to leave (§6)
    configuration-refused-no-change: s2 is a learner already
    configuration-refused-not-learner: s2 is no learner, and only a learner is promoted (D §4.2.1)
    configuration-refused-behind: the log of s2 agrees with the leader's only up to 3: as a voter it would hold up commitment (D §4.2.1)
    configuration-refused-no-voters: the last voter cannot leave: nobody could commit anything any more (§6)
    configuration-left-joint: the joint configuration is committed, so the leader appends the new one, with 3 voters, as entry 2 (§6)
    leader-removed: the configuration of entry 2 is committed, and this leader is not part of it: it steps down (§6)
    transfer-started: leadership goes to s2, whose log agrees up to 3; no proposals meanwhile (D §3.10)
    transfer-refused-self: s2 leads already (D §3.10)
    transfer-refused-not-voter: s2 is no voter and cannot lead (D §3.10)
    transfer-refused-pending: leadership is on its way to s2 already (D §3.10)
    transfer-sent: the log of s2 is complete up to 3: it is told to stand for election at once (D §3.10)
    transfer-given-up: s2 did not take over within an election timeout: the leader goes on leading (D §3.10)
    proposal-refused-transfer: leadership is being handed to s2: no proposals until that is decided (D §3.10)
    timeout-now: the leader asked it to stand at once, for term 2 (D §3.10)
    timeout-now-ignored: it is a candidate that cannot stand for election now, so it ignores the leader's wish (D §3.10)
    timeout-now-reply: no election was started (D §3.10)
    snapshot-taken: the state up to entry 2 of term 3 is kept as a snapshot, so the entries before are not needed (§7)
    snapshot-needed: s2 needs entry 3, which is no longer in the leader's log: it gets the snapshot (§7)
    snapshot-next-chunk: the next chunk for s2, from byte 3 (§7)
    snapshot-chunk-kept: the chunk from byte 2 is kept: 3 bytes so far (§7)
    snapshot-chunk-out-of-order: the chunk begins at byte 2, but only 3 bytes are here: there would be a gap (§7)
    snapshot-installed: the snapshot is complete, and the state machine goes on from entry 2 of term 3 (§7)
    snapshot-not-newer: the snapshot ends at entry 2, and this server has committed 3 already: it needs nothing of it (§7)
    snapshot-refused-stale-term: the snapshot comes from the leader of term 2, and this server is in term 3 already: that leader is deposed (§5.1)
    snapshot-accepted: s2 holds the snapshot, and its log agrees up to 3: entries follow again (§7)
    snapshot-progress: s2 has 3 bytes of the snapshot (§7)
    read-lease: the leader's lease lasts another 3 µs by its clock, so nobody else leads: served at entry 2 without a round (D §6.4.1)
    read-lease-expired: the leader has no lease now, so heartbeat round 3 must confirm it before it answers from entry 2 (D §6.4.1)
    read-forwarded: a follower asks the leader, s2, for the read index (D §6.4)
    read-no-leader: it knows no leader to ask for the read index (D §6.4)
    read-waits-applied: the read index is 2, and this server has applied up to 3: the read waits for the rest (D §6.4)
    read-index-answered: s3 may serve its read once entry 2 is applied (D §6.4)
    read-index-refused: there is no read index from or for s2: leadership is not certain (D §6.4)
    vote-refused-restarted: it may have acknowledged a leader's lease before it restarted or forgot that leader: no vote in term 3 until its election timer has run (D §6.4.1)
    append-cut-behind: the message ends at entry 2, and what stands behind it goes though nothing conflicts, 3 entries: the rule truncate-only-on-conflict is off (§5.3)
    watch-from-now: it is to get what happens from now on: revision 2 and later
    watch-from-future: it is to begin at revision 2, and this server's store is at 3: it stays silent until then
    watch-behind-past: it wants what happened from revision 2 on, and this server's store is at 3: the loop that runs every 100 ms catches it up (etcd: watchable_store.go, unsynced)
    watch-behind-slow: 3 responses were under way to it and had not arrived, so revision 2 and later waited until it took some (etcd: watchable_store.go, victims)
    watch-behind-snapshot: a snapshot took this server's store to revision 3 at once: what came from 2 on is sent afterwards (etcd: watchable_store.go, Restore)
    watch-compacted: it wants revision 2, and history begins at 3 since the compaction: what it would get has a gap (etcd: watchable_store.go)
    watch-range-empty: its range ends where it begins or before, so that no key is in it
    watch-refused-no-leader: it asked for a server that knows a leader, and this one knows none (etcd: interceptor.go, hasleader)
    watch-refused-learner: a learner serves no watches (etcd: interceptor.go)
    watch-ended-no-leader: it asked for a server that knows a leader, and this one has known none for 2 election timeouts (etcd: interceptor.go, monitorLeader)
    watch-progress-due: it asked to be told now and then: everything up to revision 2 has been sent, nothing is missing
    watch-progress-asked: its client asked, and all its watches here are synced: everything up to revision 2 has been sent
    watch-progress-unsynced: no answer: watch 2 of this client is still being caught up, and for that one it would be wrong (etcd issue 15220)
    watch-cancel-unknown: no answer: this server has no such watch
    watch-known: the watch is open already: the request is a copy, or older than the connection
    watch-gap: response 3 came where 2 was expected: the connection broke, so it asks again from what it has seen
    watch-lost-tail: it has seen response 2, and 3 were sent: the connection broke, so it asks again from what it has seen
    watch-silent: nothing was heard from s2 for a whole client-timeout, so it is taken for lost
    watch-forgotten: s2 does not know the connection any more
    watch-other-life: s2 has crashed and started again since: what it sends belongs to another connection
    watch-refused: s2 does not serve it (error empty-watcher-range): another server may
    watch-unexpected: it has given this connection to s2 up, and tells s2 so (etcd: clientv3/watch.go)
    retry-silent: s2 has not answered for a quarter of client-timeout: the same request goes to the next server
    retry-silent-pinned: s2 has not answered for a quarter of client-timeout, and only s2 may be asked
    retry-no-leader: s2 knew no leader, so nothing was proposed: it is safe to ask the next server
    retry-learner: s2 is a learner and did nothing: it is safe to ask the next server
    retry-withheld: s2 has not answered, and a write may have been executed all the same: asked again it could take effect twice (etcd: clientv3/retry.go)
    client-crashed: its client crashed: nobody knows whether it took effect"
  `);
});

test("one is not many", () => {
  expect(reasonText(reason("vote-counted", 1, 2), names)).toBe("1 vote so far, 2 are needed (§5.2)");
  expect(reasonText(reason("append-accepted", 4, 1), names)).toContain("1 entry is appended");
  expect(reasonText(reason("append-truncated", 4, 1), names)).toContain("1 entry removed");
});

test("a sentence does not claim what a rule that is off would have made sure of", () => {
  const off = (rules: Partial<typeof CORRECT_RAFT>, code: (typeof REASON_CODES)[number]): string =>
    reasonText(reason(code, 2, 3), names, { ...CORRECT_RAFT, ...rules });
  expect(off({ oneVotePerTerm: false }, "vote-granted")).not.toContain("has not voted");
  expect(off({ persistVote: false }, "vote-granted")).toContain("remembers no vote");
  expect(off({ upToDateVote: false }, "vote-granted")).not.toContain("at least as up-to-date");
  expect(off({ majorityToWin: false }, "won-election")).not.toContain("are a majority");
  expect(off({ currentTermCommit: false }, "commit-advanced")).not.toContain("own term");
  expect(off({ majorityCommit: false }, "commit-advanced")).toContain("was sent to");
  expect(off({ logMatchingCheck: false }, "append-accepted")).not.toContain("agrees");
  expect(off({ confirmLeadership: false }, "read-confirmed")).not.toContain("confirmed");
});
