import type { KvStore } from "../kv/contract.js";
import { prefixRange, prefixRangeEnd } from "../kv/key-range.js";
import type { KeyRange } from "../kv/request.js";
import { leaseText } from "../kv/request-text.js";
import type { KeyValue } from "../kv/response.js";
import type { World } from "../sim/world.js";
import { type KeyPicture, keyPicture, storeServer } from "./kv-view.js";
import type { Recording } from "./recording.js";
import { lineOfRevision } from "./writers.js";

/** Characters of a value that a page holds. */
const VALUE = 10_000;
/** What parts a key into the levels of a tree. */
const DELIMITER = "/";

/** Which keys of which server. */
export interface KeysQuery {
  /** A server's name; left out: the leader, or who has applied most. */
  readonly server?: string | undefined;
  readonly prefix: string;
  /** The last child of the page before: its key or prefix. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What stands below a prefix: a key, or all keys up to the next `/`. */
export type KeyChild =
  | ({ readonly kind: "key"; readonly moreCharacters: number } & KeyPicture)
  | { readonly kind: "prefix"; readonly prefix: string; readonly count: number };

/** One level of a server's keys. */
export interface KeysPage {
  readonly server: string;
  readonly revision: number;
  /** -1 before the first compaction. */
  readonly compactRevision: number;
  readonly prefix: string;
  /** Living keys that begin with the prefix. */
  readonly count: number;
  readonly children: readonly KeyChild[];
  /** There are children behind the last one. */
  readonly more: boolean;
}

/** One change of a key. */
export interface KeyRevision {
  readonly type: "put" | "delete";
  readonly revision: number;
  readonly createRevision: number;
  readonly version: number;
  /** Cut at 10,000 characters. */
  readonly value: string;
  readonly moreCharacters: number;
  readonly lease: string | null;
  /** The event that wrote it; `null` where nothing recorded did. */
  readonly eventId: number | null;
  readonly timeUs: number | null;
  /** The scenario line behind that event, or `null`. */
  readonly line: number | null;
}

/** What is kept of a key's past, newest first. */
export interface KeyPast {
  readonly server: string;
  readonly key: string;
  readonly revision: number;
  readonly compactRevision: number;
  /** It lives. */
  readonly live: boolean;
  readonly revisions: readonly KeyRevision[];
  /** There are older ones. */
  readonly more: boolean;
}

/** A page of a server's keys as `world` stands, grouped at the next `/`; or why there is none. Costs a search in the store for each child. */
export function keysPage(world: World, { server: name, prefix, after, limit }: KeysQuery): KeysPage | string {
  const server = storeServer(world, name);
  if (typeof server === "string") return server;
  const { store } = server.machine;
  const { key: first, rangeEnd } = prefixRange(prefix);
  const children: KeyChild[] = [];
  let start = after === undefined ? first : behind(after, prefix);
  let kv = firstOf(store, { key: start, rangeEnd });
  while (kv !== null && children.length < limit) {
    const group = groupOf(kv.key, prefix);
    if (group === null) {
      const { value, moreCharacters } = cut(kv.value);
      children.push({ kind: "key", ...keyPicture(kv), value, moreCharacters });
    } else {
      children.push({ kind: "prefix", prefix: group, count: countOf(store, prefixRange(group)) });
    }
    start = behind(group ?? kv.key, prefix);
    kv = firstOf(store, { key: start, rangeEnd });
  }
  const { revision, compactRevision } = store;
  const count = countOf(store, { key: first, rangeEnd });
  return { server: server.name, revision, compactRevision, prefix, count, children, more: kv !== null };
}

/** What is kept of a key's past in `world`, a state of the recording, up to revision `to`; or why there is nothing to show. */
export function keyPast(
  recording: Recording,
  world: World,
  query: {
    readonly server?: string | undefined;
    readonly key: string;
    readonly to?: number | undefined;
    readonly limit: number;
  },
): KeyPast | string {
  const server = storeServer(world, query.server);
  if (typeof server === "string") return server;
  const { store } = server.machine;
  const { key, limit } = query;
  const events = store.historyOf(key, limit + 1, query.to);
  const revisions = events.slice(0, limit).map(({ type, kv }): KeyRevision => {
    const eventId = recording.eventOfRevision(kv.modRevision);
    return {
      type,
      revision: kv.modRevision,
      createRevision: kv.createRevision,
      version: kv.version,
      ...cut(kv.value),
      lease: kv.lease === 0 ? null : leaseText(kv.lease),
      eventId,
      timeUs: eventId === null ? null : recording.log.timeUs(eventId),
      line: eventId === null ? null : lineOfRevision(recording, kv.modRevision, eventId),
    };
  });
  const { revision, compactRevision } = store;
  const live = store.get(key) !== null;
  return { server: server.name, key, revision, compactRevision, live, revisions, more: events.length > limit };
}

/** The level below `prefix` that a key belongs to; `null` for a key that stands there itself. A leading `/` opens no level of its own. */
function groupOf(key: string, prefix: string): string | null {
  const end = key.indexOf(DELIMITER, prefix.length + 1);
  return end < 0 ? null : key.slice(0, end + 1);
}

/** The least key behind a child. */
function behind(child: string, prefix: string): string {
  return groupOf(child, prefix) === child ? prefixRangeEnd(child) : `${child}\0`;
}

function firstOf(store: KvStore, range: KeyRange): KeyValue | null {
  const answer = store.range({ kind: "range", ...range, limit: 1 });
  return answer.kind === "range" ? (answer.kvs[0] ?? null) : null;
}

function countOf(store: KvStore, range: KeyRange): number {
  const answer = store.range({ kind: "range", ...range, countOnly: true });
  return answer.kind === "range" ? answer.count : 0;
}

function cut(value: string): { readonly value: string; readonly moreCharacters: number } {
  return { value: value.slice(0, VALUE), moreCharacters: Math.max(0, value.length - VALUE) };
}
