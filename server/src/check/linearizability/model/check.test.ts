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
class Simulation {
  readonly #dice: Dice;
  readonly #shape: Shape;
  readonly #idle: number[];
  readonly #called: ModelOperation[] = [];
  readonly #answered: ModelOperation[] = [];
  /** Their clients have given up; they may still take effect. */
  readonly #forgotten: ModelOperation[] = [];
  readonly #ended: ModelOperation[] = [];
  readonly order: number[] = [];
  #state = emptyState();
  #position = 0;

  constructor(dice: Dice, shape: Shape) {
    this.#dice = dice;
    this.#shape = shape;
    this.#idle = Array.from({ length: shape.clients }, (_, at) => at + 1);
    while (this.#ended.length < shape.operations) this.#event();
  }

  get operations(): ModelOperation[] {
    const left = [...this.#called, ...this.#answered].map((operation) => ({ ...operation, response: null }));
    return [...this.#ended, ...left].sort((a, b) => a.call - b.call);
  }

  #event(): void {
    this.#position += 1;
    const chance = this.#dice.below(10);
    if (chance < 4) this.#call();
    else if (chance < 7) this.#execute(this.#called, true);
    else if (chance === 7) this.#execute(this.#forgotten, false);
    else if (chance === 8 && this.#dice.below(100) < this.#shape.unknown * 2) this.#forget();
    else this.#answer();
  }

  #take<T>(from: T[]): T | undefined {
    return from.length === 0 ? undefined : from.splice(this.#dice.below(from.length), 1)[0];
  }

  #call(): void {
    const under = this.#called.length + this.#answered.length + this.#ended.length;
    const client = under < this.#shape.operations ? this.#take(this.#idle) : undefined;
    if (client === undefined) return;
    const request = randomRequest(this.#dice, this.#shape, this.#position, this.#state);
    this.#called.push({ id: this.#position, client, request, call: this.#position, return: null, response: null });
  }

  #execute(from: ModelOperation[], answers: boolean): void {
    const operation = this.#take(from);
    if (operation === undefined) return;
    const { state, response } = step(this.#state, operation.request);
    this.#state = state;
    this.order.push(operation.id);
    if (answers) this.#answered.push({ ...operation, response });
  }

  #forget(): void {
    const operation = this.#take(this.#called);
    if (operation === undefined) return;
    this.#ended.push(operation);
    this.#forgotten.push(operation);
    this.#idle.push(operation.client);
  }

  #answer(): void {
    const operation = this.#take(this.#answered);
    if (operation === undefined) return;
    const lost = this.#dice.below(100) < this.#shape.unknown;
    this.#ended.push(lost ? { ...operation, response: null } : { ...operation, return: this.#position });
    this.#idle.push(operation.client);
  }
}

function simulate(dice: Dice, shape: Shape): Simulated {
  const { operations, order } = new Simulation(dice, shape);
  return { operations, order };
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

/**
 * Tries all orders of all subsets that hold what returned; those in `log` take effect in that order. The specification of the check.
 */
function bruteForce(
  operations: readonly ModelOperation[],
  state: ModelState = emptyState(),
  log: readonly number[] = [],
): boolean {
  const firstReturn = Math.min(...operations.map(({ return: end }) => end ?? Number.POSITIVE_INFINITY));
  if (firstReturn === Number.POSITIVE_INFINITY) return true;
  return operations.some((operation) => {
    if (operation.call > firstReturn) return false;
    if (log.includes(operation.id) && log[0] !== operation.id) return false;
    const done = step(state, operation.request);
    if (operation.response !== null && !matches(operation.response, done.response)) return false;
    const rest = operations.filter((other) => other !== operation);
    return bruteForce(rest, done.state, log[0] === operation.id ? log.slice(1) : log);
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

/** Whether the part of a violation that is told has no explanation by itself. */
function expectUnexplained(verdict: ReturnType<typeof checkModel>): void {
  if (verdict.kind !== "violation") throw new Error(`${verdict.kind} is no violation`);
  const { blocked, history, background, fit } = verdict.violation;
  expect(history).toContainEqual(blocked);
  expect(history.every(({ return: end }) => end !== null)).toBe(true);
  expect(background.every(({ return: end, response }) => end === null && response === null)).toBe(true);
  expect(checkModel([...history, ...background], OPTIONS).kind).toBe("violation");
  expect(fit === null || fit.difference !== "").toBe(true);
}

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
        else expectUnexplained(verdict);
      }),
      { numRuns: 800 },
    );
    expect(Math.min(violations, fine)).toBeGreaterThan(80);
  });

  it("has one that agrees with the committed log if and only if trying all orders finds one", () => {
    let violations = 0;
    let fine = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const { operations } = small(seed);
        const dice = new Dice(seed + 3);
        // Of what returned, too, a log can say what it likes.
        const logged = operations
          .filter(({ request, return: end }) => !onlyReads(request) && dice.below(end === null ? 4 : 8) < 3)
          .map(({ id }) => ({ id, position: dice.below(3) === 0 ? dice.below(1000) : id * 1000 }))
          .sort((a, b) => a.position - b.position);
        const log = logged.map(({ id }) => id);
        const unknown = operations.filter(({ id, return: end }) => end === null && !log.includes(id));
        const never = new Set(unknown.filter(() => dice.below(2) === 0).map(({ id }) => id));
        const right = bruteForce(
          operations.filter(({ id, return: end, request }) => !never.has(id) && (end !== null || !onlyReads(request))),
          emptyState(),
          log,
        );
        if (right) fine += 1;
        else violations += 1;
        const committed = new Map(logged.map(({ id, position }) => [id, position]));
        const verdict = checkModel(operations, { ...OPTIONS, committed, notCommitted: never });
        expect(verdict.kind).toBe(right ? "ok" : "violation");
      }),
      { numRuns: 800 },
    );
    expect(Math.min(violations, fine)).toBeGreaterThan(50);
  });

  it("is accepted when a store that does what it should made it, with its order as witness and without", () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), fc.nat(5), (seed, unique, unknown) => {
        const shape = { operations: 150, clients: 6, keys: 4, unknown, unique };
        const { operations, order } = simulate(new Dice(seed), shape);
        expect(checkModel(operations, { budget: 0, witness: order })).toMatchObject({ kind: "ok", steps: 0 });
        const verdict = checkModel(operations, { budget: 3_000_000 });
        if (verdict.kind === "unproven") return;
        expect(verdict.kind).toBe("ok");
        if (verdict.kind === "ok") expectExplains(operations, verdict.order);
      }),
      { numRuns: 40 },
    );
  });

  it("blocks at the first return at which trying all orders finds nothing", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const history = broken(small(seed).operations, new Dice(seed + 2));
        const verdict = checkModel(history, OPTIONS);
        if (verdict.kind !== "violation") return;
        const at = (position: number): boolean =>
          bruteForce(
            history
              .filter(({ call }) => call <= position)
              .map((operation) =>
                (operation.return ?? 0) > position ? { ...operation, return: null, response: null } : operation,
              ),
          );
        const end = verdict.violation.blocked.return ?? 0;
        expect(at(end)).toBe(false);
        expect(at(end - 0.1)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("is settled for ten thousand operations of fifty clients on ten keys with 700 unknown outcomes", () => {
    const shape = { operations: 10_000, clients: 50, keys: 10, unknown: 5, unique: true };
    const { operations, order } = simulate(new Dice(1), shape);
    expect(operations.filter(({ return: end }) => end === null).length).toBeGreaterThan(700);
    expect(checkModel(operations, { budget: 0, witness: order }).kind).toBe("ok");
    const verdict = checkModel(operations, { budget: 1_000_000 });
    expect(verdict.kind).toBe("ok");
    expect(checkModel(operations, { budget: 1_000_000 })).toEqual(verdict);
  });

  it("is unproven, and never wrong, when the steps or the room are used up", () => {
    const { operations } = simulate(new Dice(5), { operations: 200, clients: 6, keys: 3, unknown: 10, unique: false });
    expect(checkModel(operations, { budget: 20 })).toMatchObject({ kind: "unproven" });
    expect(checkModel(operations, { budget: 1_000_000, room: 10 })).toMatchObject({ kind: "unproven" });
  });
});

const put = (key: string, value: string): ModelRequest => ({ kind: "put", key, value });
const get = (key: string): ModelRequest => ({ kind: "range", key });

/** Operations one after the other, answered as given; `null`: nobody knows. */
function sequence(...steps: readonly (readonly [ModelRequest, KvResponse | null])[]): ModelOperation[] {
  return steps.map(([request, response], at) => {
    return { id: at + 1, client: 1, request, response, call: at * 2, return: response === null ? null : at * 2 + 1 };
  });
}

function pair(key: string, value: string, modRevision: number): KeyValue {
  return { key, value, createRevision: modRevision, modRevision, version: 1, lease: 0 };
}

const written = (revision: number): KvResponse => ({ kind: "put", revision, prevKv: null });
const found = (revision: number, ...kvs: readonly KeyValue[]): KvResponse => {
  return { kind: "range", revision, kvs, count: kvs.length, more: false };
};

describe("what the full model sees", () => {
  it("a stale read, with what it should have been", () => {
    const history = sequence([put("other", "x"), written(2)], [put("k", "a"), written(3)], [get("k"), found(2)]);
    const verdict = checkModel(history, OPTIONS);
    expect(verdict).toMatchObject({
      kind: "violation",
      violation: {
        blocked: { id: 3 },
        fit: { difference: "number of kvs is 0, not 1", expected: found(3, pair("k", "a", 3)), revision: 3 },
        history: [{ id: 2 }, { id: 3 }],
        background: [{ id: 1 }],
      },
    });
  });

  it("a value that is right at a revision that is not", () => {
    const history = sequence([put("k", "a"), written(2)], [get("k"), found(2, { ...pair("k", "a", 2), version: 2 })]);
    expect(checkModel(history, OPTIONS)).toMatchObject({
      kind: "violation",
      violation: { fit: { difference: 'version of "k" in kvs[0] is 2, not 1' } },
    });
  });

  it("a lease's expiry: its keys may go at any time, but only once and all together", () => {
    const grant: ModelRequest = { kind: "lease-grant", id: 7, ttl: 5 };
    const leased = (key: string): ModelRequest => ({ kind: "put", key, value: "v", lease: 7 });
    const start = [
      [grant, { kind: "lease-grant", revision: 1, id: 7, ttl: 5 }],
      [leased("a"), written(2)],
      [leased("b"), written(3)],
    ] as const;
    const expiry = {
      id: 99,
      client: 0,
      request: { kind: "lease-revoke", id: 7 },
      call: 6.5,
      return: null,
      response: null,
    } as const;
    const with7 = { ...pair("b", "v", 3), lease: 7 };
    const gone = sequence(...start, [get("a"), found(4)], [get("b"), found(4)]);
    const half = sequence(...start, [get("a"), found(4)], [get("b"), found(4, with7)]);
    const early = sequence(...start, [get("a"), found(4)]);
    expect(checkModel(gone, OPTIONS).kind).toBe("violation");
    expect(checkModel([...gone, { ...expiry, call: 5.5 }], OPTIONS).kind).toBe("ok");
    expect(checkModel([...half, { ...expiry, call: 5.5 }], OPTIONS).kind).toBe("violation");
    expect(checkModel([...early, { ...expiry, call: 7.5 }], OPTIONS).kind).toBe("violation");
  });

  it("grants and compactions of unknown outcome that somebody noticed", () => {
    const history = sequence(
      [{ kind: "lease-grant", id: 7, ttl: 5 }, null],
      [{ kind: "compact", revision: 1 }, null],
      [{ kind: "put", key: "k", value: "v", lease: 7 }, written(2)],
      [
        { kind: "compact", revision: 1 },
        { kind: "error", revision: 0, error: "compacted" },
      ],
      [
        { kind: "lease-grant", id: 7, ttl: 5 },
        { kind: "error", revision: 0, error: "lease-exists" },
      ],
    );
    expect(checkModel(history, OPTIONS).kind).toBe("ok");
    expect(checkModel(history.slice(1), OPTIONS).kind).toBe("violation");
    expect(
      checkModel(
        history.filter(({ id }) => id !== 2),
        OPTIONS,
      ).kind,
    ).toBe("violation");
  });

  it("what the committed log shows of unknown outcomes", () => {
    const history = sequence([put("a", "1"), null], [put("b", "2"), null], [get("b"), found(2, pair("b", "2", 2))]);
    expect(checkModel(history, OPTIONS).kind).toBe("ok");
    const before = new Map([
      [1, 10],
      [2, 11],
    ]);
    const after = new Map([
      [1, 11],
      [2, 10],
    ]);
    expect(checkModel(history, { ...OPTIONS, committed: before }).kind).toBe("violation");
    expect(checkModel(history, { ...OPTIONS, committed: after })).toMatchObject({ kind: "ok", order: [2, 3, 1] });
    expect(checkModel(history, { ...OPTIONS, witness: [2, 3], committed: before }).kind).toBe("violation");
    expect(checkModel(history, { ...OPTIONS, notCommitted: new Set([1]) }).kind).toBe("ok");
    expect(checkModel(history, { ...OPTIONS, notCommitted: new Set([2]) }).kind).toBe("violation");
  });

  it("what the log forces: a grant that nobody answered, and a put that was refused before its lease was granted", () => {
    const leased: ModelRequest = { kind: "put", key: "k", value: "a", lease: 7 };
    const grant: ModelRequest = { kind: "lease-grant", id: 7, ttl: 5 };
    const taken = sequence([grant, null], [leased, null], [get("k"), found(2, { ...pair("k", "a", 2), lease: 7 })]);
    expect(checkModel(taken, { ...OPTIONS, committed: new Map([[2, 5]]) })).toMatchObject({
      kind: "ok",
      order: [1, 2, 3],
    });
    const granted: KvResponse = { kind: "lease-grant", revision: 1, id: 7, ttl: 5 };
    const refused = sequence([leased, null], [grant, granted], [get("k"), found(1)], [put("k", "b"), written(2)]);
    expect(
      checkModel(refused, {
        ...OPTIONS,
        committed: new Map([
          [1, 5],
          [4, 6],
        ]),
      }),
    ).toMatchObject({
      kind: "ok",
      order: [1, 2, 3, 4],
    });
  });

  it("no witness that leaves out an answer, turns the order of time round, or does not give what was seen", () => {
    const history = sequence(
      [put("a", "1"), written(2)],
      [put("b", "2"), written(3)],
      [get("b"), found(3, pair("b", "2", 3))],
    );
    const verdict = (witness: readonly number[]): string => checkModel(history, { budget: 0, witness }).kind;
    expect(verdict([1, 2, 3])).toBe("ok");
    expect(verdict([1, 2, 3, 3, 99])).toBe("ok");
    expect(verdict([1, 2])).toBe("unproven");
    expect(verdict([2, 1, 3])).toBe("unproven");
    expect(verdict([1, 3, 2])).toBe("unproven");
  });

  it("begins with a given state", () => {
    const initial = step(emptyState(), put("k", "a")).state;
    const history = sequence([get("k"), found(2, pair("k", "a", 2))], [put("k", "b"), written(3)]);
    expect(checkModel(history, { ...OPTIONS, initial }).kind).toBe("ok");
    expect(checkModel(history, OPTIONS).kind).toBe("violation");
  });

  it("reads of the past, until they are compacted", () => {
    const old: ModelRequest = { kind: "range", key: "k", revision: 2 };
    const start = [
      [put("k", "a"), written(2)],
      [put("k", "b"), written(3)],
    ] as const;
    const past = found(3, pair("k", "a", 2));
    const compacted: KvResponse = { kind: "error", revision: 0, error: "compacted" };
    const compact = [
      { kind: "compact", revision: 3 },
      { kind: "compact", revision: 3 },
    ] as const;
    expect(checkModel(sequence(...start, [old, past], compact, [old, compacted]), OPTIONS).kind).toBe("ok");
    expect(checkModel(sequence(...start, [old, compacted]), OPTIONS).kind).toBe("violation");
    expect(checkModel(sequence(...start, compact, [old, past]), OPTIONS).kind).toBe("violation");
  });
});
