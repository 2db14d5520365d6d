/** The story of the picked log entry: who has it, since when, and what it made. */
import { entryRequest } from "../../server/src/protocol/log-entry.js";
import { isEntryDetails } from "../shared/cluster-guards.js";
import { object } from "../shared/guard.js";
import { isFlowing } from "./model.js";
import type { PanelHost } from "./panel-host.js";

/** Keeps `entry` of the state. */
export class EntryStory {
  readonly #host: PanelHost;

  constructor(host: PanelHost) {
    this.#host = host;
  }

  /** The picked entry's story; while a live cluster flows only once, since it would be old at once. */
  async load(): Promise<void> {
    const { session, view, selection, entry: known } = this.#host.store.state;
    if (session === null || view === null || selection?.kind !== "entry") {
      if (known !== null) this.#host.store.set({ entry: null });
      return;
    }
    const { server, index } = selection;
    const same = known?.server === server && known.index === index;
    if (same && (known.eventId === view.eventId || isFlowing(this.#host.store.state))) return;
    const asked = { server, index, eventId: view.eventId };
    if (!same) this.#host.store.set({ entry: { ...asked, details: null, failure: null } });
    const answer = await this.#host.connection.ask(
      entryRequest,
      { sessionId: session.id, ...asked },
      object({ entry: isEntryDetails }),
      "entry",
    );
    if (answer.kind === "stale") return;
    const details = answer.kind === "ok" ? answer.value.entry : null;
    this.#host.store.set({ entry: { ...asked, details, failure: answer.kind === "failed" ? answer.message : null } });
  }
}
