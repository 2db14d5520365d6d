import type { KvEvent } from "../kv/contract.js";
import type { History } from "../sim/history.js";

/** What a watch received, as a line for people. */
export interface WatchLine {
  readonly watch: string;
  readonly timeUs: number;
  readonly text: string;
}

/** Tells each event of each watch once, in the order in which they arrived. */
export class WatchFeed {
  readonly #history: History;
  /** Events already told, by watch. */
  readonly #told: number[] = [];

  constructor(history: History) {
    this.#history = history;
  }

  /** What arrived since the last call. */
  take(): readonly WatchLine[] {
    const fresh: (WatchLine & { readonly eventId: number })[] = [];
    this.#history.watches.forEach(({ name, received }, position) => {
      const told = this.#told[position] ?? 0;
      this.#told[position] = received.length;
      for (const { event, timeUs, eventId } of received.slice(told)) {
        fresh.push({ watch: name, timeUs, eventId, text: lineOf(event) });
      }
    });
    return fresh.sort((a, b) => a.eventId - b.eventId).map(({ watch, timeUs, text }) => ({ watch, timeUs, text }));
  }
}

function lineOf(event: KvEvent): string {
  const value = event.type === "put" ? ` ${JSON.stringify(event.kv.value)}` : "";
  return `${event.type} ${event.kv.key}${value} rev ${event.kv.modRevision}`;
}
