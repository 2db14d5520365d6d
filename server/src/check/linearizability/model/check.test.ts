import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Compare, RequestOp } from "../../../kv/request.js";
import type { KeyValue, KvResponse } from "../../../kv/response.js";
import { checkModel, type ModelOptions } from "./check.js";
import { matches } from "./difference.js";
import { type ModelOperation, onlyReads } from "./operation.js";
import { emptyState, type ModelState } from "./state.js";
import { type ModelRequest, step } from "./step.js";

const OPTIONS: ModelOptions = { budget: 1_000_000 };

/** Numbers from a seed (Lehmer's generator): the same ones every time. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed % 2_147_483_646) + 1;
  }

  below(limit: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state % limit;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }
}

interface Shape {
  readonly operations: number;
  readonly clients: number;
  readonly keys: number;
  /** Of 100 operations, how many have an unknown outcome. */
  readonly unknown: number;
  /** Whether every put has a value of its own. */
  readonly unique: boolean;
}

interface Simulated {
  readonly operations: readonly ModelOperation[];
  /** The order in which they took effect. */
  readonly order: readonly number[];
}

/** Clients that each have one operation under way, of a store that does what it should. */
function simulate(dice: Dice, shape: Shape): Simulated {
  const operations: ModelOperation[] = [];
  const order: number[] = [];
  const idle = Array.from({ length: shape.clients }, (_, at) => at + 1);
  const called: ModelOperation[] = [];
  const answered: ModelOperation[] = [];
  const forgotten: ModelOperation[] = [];
  let state = emptyState();
  let position = 0;
  const take = <T>(from: T[]): T | undefined => from.splice(dice.below(from.length), 1)[0];
  while (operations.length < shape.operations) {
    position += 1;
    const chance = dice.below(10);
    if (chance < 4 && idle.length > 0 && called.length + answered.length + operations.length < shape.operations) {
      const client = take(idle) ?? 0;
      const request = randomRequest(dice, shape, position, state);
      called.push({ id: position, client, request, call: position, return: null, response: null });
    } else if (chance < 7 && called.length > 0) {
      const operation = take(called);
      if (operation === undefined) continue;
      const done = step(state, operation.request);
      state = done.state;
      order.push(operation.id);
      answered.push({ ...operation, response: done.response });
    } else if (chance === 7 && forgotten.length > 0) {
      const operation = take(forgotten);
      if (operation === undefined) continue;
      state = step(state, operation.request).state;
      order.push(operation.id);
    } else if (chance === 8 && called.length > 0 && dice.below(100) < shape.unknown * 2) {
      const operation = take(called);
      if (operation === undefined) continue;
      operations.push(operation);
      forgotten.push(operation);
      idle.push(operation.client);
    } else if (answered.length > 0) {
      const operation = take(answered);
      if (operation === undefined) continue;
      const lost = dice.below(100) < shape.unknown;
      operations.push(lost ? { ...operation, response: null } : { ...operation, return: position });
      idle.push(operation.client);
    }
  }
  const ids = new Set(operations.map(({ id }) => id));
  const left = [...called, ...answered].map((operation) => ({ ...operation, response: null }));
  const all = [...operations, ...left.filter(({ id }) => !ids.has(id))].sort((a, b) => a.call - b.call);
  return { operations: all, order };
}

function randomRequest(dice: Dice, shape: Shape, unique: number, state: ModelState): ModelRequest {
  const kind = dice.below(20);
  const key = `k${dice.below(shape.keys)}`;
  const prefix = { key: "k", rangeEnd: "l" };
  if (kind < 6) return randomPut(dice, shape, unique);
  if (kind < 9) return { kind: "range", key, keysOnly: dice.below(8) === 0 };
  if (kind < 11) return { kind: "range", ...prefix, limit: dice.below(2), countOnly: dice.below(6) === 0 };
  if (kind === 11) return { kind: "range", key, revision: 1 + dice.below(state.revision + 1) };
  if (kind < 14) return { kind: "delete", ...(dice.below(5) === 0 ? prefix : { key }), prevKv: dice.below(2) === 0 };
  if (kind === 14) return { kind: "compact", revision: Math.max(0, state.revision - dice.below(5)) };
  if (kind === 15) return { kind: "lease-grant", id: 1 + dice.below(shape.unique ? shape.operations : 2), ttl: 5 };
  if (kind === 16) return { kind: "lease-revoke", id: 1 + dice.below(shape.unique ? shape.operations : 2) };
  const compare: Compare =
    dice.below(2) === 0
      ? { key, target: "mod", result: "equal", operand: dice.below(2) === 0 ? 0 : state.revision }
      : { key, target: "value", result: "not-equal", operand: `${dice.below(3)}` };
  const success: RequestOp[] = [randomPut(dice, shape, unique)];
  if (dice.below(2) === 0) success.push({ kind: "range", ...prefix });
  const failure: RequestOp[] = dice.below(2) === 0 ? [{ kind: "range", key }] : [{ kind: "delete", key, prevKv: true }];
  return { kind: "txn", compare: [compare], success, failure };
}

function randomPut(dice: Dice, shape: Shape, unique: number): ModelRequest & RequestOp & { readonly kind: "put" } {
  const key = `k${dice.below(shape.keys)}`;
  const value = shape.unique ? `v${unique}` : `${dice.below(3)}`;
  const put = { kind: "put", key, value, prevKv: dice.below(3) === 0 } as const;
  const flavour = dice.below(12);
  if (flavour === 0) return { ...put, lease: 1 + dice.below(2) };
  if (flavour === 1) return { ...put, ignoreLease: true };
  return flavour === 2 ? { ...put, value: "", ignoreValue: true } : put;
}

/** Tries all orders of all subsets that hold what returned. The specification of the check. */
function bruteForce(operations: readonly ModelOperation[], state: ModelState = emptyState()): boolean {
  const firstReturn = Math.min(...operations.map(({ return: end }) => end ?? Number.POSITIVE_INFINITY));
  if (firstReturn === Number.POSITIVE_INFINITY) return true;
  return operations.some((operation) => {
    if (operation.call > firstReturn) return false;
    const done = step(state, operation.request);
    if (operation.response !== null && !matches(operation.response, done.response)) return false;
    return bruteForce(
      operations.filter((other) => other !== operation),
      done.state,
    );
  });
}

function withPair(pair: KeyValue, dice: Dice): KeyValue {
  switch (dice.below(4)) {
    case 0:
      return { ...pair, value: `${pair.value}x` };
    case 1:
      return { ...pair, modRevision: pair.modRevision + 1 };
    case 2:
      return { ...pair, version: pair.version + 1 };
    default:
      return { ...pair, createRevision: pair.createRevision - 1 };
  }
}

/** Something in an answer that is not as it was. */
function mutated(response: KvResponse, dice: Dice): KvResponse {
  const shifted = { ...response, revision: response.revision + (dice.below(2) === 0 ? 1 : -1) };
  switch (response.kind) {
    case "range": {
      const [first, ...rest] = response.kvs;
      if (first === undefined || dice.below(3) === 0) return shifted;
      return dice.below(3) === 0 ? { ...response, kvs: rest } : { ...response, kvs: [withPair(first, dice), ...rest] };
    }
    case "put":
      if (response.prevKv === null || dice.below(2) === 0) return shifted;
      return { ...response, prevKv: dice.below(2) === 0 ? null : withPair(response.prevKv, dice) };
    case "delete":
      return dice.below(2) === 0 ? { ...response, deleted: response.deleted + 1 } : shifted;
    case "txn":
      return dice.below(2) === 0 ? { ...response, succeeded: !response.succeeded } : shifted;
    case "error":
      return { ...response, error: dice.below(2) === 0 ? "lease-not-found" : "key-not-found" };
    default:
      return shifted;
  }
}

/** A history with one thing wrong in it: an answer, an order, an effect, a knowledge. */
function broken(operations: readonly ModelOperation[], dice: Dice): ModelOperation[] {
  const at = dice.below(operations.length);
  const chance = dice.below(4);
  return operations
    .flatMap((operation, place): ModelOperation[] => {
      if (place !== at) return [operation];
      const { id, client, request, call, response } = operation;
      if (response === null || operation.return === null || chance === 0) return [];
      if (chance === 1) return [{ id, client, request, call: call + 0.5, return: call + 0.75, response }];
      if (chance === 2 && !onlyReads(request)) return [{ id, client, request, call, return: null, response: null }];
      return [{ ...operation, response: mutated(response, dice) }];
    })
    .sort((a, b) => a.call - b.call);
}

const seeds = fc.nat(1_000_000_000);

function small(seed: number): Simulated {
  const dice = new Dice(seed);
  const unique = dice.below(2) === 0;
  return simulate(dice, { operations: 5 + dice.below(2), clients: 4, keys: 2, unknown: 30, unique });
}

describe("a history by the full model", () => {
  it("has an explanation if and only if trying all orders finds one", () => {
    let violations = 0;
    let fine = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const { operations } = small(seed);
        const dice = new Dice(seed + 1);
        const history = dice.below(5) === 0 ? operations : broken(operations, dice);
        const right = bruteForce(history);
        if (right) fine += 1;
        else violations += 1;
        const verdict = checkModel(history, OPTIONS);
        expect(verdict.kind).toBe(right ? "ok" : "violation");
        if (verdict.kind === "ok") expectExplains(history, verdict.order);
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(violations, fine)).toBeGreaterThan(100);
  });
});

/** Whether an order of ids explains a history. */
function expectExplains(history: readonly ModelOperation[], order: readonly number[]): void {
  const byId = new Map(history.map((operation) => [operation.id, operation]));
  let state = emptyState();
  let latest = 0;
  for (const id of order) {
    const operation = byId.get(id);
    if (operation === undefined) throw new Error(`no operation ${id}`);
    expect(operation.return === null || operation.return > latest).toBe(true);
    latest = Math.max(latest, operation.call);
    const done = step(state, operation.request);
    if (operation.response !== null) expect(matches(operation.response, done.response)).toBe(true);
    state = done.state;
  }
  const placed = new Set(order);
  for (const { id, return: end } of history) expect(end === null || placed.has(id)).toBe(true);
}
