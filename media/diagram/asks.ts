/** The requests of the diagram panel, each checked when it is answered. */
import {
  type DiagramRowsView,
  type DiagramSelection,
  diagramFindRequest,
  diagramOverviewRequest,
  diagramPlaceRequest,
  diagramRowsRequest,
  MOST_MERMAID_ROWS,
} from "../../server/src/protocol/diagram-rows.js";
import type { DiagramView } from "../../server/src/protocol/diagram-view.js";
import type { EventView } from "../../server/src/protocol/event-view.js";
import {
  diagramRequest,
  eventsRequest,
  liveStartRequest,
  moveCursorRequest,
  whyRequest,
} from "../../server/src/protocol/requests.js";
import type { EventId, SessionId, SessionInfo } from "../../server/src/protocol/session.js";
import type { WhySubject, WhyView } from "../../server/src/protocol/why.js";
import type { Answer, Connection } from "../shared/connection.js";
import { isDiagramFind, isDiagramOverview, isDiagramPlace, isDiagramRowsView } from "../shared/diagram-guards.js";
import { arrayOf, isNumber, nullable, object } from "../shared/guard.js";
import { isDiagramView, isEventView, isSessionInfo } from "../shared/guards.js";
import { isWhyView } from "../shared/why-guards.js";
import type { Overview } from "./model.js";

/** Rows that one request may ask for. */
export const MOST_ROWS = 500;

/** Where something is looked for. */
export type PlaceOf = { readonly eventId: EventId } | { readonly line: number } | { readonly timeUs: number };

/** Asks the lab about one session. */
export class Asks {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  rows(
    sessionId: SessionId,
    selection: DiagramSelection,
    from: number,
    count: number,
  ): Promise<Answer<{ readonly view: DiagramRowsView }>> {
    const params = { sessionId, selection, from, count };
    return this.#connection.ask(diagramRowsRequest, params, object({ view: isDiagramRowsView }));
  }

  /** `slot`: what the place is for; a newer question for the same overtakes an older one. */
  place(
    sessionId: SessionId,
    selection: DiagramSelection,
    at: PlaceOf,
    slot: string,
  ): Promise<Answer<{ readonly row: number; readonly exact: boolean; readonly rows: readonly number[] }>> {
    return this.#connection.ask(diagramPlaceRequest, { sessionId, selection, at }, isDiagramPlace, `place ${slot}`);
  }

  find(
    sessionId: SessionId,
    selection: DiagramSelection,
    text: string,
    row: number,
    direction: "next" | "previous",
  ): Promise<Answer<{ readonly row: number | null; readonly matches: number }>> {
    const params = { sessionId, selection, text, row, direction };
    return this.#connection.ask(diagramFindRequest, params, isDiagramFind, "find");
  }

  overview(
    sessionId: SessionId,
    selection: DiagramSelection,
    buckets: number,
  ): Promise<Answer<{ readonly overview: Overview }>> {
    const params = { sessionId, selection, buckets };
    return this.#connection.ask(diagramOverviewRequest, params, isDiagramOverview, "overview");
  }

  /** The events of a window as mermaid text. */
  mermaid(
    sessionId: SessionId,
    selection: DiagramSelection,
    window: { readonly from: EventId; readonly to: EventId },
  ): Promise<Answer<{ readonly view: DiagramView }>> {
    return this.#connection.ask(
      diagramRequest,
      {
        sessionId,
        window: { kind: "events", from: window.from, to: window.to },
        filter: selection,
        limit: MOST_MERMAID_ROWS,
      },
      object({ view: isDiagramView }),
      "mermaid",
    );
  }

  event(sessionId: SessionId, eventId: EventId): Promise<Answer<{ readonly events: readonly EventView[] }>> {
    const params = { sessionId, from: eventId, count: 1 };
    return this.#connection.ask(eventsRequest, params, object({ events: arrayOf(isEventView) }), "event");
  }

  why(
    sessionId: SessionId,
    eventId: EventId,
    about: WhySubject | null,
    slot: string,
  ): Promise<Answer<{ readonly why: WhyView }>> {
    const asked = { sessionId, eventId, ...(about === null ? {} : { about }) };
    return this.#connection.ask(whyRequest, asked, object({ why: isWhyView }), slot);
  }

  move(
    sessionId: SessionId,
    eventId: EventId | null,
  ): Promise<Answer<{ readonly cursor: EventId | null; readonly event: EventView | null }>> {
    return this.#connection.ask(
      moveCursorRequest,
      { sessionId, move: { kind: "event", eventId } },
      object({ cursor: nullable(isNumber), event: nullable(isEventView) }),
    );
  }

  startLive(): Promise<Answer<{ readonly session: SessionInfo }>> {
    return this.#connection.ask(liveStartRequest, {}, object({ session: isSessionInfo }));
  }
}
