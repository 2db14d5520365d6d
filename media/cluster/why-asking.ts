/** Asks why, and goes back and forth among what was asked. */
import { whyRequest } from "../../server/src/protocol/requests.js";
import type { EventId } from "../../server/src/protocol/session.js";
import type { WhyQuestion, WhySubject } from "../../server/src/protocol/why.js";
import { ask, walk } from "../../server/src/view-model/why/trail.js";
import { object } from "../shared/guard.js";
import { isWhyView } from "../shared/why-guards.js";
import type { PanelHost } from "./panel-host.js";

/** Keeps `why` and `trail` of the state. */
export class WhyAsking {
  readonly #host: PanelHost;

  constructor(host: PanelHost) {
    this.#host = host;
  }

  /** Asks why; `title` says what was asked, for the heading of the answer. */
  async why(title: string, eventId: EventId, about: WhySubject | null = null): Promise<void> {
    if (this.#host.store.state.session === null || eventId < 0) return;
    this.#host.store.set({ trail: ask(this.#host.store.state.trail, { title, eventId, about }) });
    await this.#answer({ title, eventId, about });
  }

  /** Shows the answer to the question asked before (-1) or after (1) the one that is shown. */
  async walkWhy(by: -1 | 1): Promise<void> {
    const step = walk(this.#host.store.state.trail, by);
    if (step === null) return;
    this.#host.store.set({ trail: step.trail });
    await this.#answer(step.question);
  }

  async #answer({ title, eventId, about }: WhyQuestion): Promise<void> {
    const { session } = this.#host.store.state;
    if (session === null) return;
    this.#host.store.set({ why: { title, eventId, about, view: null, failure: null } });
    const answer = await this.#host.connection.ask(
      whyRequest,
      { sessionId: session.id, eventId, ...(about === null ? {} : { about }) },
      object({ why: isWhyView }),
      "why",
    );
    if (answer.kind === "stale") return;
    const view = answer.kind === "ok" ? answer.value.why : null;
    this.#host.store.set({
      why: { title, eventId, about, view, failure: answer.kind === "failed" ? answer.message : null },
    });
  }
}
