/** The operations of clients, with etcd's meaning. What stands inside them is in parts.ts. */

import type { Operation } from "../program.js";
import type { Entry } from "./entry.js";

type Line = readonly [name: string, syntax: string, example: string, source: string, says: string];

const KEY_VALUE: readonly Line[] = [
  [
    "put",
    "[CLIENT] put KEY VALUE [lease LEASE] [ignore-lease] [prev-kv] [at NODE] [=> RESULT]",
    'alice put color "red" => ok',
    "§8, etcd KV",
    "Writes a key. Answers `ok` once a majority of the servers holds the entry and the leader has applied it. The store's revision grows by one; the key's version counts its puts since it was created. The key leaves the lease it had, unless `ignore-lease` is said. `put KEY ignore-value` keeps the value and writes the rest.",
  ],
  [
    "get",
    "[CLIENT] get KEY [prefix] [to KEY] [from-key] [serializable] [rev NUMBER] [limit NUMBER] [order ascend] [by key] [keys-only] [count-only] [at NODE] [=> RESULT]",
    'bob get color => "red"',
    "§8, etcd KV",
    "Reads a key, answers its value or `none`; or a range of keys (`prefix`, `to`, `from-key`), in order. Linearizable unless `serializable` is said: then the server that is asked answers from its own state, possibly old. `rev` reads the store as it was at a revision.",
  ],
  [
    "delete",
    "[CLIENT] delete KEY [prefix] [to KEY] [from-key] [prev-kv] [at NODE] [=> RESULT]",
    "delete color => ok",
    "etcd KV",
    "Deletes a key or a range of keys, in one revision. Answers `ok` or how many there were, or `none` when there was nothing to delete; then the revision does not grow.",
  ],
  [
    "cas",
    "[CLIENT] cas KEY EXPECTED -> VALUE [at NODE] [=> RESULT]",
    'cas color "red" -> "blue" => ok',
    "§8, etcd KV",
    "Compare and swap: writes the new value if the key holds the expected one. Answers `ok`, or `failed` when the compare did not hold. In etcd this is a transaction with one compare.",
  ],
  [
    "txn",
    "[CLIENT] txn { if COMPARE then OPERATION else OPERATION }",
    'txn { if color == "red" then put color "blue" else get color }',
    "etcd KV",
    "etcd's transaction: if all compares hold, the operations after `then` run, otherwise those after `else`, all in one revision. Answers `ok` or `failed`, as the compares did or did not hold, or the values that its reads found. Compares are joined with `and`, operations with commas. A transaction in a branch is decided together with the one around it, by the store as it was before.",
  ],
  [
    "compact",
    "[CLIENT] compact rev NUMBER [physical] [at NODE] [=> RESULT]",
    "compact rev 10",
    "etcd KV",
    "Discards the history below a revision: for each key only its newest change up to there stays. Older reads then answer `error compacted`, and watches from there are canceled; the revision itself can still be read.",
  ],
];

const LEASES: readonly Line[] = [
  [
    "lease",
    "[CLIENT] lease grant NAME ttl DURATION",
    "lease grant l1 ttl 5s",
    "etcd Lease",
    "A lease lives for its TTL and must be renewed before. When it ends, by its time or by `lease revoke`, the keys put with it are deleted, all in one revision. Only the leader watches the time, and it lets a lease end through the log.",
  ],
];

const WATCHES: readonly Line[] = [
  [
    "watch",
    "[CLIENT] watch KEY [prefix] [to KEY] [from-key] [from rev NUMBER] [prev-kv] [without put] [progress] [fragment] [require-leader] as NAME [at NODE]",
    "watch /config/ prefix as w",
    "etcd Watch",
    "Follows the changes of a key or a range, from now on or from a revision, past or future. Every change arrives once, in the order of revisions, those of one revision together. A client whose server is gone resumes behind the last change it saw. `expect w saw […]` checks what came.",
  ],
  [
    "unwatch",
    "[CLIENT] unwatch WATCH",
    "unwatch w",
    "etcd Watch",
    "Ends a watch: what changes from now on is not told any more.",
  ],
  [
    "progress",
    "[CLIENT] progress WATCH",
    "progress w",
    "etcd Watch",
    "Asks how far a watch has come: everything up to the revision that is told has been sent. `expect w progress rev 5` checks it.",
  ],
];

const LOCKS: readonly Line[] = [
  [
    "lock",
    "[CLIENT] lock NAME as LOCK [ttl DURATION] [lease LEASE] [within DURATION] [at NODE] [=> RESULT]",
    "lock m as k1",
    "etcd's clientv3/concurrency",
    "Acquires a lock and renews its lease: writes a key under `NAME/` with the lease of its session, and holds the lock when no key there has a lower create revision; otherwise it waits until the one just before it is gone. The holder of a lock can lose it and not know: guard what it does with `k1.token`, or with `owner k1` in a transaction.",
  ],
  [
    "unlock",
    "[CLIENT] unlock LOCK [=> RESULT]",
    "unlock k1",
    "etcd's clientv3/concurrency",
    "Releases a lock: deletes its key. The next one that waits has it then.",
  ],
  [
    "campaign",
    "[CLIENT] campaign NAME VALUE as CANDIDACY [ttl DURATION] [lease LEASE] [within DURATION] [at NODE] [=> RESULT]",
    'campaign boss "alice" as c1',
    "etcd's clientv3/concurrency",
    "Stands for election and waits until it is won: like a lock whose key has a value, by which the others know the leader. Raft's own elections have nothing to do with it.",
  ],
  [
    "proclaim",
    "[CLIENT] proclaim CANDIDACY VALUE [=> RESULT]",
    'proclaim c1 "alice of rack 2"',
    "etcd's clientv3/concurrency",
    "Changes the value of an election that was won; `error election-not-leader` when it is lost again.",
  ],
  [
    "resign",
    "[CLIENT] resign CANDIDACY [=> RESULT]",
    "resign c1",
    "etcd's clientv3/concurrency",
    "Gives up leadership, or the candidacy: deletes its key.",
  ],
  [
    "elected",
    "[CLIENT] elected NAME [=> RESULT]",
    'elected boss => "alice"',
    "etcd's clientv3/concurrency",
    "Who leads an election: answers the value of the candidacy with the lowest create revision, or `error election-no-leader`. A linearizable read.",
  ],
  [
    "observe",
    "[CLIENT] observe NAME as OBSERVER",
    "observe boss as o",
    "etcd's clientv3/concurrency",
    'Follows who leads an election. A leader that another one follows quickly may be left out. `expect o saw ["alice"]` checks it.',
  ],
];

const CLUSTER: readonly Line[] = [
  [
    "status",
    "[CLIENT] status [at NODE] [=> RESULT]",
    "status at s2",
    "etcd Maintenance",
    "What a server says of itself, without asking others: its leader, term, indexes, size and alarms.",
  ],
  [
    "members",
    "[CLIENT] members [at NODE] [=> RESULT]",
    "members => 5",
    "etcd Cluster",
    "The members of the cluster, voters and learners. Answers `ok` or how many they are.",
  ],
  [
    "hashkv",
    "[CLIENT] hashkv [rev NUMBER] [at NODE] [=> RESULT]",
    "hashkv rev 4 at s2",
    "etcd Maintenance",
    "The hash of a server's store with its history, up to a revision, as etcd computes it (CRC-32C). Servers at one revision must have the same. Answers a number.",
  ],
  [
    "alarm",
    "[CLIENT] alarm list [at NODE] [=> RESULT]",
    "alarm list",
    "etcd Maintenance",
    "The alarms that are on, of the store's `quota` (NOSPACE) and of stores that differ (CORRUPT).",
  ],
  [
    "defragment",
    "[CLIENT] defragment [at NODE] [=> RESULT]",
    "defragment at s2",
    "etcd Maintenance",
    "Gives back the space that deleted and compacted history took on a server's disk. The lab's stores have no such gaps: it does nothing.",
  ],
];

/** A group of operations, as the reference shows them. */
export interface OperationGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

function group(title: string, lines: readonly Line[]): OperationGroup {
  const entries = lines.map(
    ([name, syntax, example, source, says]): Entry => ({ kind: "operation", name, syntax, example, says, source }),
  );
  return { title, entries };
}

/** The operations by group, in the order of the reference. */
export const OPERATION_GROUPS: readonly OperationGroup[] = [
  group("Keys", KEY_VALUE),
  group("Leases", LEASES),
  group("Watches", WATCHES),
  group("Locks and elections", LOCKS),
  group("The cluster", CLUSTER),
];

/** The operations, in the order of the reference. */
export const OPERATIONS: readonly Entry[] = OPERATION_GROUPS.flatMap((each) => each.entries);

/** An operation's kind as it is written: `lease grant` of `lease-grant`. */
export function writtenAs(kind: Operation["kind"]): string {
  return kind.replace("-", " ");
}
