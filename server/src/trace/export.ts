import { asCompareAndSwap } from "../kv/compare-and-swap.js";
import { prefixOf } from "../kv/key-range.js";
import type { ClientOperation } from "../sim/client-operation.js";
import { describe } from "./describe.js";
import { fieldsOf } from "./event-fields.js";
import { operationText, outcomeRevision, outcomeText } from "./operation-text.js";
import type { Recording } from "./recording.js";

/**
 * The trace as lines of JSON, one object an event: for tools that read `--trace` files. Fields are in a fixed order; `kind`
 * and `code` are the trace's own words, `title` and `why` are for people.
 */
export function* traceLines(recording: Recording, from = 0): Generator<string, void, undefined> {
  const { log } = recording;
  for (let id = Math.max(0, from); id < log.count; id += 1) {
    const { timeUs, at, cause, line, title, reason: why } = describe(recording, id);
    const reason = log.reason(id);
    yield JSON.stringify({
      id,
      timeUs,
      kind: log.kind(id),
      at,
      cause,
      line,
      title,
      why,
      reason: reason === null ? null : { code: reason.code, a: reason.a, b: reason.b },
      fields: Object.fromEntries(fieldsOf(recording, id).map(({ name, value }) => [name, value])),
    });
  }
}

/** A client operation as the history has it. Times in virtual microseconds. */
export interface OperationText {
  readonly client: string;
  /** The operation's word in the scenario language. */
  readonly op: string;
  /** The key, or a range's first; empty for an operation on none, or on several. */
  readonly key: string;
  readonly value: string | null;
  readonly invokeUs: number;
  readonly returnUs: number | null;
  /** `ok`, `"value"`, `none`, `failed`, `timeout`, `error …`; `open` while it has not returned. */
  readonly outcome: string;
  readonly revision: number | null;
  /** The whole operation in the words of the scenario language. */
  readonly text: string;
}

/** All client operations, in the order of invocation. */
export function operationsOf(recording: Recording): OperationText[] {
  return recording.history.operations.map(({ client, body, invokeUs, returnUs, outcome }) => ({
    client: recording.world.nameOf(client),
    ...summaryOf(body),
    invokeUs,
    returnUs,
    outcome: outcome === null ? "open" : outcomeText(outcome),
    revision: outcome === null ? null : outcomeRevision(outcome),
    text: operationText(body),
  }));
}

function summaryOf(body: ClientOperation): Pick<OperationText, "op" | "key" | "value"> {
  switch (body.kind) {
    case "range":
      return { op: "get", key: prefixOf(body) ?? body.key, value: null };
    case "put":
      return { op: "put", key: body.key, value: body.value };
    case "delete":
      return { op: "delete", key: prefixOf(body) ?? body.key, value: null };
    case "txn": {
      const swap = asCompareAndSwap(body);
      return swap === null ? { op: "txn", key: "", value: null } : { op: "cas", key: swap.key, value: swap.value };
    }
    default:
      return { op: body.kind, key: "", value: null };
  }
}
