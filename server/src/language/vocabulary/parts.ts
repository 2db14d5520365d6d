/** The words inside operations. One that means the same in several of them stands here once. */

import type { Entry } from "./entry.js";

type Line = readonly [name: string, syntax: string, example: string, says: string];

const KEYS: readonly Line[] = [
  ["prefix", "KEY prefix", "get /config/ prefix", "All keys that begin so. The empty key with `prefix` is all keys."],
  [
    "to",
    "KEY to END",
    "delete /a to /b",
    "All keys from the first on, up to the second and without it, in the order of their bytes.",
  ],
  ["from-key", "KEY from-key", "get /config from-key", "All keys from this one on, to the last of the store."],
];

const READS: readonly Line[] = [
  [
    "serializable",
    "serializable",
    "get color serializable at s2",
    "The server that is asked answers from its own state, without a quorum: perhaps old, and also where there is no leader.",
  ],
  [
    "rev",
    "rev NUMBER",
    "get color rev 3",
    "A revision. Of a read, the store as it was then (`error compacted` below the compacted one, `error future-revision` above the newest); of a watch, with `from`, where it begins; of `compact` and `hashkv`, up to where. Behind a result, the one that must be told: of `ok` the store's, of a value the key's last change.",
  ],
  [
    "limit",
    "limit NUMBER",
    "get / prefix limit 10",
    "So many keys at most. With `by` and without `order` etcd cuts first, in the order of keys, and sorts what is left.",
  ],
  [
    "order",
    "order ascend",
    "get / prefix order descend",
    "`ascend` or `descend`: which end of the range comes first. Without `by` the keys themselves are ordered.",
  ],
  [
    "by",
    "by key",
    "get / prefix by mod",
    "What the keys are ordered by: `key`, `version`, `create` or `mod` (their revisions), or `value`.",
  ],
  ["keys-only", "keys-only", "get / prefix keys-only", "Reads keys without their values, which are empty then."],
  [
    "count-only",
    "count-only",
    "get / prefix count-only => 3",
    "Reads how many keys there are: answers a number, of all in the range, whatever `limit` says.",
  ],
  [
    "min-mod",
    "min-mod NUMBER",
    "get / prefix min-mod 5",
    "Leaves out keys last changed before this revision. Like the other three bounds it filters what the range has found.",
  ],
  ["max-mod", "max-mod NUMBER", "get / prefix max-mod 9", "Leaves out keys last changed after this revision."],
  ["min-create", "min-create NUMBER", "get / prefix min-create 5", "Leaves out keys created before this revision."],
  ["max-create", "max-create NUMBER", "get / prefix max-create 9", "Leaves out keys created after this revision."],
];

const WRITES: readonly Line[] = [
  [
    "lease",
    "lease LEASE",
    'put /node/1 "up" lease l1',
    "The lease on which the key hangs: when the lease ends the key is deleted. Of a lock or a candidacy, by its name, the lease is meant. With `lock` and `campaign`: a lease that is there, instead of one of their own; it must be kept alive.",
  ],
  [
    "ignore-lease",
    "ignore-lease",
    'put color "red" ignore-lease',
    "The key keeps the lease it has. It must exist: `error key-not-found`.",
  ],
  [
    "ignore-value",
    "put KEY ignore-value",
    "put color ignore-value lease l1",
    "The key keeps its value, and still changes: a new revision, its version one more. It must exist: `error key-not-found`.",
  ],
  [
    "prev-kv",
    "prev-kv",
    'put color "blue" prev-kv => "red"',
    "Answers what was there before; of a watch: the changes carry it. What has been compacted cannot be told.",
  ],
  [
    "physical",
    "physical",
    "compact rev 10 physical",
    "Waits until the history has been removed from the store, not only marked.",
  ],
  [
    "at",
    "at NODE",
    "get color at s2",
    "Asks that server and no other. Without it the client asks the server it believes to lead.",
  ],
];

const TRANSACTIONS: readonly Line[] = [
  [
    "if",
    "if COMPARE [and COMPARE]",
    'txn { if version(color) == 0 then put color "red" }',
    '`KEY == "v"` or `value(KEYS)`, `version(KEYS)`, `create(KEYS)`, `mod(KEYS)`, `lease(KEYS)`, compared with `==`, `!=`, `<` or `>`; or `owner LOCK`. Of a range each key must hold. A key that is missing has version, revisions and lease 0, and a compare of its value never holds, not even `!=`.',
  ],
  [
    "then",
    "then OPERATION [, OPERATION]",
    'txn { then put a "1", put b "2" }',
    "What runs when all compares hold; without `if` always. `put`, `get`, `delete` or a transaction, each seeing the changes of those before it.",
  ],
  [
    "else",
    "else OPERATION [, OPERATION]",
    'txn { if a == "1" then delete a else get a }',
    "What runs when a compare does not hold. The transaction answers `failed` then.",
  ],
  [
    "owner",
    "owner LOCK",
    'txn { if owner k1 then put color "red" }',
    "Holds while the key of the lock, or of the candidacy, is the one that was acquired: nobody else can have it. The remedy for a holder that lost its lock and does not know.",
  ],
  [
    "value",
    "value(KEYS)",
    'txn { if value(/a/ prefix) != "x" then get a }',
    "The value of each key. Of a missing key it compares with nothing.",
  ],
  [
    "version",
    "version(KEYS)",
    "txn { if version(a) == 0 then get a }",
    "How often the key was put since it was created; 0 when it is not there.",
  ],
  [
    "create",
    "create(KEYS)",
    "txn { if create(a) > 3 then get a }",
    "The revision that created the key; 0 when it is not there.",
  ],
  [
    "mod",
    "mod(KEYS)",
    "txn { if mod(a) == 5 then get a }",
    "The revision of the key's last change; 0 when it is not there.",
  ],
];

const LEASES: readonly Line[] = [
  [
    "lease grant",
    "[CLIENT] lease grant NAME ttl DURATION [id NUMBER]",
    "lease grant l1 ttl 5s",
    "Makes a lease, through the log. etcd counts whole seconds and has a minimum, one and a half election timeouts; less is raised silently. `id` chooses its number, which must be free: `error lease-exists`.",
  ],
  [
    "lease keepalive",
    "[CLIENT] lease keepalive LEASE [every DURATION]",
    "lease keepalive l1 every 2s",
    "Renews a lease: its full time is left again. With `every` the client goes on in the background until `lease stop`, until the lease is gone, or until it crashes. A server that does not lead asks the leader.",
  ],
  [
    "lease stop",
    "[CLIENT] lease stop LEASE",
    "lease stop l1",
    "The client renews the lease no more. No request is sent: the lease lives until its time is over.",
  ],
  [
    "lease revoke",
    "[CLIENT] lease revoke LEASE",
    "lease revoke l1",
    "Ends a lease: its keys are deleted in the order of keys, all in one revision. Without keys the revision does not grow.",
  ],
  [
    "lease ttl",
    "[CLIENT] lease ttl LEASE [keys]",
    "lease ttl l1 => 3s..5s",
    "How much of a lease is left, in whole seconds, rounded down; `none` when there is no such lease. With `keys` a list states the keys that hang on it. Answered by the leader.",
  ],
  [
    "lease list",
    "[CLIENT] lease list",
    "lease list => 1",
    "The leases that the server that is asked knows. Answers `ok` or how many they are.",
  ],
  [
    "ttl",
    "ttl DURATION",
    "lock m as k1 ttl 10s",
    "How long a lease lives without being renewed; of a lock or a candidacy that of its own lease, 60s unless it says so.",
  ],
  ["id", "id NUMBER", "lease grant l1 ttl 5s id 7", "The number of a lease, instead of one that the server chooses."],
  [
    "every",
    "every DURATION",
    "lease keepalive l1 every 2s",
    "Goes on in the background, so often. etcd's clients renew three times within a TTL.",
  ],
  [
    "keys",
    "keys",
    'lease ttl l1 keys => ["/a" "/b"]',
    "Asks for the keys that hang on the lease too; they are deleted when it ends.",
  ],
];

const WATCHES: readonly Line[] = [
  [
    "from",
    "from rev NUMBER",
    "watch color from rev 3 as w",
    "Begins with the changes of that revision: past ones come at once, future ones when they happen. Below the compacted revision the watch is canceled.",
  ],
  [
    "without",
    "without delete",
    "watch color without delete as w",
    "Leaves out changes of one kind: `put` or `delete` (etcd's filters NOPUT and NODELETE).",
  ],
  [
    "fragment",
    "fragment",
    "watch color fragment as w",
    "A response that is too large comes in several. Together they are one: the changes of a revision stay together for the client.",
  ],
  [
    "require-leader",
    "require-leader",
    "watch color require-leader as w",
    "The watch ends with `error no-leader` when its server has known no leader for three election timeouts. Without it a watch at a server that is cut off is silent, and goes on when that is over.",
  ],
  [
    "within",
    "within DURATION",
    "lock m as k1 within 5s",
    "How long to wait for the lock or the election. Without it `client-timeout`, and with `async` for ever.",
  ],
];

const CLUSTER: readonly Line[] = [
  [
    "alarm list",
    "[CLIENT] alarm list [at NODE]",
    "alarm list => none",
    "The alarms that are on. Answers `ok`, how many they are, or `none`.",
  ],
  [
    "alarm disarm",
    "[CLIENT] alarm disarm [NODE] [at NODE]",
    "alarm disarm s1",
    "Ends the alarms of a server, or of all. First make room: compact, delete, defragment; otherwise the next put raises it again.",
  ],
];

const EXPECTATIONS: readonly Line[] = [
  [
    "expect saw",
    "expect WATCH saw [EVENT, …] [within DURATION]",
    'expect w saw [put color "red" rev 2 prev "old", delete color]',
    'What a watch has seen since it began, in order and nothing else. An event may leave out its value, `rev` and `prev`. Of an observer, the leaders\' values: `expect o saw ["alice" "bob"]`.',
  ],
  [
    "expect canceled",
    "expect WATCH canceled [error ERROR] [within DURATION]",
    "expect w canceled error compacted within 1s",
    "The server ended the watch, with the error that is named: where it was to begin has been compacted, or its server has no leader and `require-leader` was asked for. A canceled watch tells nothing more.",
  ],
  [
    "expect progress",
    "expect WATCH progress [rev NUMBER] [within DURATION]",
    "expect w progress rev 5 within 1s",
    "The watch was told its progress: everything up to the revision has been sent.",
  ],
];

/** A group of parts, as the reference shows them. */
export interface PartGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

function group(title: string, source: string, lines: readonly Line[]): PartGroup {
  return {
    title,
    entries: lines.map(
      ([name, syntax, example, says]): Entry => ({ kind: "part", name, syntax, example, says, source }),
    ),
  };
}

/** The parts by group, in the order of the reference. */
export const PART_GROUPS: readonly PartGroup[] = [
  group("Which keys", "etcd KV", KEYS),
  group("Reads", "etcd KV", READS),
  group("Writes", "etcd KV", WRITES),
  group("Transactions", "etcd KV", TRANSACTIONS),
  group("Leases", "etcd Lease", LEASES),
  group("Watches, locks and elections", "etcd Watch, clientv3/concurrency", WATCHES),
  group("Alarms", "etcd Maintenance", CLUSTER),
  group("What a watch must see", "etcd Watch", EXPECTATIONS),
];

/** All parts. */
export const PARTS: readonly Entry[] = PART_GROUPS.flatMap((each) => each.entries);
