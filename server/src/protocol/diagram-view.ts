/** The sequence diagram of a window of events. */
import type { EventCategory } from "./event-view.js";
import type { EventId, SessionId } from "./session.js";

/** A sequence diagram of a window of events: one model for mermaid, for our own drawing and for text. */
export interface DiagramView {
  readonly sessionId: SessionId;
  readonly fromEvent: EventId;
  readonly toEvent: EventId;
  readonly fromUs: number;
  readonly toUs: number;
  readonly lifelines: readonly { readonly name: string; readonly kind: "server" | "client" }[];
  readonly rows: readonly DiagramRow[];
  /** Rows left out because the window holds more than the limit; they follow the last row. */
  readonly moreRows: number;
  /** The same as mermaid `sequenceDiagram` text. Row n of `rows` is the n-th message or note in it. */
  readonly mermaid: string;
}

/** One row of a diagram. */
export type DiagramRow =
  | {
      readonly kind: "message";
      /** The send event. */
      readonly eventId: EventId;
      /** The delivery, `null` when lost or still under way. */
      readonly deliveredId: EventId | null;
      readonly from: string;
      readonly to: string;
      readonly type: string;
      /** `AppendEntries t2 prev 4/2 +3 commit 4` */
      readonly label: string;
      readonly sentUs: number;
      readonly deliveredUs: number | null;
      /** Lost to the network, a rule, or a server that was down. */
      readonly lost: boolean;
      /** Heartbeats (request and reply) folded into this row; 1 for none. */
      readonly count: number;
      readonly line: number | null;
    }
  | {
      readonly kind: "event";
      readonly eventId: EventId;
      /** The lifeline, or `null` for a note across all. */
      readonly at: string | null;
      readonly category: EventCategory;
      readonly text: string;
      readonly timeUs: number;
      readonly line: number | null;
    }
  | { readonly kind: "term"; readonly eventId: EventId; readonly term: number; readonly timeUs: number };
