import type { SessionId, SessionInfo } from "../protocol/session.js";
import type { LabEvents } from "./lab-events.js";
import { afterRestart } from "./new-record.js";
import type { SessionRecord } from "./record.js";
import type { WorkerEvent } from "./rpc.js";
import type { SessionStore } from "./store.js";

/** The states of kept sessions: a change is kept and then told. */
export class SessionStates {
  readonly #store: SessionStore;
  readonly #events: LabEvents;

  constructor(store: SessionStore, events: LabEvents) {
    this.#store = store;
    this.#events = events;
  }

  /** Takes over what an earlier process left, and what other processes leave from now on: their runs are not under way. */
  adopt(): void {
    this.#found(this.#store.records);
    this.#store.onAdopted((records) => {
      for (const session of this.#found(records)) this.#events.emit({ kind: "session-changed", session });
    });
  }

  /** Keeps and tells a session that begins now. Answers which ones had to go for it. */
  begin(record: SessionRecord): readonly SessionId[] {
    const gone = this.#store.put(record);
    this.#events.emit({ kind: "session-changed", session: record.info });
    return gone;
  }

  /** Whatever ended a run before its own end: it must not stay "running". */
  end(id: SessionId, state: SessionInfo["state"]): void {
    const record = this.#store.find(id);
    if (record?.info.state.kind !== "running") return;
    const session = { ...record.info, state };
    this.#store.update(id, { state });
    this.#events.emit({ kind: "session-changed", session });
  }

  /** Keeps what the worker tells of a session, and tells it on. */
  follow(event: WorkerEvent): void {
    const id = "session" in event ? event.session.id : event.sessionId;
    const record = this.#store.find(id);
    // Deleted, while the worker was still at it.
    if (record === undefined) return;
    switch (event.kind) {
      case "live-place":
        this.#store.put({ ...record, info: event.info, live: event.place });
        return;
      case "session-changed":
        this.#store.update(id, event.session, event.session.state.kind === "running" ? "later" : "now");
        break;
      case "cursor-changed":
        this.#store.update(id, { cursor: event.cursor }, "later");
        break;
      default:
        break;
    }
    this.#events.emit(event);
  }

  #found(records: readonly SessionRecord[]): readonly SessionInfo[] {
    return records.map((record) => {
      const { info } = afterRestart(record);
      if (info !== record.info) this.#store.update(info.id, info, "later");
      return info;
    });
  }
}
