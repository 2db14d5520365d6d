/** What many leases cost a cluster of three servers. */
import { RaftNode } from "../../server/src/raft/node.js";
import type { ClientOperation } from "../../server/src/sim/client-operation.js";
import { Recording } from "../../server/src/trace/recording.js";
import { worldConfigOf } from "../support/worlds.js";
import { timed } from "./measure.js";

const SECOND_US = 1_000_000;
const TTL = 30;
/** Requests under way at a time. */
const AT_ONCE = 100;
const CLIENT = 4;

/** Microseconds of processor time for each lease, in all three servers, trace included. */
export interface LeaseFigures {
  readonly leases: number;
  readonly grant: number;
  readonly keepAlive: number;
  readonly expiry: number;
  /** Seconds of the cluster's time from the first lease's end until the last one was revoked. */
  readonly expirySeconds: number;
}

/** Grants so many leases, renews each once, and lets all of them expire. */
export function measureLeases(leases: number): LeaseFigures {
  const config = worldConfigOf(3, "  client-timeout 60s");
  const recording = new Recording(config, (raft, durable) => new RaftNode(raft, durable));
  const { world } = recording;
  const until = (done: () => boolean, withinUs: number): void => {
    const endUs = world.nowUs + withinUs;
    while (!done()) {
      const next = world.nextUs;
      if (next === null || next > endUs) throw new Error("the cluster does not get there");
      recording.step();
    }
  };
  until(() => world.leader() !== null, 10 * SECOND_US);

  const ask = (body: (id: number) => ClientOperation): number => {
    const { seconds } = timed(() => {
      for (let first = 1; first <= leases; first += AT_ONCE) {
        const numbers: number[] = [];
        for (let id = first; id < Math.min(first + AT_ONCE, leases + 1); id += 1) {
          const action = { kind: "invoke", client: CLIENT, body: body(id), at: null } as const;
          numbers.push(recording.act(action, 0, -1).number);
        }
        const last = (): boolean => numbers.every((number) => recording.history.operation(number)?.outcome !== null);
        until(last, 60 * SECOND_US);
      }
    });
    return (seconds * SECOND_US) / leases;
  };
  const grant = ask((id) => ({ kind: "lease-grant", id, ttl: TTL }));
  const keepAlive = ask((id) => ({ kind: "lease-keepalive", id }));
  const count = (): number => world.leader()?.machine.leases.count ?? 0;
  if (count() !== leases) throw new Error(`${count()} of ${leases} leases are alive`);

  until(() => count() < leases, 2 * TTL * SECOND_US);
  const firstUs = world.nowUs;
  const { seconds } = timed(() => until(() => count() === 0, 3600 * SECOND_US));
  const expirySeconds = (world.nowUs - firstUs) / SECOND_US;
  return { leases, grant, keepAlive, expiry: (seconds * SECOND_US) / leases, expirySeconds };
}
