import type { Change } from "./change.js";
import { Crc32c } from "./crc32c.js";
import type { History } from "./history.js";
import type { Revision } from "./request.js";
import { utf8 } from "./utf8.js";

/** etcd's bucket of keys, whose name is hashed first. */
const BUCKET = utf8("key");

const UNDERSCORE = 0x5f;
const TOMBSTONE = 0x74;
const HIGH_BITS = 2 ** 32;
const VARINT = 128;

/** Field numbers of mvccpb.KeyValue with their wire types: 2 for bytes, 0 for numbers. */
const FIELD = { key: 0x0a, createRevision: 0x10, modRevision: 0x18, version: 0x20, value: 0x2a, lease: 0x30 } as const;

/**
 * etcd's HashKV at a revision (mvcc/kvstore.go, HashByRev): CRC-32C over the changes kept, as they stand in etcd's database. Of
 * those up to the compacted revision it takes only the ones that are the newest of their key at the revision asked for, unless no key is
 * alive there. Deletions at the compacted revision are left out, as 3.4.23 dropped them with the compaction.
 *
 * `newestOf` gives the newest change of a key at the revision; `encode` the bytes of keys and values.
 */
export function hashKv(
  history: History,
  revision: Revision,
  anyAlive: boolean,
  newestOf: (key: string) => Change | undefined,
  encode: (text: string) => Uint8Array = utf8,
): number {
  const crc = new Crc32c();
  crc.bytes(BUCKET);
  history.scan(revision, (change) => {
    if (change.modRevision <= history.compactRevision) {
      if (!change.live || (anyAlive && newestOf(change.key) !== change)) return;
    }
    hashChange(crc, change, encode);
  });
  return crc.value;
}

function hashChange(crc: Crc32c, change: Change, encode: (text: string) => Uint8Array): void {
  bigEndian(crc, change.modRevision);
  crc.byte(UNDERSCORE);
  bigEndian(crc, change.sub);
  if (!change.live) crc.byte(TOMBSTONE);
  bytesField(crc, FIELD.key, encode(change.key));
  // A deletion is written as its key alone.
  if (!change.live) return;
  numberField(crc, FIELD.createRevision, change.createRevision);
  numberField(crc, FIELD.modRevision, change.modRevision);
  numberField(crc, FIELD.version, change.version);
  bytesField(crc, FIELD.value, encode(change.value));
  numberField(crc, FIELD.lease, change.lease);
}

/** Eight bytes, the highest first. */
function bigEndian(crc: Crc32c, value: number): void {
  bigEndianWord(crc, Math.floor(value / HIGH_BITS));
  bigEndianWord(crc, value >>> 0);
}

function bigEndianWord(crc: Crc32c, word: number): void {
  crc.byte(word >>> 24);
  crc.byte((word >>> 16) & 0xff);
  crc.byte((word >>> 8) & 0xff);
  crc.byte(word & 0xff);
}

/** proto3 leaves out what is empty. */
function bytesField(crc: Crc32c, field: number, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  crc.byte(field);
  varint(crc, bytes.length);
  crc.bytes(bytes);
}

/** proto3 leaves out 0. */
function numberField(crc: Crc32c, field: number, value: number): void {
  if (value === 0) return;
  crc.byte(field);
  varint(crc, value);
}

function varint(crc: Crc32c, value: number): void {
  let rest = value;
  for (; rest >= VARINT; rest = Math.floor(rest / VARINT)) crc.byte((rest % VARINT) | VARINT);
  crc.byte(rest);
}
