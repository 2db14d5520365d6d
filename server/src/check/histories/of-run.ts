import type { OperationRecord } from "../../sim/history.js";
import type { CommittedLog } from "../linearizability/model-history.js";
import { modelHistory } from "../linearizability/model-history.js";

/** What a process is called that is none of the clients: the cluster's leaders, when they end a lease. */
const CLUSTER = "the cluster";

/**
 * The client history of a run as lines of a recorded history (docs/histories.md, model `etcd`, "by lines"): what clients asked and were
 * answered, and the ends of leases, which no client asked for. Times are numbers of events, so that none are the same.
 */
export function* historyLines(
  records: readonly OperationRecord[],
  committed: CommittedLog,
  nameOf: (client: number) => string,
): Generator<string, void, undefined> {
  yield JSON.stringify({ format: "raftlab-history/1", model: "etcd" });
  for (const operation of modelHistory(records, committed).operations) {
    const { id, client, request, call, return: end, response } = operation;
    // Why a lease was revoked is no part of etcd's request.
    const { kind: op, ...asked } = request.kind === "lease-revoke" ? { kind: request.kind, id: request.id } : request;
    const answer =
      response?.kind === "error"
        ? { error: response.error }
        : response === null
          ? {}
          : { response: answerOf(response) };
    yield JSON.stringify({
      client: id < 0 ? CLUSTER : nameOf(client),
      op,
      ...operationsOf(asked),
      call,
      return: end,
      ...answer,
    });
  }
}

/** Nested operations have their kind as `op`, as the format writes it. */
function operationsOf(fields: object): object {
  return JSON.parse(JSON.stringify(fields), (_name, value: unknown) =>
    isObject(value) && "kind" in value ? renamed(value) : value,
  );
}

function answerOf(response: object): object {
  return JSON.parse(JSON.stringify(response), (_name, value: unknown) => {
    if (!isObject(value) || !("kind" in value)) return value;
    const { kind: _kind, ...rest } = value;
    return rest;
  });
}

function renamed({ kind, ...rest }: Readonly<Record<string, unknown>>): object {
  return { op: kind, ...rest };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
