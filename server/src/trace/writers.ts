import type { KvResponse } from "../kv/response.js";
import type { OperationResult } from "../sim/client-operation.js";
import { lineOf } from "./lines.js";
import type { Recording } from "./recording.js";
import { TraceIndex } from "./trace-index.js";

/**
 * Which client operation wrote a revision, by the answers that clients got. It follows the recording: each use takes in the
 * answers since. A write whose answer was lost is not known here.
 */
class Writers {
  readonly #recording: Recording;
  /** The event at which the operation was invoked, by revision. */
  readonly #invocations = new Map<number, number>();
  #taken = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** The event at which the operation that wrote a revision was invoked. */
  invocationOf(revision: number): number | undefined {
    const { log, history } = this.#recording;
    const returns = TraceIndex.of(this.#recording).events("return");
    for (; this.#taken < returns.length; this.#taken += 1) {
      const operation = history.operation(log.word(returns[this.#taken] ?? 0, 0));
      if (operation?.outcome?.kind !== "result" || !wrote(operation.outcome.result)) continue;
      const written = operation.outcome.result.revision;
      if (!this.#invocations.has(written)) this.#invocations.set(written, operation.invokeEvent);
    }
    return this.#invocations.get(revision);
  }
}

const known = new WeakMap<Recording, Writers>();

/** The scenario line whose operation wrote a revision; otherwise the line behind `eventId`, at which it was applied; or `null`. */
export function lineOfRevision(recording: Recording, revision: number, eventId: number): number | null {
  let writers = known.get(recording);
  if (writers === undefined) {
    writers = new Writers(recording);
    known.set(recording, writers);
  }
  return lineOf(recording, writers.invocationOf(revision) ?? eventId);
}

/** Whether the answer's revision is the request's own. */
function wrote(result: OperationResult | KvResponse): boolean {
  switch (result.kind) {
    case "put":
      return true;
    case "delete":
      return result.deleted > 0;
    case "txn":
      return result.responses.some(wrote);
    default:
      return false;
  }
}
