import type { MessageType } from "../language/program.js";
import { unpackSend } from "../sim/transmit.js";
import type { EventLog } from "../trace/event-log.js";

/** Nominal sizes: what a compact encoding of the paper's fields would take. */
const HEADER_BYTES = 32;
const ENTRY_BYTES = 32;

/** Counts messages sent since the scenario began or since `mark`. Reads each event once. */
export class MessageCounter {
  readonly #log: EventLog;
  #read = 0;
  #byType = new Map<string, number>();
  #all = 0;
  #bytes = 0;

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Starts again from the present event. */
  mark(): void {
    this.#read = this.#log.count;
    this.#byType = new Map();
    this.#all = 0;
    this.#bytes = 0;
  }

  /** Messages of a type (`null`: of any). `Heartbeat` is AppendEntries without entries; `AppendEntries` counts both. */
  messages(type: MessageType | null): number {
    this.#catchUp();
    return type === null ? this.#all : (this.#byType.get(type) ?? 0);
  }

  /** Bytes of all messages, by nominal sizes: 32 for each message and 32 for each entry in it. */
  bytes(): number {
    this.#catchUp();
    return this.#bytes;
  }

  #catchUp(): void {
    const log = this.#log;
    for (; this.#read < log.count; this.#read += 1) {
      if (log.kind(this.#read) !== "send") continue;
      const { type } = unpackSend(log.word(this.#read, 0));
      const heartbeatReply = log.reason(this.#read)?.code === "append-heartbeat";
      const entries = type === "AppendEntries" ? log.word(this.#read, 4) : 0;
      this.#all += 1;
      this.#bytes += HEADER_BYTES + entries * ENTRY_BYTES;
      this.#add(type);
      if (type === "AppendEntries" && entries === 0) this.#add("Heartbeat");
      if (heartbeatReply) this.#add("HeartbeatReply");
    }
  }

  #add(type: string): void {
    this.#byType.set(type, (this.#byType.get(type) ?? 0) + 1);
  }
}
