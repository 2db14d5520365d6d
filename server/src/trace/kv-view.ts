import { keyText, leaseText } from "../kv/request-text.js";
import type { KeyValue } from "../kv/response.js";
import { t } from "../l10n/text.js";
import type { SimServer } from "../sim/server.js";
import { localNow } from "../sim/timers.js";
import type { World } from "../sim/world.js";

/** Leases of a server that a picture holds, and keys of one lease. */
const LEASES = 50;
const LEASE_KEYS = 20;

/** A live key. */
export interface KeyPicture {
  readonly key: string;
  readonly value: string;
  readonly createRevision: number;
  readonly modRevision: number;
  readonly version: number;
  /** The id of its lease in hexadecimal digits, as etcd writes it; `null` for none. */
  readonly lease: string | null;
}

/** A lease as one server knows it. */
export interface LeasePicture {
  /** Hexadecimal digits, as etcd writes it. */
  readonly id: string;
  /** Granted, in seconds. */
  readonly ttl: number;
  /** What is left by the server's own clock, in microseconds, negative when it is over; `null` at a server that does not count: for it leases last for ever. */
  readonly remainingUs: number | null;
  /** The keys that hang on it, in key order, at most 20. */
  readonly keys: readonly string[];
  readonly moreKeys: number;
}

/** A pair as pictures show it. */
export function keyPicture({ key, value, createRevision, modRevision, version, lease }: KeyValue): KeyPicture {
  return { key, value, createRevision, modRevision, version, lease: lease === 0 ? null : leaseText(lease) };
}

/** The leases of a server by id, at most 50, and how many more there are. */
export function leasesOf(world: World, server: SimServer): { leases: readonly LeasePicture[]; moreLeases: number } {
  const { leases } = server.machine;
  if (leases.count === 0) return { leases: [], moreLeases: 0 };
  const nowUs = localNow(world, server);
  const shown = leases.list().slice(0, LEASES);
  const pictures = shown.map(({ id, ttl }): LeasePicture => {
    const keys = leases.keysOf(id);
    return {
      id: leaseText(id),
      ttl,
      remainingUs: server.raft === null ? null : server.lessor.remainingUs(id, nowUs),
      keys: keys.slice(0, LEASE_KEYS),
      moreKeys: Math.max(0, keys.length - LEASE_KEYS),
    };
  });
  return { leases: pictures, moreLeases: leases.count - pictures.length };
}

/** The alarms that are on at a server: `nospace at s1`. */
export function alarmsOf(world: World, server: SimServer): readonly string[] {
  return server.machine.alarms.map(({ member, alarm }) => `${alarm} at ${world.nameOf(member)}`);
}

/**
 * The server whose store is meant where nobody named one: the leader; without one the server that is up and has applied most; or, with
 * all of them down, the first.
 */
export function storeServer(world: World, name: string | undefined): SimServer | string {
  if (name !== undefined) {
    const named = world.servers.find((server) => server?.name === name);
    return named ?? t("There is no server {0} in this session.", keyText(name));
  }
  const leader = world.leader();
  if (leader !== null) return leader;
  let best: SimServer | null = null;
  for (const server of world.servers) {
    if (server === undefined) continue;
    if (best === null || rank(server) > rank(best)) best = server;
  }
  return best ?? t("This session has no servers.");
}

function rank({ status, raft }: SimServer): number {
  return status === "down" ? -1 : (raft?.appliedIndex ?? 0);
}
