import type { MessageType } from "../language/program.js";
import type { EndpointId } from "../sim/config.js";
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
  /** By sender. */
  #bytes = new Map<EndpointId, number>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Starts again from the present event. */
  mark(): void {
    this.#read = this.#log.count;
    this.#byType = new Map();
    this.#all = 0;
    this.#bytes = new Map();
  }

  /** Messages of a type (`null`: of any). `Heartbeat` is AppendEntries without entries; `AppendEntries` counts both. */
  messages(type: MessageType | null): number {
    this.#catchUp();
    return type === null ? this.#all : (this.#byType.get(type) ?? 0);
  }

  /** Bytes sent by these (`null`: by everybody), by nominal sizes: 32 for each message, 32 for each entry in it, and a snapshot's chunk. */
  bytes(senders: readonly EndpointId[] | null): number {
    this.#catchUp();
    let sum = 0;
    for (const sender of senders ?? this.#bytes.keys()) sum += this.#bytes.get(sender) ?? 0;
    return sum;
  }

  #catchUp(): void {
    const log = this.#log;
    for (; this.#read < log.count; this.#read += 1) {
      if (log.kind(this.#read) !== "send") continue;
      const { type } = unpackSend(log.word(this.#read, 0));
      const heartbeatReply = log.reason(this.#read)?.code === "append-heartbeat";
      const entries = type === "AppendEntries" ? log.word(this.#read, 4) : 0;
      const chunk = type === "InstallSnapshot" ? log.word(this.#read, 5) : 0;
      this.#all += 1;
      const sender = log.at(this.#read);
      this.#bytes.set(sender, (this.#bytes.get(sender) ?? 0) + HEADER_BYTES + entries * ENTRY_BYTES + chunk);
      this.#add(type);
      if (type === "AppendEntries" && entries === 0) this.#add("Heartbeat");
      if (heartbeatReply) this.#add("HeartbeatReply");
    }
  }

  #add(type: string): void {
    this.#byType.set(type, (this.#byType.get(type) ?? 0) + 1);
  }
}
