import { describe, expect, it } from "vitest";
import { worldConfigOf } from "../../../test/support/worlds.js";
import type { NetworkFault, Pair } from "./action.js";
import type { NetworkMessage } from "./message.js";
import { type Fate, Network } from "./network.js";

/** Two servers and a client; messages take 10 to 20 ms. */
function network(settings = ""): Network {
  return new Network(worldConfigOf(2, `  latency 10ms..20ms\n${settings}`), 3);
}

function message(operation: number, from = 3, to = 1): NetworkMessage {
  const body = { kind: "put", key: "k", value: "v" } as const;
  return { type: "ClientRequest", from, to, operation, session: 1, sequence: 1, attempt: 1, body };
}

const LINK: readonly Pair[] = [[3, 1]];

function rule(effect: "drop" | "delay" | "hold", count: number | null = null, byUs = 0): NetworkFault {
  return { kind: "rule", effect, message: null, pairs: LINK, byUs, count };
}

function begin(net: Network, fault: NetworkFault): number {
  return net.begin(fault, "", 0, null);
}

function arrival(fate: Fate): number {
  if (fate.kind !== "arrives") throw new Error(`expected an arrival, got ${fate.kind}`);
  return fate.timeUs;
}

describe("a link", () => {
  it("delivers in the order of sending", () => {
    const net = network();
    let last = 0;
    for (let number = 1; number <= 200; number += 1) {
      const timeUs = arrival(net.send(message(number), number * 100));
      expect(timeUs).toBeGreaterThanOrEqual(last);
      last = timeUs;
    }
  });

  it("does not wait for other links", () => {
    const net = network();
    begin(net, { kind: "latency", latency: { min: 1_000_000, max: 1_000_000 }, pairs: LINK });
    expect(arrival(net.send(message(1), 0))).toBe(1_000_000);
    expect(arrival(net.send(message(2, 3, 2), 0))).toBeLessThanOrEqual(20_000);
  });

  it("lets messages overtake each other where reorder strikes", () => {
    const net = network("  reorder 50%");
    const times = Array.from({ length: 100 }, (_, number) => arrival(net.send(message(number), number * 100)));
    expect(times).not.toEqual(times.toSorted((a, b) => a - b));
  });

  it("keeps its order when another endpoint is added", () => {
    const net = network();
    begin(net, { kind: "latency", latency: { min: 500_000, max: 500_000 }, pairs: LINK });
    expect(arrival(net.send(message(1), 0))).toBe(500_000);
    net.healAll();
    expect(net.addEndpoint()).toBe(4);
    expect(arrival(net.send(message(2), 0))).toBe(500_000);
  });
});

describe("rules", () => {
  it("a counted rule ends with its last message", () => {
    const net = network();
    begin(net, rule("drop", 2));
    expect([1, 2, 3].map((number) => net.send(message(number), 0).kind)).toEqual(["lost", "lost", "arrives"]);
    expect(net.faults).toEqual([]);
  });

  it("a counted rule does not count what a cut link loses", () => {
    const net = network();
    begin(net, rule("drop", 1));
    const cut = begin(net, { kind: "block", pairs: LINK });
    expect(net.send(message(1), 0)).toEqual({ kind: "lost", why: "blocked" });
    net.end(cut);
    expect(net.send(message(2), 0)).toEqual({ kind: "lost", why: "rule" });
  });

  it("of two that drop, the older one counts first", () => {
    const net = network();
    begin(net, rule("drop", 1));
    begin(net, rule("drop", 1));
    expect([1, 2, 3].map((number) => net.send(message(number), 0).kind)).toEqual(["lost", "lost", "arrives"]);
  });

  it("a message that is dropped uses up no delay", () => {
    const net = network();
    begin(net, rule("delay", 1, 1_000_000));
    begin(net, rule("drop", 1));
    expect(net.send(message(1), 0).kind).toBe("lost");
    expect(arrival(net.send(message(2), 0))).toBeGreaterThan(1_000_000);
    expect(arrival(net.send(message(3), 0))).toBeLessThan(1_000_000);
  });

  it("delayed messages keep their order among themselves", () => {
    const net = network();
    begin(net, rule("delay", null, 300_000));
    const times = Array.from({ length: 100 }, (_, number) => arrival(net.send(message(number), number * 100)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe("faults", () => {
  it("compose: ending one leaves the others", () => {
    const net = network();
    const one = begin(net, { kind: "block", pairs: [...LINK, [1, 3]] });
    const two = begin(net, { kind: "block", pairs: LINK });
    net.end(one);
    expect([net.isBlocked(3, 1), net.isBlocked(1, 3)]).toEqual([true, false]);
    net.end(two);
    expect(net.isBlocked(3, 1)).toBe(false);
    expect(net.knows(two)).toBe(false);
  });

  it("ending what has ended does nothing", () => {
    const net = network();
    const cut = begin(net, { kind: "block", pairs: LINK });
    net.heal(() => true);
    begin(net, { kind: "block", pairs: LINK });
    expect(net.end(cut)).toEqual([]);
    expect(net.isBlocked(3, 1)).toBe(true);
  });

  it("give back what they held, in order, and only that", () => {
    const net = network();
    const one = begin(net, rule("hold"));
    for (const number of [1, 2]) net.hold(message(number), number, one);
    expect(net.send(message(3), 0)).toEqual({ kind: "held", fault: one });
    expect(net.end(one).map(({ sendEvent }) => sendEvent)).toEqual([1, 2]);
    expect(net.held).toEqual([]);
    expect(net.end(one)).toEqual([]);
  });

  it("a copy goes on by itself with the same numbers", () => {
    const net = network("  loss 20%\n  duplicate 20%\n  reorder 20%");
    begin(net, rule("drop", 3));
    net.send(message(0), 0);
    const copy = net.clone();
    const fates = (of: Network): Fate[] => Array.from({ length: 50 }, (_, at) => of.send(message(at), at * 50));
    expect(fates(copy)).toEqual(fates(net));
  });
});
