/**
 * The format of recorded histories as arrays of events: `[0, id, client, op, ...args]` is a call and `[1, id, ...result]` its return.
 * Register: `r`, `w value`, `c from to`; keys: `g key`, `p key value`, `a key value`. The results of `r` and `g` are values, `"?"`
 * of `r` an unknown one; that of `c` is true or false. Positions in the list are the times.
 */
import type { Action } from "../linearizability/operation.js";
import { actionLabel, answerLabel } from "./action-label.js";
import { type Fields, type Problems, shown } from "./fields.js";
import type { HistoryModel, HistoryOperation, RecordedHistory } from "./history.js";
import { printable } from "./printable.js";

type Scalar = string | number | boolean | null;

interface Call {
  readonly client: Scalar;
  readonly words: readonly Scalar[];
  readonly at: number;
  readonly place: string;
  done: { readonly at: number; readonly result: readonly Scalar[] } | null;
}

/** The key that stands for the one register. */
const REGISTER = "register";

/** Reads a history whose object has been recognised by its `events`. */
export function readEvents(fields: Fields): RecordedHistory {
  const { problems } = fields;
  const stated = fields.word("model", ["cas-register", "kv-append"]);
  const model: HistoryModel = stated === "kv-append" ? "kv" : "register";
  const calls = callsOf(fields.list("events"), problems);
  const operations = calls.map((call, id) => operationOf(call, id, model, problems));
  return { model, initial: model === "kv" ? "" : null, operations };
}

function callsOf(events: readonly { readonly value: unknown; readonly place: string }[], problems: Problems): Call[] {
  const calls: Call[] = [];
  const open = new Map<Scalar, Call>();
  const seen = new Set<Scalar>();
  for (const [at, { value, place }] of events.entries()) {
    if (!isEvent(value)) {
      problems.report(place, `an event is expected here: [0, id, client, op, …] or [1, id, …], not ${shown(value)}.`);
      break;
    }
    const [kind, id = null, ...rest] = value;
    if (kind === 0) {
      const [client = null, ...words] = rest;
      if (seen.has(id))
        problems.report(place, `operation ${shown(id)} is called a second time. Each call needs an id of its own.`);
      const call: Call = { client, words, at, place, done: null };
      calls.push(call);
      open.set(id, call);
      seen.add(id);
    } else if (kind === 1) {
      const call = open.get(id);
      if (call === undefined) problems.report(place, `operation ${shown(id)} returns, but is not under way.`);
      else call.done = { at, result: rest };
      open.delete(id);
    } else problems.report(place, `an event begins with 0 for a call or 1 for a return, not ${shown(kind)}.`);
  }
  return calls;
}

function isEvent(value: unknown): value is readonly Scalar[] {
  return Array.isArray(value) && value.every((word) => word === null || typeof word !== "object");
}

function operationOf(call: Call, id: number, model: HistoryModel, problems: Problems): HistoryOperation {
  const { client, at, done } = call;
  const action = model === "kv" ? keyAction(call, problems) : registerAction(call, problems);
  const unknown = action.kind === "read" && (done === null || done.result[0] === "?");
  return {
    id,
    client: printable(String(client)),
    call: at,
    return: done?.at ?? null,
    // Made when somebody looks: a check of many histories does not.
    get title() {
      return actionLabel(action, model);
    },
    get answer() {
      return done === null ? null : unknown ? "?" : answerLabel(action);
    },
    effect: unknown ? { kind: "nothing" } : { kind: "action", action },
  };
}

function text(value: Scalar | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function registerAction({ words, done, place }: Call, problems: Problems): Action {
  const [name, first, second] = words;
  const result = done?.result[0];
  const wanted = name === "r" ? 1 : name === "w" ? 2 : name === "c" ? 3 : 0;
  if (wanted === 0) problems.report(place, `a register's operations are "r", "w" and "c", not ${shown(name)}.`);
  else if (words.length !== wanted)
    problems.report(place, `"${name}" takes ${wanted - 1} values, not ${words.length - 1}.`);
  if (name === "w") return { kind: "write", key: REGISTER, value: String(first) };
  if (name === "c") {
    if (done !== null && typeof result !== "boolean") {
      problems.report(place, `the result of "c" is true or false, not ${shown(result)}.`);
    }
    const cas = { kind: "cas", key: REGISTER, from: String(first), to: String(second) } as const;
    return typeof result === "boolean" ? { ...cas, succeeded: result } : cas;
  }
  if (done !== null && done.result.length !== 1) problems.report(place, `"r" returns one value, null for none.`);
  return { kind: "read", key: REGISTER, value: text(result) };
}

function keyAction({ words, done, place }: Call, problems: Problems): Action {
  const [name, key, value] = words;
  const wanted = name === "g" ? 2 : name === "p" || name === "a" ? 3 : 0;
  if (wanted === 0) problems.report(place, `the operations on keys are "g", "p" and "a", not ${shown(name)}.`);
  else if (words.length !== wanted)
    problems.report(place, `"${name}" takes ${wanted - 1} values, not ${words.length - 1}.`);
  if (name === "p" || name === "a") {
    return { kind: name === "p" ? "write" : "append", key: String(key), value: String(value) };
  }
  if (done !== null && done.result.length !== 1) problems.report(place, `"g" returns one value.`);
  return { kind: "read", key: String(key), value: text(done?.result[0]) };
}
