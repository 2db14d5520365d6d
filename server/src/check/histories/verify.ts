/** Verdicts on recorded histories, key by key. */
import { checkLinearizability, type Linearizability } from "../linearizability/check.js";
import { minimise } from "../linearizability/minimise.js";
import type { Action, Operation } from "../linearizability/operation.js";
import { partitions } from "../linearizability/partition.js";
import { actionOfRequest } from "./by-values.js";
import type { HistoryOperation, RecordedHistory } from "./history.js";

/** What is certain about a part of a history, and the operations (ids) that show it. */
export type PartVerdict =
  /** An order that explains everything. Operations of unknown outcome stand in it if they took effect. */
  | { readonly kind: "linearizable"; readonly order: readonly number[] }
  /** No order places `impossible` by the time of its return; `counterexample`, by call order, alone cannot be explained either. */
  | { readonly kind: "not-linearizable"; readonly impossible: number; readonly counterexample: readonly number[] }
  | { readonly kind: "unproven"; readonly reason: string };

/** Operations that share keys with each other and with no others. */
export interface HistoryPart {
  /** Empty where the part is not told apart by keys. */
  readonly keys: readonly string[];
  /** Ids, by call order. */
  readonly operations: readonly number[];
  readonly verdict: PartVerdict;
  /** Steps of the search. */
  readonly steps: number;
}

/** The verdict on a whole history. */
export interface HistoryVerdict {
  /** `not-linearizable` if any part is not; else `unproven` if any is. */
  readonly kind: PartVerdict["kind"];
  /** In key order. */
  readonly parts: readonly HistoryPart[];
  /** What the verdict does not speak of, for people; empty for nothing. */
  readonly reservations: readonly string[];
}

/** How much to spend. */
export interface VerifyOptions {
  /** Steps of the search for each part; one applies one operation to one state. */
  readonly budget: number;
}

/** Steps that making a counterexample small may take. */
const SMALL = 400_000;

/** Checks a recorded history. */
export function verifyHistory(history: RecordedHistory, options: VerifyOptions): HistoryVerdict {
  return history.model === "etcd" ? verifyEtcd(history, options) : verifyActions(history, actionsOf(history), options);
}

/**
 * The one place where histories of etcd's operations are judged: requests and answers stand in `effect` of the operations. By values
 * where they can express everything that was asked; else unproven. A violation by values is one in etcd's model as well.
 */
export function verifyEtcd(history: RecordedHistory, options: VerifyOptions): HistoryVerdict {
  const actions = new Map<number, Action>();
  let serializable = 0;
  for (const { id, title, effect } of history.operations) {
    if (effect.kind !== "request") continue;
    const { request, response } = effect;
    if (request.kind === "range" && response === null) continue;
    if (request.kind === "range" && request.serializable) {
      serializable += 1;
      continue;
    }
    const action = actionOfRequest(request, response);
    if (action === null) return beyondValues(history, title);
    actions.set(id, action);
  }
  const reservations = ["Values are checked; revisions, versions and leases of the answers are not."];
  if (serializable > 0) reservations.push(`Serializable reads (${serializable}) promise less and are not checked.`);
  return { ...verifyActions(history, actions, options), reservations };
}

function beyondValues(history: RecordedHistory, title: string): HistoryVerdict {
  const reason = `${title}: this version checks etcd's histories by values, which puts, reads and deletions of a key or a prefix and compare-and-swaps allow, and nothing else`;
  const operations = history.operations.map(({ id }) => id);
  const part: HistoryPart = { keys: [], operations, verdict: { kind: "unproven", reason }, steps: 0 };
  return { kind: "unproven", parts: [part], reservations: [] };
}

function actionsOf(history: RecordedHistory): Map<number, Action> {
  return new Map(
    history.operations.flatMap(({ id, effect }) => (effect.kind === "action" ? [[id, effect.action] as const] : [])),
  );
}

function verifyActions(
  history: RecordedHistory,
  actions: ReadonlyMap<number, Action>,
  { budget }: VerifyOptions,
): HistoryVerdict {
  const { initial } = history;
  const parts = partitions(positioned(history.operations, actions)).map(({ keys, operations }): HistoryPart => {
    const result = checkLinearizability(operations, { initial, budget, witness: [] });
    const verdict = verdictOf(result, initial);
    return { keys, operations: operations.map(({ id }) => id), verdict, steps: result.steps };
  });
  const has = (kind: PartVerdict["kind"]): boolean => parts.some(({ verdict }) => verdict.kind === kind);
  const kind = has("not-linearizable") ? "not-linearizable" : has("unproven") ? "unproven" : "linearizable";
  return { kind, parts, reservations: [] };
}

/** The operations of a history of a register or of keys, for `checkLinearizability`. */
export function historyOperations(history: RecordedHistory): Operation[] {
  return positioned(history.operations, actionsOf(history));
}

function verdictOf(result: Linearizability, initial: string | null): PartVerdict {
  switch (result.kind) {
    case "ok":
      return { kind: "linearizable", order: result.orders.flat() };
    case "unproven":
      return { kind: "unproven", reason: `undecided after ${result.steps} steps` };
    case "violation": {
      const counterexample = minimise(result.violation, { initial, budget: SMALL }).map(({ id }) => id);
      return { kind: "not-linearizable", impossible: result.violation.blocked.id, counterexample };
    }
  }
}

/** Operations for the check: every call and return gets a position of its own, calls before returns of the same instant. */
function positioned(operations: readonly HistoryOperation[], actions: ReadonlyMap<number, Action>): Operation[] {
  const relevant = operations.filter(({ id }) => actions.has(id));
  const endOf = (at: number): number => relevant[at]?.return ?? Number.POSITIVE_INFINITY;
  const byReturn = [...relevant.keys()].filter((at) => endOf(at) !== Number.POSITIVE_INFINITY);
  byReturn.sort((a, b) => endOf(a) - endOf(b) || a - b);
  const calls: number[] = [];
  const returns: number[] = [];
  let returned = 0;
  const returnsBefore = (time: number): void => {
    for (let at = byReturn[returned]; at !== undefined && endOf(at) < time; at = byReturn[returned]) {
      returns[at] = calls.length + returned;
      returned += 1;
    }
  };
  for (const { call } of relevant) {
    returnsBefore(call);
    calls.push(calls.length + returned);
  }
  returnsBefore(Number.POSITIVE_INFINITY);
  return relevant.flatMap(({ id, return: end }, at): Operation[] => {
    const action = actions.get(id);
    if (action === undefined) return [];
    return [{ id, client: 0, call: calls[at] ?? 0, return: end === null ? null : (returns[at] ?? null), action }];
  });
}
