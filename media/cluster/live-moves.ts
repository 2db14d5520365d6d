/** What the panel does to a live cluster: runs, pauses and steps it, does steps of the language on it, starts others. */
import { liveMessageRequest, type MessageFate } from "../../server/src/protocol/messages-under-way.js";
import type { LiveControl } from "../../server/src/protocol/requests.js";
import {
  liveActRequest,
  liveBranchRequest,
  liveControlRequest,
  liveStartRequest,
} from "../../server/src/protocol/requests.js";
import type { EventId, SessionInfo } from "../../server/src/protocol/session.js";
import { isBoolean, isNumber, isString, object } from "../shared/guard.js";
import { isSessionInfo } from "../shared/guards.js";
import type { PanelHost } from "./panel-host.js";

const isOutcome = object({ line: isNumber, timeUs: isNumber, eventId: isNumber, ok: isBoolean, result: isString });

/** What becomes of the sessions that these requests give. */
export interface LivePanel {
  /** The shown session is this now. */
  changed(session: SessionInfo): void;
  /** Shows another session. */
  show(session: SessionInfo): void;
}

/** Acts on live clusters; what fails is said in the panel. */
export class LiveMoves {
  readonly #host: PanelHost;
  readonly #panel: LivePanel;

  constructor(host: PanelHost, panel: LivePanel) {
    this.#host = host;
    this.#panel = panel;
  }

  /** Runs, pauses, steps, paces or stops it. */
  async control(control: LiveControl): Promise<void> {
    const { session } = this.#host.store.state;
    if (session === null) return;
    const answer = await this.#host.connection.ask(
      liveControlRequest,
      { sessionId: session.id, control },
      object({ session: isSessionInfo }),
    );
    if (answer.kind === "ok") this.#panel.changed(answer.value.session);
    else if (answer.kind === "failed") this.#host.say("error", answer.message);
  }

  /** Does a step of the scenario language on the live cluster. */
  async act(step: string): Promise<void> {
    const { session } = this.#host.store.state;
    if (session === null) return;
    this.#host.store.set({ acting: step, notice: null });
    const answer = await this.#host.connection.ask(
      liveActRequest,
      { sessionId: session.id, step },
      object({ outcome: isOutcome }),
    );
    if (this.#host.store.state.acting === step) this.#host.store.set({ acting: null });
    if (answer.kind === "failed") this.#host.say("error", answer.message);
    if (answer.kind !== "ok") return;
    this.#tellOutcome(step, answer.value.outcome);
  }

  /** Does something with a message under way; the answer says as which step. */
  async actOnMessage(eventId: EventId, copy: number, fate: MessageFate): Promise<void> {
    const { session } = this.#host.store.state;
    if (session === null) return;
    const acting = fate.kind;
    this.#host.store.set({ acting, notice: null });
    const answer = await this.#host.connection.ask(
      liveMessageRequest,
      { sessionId: session.id, eventId, copy, fate },
      object({ step: isString, outcome: isOutcome }),
    );
    if (this.#host.store.state.acting === acting) this.#host.store.set({ acting: null });
    if (answer.kind === "failed") this.#host.say("error", answer.message);
    if (answer.kind === "ok") this.#tellOutcome(answer.value.step, answer.value.outcome);
  }

  /** Starts a live cluster that goes on from the moment shown. */
  async branch(): Promise<void> {
    const { session, view } = this.#host.store.state;
    if (session === null || view === null) return;
    const from = { sessionId: session.id, eventId: view.eventId };
    const answer = await this.#host.connection.ask(liveBranchRequest, from, object({ session: isSessionInfo }));
    if (answer.kind === "ok") this.#panel.show(answer.value.session);
    else if (answer.kind === "failed") this.#host.say("error", answer.message);
  }

  /** Starts a live cluster: like the shown session's scenario, or three servers with the defaults. */
  async startLive(): Promise<void> {
    const { session } = this.#host.store.state;
    const from =
      session === null || session.uri === null
        ? {}
        : { uri: session.uri, seed: session.seed, ...(session.kind === "run" ? { scenario: session.title } : {}) };
    const answer = await this.#host.connection.ask(liveStartRequest, from, object({ session: isSessionInfo }));
    if (answer.kind === "ok") this.#panel.show(answer.value.session);
    else if (answer.kind === "failed") this.#host.say("error", answer.message);
  }

  #tellOutcome(step: string, { ok, result }: { readonly ok: boolean; readonly result: string }): void {
    this.#host.store.set({ notice: { kind: ok ? "info" : "error", text: `${step} => ${result}` } });
  }
}
