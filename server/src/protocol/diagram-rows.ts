/**
 * The message diagram of a whole run, however long: every row has a number, and the panel asks for those in sight. Positions
 * are in rows from 0 at the first; an arrow that is long under way slopes over as many rows as began meanwhile.
 */

import type { RoleView } from "./cluster-view.js";
import type { DiagramRow } from "./diagram-view.js";
import type { DiagramFilter, Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });

/**
 * Rows that a diagram as mermaid text has at the most. Mermaid draws on the page's own thread: so many take it less than half a second. Longer
 * runs are drawn from {@link DiagramRowsView}.
 */
export const MOST_MERMAID_ROWS = 400;

/** What a long diagram leaves out: the same as any other diagram. */
export type DiagramSelection = DiagramFilter;

/** A row with its place. */
export type PlacedRow = DiagramRow & {
  /** Its number, from 0. */
  readonly row: number;
  /**
   * Of a message: where it arrives or is lost, in rows; below `row`. Halfway between the rows that began before and after, e.g. 4.5. Of folded
   * heartbeats that of the first. `null` while it is under way, and of rows that are no messages.
   */
  readonly arrivesRow: number | null;
  /** Where a second copy of it arrives, in rows; empty for nearly all. */
  readonly copiesArrive: readonly number[];
};

/** Who a lifeline is from a row on. */
export interface LifelineState {
  readonly name: string;
  readonly role: RoleView | "down" | "paused" | null;
  readonly term: number;
}

/** A part of a diagram. */
export interface DiagramRowsView {
  readonly sessionId: SessionId;
  /** Events of the run that the diagram takes in so far; fewer than the run has while it is being made. */
  readonly events: number;
  /** Rows in all, of those events. */
  readonly totalRows: number;
  readonly lifelines: readonly { readonly name: string; readonly kind: "server" | "client" }[];
  /** The rows asked for, in order. */
  readonly rows: readonly PlacedRow[];
  /** Messages that began above the first row and arrive at it or below, newest first, at most 100. */
  readonly passing: readonly PlacedRow[];
  /** Who each lifeline is just above the first row; changes within stand in `changes`. Clients have role `null`. */
  readonly states: readonly LifelineState[];
  /**
   * Changes of role, term or status within the rows, each with its position in rows: the row that tells of it, or halfway between those around it.
   * Of several at one position the last one, for each lifeline.
   */
  readonly changes: readonly (LifelineState & { readonly position: number })[];
}

/**
 * Client to server. Rows `from`..`from + count - 1` (at most 500) of the diagram of the whole run. The first answer about a long run comes
 * after some 150 ms, if need be before all of it is taken in (`events`). The rest is taken in meanwhile: ask again. While a run goes on its last
 * heartbeats may still fold otherwise.
 */
export const diagramRowsRequest = request<
  {
    readonly sessionId: SessionId;
    readonly selection: DiagramSelection;
    readonly from: number;
    readonly count: number;
  },
  Outcome<{ readonly view: DiagramRowsView }>
>("raftlab/view/diagramRows");

/**
 * Client to server. Where an event stands in the diagram: the row that shows it (its own, or that of the message that it sends, delivers or loses,
 * folded or not), or, when none does, the newest row that began before it. `row` is -1 before the first row. `exact` says which of the two.
 * With `timeUs` instead of `eventId`: the newest row that had begun; with `line`: the rows that a scenario line caused, directly or through other
 * events, and when there is none, the place of the line's own event.
 */
export const diagramPlaceRequest = request<
  {
    readonly sessionId: SessionId;
    readonly selection: DiagramSelection;
    readonly at: { readonly eventId: EventId } | { readonly line: number } | { readonly timeUs: number };
  },
  Outcome<{
    readonly row: number;
    readonly exact: boolean;
    /** All rows of a line, at most 500; otherwise the one. */
    readonly rows: readonly number[];
  }>
>("raftlab/view/diagramPlace");

/**
 * Client to server. The nearest row after (or before) `row` whose words hold the text, whatever its case; `null` when there is none. A search in
 * a long run takes a second or so, during which other requests are answered; a newer one for another text ends it with a failure.
 */
export const diagramFindRequest = request<
  {
    readonly sessionId: SessionId;
    readonly selection: DiagramSelection;
    readonly text: string;
    readonly row: number;
    readonly direction: "next" | "previous";
  },
  Outcome<{
    readonly row: number | null;
    /** Rows that hold it, counted as far as 10,000. */
    readonly matches: number;
  }>
>("raftlab/view/diagramFind");

/** One stretch of rows in the minimap. */
export interface DiagramOverviewBucket {
  readonly messages: number;
  readonly lost: number;
  readonly entries: number;
  readonly votes: number;
  readonly client: number;
  readonly faults: number;
  readonly violations: number;
  readonly notes: number;
  /** A leader was elected in it. */
  readonly elections: number;
}

/**
 * Client to server. The whole diagram in `buckets` stretches of equally many rows (at most 1000, and no more than there are rows), for the
 * minimap.
 */
export const diagramOverviewRequest = request<
  { readonly sessionId: SessionId; readonly selection: DiagramSelection; readonly buckets: number },
  Outcome<{
    readonly overview: {
      readonly totalRows: number;
      readonly buckets: readonly DiagramOverviewBucket[];
      /** First row of each new term, at most 500: of more of them some, evenly spread. */
      readonly terms: readonly { readonly row: number; readonly term: number }[];
    };
  }>
>("raftlab/view/diagramOverview");
