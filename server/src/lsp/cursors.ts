/** What the clusters of open documents are at their time cursors: kept here, so that a hint need not wait for the lab. */
import type { Lab, LabEvent } from "../lab/contract.js";
import type { ClusterView } from "../protocol/cluster-view.js";
import type { EventId, SessionId } from "../protocol/session.js";

/** Where a session's cursor stands, and the cluster there. */
export interface CursorState {
  readonly sessionId: SessionId;
  readonly eventId: EventId;
  /** The line behind the event, 1-based in the text that ran; `null` for none. */
  readonly line: number | null;
  readonly view: ClusterView;
}

/** What the cursors need of the server. */
export interface CursorServices {
  readonly lab: () => Promise<Lab>;
  /** The document of a session, or `null`. */
  readonly documentOf: (sessionId: SessionId) => string | null;
  /** The hints of a document are to be asked for anew. */
  readonly changed: (uri: string) => void;
  readonly failed: (error: unknown) => void;
}

/** Scrubbing moves the cursor many times a second; the cluster is asked for this often at most. */
const REST_MS = 100;

type CursorMoved = LabEvent & { readonly kind: "cursor-changed" };

/** Follows the cursors. While one is moved on and on, the newest place counts and those between are skipped. */
export class Cursors {
  readonly #services: CursorServices;
  readonly #states = new Map<string, CursorState>();
  readonly #next = new Map<string, CursorMoved>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #disposed = false;

  constructor(services: CursorServices) {
    this.#services = services;
  }

  /** The cluster of the document at its cursor; `null` when no cursor has been moved. */
  of(uri: string): CursorState | null {
    return this.#states.get(uri) ?? null;
  }

  /** Takes in what happened in the lab. */
  record(event: LabEvent): void {
    switch (event.kind) {
      case "cursor-changed": {
        const uri = this.#services.documentOf(event.sessionId);
        if (uri === null) return;
        this.#next.set(uri, event);
        if (!this.#busy && this.#timer === undefined) this.#work();
        return;
      }
      case "run-ended":
        this.#forget(event.source.uri);
        return;
      case "session-deleted":
        for (const [uri, { sessionId }] of this.#states) if (sessionId === event.sessionId) this.#forget(uri);
        return;
      default:
    }
  }

  /** Stops asking. */
  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#next.clear();
  }

  #forget(uri: string): void {
    this.#next.delete(uri);
    if (this.#states.delete(uri)) this.#services.changed(uri);
  }

  #work(): void {
    this.#busy = true;
    const moved = [...this.#next];
    this.#next.clear();
    Promise.all(moved.map(([uri, event]) => this.#look(uri, event)))
      .catch(this.#services.failed)
      .finally(() => {
        this.#busy = false;
        if (this.#disposed) return;
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          if (this.#next.size > 0) this.#work();
        }, REST_MS);
      });
  }

  async #look(uri: string, { sessionId, cursor, line }: CursorMoved): Promise<void> {
    if (cursor === null) {
      this.#forget(uri);
      return;
    }
    const lab = await this.#services.lab();
    const answer = await lab.clusterView({ sessionId, eventId: cursor }, new AbortController().signal);
    if (this.#disposed) return;
    if (answer.ok) this.#states.set(uri, { sessionId, eventId: cursor, line, view: answer.view });
    else this.#states.delete(uri);
    this.#services.changed(uri);
  }
}
