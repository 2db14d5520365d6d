import { type Adapter, Low, Memory } from "lowdb";
import type { SessionId, SessionInfo } from "../protocol/session.js";
import type { SessionRecord } from "./record.js";
import { EMPTY_STORE, readStore, reason, type TextAdapter } from "./store-file.js";
import type { StoreData } from "./store-format.js";

/** Sessions kept; beyond it the oldest are forgotten. */
const KEPT = 200;
/** Characters of all kept texts and steps together: the file is written as a whole. */
const KEPT_LENGTH = 16_000_000;
/** How long a change that nobody would miss may wait for another to be written with it. */
const LAZY_MS = 1000;

/** How a store is opened. */
export interface StoreOptions {
  /** `null` keeps everything in memory. */
  readonly folder: string | null;
  /** Told in words for people when something could not be read or written. */
  readonly onMessage: (message: string) => void;
  /** Instead of a file; for tests. */
  readonly adapterOf?: (file: string) => TextAdapter;
}

/** The kept sessions, in a lowdb file of the extension's storage. Newest last. */
export class SessionStore {
  readonly #db: Low<StoreData>;
  readonly #onMessage: StoreOptions["onMessage"];
  #writing: Promise<void> = Promise.resolve();
  /** A write is queued that will take the present data with it. */
  #queued = false;
  #lazy: NodeJS.Timeout | null = null;
  #failing = false;

  private constructor(db: Low<StoreData>, onMessage: StoreOptions["onMessage"]) {
    this.#db = db;
    this.#onMessage = onMessage;
  }

  /** Opens the store. Never rejects: what stands in the way is told, and sessions are then kept in memory. */
  static async open({ folder, onMessage, adapterOf }: StoreOptions): Promise<SessionStore> {
    if (folder === null) return new SessionStore(new Low(new Memory<StoreData>(), EMPTY_STORE), onMessage);
    const { data, adapter, message } = await readStore(folder, adapterOf);
    if (message !== null) onMessage(message);
    return new SessionStore(new Low(adapter === null ? new Memory<StoreData>() : asJson(adapter), data), onMessage);
  }

  /** All records, newest last. */
  get records(): readonly SessionRecord[] {
    return this.#db.data.sessions;
  }

  /** The record of a session. */
  find(id: SessionId): SessionRecord | undefined {
    return this.records.find(({ info }) => info.id === id);
  }

  /** Adds a record or replaces the session's. Answers the sessions that had to be forgotten for it. */
  put(record: SessionRecord): readonly SessionId[] {
    const { sessions } = this.#db.data;
    const position = sessions.findIndex(({ info }) => info.id === record.info.id);
    const next = position < 0 ? [...sessions, record] : sessions.with(position, record);
    const dropped = position < 0 ? surplus(next) : new Set<SessionId>();
    this.#db.data = { version: 1, sessions: next.filter(({ info }) => !dropped.has(info.id)) };
    this.#write();
    return [...dropped];
  }

  /** Changes a session's info, if it is kept. `later`: may wait for the next write. */
  update(id: SessionId, patch: Partial<SessionInfo>, when: "now" | "later" = "now"): void {
    const { sessions } = this.#db.data;
    const position = sessions.findIndex(({ info }) => info.id === id);
    const record = sessions[position];
    if (record === undefined) return;
    const changed = { ...record, info: { ...record.info, ...patch } };
    this.#db.data = { version: 1, sessions: sessions.with(position, changed) };
    if (when === "now") this.#write();
    else this.#lazy ??= setTimeout(() => this.#write(), LAZY_MS).unref();
  }

  /** Forgets a session; false when it was not kept. */
  delete(id: SessionId): boolean {
    const { sessions } = this.#db.data;
    const next = sessions.filter(({ info }) => info.id !== id);
    if (next.length === sessions.length) return false;
    this.#db.data = { version: 1, sessions: next };
    this.#write();
    return true;
  }

  /** Resolves when everything so far is on the disk, or could not be written, which has been told. */
  async flush(): Promise<void> {
    if (this.#lazy !== null) this.#write();
    await this.#writing;
  }

  /** One write at a time; changes during a write go out with the next. */
  #write(): void {
    if (this.#lazy !== null) clearTimeout(this.#lazy);
    this.#lazy = null;
    if (this.#queued) return;
    this.#queued = true;
    this.#writing = this.#writing.then(async () => {
      this.#queued = false;
      try {
        await this.#db.write();
        this.#failing = false;
      } catch (error) {
        // Once until it works again: a full disk would otherwise be told with every event.
        if (!this.#failing) this.#onMessage(`Runs are not kept at the moment (${reason(error)}). ${REMEDY}`);
        this.#failing = true;
      }
    });
  }
}

const REMEDY = "They stay available until the window closes; make room or change the permissions, and they are kept.";

/** The oldest sessions that are too many: runs first, since a live cluster may still be in use. */
function surplus(sessions: readonly SessionRecord[]): Set<SessionId> {
  const dropped = new Set<SessionId>();
  const newest = sessions.at(-1);
  const oldestFirst = [
    ...sessions.filter(({ info }) => info.kind === "run"),
    ...sessions.filter(({ info }) => info.kind === "live"),
  ];
  let length = sessions.reduce((sum, record) => sum + lengthOf(record), 0);
  for (const record of oldestFirst) {
    if (sessions.length - dropped.size <= KEPT && length <= KEPT_LENGTH) break;
    if (record === newest) continue;
    dropped.add(record.info.id);
    length -= lengthOf(record);
  }
  return dropped;
}

function lengthOf({ text, live }: SessionRecord): number {
  const steps = live === null ? 0 : live.steps.reduce((sum, step) => sum + step.text.length + 50, 0);
  return (text?.length ?? 0) + steps;
}

function asJson(adapter: TextAdapter): Adapter<StoreData> {
  // Low reads nothing: the store is opened with what was found.
  return { read: async () => null, write: async (data) => adapter.write(JSON.stringify(data)) };
}
