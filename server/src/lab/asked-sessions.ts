import { t } from "../l10n/text.js";
import type { SessionId } from "../protocol/session.js";
import type { RunControl } from "./contract.js";
import { unknownSession } from "./kept-bookmarks.js";
import type { LabEvents } from "./lab-events.js";
import type { Openings } from "./openings.js";
import type { SessionRecord } from "./record.js";
import { type Answer, type CallName, NOT_OPEN, type Opened, type WorkerCalls } from "./rpc.js";
import type { SessionStore } from "./store.js";
import type { ClientCallControl, WorkerClient } from "./worker-client.js";

/** Asks the worker about kept sessions: one that it does not have is opened first. */
export class AskedSessions {
  readonly #store: SessionStore;
  readonly #events: LabEvents;
  readonly #worker: WorkerClient;
  readonly #openings: Openings;
  /** Sessions that the worker did not come back from, and what is said of them: they are not tried again. */
  readonly #hung = new Map<SessionId, string>();

  constructor(store: SessionStore, events: LabEvents, worker: WorkerClient, openings: Openings) {
    this.#store = store;
    this.#events = events;
    this.#worker = worker;
    this.#openings = openings;
  }

  /** Asks about one session. A run that is under way is looked at as far as it has got. */
  async ask<N extends CallName>(
    id: SessionId,
    name: N,
    params: WorkerCalls[N]["params"],
    control: ClientCallControl = {},
  ): Promise<Answer<N>> {
    for (let tries = 0; ; tries += 1) {
      // A run under way can be looked at; a kept session is opened first.
      const early = this.#openings.isUnderWay(id);
      if (!early) {
        const opened = await this.open(id, patient(control.signal));
        if (!opened.ok) return opened;
      }
      const answer = await this.#worker.call(name, params, control);
      if (!isNotOpen(answer)) return answer;
      if (early) return { ok: false, message: t("This run has not begun yet: another one is under way.") };
      // The worker has let it go since, to make room for others.
      if (tries > 0) return { ok: false, message: t("This session is not open. Open it again from the Runs view.") };
      this.#openings.expire(id);
    }
  }

  /** Asks about two: asking for either opens it, and the worker may let the first one go to make room for the second. */
  async askBoth<N extends "compare" | "comparison" | "milestones">(
    name: N,
    params: WorkerCalls[N]["params"],
    signal: AbortSignal,
  ): Promise<Answer<N>> {
    const sides = [params.left, params.right];
    for (let tries = 0; ; tries += 1) {
      for (const id of sides) {
        const opened = await this.open(id, patient(signal));
        if (!opened.ok) return opened;
      }
      const answer = await this.#worker.call(name, params, { signal });
      if (!isNotOpen(answer) || tries > 0) return answer;
      for (const id of sides) this.#openings.expire(id);
    }
  }

  /** What there is to say of a session that is open, or is opened now. */
  async describe(id: SessionId, control: RunControl): Promise<Opened> {
    if (this.#openings.isOpen(id) && this.#store.find(id) !== undefined) {
      const answer = await this.#worker.call("describe", { sessionId: id }, { signal: control.signal });
      if (answer.ok || answer.message !== NOT_OPEN) return answer;
      this.#openings.forget(id);
    }
    return this.open(id, control);
  }

  /** Makes a kept session available again when it is not: it is run anew, which gives the same trace. */
  async open(id: SessionId, control: RunControl = patient()): Promise<Opened> {
    const record = this.#store.find(id);
    if (record === undefined) return unknownSession();
    const hung = this.#hung.get(id);
    if (hung !== undefined) return { ok: false, message: hung };
    const { state, kind } = record.info;
    if (kind === "run" && state.kind === "failed") return { ok: false, message: state.message };
    return this.#openings.ensure(id, (own) => this.#reopen(id, own), control);
  }

  /** From now on the session is not opened any more: whoever asks is told `message`. */
  refuse(id: SessionId, message: string): void {
    this.#hung.set(id, message);
  }

  /** Ends a session that is not kept any more, and tells so. */
  async close(sessionId: SessionId): Promise<void> {
    const known = this.#openings.has(sessionId);
    this.#openings.forget(sessionId);
    if (known) await this.#worker.call("close", { sessionId });
    this.#events.emit({ kind: "session-deleted", sessionId });
  }

  async #reopen(id: SessionId, control: RunControl): Promise<Opened> {
    const record = this.#store.find(id);
    if (record === undefined) return unknownSession();
    const { kind, title, traceHash } = record.info;
    if (kind === "live") {
      const opened = await this.#worker.call("live", record);
      if (opened.ok && !opened.exact) this.#differs(title);
      return opened;
    }
    const opened = await this.#worker.call("reopen", { record, announce: this.#isNewest(record) }, control);
    if (opened.ok && traceHash !== null && opened.session.traceHash !== traceHash) this.#differs(title);
    return opened;
  }

  /** Its verdict is the one to show in the editor: of an older run it would replace the newer one's. */
  #isNewest({ info }: SessionRecord): boolean {
    const same = this.#store.records.filter(({ info: { kind, uri, title, state, settings } }) => {
      const ofText = kind === "run" && settings === undefined;
      return ofText && uri === info.uri && title === info.title && state.kind === "finished";
    });
    return same.at(-1)?.info.id === info.id;
  }

  #differs(title: string): void {
    this.#events.tell(
      t(
        "“{0}” does not run as it did when it was kept: Raft Lab has changed since. It is shown as it runs now.",
        title,
      ),
    );
  }
}

/** Waits as long as it takes, and looks at no progress. A signal each: a shared one would gather listeners. */
export function patient(signal: AbortSignal = new AbortController().signal): RunControl {
  return { signal, onProgress: () => undefined };
}

function isNotOpen(answer: { readonly ok: boolean }): boolean {
  return !answer.ok && "message" in answer && answer.message === NOT_OPEN;
}
