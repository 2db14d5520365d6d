import type { RangeRequest, RequestOp, Revision, TxnRequest } from "../../../kv/request.js";
import type { KvEvent, KvResponse } from "../../../kv/response.js";
import { t } from "../../../l10n/text.js";
import { difference } from "./difference.js";
import { emptyState, type ModelState, withKey } from "./state.js";
import { step } from "./step.js";

/** A read that may be answered from the past: serializable, or at a revision. It returned. */
export interface HistoricRead {
  /** The caller's number for it. */
  readonly id: number;
  readonly client: number;
  /** The run of a server's process that answered (after a restart it is another one); `null` where it is not known. */
  readonly server: number | null;
  /** A range, or a transaction of ranges. */
  readonly request: RangeRequest | TxnRequest;
  readonly call: number;
  readonly return: number;
  readonly response: KvResponse;
}

/** A read that was answered what cannot be. */
export interface HistoricFault {
  readonly id: number;
  /**
   * - replay: not what the store held at the revision in the header, and at the one that was asked for;
   * - future: of a revision that the store never had, or not yet;
   * - falling: of an older state than this client had seen at this server before it asked;
   * - error: refused for a reason that there was not.
   */
  readonly kind: "replay" | "future" | "falling" | "error";
  readonly message: string;
}

/** What is known besides. */
export interface HistoricOptions {
  /** The highest revision that a compaction can have been at; left out, whether a past was compacted is not judged. */
  readonly compactRevision?: Revision;
  /** Position in the order of events at which a revision existed first anywhere; left out, only the whole run is looked at. */
  readonly since?: (revision: Revision) => number;
}

/** Compares reads with `changes`: all of the store, in order. In the order of their calls, the first fault of each. */
export function checkHistoricReads(
  reads: readonly HistoricRead[],
  changes: readonly KvEvent[],
  options: HistoricOptions = {},
): HistoricFault[] {
  const newest = changes.at(-1)?.kv.modRevision ?? emptyState().revision;
  const floors = floorsOf(reads);
  const faults = new Map<number, HistoricFault>();
  const sorted = [...reads].sort((a, b) => a.response.revision - b.response.revision);
  let state = emptyState();
  let next = 0;
  for (const read of sorted) {
    const revision = Math.min(read.response.revision, newest);
    for (
      let change = changes[next];
      change !== undefined && change.kv.modRevision <= revision;
      change = changes[next]
    ) {
      const { type, kv } = change;
      state = withKey(state, kv.key, type === "put" ? kv : null, kv.modRevision);
      next += 1;
    }
    const fault = faultOf(read, state, newest, floors.get(read.id) ?? 0, options);
    if (fault !== null) faults.set(read.id, { id: read.id, ...fault });
  }
  return [...reads].sort((a, b) => a.call - b.call).flatMap(({ id }) => faults.get(id) ?? []);
}

type Fault = Omit<HistoricFault, "id">;

function faultOf(
  { request, response, return: end }: HistoricRead,
  state: ModelState,
  newest: Revision,
  floor: Revision,
  options: HistoricOptions,
): Fault | null {
  const { revision } = response;
  if (response.kind === "error") {
    const message = errorFault(response.error, request, Math.max(revision, floor), options);
    return message === null ? null : { kind: "error", message };
  }
  if (revision > newest) {
    return {
      kind: "future",
      message: t("answered at revision {0}, and the store never got past {1}", revision, newest),
    };
  }
  if ((options.since?.(revision) ?? 0) > end) {
    return { kind: "future", message: t("answered at revision {0} before there was one", revision) };
  }
  if (revision < floor) {
    const message = t(
      "answered at revision {0}, after this client had seen revision {1} at the same server",
      revision,
      floor,
    );
    return { kind: "falling", message };
  }
  const found = difference(response, step(state, request).response);
  return found === null
    ? null
    : { kind: "replay", message: t("by the changes up to revision {0}, {1}", revision, found) };
}

/** Why an error cannot be right, `seen` being a revision that the server had reached. */
function errorFault(
  error: string,
  request: RangeRequest | TxnRequest,
  seen: Revision,
  { compactRevision }: HistoricOptions,
): string | null {
  const asked = revisionsIn(request);
  switch (error) {
    case "future-revision":
      return asked.some((revision) => revision > seen)
        ? null
        : t("refused as of a future revision, and the server had reached revision {0}", seen);
    case "compacted":
      return compactRevision === undefined || asked.some((revision) => revision < compactRevision)
        ? null
        : t("refused as compacted, and compaction never passed revision {0}", compactRevision);
    default: {
      const { response } = step(emptyState(), request);
      return response.kind === "error" && response.error === error ? null : t("refused with {0} without reason", error);
    }
  }
}

function revisionsIn(request: RangeRequest | TxnRequest): Revision[] {
  const collect = (operation: RequestOp): Revision[] => {
    if (operation?.kind === "range") return operation.revision ? [operation.revision] : [];
    return operation?.kind === "txn" ? [...operation.success, ...operation.failure].flatMap(collect) : [];
  };
  return collect(request);
}

/** For each read, by its id: the highest revision that its client had been answered by the same server when it asked. */
function floorsOf(reads: readonly HistoricRead[]): Map<number, Revision> {
  const events = reads.flatMap((read) => [
    { at: read.call, read, returns: false },
    { at: read.return, read, returns: true },
  ]);
  events.sort((a, b) => a.at - b.at);
  const seen = new Map<string, Revision>();
  const floors = new Map<number, Revision>();
  for (const { read, returns } of events) {
    if (read.server === null) continue;
    const name = `${read.client} ${read.server}`;
    const highest = seen.get(name) ?? 0;
    if (returns) seen.set(name, Math.max(highest, read.response.revision));
    else floors.set(read.id, highest);
  }
  return floors;
}
