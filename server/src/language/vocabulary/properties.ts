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
    says: "Every operation seems to happen at one instant between its call and its answer.",
  },
  {
    name: "watch",
    source: "etcd's API guarantees",
    says: "Watches are ordered, unique, atomic, reliable and resumable.",
  },
  {
    name: "progress",
    source: "§5.2, §5.6",
    says: "Once faults have ended and a majority is connected, a leader is elected and writes get committed.",
  },
];

/** The names of all properties. */
export const PROPERTY_NAMES: readonly string[] = PROPERTIES.map((entry) => entry.name);
