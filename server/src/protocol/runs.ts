/** Comparing kept sessions, and taking their traces out of the lab. */

import type { EventView } from "./event-view.js";
import type { Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });

/** How two traces relate. What happened to the clusters counts; how a scenario is written, and its notes, do not. */
export type TraceComparison =
  /** The same events, byte for byte. `hash`: of the traces. `events`: in the left one. */
  | { readonly kind: "equal"; readonly hash: string; readonly events: number }
  /** `same`: how many events of the cluster are alike. Then, the event of each that differs; `null` where that trace has ended. */
  | {
      readonly kind: "different";
      readonly same: number;
      readonly left: EventView | null;
      readonly right: EventView | null;
    };

/**
 * Client to server. Compares the traces of two sessions: by hash where both have one, and otherwise event by event. Sessions that are only
 * kept are run anew for it. A live cluster is compared as far as it has come. Cancellable.
 */
export const compareRequest = request<
  { readonly left: SessionId; readonly right: SessionId },
  Outcome<{ readonly comparison: TraceComparison }>
>("raftlab/compare");

/**
 * Client to server. A page of a session's trace as lines of JSON, as the command line's `--trace` writes them: the `count` events from `from`
 * on, at most 5,000. `next`: where the next page begins, `null` at the end.
 */
export const tracePageRequest = request<
  { readonly sessionId: SessionId; readonly from: EventId; readonly count: number },
  Outcome<{ readonly lines: string; readonly next: EventId | null }>
>("raftlab/trace");
