import type { LeaseId, Revision } from "../../../kv/request.js";
import { changeSeen, type Footprint, footprintOf, type ModelOperation } from "./operation.js";
import { Pins } from "./pins.js";
import type { ModelState } from "./state.js";

/** An operation that returned, with what its answer says of the revisions at which it can stand. */
export interface Closed {
  readonly operation: ModelOperation;
  readonly footprint: Footprint;
  /** The revision that the store has after it; `null` for an error, which tells none. */
  readonly revision: Revision | null;
  /** Whether it made that revision. */
  readonly change: "none" | "one" | "unknown";
  /**
   * Nothing else need be tried when it fits: it changes nothing, or grants a lease that nobody found missing or present. Moved to the
   * front, it leaves every order that explains the rest as good as it was.
   */
  readonly forced: boolean;
  /** Its place in the order known of the log; -1 for none. */
  readonly place: number;
}

/** An operation of unknown outcome. */
export interface Open {
  readonly operation: ModelOperation;
  readonly footprint: Footprint;
  readonly place: number;
  /** The one before it, by number, that does the same in every state; -1 for none. That one can stand for it. */
  readonly twin: number;
  /** It can change something without making a revision: leases, and what is compacted. */
  readonly quiet: boolean;
}

/** A history as the search works on it: operations are small integers. */
export interface ModelProblem {
  /** Those that returned, by call order. */
  readonly closed: readonly Closed[];
  /** Those of unknown outcome that may have changed something, by call order. */
  readonly open: readonly Open[];
  readonly initial: ModelState;
  readonly pins: Pins;
  /** In the order known of the log, for each place: the number in `open`, or -1 for an operation that returned. */
  readonly log: readonly number[];
}

/** `order`: ids of operations that took effect in this order. */
export function modelProblem(
  operations: readonly ModelOperation[],
  initial: ModelState,
  order: readonly number[],
): ModelProblem {
  const closed = operations.filter((operation) => operation.return !== null);
  const open = operations.filter((operation) => operation.return === null);
  const ids = new Set(operations.map(({ id }) => id));
  const log = order.filter((id) => ids.has(id));
  const places = new Map(log.map((id, place) => [id, place]));
  const numbers = new Map(open.map(({ id }, number) => [id, number]));
  const granted = quietGrants(operations, places);
  const newest = new Map<string, number>();
  return {
    closed: closed.map((operation): Closed => {
      const { request, response, id } = operation;
      const refused = response === null || response.kind === "error";
      const change = refused ? "none" : changeSeen(response);
      const acts = change !== "none" || request.kind === "compact" || request.kind === "lease-grant";
      const early = request.kind === "lease-grant" && granted.has(request.id);
      return {
        operation,
        footprint: footprintOf(request),
        revision: refused ? null : response.revision,
        change,
        forced: refused || !acts || early,
        place: places.get(id) ?? -1,
      };
    }),
    open: open.map((operation, number): Open => {
      const { request, id, made } = operation;
      const place = places.get(id) ?? -1;
      const name = place < 0 ? JSON.stringify([request, made]) : `${id}`;
      const twin = newest.get(name) ?? -1;
      newest.set(name, number);
      const quiet = request.kind === "lease-grant" || request.kind === "lease-revoke" || request.kind === "compact";
      return { operation, footprint: footprintOf(request), place, twin, quiet };
    }),
    initial,
    pins: new Pins(closed, open, initial),
    log: log.map((id) => numbers.get(id) ?? -1),
  };
}

/**
 * Leases that one operation alone grants, and that nobody was told are missing. What stands in the log without an answer may have been refused
 * for want of the lease, and could not be left out if it no longer were.
 */
function quietGrants(operations: readonly ModelOperation[], logged: ReadonlyMap<number, number>): Set<LeaseId> {
  const granted = new Set<LeaseId>();
  const other = new Set<LeaseId>();
  for (const { id, request, response } of operations) {
    const silent = response === null && logged.has(id);
    if (silent || response?.kind === "error") for (const lease of footprintOf(request)) other.add(lease);
    if (request.kind !== "lease-grant") continue;
    if (granted.has(request.id)) other.add(request.id);
    granted.add(request.id);
  }
  for (const lease of other) granted.delete(lease);
  return granted;
}
