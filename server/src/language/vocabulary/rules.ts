/** Raft's rules that can be switched off: what each says, where it is from, and what it protects. */

/** One rule. */
export interface RuleEntry {
  readonly name: string;
  /** What the rule says, with its section. */
  readonly says: string;
  /** Properties that can fall when the rule is off; `progress` means only liveness. */
  readonly protects: readonly string[];
  /** Section of the Raft paper (§) or of Ongaro's dissertation (D §). */
  readonly source: string;
}

function rule(name: string, source: string, protects: readonly string[], says: string): RuleEntry {
  return { name, says, protects, source };
}

const ES = ["election-safety"] as const;
const LC = ["leader-completeness"] as const;
const SMS = ["state-machine-safety"] as const;
const LIN = ["linearizability"] as const;
const PROGRESS = ["progress"] as const;

/** All rules, in the order of the table in the design. */
export const RULES: readonly RuleEntry[] = [
  rule(
    "one-vote-per-term",
    "§5.2",
    ES,
    "A server votes for at most one candidate in a term. With two votes each, two candidates could both gather a majority.",
  ),
  rule(
    "persist-vote",
    "Fig. 2",
    ES,
    "The vote is durable before it is spoken; a server that forgets its vote in a crash can vote twice.",
  ),
  rule(
    "persist-term",
    "Fig. 2",
    ES,
    "The current term is durable before it is spoken; a server that forgets its term can vote in it again.",
  ),
  rule(
    "keep-vote-on-leader",
    "§5.2",
    ES,
    "Hearing the leader of a term does not forget the vote cast in that term. A server that forgot it could vote again.",
  ),
  rule(
    "count-votes-once",
    "§5.2",
    ES,
    "A voter counts once, however often its reply arrives. Counted twice, a duplicated message makes a majority of a minority.",
  ),
  rule(
    "votes-of-this-term",
    "§5.1",
    ES,
    "A vote reply of an earlier term counts for nothing: it was given in another election.",
  ),
  rule(
    "majority-to-win",
    "§5.2",
    ES,
    "A candidate needs more than half of the voters, also when their number is even: two halves could each elect a leader.",
  ),
  rule(
    "up-to-date-vote",
    "§5.4.1",
    LC,
    "A voter refuses a candidate whose log is behind its own: first the last terms are compared, then the lengths.",
  ),
  rule(
    "ignore-stale-terms",
    "§5.1",
    SMS,
    "AppendEntries of an earlier term is refused: its sender has been deposed, and must not overwrite what the new leader sent.",
  ),
  rule(
    "log-matching-check",
    "§5.3",
    ["log-matching"],
    "AppendEntries is refused unless the follower's entry at prevLogIndex has prevLogTerm. So logs that agree in one entry agree in all before it.",
  ),
  rule(
    "truncate-on-conflict",
    "§5.3",
    LC,
    "An entry that conflicts with the leader's goes, together with all that follow it. Left there, it would be taken for the leader's.",
  ),
  rule(
    "truncate-only-on-conflict",
    "§5.3",
    LC,
    "A late, shorter AppendEntries removes nothing that agrees with it. Otherwise a message that was overtaken would remove entries already acknowledged.",
  ),
  rule(
    "leader-append-only",
    "§5.3",
    ["leader-append-only"],
    "A leader never overwrites or deletes entries of its own log: the others take its log for the truth.",
  ),
  rule(
    "current-term-commit",
    "§5.4.2",
    ["leader-completeness", "state-machine-safety"],
    "Only entries of the leader's own term are committed by counting copies; earlier entries are committed with them. Figure 8 of the paper shows what happens otherwise.",
  ),
  rule(
    "majority-commit",
    "§5.3",
    LC,
    "An entry is committed once a majority of the voters has acknowledged it; sending it is not enough.",
  ),
  rule(
    "ack-after-commit",
    "§5.3, §8",
    ["acknowledged-lost"],
    "A client hears of success only after its entry is committed and applied.",
  ),
  rule(
    "commit-within-match",
    "§5.3",
    SMS,
    "A follower's commit index never passes the last entry that it knows to agree with the leader's.",
  ),
  rule(
    "ack-what-was-checked",
    "§5.3",
    LC,
    "A success names prevLogIndex plus the entries sent, not the follower's last index.",
  ),
  rule(
    "reset-match-on-election",
    "Fig. 2",
    LC,
    "nextIndex and matchIndex start anew with each leadership. An old matchIndex counts copies that the follower may since have given up.",
  ),
  rule(
    "replies-of-this-term",
    "§5.1",
    LC,
    "An AppendEntries reply of an earlier term counts for nothing: it speaks of a log as it was under another leader.",
  ),
  rule(
    "durable-before-ack",
    "Fig. 2",
    LC,
    "A follower acknowledges only entries that are durable. A crash would take back what the leader has already counted.",
  ),
  rule(
    "leader-durable-before-count",
    "D §10.2.1",
    LC,
    "A leader counts its own copy of an entry only once it is durable. Its crash would otherwise leave a committed entry on a minority.",
  ),
  rule(
    "both-majorities",
    "§6",
    LC,
    "In joint consensus, elections and commitment need a majority of the old and of the new configuration.",
  ),
  rule(
    "joint-for-many",
    "§6, Fig. 10",
    LC,
    "Several servers change only through joint consensus; otherwise two majorities can exist at once. Off is `membership naive`.",
  ),
  rule(
    "one-change-at-a-time",
    "D §4.1",
    LC,
    "No configuration change begins before the last one is committed. Two at once can leave two majorities without a server in common.",
  ),
  rule(
    "current-term-before-change",
    "D §4.1, Ongaro's correction of 2015",
    LC,
    "A leader commits an entry of its own term before it changes the configuration. Otherwise an earlier leader's change, which it does not know of, may be under way.",
  ),
  rule(
    "config-on-append",
    "§6",
    LC,
    "A server uses the newest configuration in its log, committed or not. Off, a server that restarts does not know what is committed, and counts by a configuration long past; without one-change-at-a-time even running servers fall apart.",
  ),
  rule(
    "learners-do-not-vote",
    "D §4.2.1",
    LC,
    "A learner counts in no majority; one that was promoted and does not know it yet still answers.",
  ),
  rule(
    "snapshot-only-committed",
    "§7",
    ["acknowledged-lost"],
    "A snapshot covers committed and applied entries only. What is not committed may still be replaced, and a snapshot cannot be taken back.",
  ),
  rule(
    "snapshot-not-older",
    "§7",
    SMS,
    "An older snapshot never replaces newer state: one that arrives late would turn the clock back.",
  ),
  rule(
    "snapshot-keeps-suffix",
    "§7",
    LC,
    "Entries after an installed snapshot that agree with it are kept: the server has acknowledged them, and they may be committed.",
  ),
  rule(
    "snapshot-carries-config",
    "§7",
    ES,
    "The configuration is part of a snapshot. Who starts from one must know whose majority counts.",
  ),
  rule(
    "snapshot-carries-sessions",
    "D §6.3",
    ["applied-twice"],
    "The clients' sessions are part of a snapshot. Without them a repeated request would be executed once more.",
  ),
  rule(
    "confirm-leadership",
    "§8, D §6.4",
    LIN,
    "A read waits until a round of heartbeats has shown that the leader still leads. It may have been deposed without noticing, and then its state is old.",
  ),
  rule(
    "read-after-no-op",
    "§8, D §6.4",
    LIN,
    "A new leader commits an entry of its own term before it serves a read. Until then it does not know which of its entries are committed.",
  ),
  rule(
    "read-waits-applied",
    "D §6.4",
    LIN,
    "A read waits until everything up to its read index has been applied. Otherwise it misses writes that were acknowledged before it began.",
  ),
  rule(
    "follower-asks-leader",
    "D §6.4",
    LIN,
    "A follower asks the leader for the read index before it serves a linearizable read: its own commit index may lag behind.",
  ),
  rule(
    "lease-bounded-by-drift",
    "D §6.4.1",
    LIN,
    "A leader's lease is shorter than the election timeout by the clock drift allowed. Otherwise a new leader may be elected by a fast clock while the old one still answers.",
  ),
  rule(
    "refuse-while-leader-heard",
    "§6, D §4.2.3",
    ["progress", "linearizability"],
    "A server that hears its leader refuses votes. Off, only progress is in danger, unless reads rely on leases.",
  ),
  rule(
    "dedup-requests",
    "§8, D §6.3",
    ["applied-twice"],
    "A client's repeated request is applied once. A client without an answer asks again, and its first request may have been executed.",
  ),
  rule(
    "expire-through-log",
    "etcd",
    LIN,
    "A lease ends through an entry of the log, not by each server's clock. Clocks differ, and so would the stores.",
  ),
  rule(
    "checksum-records",
    "etcd's WAL",
    LC,
    "A damaged record is found, and not taken for the end of the log. Otherwise acknowledged entries behind it vanish in silence.",
  ),
  rule(
    "step-down-on-higher-term",
    "§5.1",
    PROGRESS,
    "A server that sees a higher term becomes a follower. A deposed leader that went on would disturb the new one.",
  ),
  rule(
    "randomised-timeouts",
    "§5.2",
    PROGRESS,
    "Election timeouts are chosen at random, so that split votes do not repeat for ever.",
  ),
  rule(
    "no-op-on-election",
    "D §6.4",
    PROGRESS,
    "A new leader appends an empty entry, so that entries of earlier terms get committed.",
  ),
  rule(
    "reset-timer-on-grant-only",
    "§5.2",
    PROGRESS,
    "A vote restarts the election timer only when it is granted. Otherwise a candidate that cannot win keeps the others from trying.",
  ),
  rule(
    "transfer-stops-proposals",
    "D §3.10",
    PROGRESS,
    "A leader takes no proposals while it transfers leadership: new entries would keep the target from catching up.",
  ),
  rule(
    "transfer-waits-caught-up",
    "D §3.10",
    PROGRESS,
    "Leadership goes to a server only once its log has caught up. Sooner, those with longer logs would refuse it their votes.",
  ),
  rule(
    "pre-vote-carries-term",
    "D §9.6",
    PROGRESS,
    "A pre-vote asks for the next term without entering it, and a refusal tells the term of whoever refuses.",
  ),
];

/** The rules by name. */
export const RULES_BY_NAME: ReadonlyMap<string, RuleEntry> = new Map(RULES.map((entry) => [entry.name, entry]));
