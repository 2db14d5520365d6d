/** A watch over etcd's JSON gateway: one request whose answer goes on, a message on each line. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Json, type JsonObject, listOf, objectOf, textOf } from "../translate.js";
import { numberIn, pairOf } from "./wire.js";

/** How often something is waited for, and how long apart. */
const LOOKS = 400;
const LOOK_MS = 25;

/** What came on a watch so far. */
export class WatchStream {
  readonly events: Json[] = [];
  /** Whether the server has opened it. */
  created = false;
  /** The revision of the compaction that ended it; `null` while it goes on. */
  compactRevision: number | null = null;
  readonly #abort = new AbortController();
  readonly #withPrevious: boolean;

  private constructor(withPrevious: boolean) {
    this.#withPrevious = withPrevious;
  }

  /** Opens a watch with the fields of etcd's WatchCreateRequest, as they go over the wire. */
  static async open(url: string, request: JsonObject): Promise<WatchStream> {
    const watch = new WatchStream(request["prev_kv"] === true);
    const { signal } = watch.#abort;
    const body = JSON.stringify({ create_request: request });
    const response = await fetch(`${url}/v3/watch`, { method: "POST", body, signal });
    if (response.body === null) throw new Error("a watch without an answer");
    // Ends with the abort; whoever waits for something that does not come any more says so.
    watch.#receive(response.body).catch(() => undefined);
    await watch.until("opened", () => watch.created);
    return watch;
  }

  /** Waits until `done`, but not for ever. */
  async until(what: string, done: () => boolean): Promise<void> {
    for (let look = 0; look < LOOKS; look += 1) {
      if (done()) return;
      await sleep(LOOK_MS);
    }
    throw new Error(`a watch was not ${what}`);
  }

  /** What came, in the recording's words. */
  get result(): JsonObject {
    const { events, compactRevision } = this;
    return compactRevision === null
      ? { created: true, events }
      : { created: true, events, canceled: true, compact_revision: compactRevision };
  }

  close(): void {
    this.#abort.abort();
  }

  async #receive(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") this.#message(objectOf(objectOf(JSON.parse(line))["result"]));
    }
  }

  #message(message: JsonObject): void {
    if (message["created"] === true) this.created = true;
    if (message["canceled"] === true) this.compactRevision = numberIn(message, "compact_revision");
    for (const each of listOf(message["events"] ?? [])) {
      const event = objectOf(each);
      const kind = textOf(event["type"] ?? "PUT");
      const pair = pairOf(event["kv"] ?? null);
      const previous = event["prev_kv"];
      this.events.push(this.#withPrevious && previous !== undefined ? [kind, pair, pairOf(previous)] : [kind, pair]);
    }
  }
}
