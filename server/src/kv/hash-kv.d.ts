import type { Change } from "./change.js";
import type { History } from "./history.js";
import type { Revision } from "./request.js";
/**
 * etcd's HashKV at a revision (mvcc/kvstore.go, HashByRev): CRC-32C over the changes kept, as they stand in etcd's database. Of
 * those up to the compacted revision it takes only the ones that are the newest of their key at the revision asked for, unless no key is
 * alive there. Deletions at the compacted revision are left out, as 3.4.23 dropped them with the compaction.
 *
 * `newestOf` gives the newest change of a key at the revision; `encode` the bytes of keys and values.
 */
export declare function hashKv(history: History, revision: Revision, anyAlive: boolean, newestOf: (key: string) => Change | undefined, encode?: (text: string) => Uint8Array): number;
