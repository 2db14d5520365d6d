/** What conditions can ask of a server. */

import type { NodeField } from "../program.js";

/** One field. */
export interface FieldEntry {
  readonly name: NodeField;
  /** What kind of value it is, in words. */
  readonly type: string;
  readonly says: string;
  readonly source: string;
  readonly example: string;
}

/** The fields of a server. */
export const NODE_FIELDS: readonly FieldEntry[] = [
  {
    name: "role",
    type: "follower, pre-candidate, candidate, leader or learner",
    source: "§5.1, Fig. 4",
    says: "What the server is at the moment. `learner` is one that follows and is a learner of the configuration it uses. A server that is down has no role: ask `s1 in down`.",
    example: "s1.role == follower",
  },
  {
    name: "term",
    type: "number",
    source: "§5.1, Fig. 2",
    says: "`currentTerm`: the latest term the server has seen. It is durable and never falls; who meets a higher one takes it on.",
    example: "s2.term >= 3",
  },
  {
    name: "log",
    type: "list of terms",
    source: "§5.3, Fig. 6",
    says: "The terms of the entries of the log, from index 1 on. Where two logs agree in an entry's term they agree in everything up to it (Log Matching).",
    example: "s3.log == [1 1 2]",
  },
  {
    name: "commit",
    type: "number",
    source: "§5.3, Fig. 2",
    says: "`commitIndex`: the highest index the server knows to be committed. Followers learn of it with the leader's next message.",
    example: "all.commit == leader.commit",
  },
  {
    name: "applied",
    type: "number",
    source: "Fig. 2",
    says: "`lastApplied`: the highest index applied to the state machine. It follows the commit index and never passes it.",
    example: "s3.applied == s3.commit",
  },
  {
    name: "vote",
    type: "server or none",
    source: "§5.2, Fig. 2",
    says: "`votedFor`: whom the server voted for in its current term; `none` when for nobody. It is durable, so that a restart allows no second vote.",
    example: "s2.vote == s1",
  },
  {
    name: "last-index",
    type: "number",
    source: "§5.4.1",
    says: "The index of the last entry of the log. Of two logs that end in the same term the longer one is more up to date.",
    example: "s3.last-index >= 4",
  },
  {
    name: "last-term",
    type: "number",
    source: "§5.4.1",
    says: "The term of the last entry of the log. The log that ends in the later term is more up to date, whatever its length.",
    example: "s3.last-term == 2",
  },
  {
    name: "snapshot",
    type: "number",
    source: "§7",
    says: "The last index that the server's snapshot covers; 0 without one. The log begins behind it, but for the entries that `keep` leaves.",
    example: "s3.snapshot >= 1000",
  },
  {
    name: "config",
    type: "set of servers",
    source: "§6",
    says: "The voters of the configuration the server uses: the newest in its log, committed or not. While it is joint, those of the new one.",
    example: "leader.config == {s1 s2 s3}",
  },
  {
    name: "outgoing",
    type: "set of servers",
    source: "§6, etcd's ConfState",
    says: "While the configuration the server uses is joint, the voters of the old one; otherwise nobody.",
    example: "leader.outgoing == {}",
  },
  {
    name: "learners",
    type: "set of servers",
    source: "D §4.2.1",
    says: "The learners of the configuration the server uses: they get the log and count in no majority.",
    example: "leader.learners == {}",
  },
  {
    name: "revision",
    type: "number",
    source: "etcd KV",
    says: "The revision of the server's store: 1 when it is empty, one more with each request that changes something.",
    example: "all.revision == leader.revision",
  },
  {
    name: "compacted",
    type: "number",
    source: "etcd KV",
    says: "The revision at which the store's history was compacted; -1 before the first compaction.",
    example: "s1.compacted == 10",
  },
  {
    name: "keys",
    type: "number",
    source: "etcd KV",
    says: "How many keys the server's store holds now. Deleted ones do not count, though its history may still know them.",
    example: "s1.keys == 3",
  },
  {
    name: "leases",
    type: "number",
    source: "etcd Lease",
    says: "How many leases the server's state machine holds: granted through the log, and neither revoked nor expired.",
    example: "leader.leases == 0",
  },
  {
    name: "hash",
    type: "number",
    source: "etcd Maintenance",
    says: "The hash of the server's store, as `hashkv` tells it: servers at one revision must have the same.",
    example: "s1.hash == s2.hash",
  },
];

/** The values of `role`. */
export const ROLES: readonly string[] = ["follower", "pre-candidate", "candidate", "leader", "learner"];
