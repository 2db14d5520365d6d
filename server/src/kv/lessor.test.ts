import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Leases } from "./leases.js";
import { Lessor } from "./lessor.js";
import type { KvRequest } from "./request.js";
import { KvStateMachine } from "./state-machine.js";

const SECOND = 1_000_000;

/** A server's leases with the lessor that watches over them. */
class Server {
  readonly machine = new KvStateMachine({ minLeaseTtl: 2 });
  readonly lessor: Lessor;

  constructor(checkpointIntervalUs: number | null = null) {
    this.lessor = new Lessor({ checkpointIntervalUs });
  }

  apply(operation: KvRequest, nowUs: number): void {
    const { result } = this.machine.apply({ client: 0, sequence: 0, operation });
    this.lessor.applied(operation, result, this.machine.leases, nowUs);
  }

  lead(nowUs: number, extendUs = 0): void {
    this.lessor.promote(this.machine.leases, nowUs, extendUs);
  }
}

interface Deadline {
  readonly ttl: number;
  readonly deadline: number;
  readonly retry: number;
}

/** A lessor beside a plain list of deadlines. */
class Compared {
  readonly #lessor: Lessor;
  readonly #model: Map<number, Deadline>;

  constructor(lessor = new Lessor(), model: ReadonlyMap<number, Deadline> = new Map()) {
    this.#lessor = lessor;
    this.#model = new Map(model);
    if (model.size === 0 && !lessor.primary) lessor.promote(new Leases(), 0, 0);
  }

  clone(): Compared {
    return new Compared(this.#lessor.clone(), this.#model);
  }

  step(kind: string, id: number, ttl: number, now: number): void {
    if (kind === "grant") this.grant(id, ttl, now);
    if (kind === "revoke") this.revoke(id, now);
    if (kind === "renew") this.renew(id, now);
    if (kind === "expire") this.expire(now);
  }

  grant(id: number, ttl: number, now: number): void {
    if (this.#model.has(id)) return;
    const leases = new Leases();
    leases.grant(id, ttl, 0);
    this.#lessor.applied({ kind: "lease-grant", id, ttl }, { kind: "lease-grant", revision: 1, id, ttl }, leases, now);
    this.#model.set(id, { ttl, deadline: now + ttl * SECOND, retry: now + ttl * SECOND });
  }

  revoke(id: number, now: number): void {
    this.#lessor.applied({ kind: "lease-revoke", id }, { kind: "lease-revoke", revision: 1 }, new Leases(), now);
    this.#model.delete(id);
  }

  renew(id: number, now: number): void {
    const held = this.#model.get(id);
    const late = held !== undefined && held.deadline <= now;
    expect(this.#lessor.renew(id, now).kind).toBe(held === undefined ? "not-found" : late ? "expired" : "renewed");
    if (held === undefined || late) return;
    this.#model.set(id, { ...held, deadline: now + held.ttl * SECOND, retry: now + held.ttl * SECOND });
  }

  expire(now: number): void {
    const due = [...this.#model].filter(([, { retry }]) => retry <= now);
    due.sort(([a, x], [b, y]) => x.retry - y.retry || a - b);
    expect(this.#lessor.expired(now)).toEqual(due.map(([id]) => id));
    for (const [id, held] of due) this.#model.set(id, { ...held, retry: now + 3 * SECOND });
  }

  compare(now: number): void {
    const retries = [...this.#model.values()].map(({ retry }) => retry);
    expect(this.#lessor.nextExpiryUs).toBe(retries.length === 0 ? null : Math.min(...retries));
    for (const [id, { deadline }] of this.#model) expect(this.#lessor.remainingUs(id, now)).toBe(deadline - now);
  }
}

describe("the lessor", () => {
  it("keeps leases for ever where the server does not lead", () => {
    const server = new Server();
    server.apply({ kind: "lease-grant", id: 1, ttl: 5 }, 0);
    expect(server.lessor.renew(1, 0)).toEqual({ kind: "not-primary" });
    expect(server.lessor.expired(1000 * SECOND)).toEqual([]);
    expect(server.lessor.nextExpiryUs).toBeNull();
    expect(server.lessor.remainingUs(1, 0)).toBeNull();
  });

  it("gives every lease its full time and the extension when the server begins to lead", () => {
    const server = new Server();
    server.apply({ kind: "lease-grant", id: 1, ttl: 5 }, 0);
    server.apply({ kind: "lease-grant", id: 2, ttl: 0 }, 0);
    server.lead(100 * SECOND, SECOND);
    expect(server.lessor.remainingUs(1, 100 * SECOND)).toBe(6 * SECOND);
    expect(server.lessor.remainingUs(2, 100 * SECOND)).toBe(3 * SECOND);
    expect(server.lessor.nextExpiryUs).toBe(103 * SECOND);
    expect(server.lessor.expired(103 * SECOND - 1)).toEqual([]);
    expect(server.lessor.expired(106 * SECOND)).toEqual([2, 1]);
    server.lessor.demote();
    expect(server.lessor.nextExpiryUs).toBeNull();
  });

  it("names an expired lease again every 3 s until it is revoked", () => {
    const server = new Server();
    server.lead(0);
    server.apply({ kind: "lease-grant", id: 7, ttl: 2 }, 0);
    expect(server.lessor.expired(2 * SECOND)).toEqual([7]);
    expect(server.lessor.expired(5 * SECOND - 1)).toEqual([]);
    expect(server.lessor.expired(5 * SECOND)).toEqual([7]);
    expect(server.lessor.renew(7, 5 * SECOND)).toEqual({ kind: "expired" });
    server.apply({ kind: "lease-revoke", id: 7 }, 5 * SECOND);
    expect(server.lessor.renew(7, 5 * SECOND)).toEqual({ kind: "not-found" });
    expect(server.lessor.expired(100 * SECOND)).toEqual([]);
  });

  it("renews for the full TTL", () => {
    const server = new Server();
    server.lead(0);
    server.apply({ kind: "lease-grant", id: 7, ttl: 10 }, 0);
    expect(server.lessor.renew(7, 9 * SECOND)).toEqual({ kind: "renewed", ttl: 10, clearsCheckpoint: false });
    expect(server.lessor.expired(18 * SECOND)).toEqual([]);
    expect(server.lessor.expired(19 * SECOND)).toEqual([7]);
  });

  it("names at most as many as asked for, those first whose time was over first", () => {
    const server = new Server();
    server.lead(0);
    for (let id = 1; id <= 10; id += 1) server.apply({ kind: "lease-grant", id, ttl: 20 - id }, 0);
    expect(server.lessor.expired(30 * SECOND, 4)).toEqual([10, 9, 8, 7]);
    expect(server.lessor.expired(30 * SECOND, 4)).toEqual([6, 5, 4, 3]);
  });

  it("checkpoints long leases, by which the next leader goes, until they are renewed", () => {
    const server = new Server(300 * SECOND);
    server.lead(0);
    server.apply({ kind: "lease-grant", id: 1, ttl: 1000 }, 0);
    server.apply({ kind: "lease-grant", id: 2, ttl: 300 }, 0);
    expect(server.lessor.nextCheckpointUs).toBe(300 * SECOND);
    expect(server.lessor.dueCheckpoints(300 * SECOND - 1)).toEqual([]);
    const checkpoints = server.lessor.dueCheckpoints(300 * SECOND);
    expect(checkpoints).toEqual([{ id: 1, remainingTtl: 700 }]);
    expect(server.lessor.nextCheckpointUs).toBeNull();
    server.apply({ kind: "lease-checkpoint", checkpoints }, 301 * SECOND);
    expect(server.lessor.nextCheckpointUs).toBe(601 * SECOND);
    expect(server.lessor.remainingUs(1, 301 * SECOND)).toBe(699 * SECOND);
    server.lead(400 * SECOND);
    expect(server.lessor.remainingUs(1, 400 * SECOND)).toBe(700 * SECOND);
    expect(server.lessor.renew(1, 500 * SECOND)).toEqual({ kind: "renewed", ttl: 1000, clearsCheckpoint: true });
    server.apply({ kind: "lease-checkpoint", checkpoints: [{ id: 1, remainingTtl: 0 }] }, 500 * SECOND);
    expect(server.lessor.remainingUs(1, 500 * SECOND)).toBe(1000 * SECOND);
    server.lead(600 * SECOND);
    expect(server.lessor.remainingUs(1, 600 * SECOND)).toBe(1000 * SECOND);
  });

  it("looks again an interval later at a lease that was just renewed", () => {
    const server = new Server(10 * SECOND);
    server.lead(0);
    server.apply({ kind: "lease-grant", id: 1, ttl: 100 }, 0);
    server.lessor.renew(1, 10 * SECOND);
    expect(server.lessor.dueCheckpoints(10 * SECOND)).toEqual([]);
    expect(server.lessor.dueCheckpoints(20 * SECOND)).toEqual([{ id: 1, remainingTtl: 90 }]);
  });

  it("spreads 10,000 leases that would expire at once so that they can be revoked in time", () => {
    const leases = new Leases();
    for (let id = 1; id <= 10_000; id += 1) leases.grant(id, 60, 2);
    const lessor = new Lessor();
    lessor.promote(leases, 0, 0);
    const perSecond = new Map<number, number>();
    for (let second = 60; second < 90; second += 1) {
      let count = 0;
      for (let ids = lessor.expired(second * SECOND); ids.length > 0; ids = lessor.expired(second * SECOND)) {
        for (const id of ids)
          lessor.applied({ kind: "lease-revoke", id }, { kind: "lease-revoke", revision: 1 }, leases, 0);
        count += ids.length;
      }
      perSecond.set(second, count);
    }
    expect([...perSecond.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(1000);
  });

  it("agrees with a list of deadlines, and so do its clones", () => {
    const id = fc.integer({ min: 1, max: 6 });
    const kind = fc.constantFrom("grant", "revoke", "renew", "expire", "clone");
    const step = fc.record({
      kind,
      id,
      ttl: fc.integer({ min: 2, max: 9 }),
      world: fc.nat(3),
      after: fc.nat(2 * SECOND),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const worlds = [new Compared()];
        let now = 0;
        for (const { kind: what, id: lease, ttl, world, after } of steps) {
          now += after;
          const chosen = worlds[world % worlds.length];
          if (chosen === undefined) throw new Error("no world");
          if (what === "clone") worlds.push(chosen.clone());
          else chosen.step(what, lease, ttl, now);
        }
        for (const world of worlds) world.compare(now);
      }),
    );
  });
});
