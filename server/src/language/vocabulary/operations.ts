/** The operations of clients, with etcd's meaning. */

import { LATER_STEPS } from "../diagnostics/later.js";
import type { Entry } from "./entry.js";

type Line = readonly [name: string, syntax: string, example: string, says: string];

const LINES: readonly Line[] = [
  [
    "put",
    "[CLIENT] put KEY VALUE [lease NAME] [at NODE] [=> RESULT]",
    'alice put color "red" => ok',
    "Writes a key. Answers `ok` once a majority of the servers holds the entry and the leader has applied it. The store's revision grows by one; the key's version counts its puts.",
  ],
  [
    "get",
    "[CLIENT] get KEY [prefix] [serializable] [rev NUMBER] [at NODE] [=> RESULT]",
    'bob get color => "red"',
    "Reads a key: answers its value, or `none`. Linearizable unless `serializable` is said: then the server that is asked answers from its own state, possibly old. `prefix` reads all keys that begin so, in order of their bytes; `rev` reads the store as it was at a revision.",
  ],
  [
    "delete",
    "[CLIENT] delete KEY [prefix] [at NODE] [=> RESULT]",
    "delete color => ok",
    "Deletes a key, or all keys of a prefix. Answers `ok`, or `none` when there was nothing to delete; then the revision does not grow.",
  ],
  [
    "cas",
    "[CLIENT] cas KEY EXPECTED -> VALUE [at NODE] [=> RESULT]",
    'cas color "red" -> "blue" => ok',
    "Compare and swap: writes the new value if the key holds the expected one. Answers `ok`, or `failed` when the compare did not hold. In etcd this is a transaction with one compare.",
  ],
  [
    "txn",
    "[CLIENT] txn { if KEY == VALUE then OPERATION else OPERATION }",
    'txn { if color == "red" then put color "blue" else get color }',
    "etcd's transaction: if all compares hold, the operations after `then` run, otherwise those after `else`, all in one revision.",
  ],
  [
    "lease",
    "[CLIENT] lease grant NAME ttl DURATION",
    "lease grant l1 ttl 5s",
    "`lease grant` makes a lease, `lease keepalive` renews it, `lease revoke` ends it. Keys written with `lease NAME` vanish with it, all in one revision.",
  ],
  [
    "watch",
    "[CLIENT] watch KEY [prefix] [from rev NUMBER] as NAME [at NODE]",
    "watch /config/ prefix as w",
    "Follows the changes of a key or prefix, from now on or from a revision in the past. Every change arrives once, in the order of revisions. `expect w saw […]` checks what came.",
  ],
  ["unwatch", "[CLIENT] unwatch NAME", "unwatch w", "Ends a watch."],
  [
    "lock",
    "[CLIENT] lock NAME as HANDLE",
    "lock m as k1",
    "Acquires etcd's lock: a key under the lock's prefix, bound to a lease; whoever has the lowest create revision holds the lock, the others wait for the one before them.",
  ],
  ["unlock", "[CLIENT] unlock HANDLE", "unlock k1", "Releases a lock."],
  [
    "compact",
    "[CLIENT] compact rev NUMBER",
    "compact rev 10",
    "Discards the history up to a revision. Older reads and watches then answer `error compacted`.",
  ],
];

/** The operations, in the order of the reference. */
export const OPERATIONS: readonly Entry[] = LINES.map(([name, syntax, example, says]) => {
  const later = LATER_STEPS.get(name);
  const source = name === "cas" || name === "put" || name === "get" ? "§8, etcd KV" : "etcd";
  return { kind: "operation", name, syntax, example, says, source, ...(later === undefined ? {} : { later }) };
});
