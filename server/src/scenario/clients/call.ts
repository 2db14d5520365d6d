import type { ClientOperation } from "../../sim/client-operation.js";
import type { EndpointId } from "../../sim/config.js";
import type { OperationRecord } from "../../sim/history.js";
import type { RunContext, StepPlace } from "../context.js";
import type { Wait } from "../task.js";

/** A part of a script that gives a result. */
export type Part<T> = Generator<Wait, T, boolean>;

/** Who does something, on behalf of which step. */
export interface Caller {
  readonly context: RunContext;
  readonly place: StepPlace;
  readonly client: EndpointId;
  /** The one server to ask; `null`: the one believed to lead. */
  readonly at: EndpointId | null;
}

/** A request that was made, or why the client could not make it. */
export type Called =
  | { readonly ok: true; readonly record: OperationRecord }
  | { readonly ok: false; readonly message: string };

/** Makes a request and does not wait for its answer. */
export function begin({ context, place, client, at }: Caller, body: ClientOperation): Called {
  const { number, refused } = context.act(place, { kind: "invoke", client, body, at });
  if (refused !== null) return { ok: false, message: refused };
  const record = context.recording.history.operation(number);
  if (record === undefined) throw new Error(`operation ${number} is not in the history`);
  return { ok: true, record };
}

/** Makes a request and waits for its outcome; every operation has one after `client-timeout` at the latest. */
export function* call(caller: Caller, body: ClientOperation): Part<Called> {
  const called = begin(caller, body);
  if (called.ok) yield* outcomeOf(called.record);
  return called;
}

/** Waits until an operation has its outcome. */
export function* outcomeOf(record: OperationRecord): Part<void> {
  yield { kind: "condition", test: () => record.outcome !== null, deadlineUs: null };
}
