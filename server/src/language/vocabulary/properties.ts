/** The properties that every run checks: what `expect violation of` can name. */

/** One property. */
export interface PropertyEntry {
  readonly name: string;
  readonly says: string;
  readonly source: string;
}

/** All properties. */
export const PROPERTIES: readonly PropertyEntry[] = [
  { name: "election-safety", source: "§5.2, Fig. 3", says: "In each term at most one server is ever elected." },
  {
    name: "leader-append-only",
    source: "§5.3, Fig. 3",
    says: "A leader removes or overwrites no entry of its log while it leads.",
  },
  {
    name: "log-matching",
    source: "§5.3, Fig. 3",
    says: "Two logs with an entry of the same index and term hold the same command there, and the same entries before it.",
  },
  {
    name: "leader-completeness",
    source: "§5.4, Fig. 3",
    says: "An entry committed in a term is in the log of every leader elected in a later term.",
  },
  {
    name: "state-machine-safety",
    source: "§5.4.3, Fig. 3",
    says: "No two servers apply different commands at the same index.",
  },
  {
    name: "acknowledged-lost",
    source: "§8",
    says: "What a client was told has been written is still there at the end. Raft promises that it never is lost.",
  },
  { name: "applied-twice", source: "§8, D §6.3", says: "No request of a client takes effect twice." },
  {
    name: "linearizability",
    source: "§8, Herlihy and Wing 1990",
    says: "Every operation seems to happen at one instant between its call and its answer. Judged over etcd's whole model: revisions, transactions, leases.",
  },
  {
    name: "serializable-reads",
    source: "etcd's API guarantees",
    says: "A serializable read shows the store as it was at the revision of its answer, and a read at a revision as it was there: old perhaps, but never wrong.",
  },
  {
    name: "watch",
    source: "etcd's API guarantees",
    says: "Watches are ordered, unique, reliable, atomic, resumable, bookmarkable and filtered, with the right pair before each event and the right word on whether it created its key.",
  },
  {
    name: "progress",
    source: "§5.2, §5.6",
    says: "While nothing is done to a cluster and a majority of its voters hear each other, a leader is elected and lasts, what its log holds gets committed, and a configuration change that it began ends.",
  },
];

/**
 * What holds besides at every moment in correct Raft: the steps of the proof. A run reports each where it falls first, as
 * long as no safety property has fallen.
 */
export const INVARIANT_ENTRIES: readonly PropertyEntry[] = [
  {
    name: "leader-last-index",
    source: "§5.3",
    says: "A leader owns the largest index of its term: no log holds an entry of that term beyond the leader's own.",
  },
  {
    name: "log-completeness",
    source: "§5.4.1",
    says: "A log that ends in a later term than the one in which an entry was committed holds that entry.",
  },
  {
    name: "commit-durable",
    source: "§5.3, D §10.2.1",
    says: "A leader's commit index never passes what is durable on a majority of the voters.",
  },
  {
    name: "quorum-holds-committed",
    source: "§5.4.3",
    says: "In every quorum of a server's configuration some member durably holds what that server has committed.",
  },
  {
    name: "one-configuration-change",
    source: "D §4.1",
    says: "A leader appends no configuration while an earlier one of its log is not committed.",
  },
  {
    name: "durable-before-send",
    source: "Fig. 2",
    says: "The term, the vote and the log that a message promises are durable before it leaves.",
  },
  {
    name: "message-term",
    source: "§5.1",
    says: "No message carries a term above its sender's; only pre-votes speak of a term that nobody has begun.",
  },
  {
    name: "state-monotonic",
    source: "Fig. 2",
    says: "A running server's term, commit index and applied index never fall, and its vote stays within its term.",
  },
  {
    name: "index-order",
    source: "Fig. 2",
    says: "The applied index is at most the commit index, that at most the last index; a leader's matchIndex stays below nextIndex and does not fall.",
  },
  { name: "store-hash", source: "§2", says: "Servers whose stores are at the same revision hold the same stores." },
];

/** Everything that `expect violation of` can name. */
export const ALL_PROPERTIES: readonly PropertyEntry[] = [...PROPERTIES, ...INVARIANT_ENTRIES];

/** The names of all properties. */
export const PROPERTY_NAMES: readonly string[] = ALL_PROPERTIES.map((entry) => entry.name);
