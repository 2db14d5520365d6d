/** Pages of the event list: loaded when they come into sight, forgotten when far away. */
import { eventsRequest } from "../../server/src/protocol/requests.js";
import type { EventId } from "../../server/src/protocol/session.js";
import type { Connection } from "../shared/connection.js";
import { arrayOf, object } from "../shared/guard.js";
import { isEventView } from "../shared/guards.js";
import type { Store } from "../shared/store.js";
import type { ClusterState } from "./model.js";

/** Events per page of the list. */
export const PAGE = 200;

/** Pages kept on either side of the newest one. */
const KEPT = 8;

/** Asks for pages, each once at a time. */
export class EventPages {
  readonly #connection: Connection;
  readonly #store: Store<ClusterState>;
  readonly #loading = new Set<EventId>();
  /** How many events the session had when a page was last asked for. */
  readonly #askedAt = new Map<string, number>();

  constructor(connection: Connection, store: Store<ClusterState>) {
    this.#connection = connection;
    this.#store = store;
  }

  /** Loads the page that starts at `first`, unless it is there or on its way. */
  load(first: EventId): void {
    const { session, pages } = this.#store.state;
    if (session === null || this.#loading.has(first)) return;
    const whole = Math.min(PAGE, session.events - first);
    if ((pages.get(first)?.length ?? 0) >= whole) return;
    // A page that came shorter than expected is asked for again only once the session has grown.
    const page = `${session.id} ${first}`;
    if (pages.has(first) && this.#askedAt.get(page) === session.events) return;
    this.#askedAt.set(page, session.events);
    void this.#ask(session.id, first);
  }

  async #ask(sessionId: string, first: EventId): Promise<void> {
    this.#loading.add(first);
    const answer = await this.#connection.ask(
      eventsRequest,
      { sessionId, from: first, count: PAGE },
      object({ events: arrayOf(isEventView) }),
    );
    this.#loading.delete(first);
    const { session, pages } = this.#store.state;
    if (answer.kind !== "ok" || session?.id !== sessionId) return;
    const kept = [...pages].filter(([at]) => Math.abs(at - first) <= KEPT * PAGE);
    this.#store.set({ pages: new Map([...kept, [first, answer.value.events]]) });
  }
}
