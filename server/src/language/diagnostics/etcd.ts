/** RL23xx: what can be read but does not mean to etcd what it says, or what etcd refuses. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { scenarioOn, steps } from "./examples.js";

/** The diagnostics that know etcd, by name. */
export const ETCD = {
  noSuchCompare: define({
    code: "RL2301",
    severity: "error",
    title: "Compare that etcd does not have",
    message: (operator: string) =>
      t("A transaction cannot compare with `{0}`: etcd has `==`, `!=`, `<` and `>`.", operator),
    explanation:
      "etcd's `Compare` knows EQUAL, NOT_EQUAL, LESS and GREATER. Of whole numbers `<= 3` is `< 4`. Otherwise turn the compare around and exchange the branches: `if a <= b then X else Y` is `if a > b then Y else X`.",
    wrong: steps("await leader", 'txn { if version(color) <= 3 then put color "red" }'),
    right: steps("await leader", 'txn { if version(color) < 4 then put color "red" }'),
  }),
  duplicateKey: define({
    code: "RL2302",
    severity: "warning",
    title: "Transaction that writes a key twice",
    message: (key: string) =>
      t(
        "etcd refuses this transaction (`error duplicate-key`): `{0}` is written twice by operations that may run together.",
        key,
      ),
    explanation:
      "All changes of a transaction have one revision, in which a key can have one value only. So a key may be put once in a branch, and not be deleted beside that; several deletions are allowed. Both branches of a transaction may put the same key, since only one of them runs, and so may both branches of a nested one. etcd checks this before anything else, whichever branch would run.",
    wrong: steps("await leader", 'txn { then put color "red", put color "blue" }'),
    right: steps("await leader", 'txn { if color == "red" then put color "blue" else put color "red" }'),
  }),
  tooManyOperations: define({
    code: "RL2303",
    severity: "warning",
    title: "Transaction with too many operations",
    message: (count: number, allowed: number, most: number) =>
      allowed === most
        ? t(
            "etcd refuses this transaction (`error too-many-operations`): it has {0} compares or operations in a branch, and `max-txn-ops` is {1}.",
            count,
            most,
          )
        : t(
            "etcd refuses this transaction (`error too-many-operations`): it has {0} compares or operations in a branch, and of `max-txn-ops`, {1}, the transactions around it leave {2}.",
            count,
            most,
            Math.max(0, allowed),
          ),
    explanation:
      "The most of compares, operations after `then` and operations after `else` may not pass `max-txn-ops` (etcd: 128). A nested transaction has what the one around it leaves.",
    wrong: scenarioOn("nodes s1..s3; max-txn-ops 2", "await leader", 'txn { then put a "1", put b "2", put c "3" }'),
    right: scenarioOn("nodes s1..s3; max-txn-ops 2", "await leader", 'txn { then put a "1", put b "2" }'),
  }),
  elseWithoutIf: define({
    code: "RL2304",
    severity: "warning",
    title: "Branch that never runs",
    message: () => t("Without `if` the transaction always takes `then`: this branch never runs."),
    explanation: "All compares of a transaction must hold; where there are none, they do.",
    wrong: steps("await leader", "txn { then get color else get shape }"),
    right: steps("await leader", 'txn { if color == "red" then get color else get shape }'),
  }),
  noRevision: define({
    code: "RL2305",
    severity: "warning",
    title: "No revision",
    message: (text: string, zero: string) =>
      zero === ""
        ? t("There is no revision {0}: an empty store has revision 1, its first change 2.", text)
        : t("There is no revision {0}: {1}. An empty store has revision 1, its first change 2.", text, zero),
    explanation:
      "etcd counts a store's revisions from 1, the empty store; each request that changes something adds one. In a request 0 stands for nothing said: the current revision of a read, no bound, from now on of a watch. Leave the clause out then.",
    wrong: steps("await leader", "get color rev 0"),
    right: steps("await leader", "get color"),
  }),
  emptyRange: define({
    code: "RL2306",
    severity: "warning",
    title: "Range without keys",
    message: (key: string, end: string) =>
      t("No key is in this range: `{0}` does not come after `{1}` in the order of keys.", end, key),
    explanation:
      "A range goes from its first key up to its end, without it, in the order of the keys' bytes. etcd answers a read of an empty range with nothing, and refuses a watch of one.",
    wrong: steps("await leader", "get b to a"),
    right: steps("await leader", "get a to b => none"),
  }),
  ttlNotWhole: define({
    code: "RL2310",
    severity: "warning",
    title: "TTL that is not whole seconds",
    message: (ttl: string, granted: string) =>
      t("etcd counts a lease's time in whole seconds: {0} becomes {1}.", ttl, granted),
    explanation:
      "`LeaseGrantRequest.TTL` is a number of seconds. A time in between is rounded up, so that the lease lives no shorter than it says.",
    wrong: steps("await leader", "lease grant l1 ttl 1500ms"),
    right: steps("await leader", "lease grant l1 ttl 2s"),
  }),
  ttlRaised: define({
    code: "RL2311",
    severity: "hint",
    title: "TTL below the minimum",
    message: (ttl: string, least: string) =>
      t("etcd raises this TTL, {0}, to its minimum, {1}, and says nothing.", ttl, least),
    explanation:
      "A lease must survive an election, so etcd grants none for less than one and a half times the election timeout, in whole seconds (etcdserver/server.go, `minTTL`). A TTL below is raised without an error; the answer carries the time that was granted.",
    wrong: scenarioOn("nodes s1..s3; election-timeout 1s..2s", "await leader", "lease grant l1 ttl 1s"),
    right: scenarioOn("nodes s1..s3; election-timeout 1s..2s", "await leader", "lease grant l1 ttl 3s"),
  }),
  keepaliveTooSlow: define({
    code: "RL2312",
    severity: "warning",
    title: "Keep-alive that comes too late",
    message: (every: string, lease: string, ttl: string) =>
      t("`{0}` lives {1} and is renewed every {2} only: it expires in between.", lease, ttl, every),
    explanation:
      "A keep-alive sets what is left of a lease to its full TTL. It has to come before the lease is over, with room for a lost message or an election: etcd's clients renew three times within a TTL.",
    wrong: steps("await leader", "lease grant l1 ttl 5s", "lease keepalive l1 every 6s"),
    right: steps("await leader", "lease grant l1 ttl 5s", "lease keepalive l1 every 2s"),
  }),
  leaseGone: define({
    code: "RL2313",
    severity: "warning",
    title: "Lease that has been revoked",
    message: (lease: string, line: number) =>
      t("`{0}` was revoked in line {1}: this ends in `error lease-not-found`.", lease, line),
    explanation:
      "With a revoked lease go its keys, and nothing can be attached to it or renew it any more. Grant it anew, or say that the error is what is expected.",
    wrong: steps("await leader", "lease grant l1 ttl 5s", "lease revoke l1", 'put color "red" lease l1'),
    right: steps("await leader", "lease grant l1 ttl 5s", 'put color "red" lease l1', "lease revoke l1"),
  }),
  compacted: define({
    code: "RL2314",
    severity: "warning",
    title: "Revision that has been compacted",
    message: (rev: number, compacted: number, line: number, watch: boolean) =>
      watch
        ? t(
            "Revision {0} is gone: history was compacted at {1} in line {2}. The watch is canceled with `error compacted`.",
            rev,
            compacted,
            line,
          )
        : t(
            "Revision {0} is gone: history was compacted at {1} in line {2}. This ends in `error compacted`.",
            rev,
            compacted,
            line,
          ),
    explanation:
      "Compaction at a revision keeps for each key what it was then, and drops everything older. Reads below it are refused, and a watch from below it is canceled; the revision itself can still be read. If that is the point, say so: `=> error compacted`, `expect w canceled error compacted`.",
    wrong: steps("await leader", 'repeat 5 { put color "red" }', "compact rev 5", "get color rev 3"),
    right: steps("await leader", 'repeat 5 { put color "red" }', "compact rev 5", "get color rev 5"),
  }),
} as const;
