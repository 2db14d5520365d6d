import { t } from "../l10n/text.js";
import type { SessionId } from "../protocol/session.js";
import type { RunControl, RunProgress } from "./contract.js";
import type { Opened } from "./rpc.js";

/** A caller who waits for a session. */
interface Waiter {
  readonly onProgress: (progress: RunProgress) => void;
}

/** A session in the worker's memory, or on the way into it. */
interface Slot {
  readonly controller: AbortController;
  readonly waiters: Set<Waiter>;
  readonly answer: Promise<Opened>;
  /** It may be looked at before it is there: a run that a person started. */
  readonly viewable: boolean;
  settled: boolean;
}

/** Brings a session into the worker's memory. */
export type Open = (control: RunControl) => Promise<Opened>;

function cancelled(): Opened {
  return { ok: false, message: t("The request was cancelled.") };
}

/**
 * Which sessions are in the worker's memory. Whoever needs one that is being opened waits for that one; opening ends
 * when the last who waits has gone.
 */
export class Openings {
  readonly #slots = new Map<SessionId, Slot>();

  /** Starts to open a session and waits for it. */
  async start(id: SessionId, open: Open, control: RunControl, viewable = false): Promise<Opened> {
    const controller = new AbortController();
    const waiters = new Set<Waiter>();
    const onProgress = (progress: RunProgress): void => {
      for (const waiter of waiters) waiter.onProgress(progress);
    };
    const slot: Slot = {
      controller,
      waiters,
      viewable,
      settled: false,
      answer: open({ signal: controller.signal, onProgress }).then(
        (answer) => {
          slot.settled = true;
          if (!answer.ok) this.#drop(id, slot);
          return answer;
        },
        (error: unknown) => {
          this.#drop(id, slot);
          throw error;
        },
      ),
    };
    this.#slots.set(id, slot);
    return this.#wait(slot, control);
  }

  /** Waits until a session is open, opening it when it is not. */
  async ensure(id: SessionId, open: Open, control: RunControl): Promise<Opened> {
    for (;;) {
      const slot = this.#slots.get(id);
      if (slot === undefined) return this.start(id, open, control);
      if (slot.settled || !slot.controller.signal.aborted) return this.#wait(slot, control);
      // Others have just given up on it: it is opened once more when that has come to its end.
      await slot.answer.catch(() => undefined);
      this.#drop(id, slot);
    }
  }

  /** Whether the session is known to the worker, as far as we know. */
  has(id: SessionId): boolean {
    return this.#slots.has(id);
  }

  /** Whether a person's run of it is under way, or waits for its turn. */
  isUnderWay(id: SessionId): boolean {
    const slot = this.#slots.get(id);
    return slot?.viewable === true && !slot.settled;
  }

  /** Whether the worker has it completely. */
  isOpen(id: SessionId): boolean {
    return this.#slots.get(id)?.settled === true;
  }

  /** The worker has let it go. One that is being opened again meanwhile is left to come. */
  expire(id: SessionId): void {
    if (this.#slots.get(id)?.settled === true) this.#slots.delete(id);
  }

  /** The worker does not have it any more. Ends its opening. */
  forget(id: SessionId): void {
    const slot = this.#slots.get(id);
    this.#slots.delete(id);
    if (slot?.settled === false) slot.controller.abort();
  }

  /** The worker has nothing any more. Answers which sessions it had completely. */
  clear(): readonly SessionId[] {
    const open = [...this.#slots].filter(([, { settled }]) => settled).map(([id]) => id);
    for (const id of [...this.#slots.keys()]) this.forget(id);
    return open;
  }

  #drop(id: SessionId, slot: Slot): void {
    if (this.#slots.get(id) === slot) this.#slots.delete(id);
  }

  async #wait(slot: Slot, { signal, onProgress }: RunControl): Promise<Opened> {
    if (slot.settled) return slot.answer;
    const waiter: Waiter = { onProgress };
    slot.waiters.add(waiter);
    return new Promise<Opened>((resolve, reject) => {
      const leave = (): void => {
        slot.waiters.delete(waiter);
        // The last one waits on, for how it ended: it may have been too late.
        if (slot.waiters.size === 0) slot.controller.abort();
        else resolve(cancelled());
      };
      signal.addEventListener("abort", leave, { once: true });
      const done = (): void => signal.removeEventListener("abort", leave);
      slot.answer.finally(done).then(resolve, reject);
      if (signal.aborted) leave();
    });
  }
}
