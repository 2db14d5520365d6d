import type { DiagramItems } from "./diagram-items.js";
import { isOfClient, SELECTORS, typeOfSelector } from "./message-selectors.js";
import type { Recording } from "./recording.js";

/** What a diagram leaves out. Empty lists leave nothing out. */
export interface DiagramFilter {
  /** Servers of which at least one takes part in a message. */
  readonly servers?: readonly string[];
  /** Message types; `Heartbeat` and `HeartbeatReply` are AppendEntries without entries and their answers. */
  readonly types?: readonly string[];
  /** Fold runs of heartbeats and their replies; default true. */
  readonly foldHeartbeats?: boolean;
  /** Show clients, their requests and replies; default true. */
  readonly clients?: boolean;
  /** Only rows whose words hold this text, whatever its case; empty for all. */
  readonly text?: string;
  /** Only messages of these terms, both included; clients' messages have none. */
  readonly terms?: { readonly from: number; readonly to: number };
  /** Only what begins within a span of virtual time, both ends included. */
  readonly span?: { readonly fromUs: number; readonly toUs: number };
}

/** Tells which items a filter wants. What its text says is asked of the rows, which have the words. */
export class ItemFilter {
  readonly #recording: Recording;
  readonly #filter: DiagramFilter;
  readonly #servers: ReadonlySet<string>;
  readonly #clients: boolean;
  /** By the codes of the types. */
  readonly #types: readonly boolean[];

  constructor(recording: Recording, filter: DiagramFilter) {
    this.#recording = recording;
    this.#filter = filter;
    this.#servers = new Set(filter.servers);
    this.#clients = filter.clients ?? true;
    const types = new Set<string>(filter.types);
    this.#types = SELECTORS.map((selector, code) => {
      if (!this.#clients && isOfClient(code)) return false;
      return types.size === 0 || types.has(selector) || types.has(typeOfSelector(code));
    });
  }

  /** Whether an item is to be shown. */
  wants(items: DiagramItems, item: number): boolean {
    if (!this.spans(items.event(item))) return false;
    switch (items.shape(item)) {
      case "message":
        return this.#wantsMessage(items, item);
      case "again":
        return this.wants(items, items.messageOf(item));
      case "note":
        return this.#wantsPlace(items.from(item));
      case "term":
        return true;
    }
  }

  /** Whether an event lies within the span. */
  spans(event: number): boolean {
    const { span } = this.#filter;
    if (span === undefined) return true;
    const timeUs = this.#recording.log.timeUs(event);
    return timeUs >= span.fromUs && timeUs <= span.toUs;
  }

  #wantsMessage(items: DiagramItems, item: number): boolean {
    if (this.#types[items.type(item)] === false) return false;
    const { terms } = this.#filter;
    if (terms !== undefined) {
      const term = items.term(item);
      if (term < terms.from || term > terms.to || isOfClient(items.type(item))) return false;
    }
    return this.#servers.size === 0 || this.#isListed(items.from(item)) || this.#isListed(items.to(item));
  }

  #wantsPlace(at: number): boolean {
    if (at === 0) return true;
    if (this.#recording.world.clients.has(at)) return this.#clients;
    return this.#servers.size === 0 || this.#isListed(at);
  }

  #isListed(endpoint: number): boolean {
    return this.#servers.has(this.#recording.world.nameOf(endpoint));
  }
}
