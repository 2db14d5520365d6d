/** Verdicts on recorded histories, key by key. */
import type { KvResponse } from "../../kv/response.js";
import { checkLinearizability, type Linearizability } from "../linearizability/check.js";
import { minimise } from "../linearizability/minimise.js";
import { checkModel, type ModelVerdict } from "../linearizability/model/check.js";
import type { ModelOperation } from "../linearizability/model/operation.js";
import type { ModelRequest } from "../linearizability/model/step.js";
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
 * Judges a history of etcd's operations: by values where they can express everything that was asked, since that gives the shortest
 * counterexamples, key by key; and by the whole model, with revisions, versions and leases.
 */
function verifyEtcd(history: RecordedHistory, options: VerifyOptions): HistoryVerdict {
  const actions = new Map<number, Action>();
  const asked: {
    readonly operation: HistoryOperation;
    readonly request: ModelRequest;
    readonly response: KvResponse | null;
  }[] = [];
  let serializable = 0;
  let expressible = true;
  for (const operation of history.operations) {
    const { effect } = operation;
    if (effect.kind !== "request") continue;
    const { request, response } = effect;
    if (request.kind === "range" && (response === null || request.serializable)) {
      if (request.serializable) serializable += 1;
      continue;
    }
    if (request.kind === "alarm" || request.kind === "lease-checkpoint") continue;
    asked.push({ operation, request, response });
    const action = actionOfRequest(request, response);
    if (action === null) expressible = false;
    else actions.set(operation.id, action);
  }
  const reservations =
    serializable > 0 ? [`Serializable reads (${serializable}) promise less and are not checked.`] : [];
  const withRevisions = asked.every(({ response }) => response === null || tellsRevisions(response));
  if (expressible) {
    const byValues = verifyActions(history, actions, options);
    if (!withRevisions) reservations.unshift("Values are checked; revisions are not, since not every answer has them.");
    if (!withRevisions || byValues.kind === "not-linearizable") return { ...byValues, reservations };
  }
  if (!withRevisions) return needsRevisions(history, reservations);
  const positions = positionsOf(asked.map(({ operation }) => operation));
  const operations = asked.map(({ operation: { id }, request, response }, at): ModelOperation => {
    const { call, return: end } = positions[at] ?? { call: 0, return: null };
    return {
      id,
      client: 0,
      request,
      call,
      return: response === null ? null : end,
      response: end === null ? null : response,
    };
  });
  const result = checkModel(operations, { budget: options.budget });
  const verdict = modelVerdict(result);
  const part: HistoryPart = { keys: [], operations: operations.map(({ id }) => id), verdict, steps: result.steps };
  return { kind: verdict.kind, parts: [part], reservations };
}

/** Whether an answer was recorded with its revisions: etcd's are never 0. */
function tellsRevisions(response: KvResponse): boolean {
  if (response.kind === "error") return true;
  if (response.revision === 0) return false;
  switch (response.kind) {
    case "range":
      return response.kvs.every(({ modRevision }) => modRevision > 0);
    case "put":
      return response.prevKv === null || response.prevKv.modRevision > 0;
    default:
      return true;
  }
}

function needsRevisions({ operations }: RecordedHistory, reservations: readonly string[]): HistoryVerdict {
  const reason =
    "transactions, leases and ranges of more than a prefix are judged by revisions, and not every answer has them";
  const part: HistoryPart = {
    keys: [],
    operations: operations.map(({ id }) => id),
    verdict: { kind: "unproven", reason },
    steps: 0,
  };
  return { kind: "unproven", parts: [part], reservations };
}

function modelVerdict(result: ModelVerdict): PartVerdict {
  switch (result.kind) {
    case "ok":
      return { kind: "linearizable", order: result.order };
    case "unproven":
      return { kind: "unproven", reason: `undecided after ${result.steps} steps` };
    case "violation": {
      const { blocked, history } = result.violation;
      return { kind: "not-linearizable", impossible: blocked.id, counterexample: history.map(({ id }) => id) };
    }
  }
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

function positioned(operations: readonly HistoryOperation[], actions: ReadonlyMap<number, Action>): Operation[] {
  const relevant = operations.filter(({ id }) => actions.has(id));
  const positions = positionsOf(relevant);
  return relevant.flatMap(({ id }, at): Operation[] => {
    const action = actions.get(id);
    const { call, return: end } = positions[at] ?? { call: 0, return: null };
    return action === undefined ? [] : [{ id, client: 0, call, return: end, action }];
  });
}

/** For the checks: every call and return gets a position of its own, calls before returns of the same instant. */
function positionsOf(
  operations: readonly HistoryOperation[],
): { readonly call: number; readonly return: number | null }[] {
  const endOf = (at: number): number => operations[at]?.return ?? Number.POSITIVE_INFINITY;
  const byReturn = [...operations.keys()].filter((at) => endOf(at) !== Number.POSITIVE_INFINITY);
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
  for (const { call } of operations) {
    returnsBefore(call);
    calls.push(calls.length + returned);
  }
  returnsBefore(Number.POSITIVE_INFINITY);
  return operations.map(({ return: end }, at) => {
    return { call: calls[at] ?? 0, return: end === null ? null : (returns[at] ?? null) };
  });
}
