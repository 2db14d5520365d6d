import type { LabEvent, LogLevel } from "./contract.js";

/** Who hears of what happens in a lab. A listener's exception hurts neither the lab nor other listeners. */
export class LabEvents {
  readonly #listeners = new Set<(event: LabEvent) => void>();
  readonly #log: (level: LogLevel, message: string) => void;
  /** Words for people from before anybody listened: for the first who does. */
  #unheard: string[] = [];

  constructor(log: (level: LogLevel, message: string) => void) {
    this.#log = log;
  }

  /** Hears of everything from now on, and of what has been told to nobody yet; the returned function stops that. */
  listen(listener: (event: LabEvent) => void): () => void {
    this.#listeners.add(listener);
    const unheard = this.#unheard;
    this.#unheard = [];
    queueMicrotask(() => {
      for (const message of unheard) this.emit({ kind: "store-message", message });
    });
    return () => this.#listeners.delete(listener);
  }

  /** Tells all listeners. */
  emit(event: LabEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#log("error", `a listener of the lab failed at ${event.kind}: ${why}`);
      }
    }
  }

  /** Tells a person something about what is kept, and logs it. */
  tell(message: string): void {
    this.#log("warn", message);
    if (this.#listeners.size === 0) this.#unheard.push(message);
    else this.emit({ kind: "store-message", message });
  }

  /** Nobody hears anything any more. */
  clear(): void {
    this.#listeners.clear();
  }
}
