import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { type Adapter, Low, Memory } from "lowdb";
import { DataFile } from "lowdb/node";
import type { SessionId } from "../protocol/session.js";
import type { SessionRecord } from "./record.js";
import { parseStore, type StoreData } from "./store-format.js";

/** Runs kept; beyond it the oldest are forgotten. Live sessions count too. */
const KEPT = 200;
const EMPTY: StoreData = { version: 1, sessions: [] };

/** The kept sessions, in a lowdb file of the extension's storage. Newest last. */
export class SessionStore {
  readonly #db: Low<StoreData>;
  #writing: Promise<void> = Promise.resolve();
  #dirty = false;

  private constructor(db: Low<StoreData>) {
    this.#db = db;
  }

  /**
   * Opens the store of a folder (`null`: in memory only). A file that cannot be read is set aside beside it, never
   * overwritten; `message` then says so.
   */
  static async open(folder: string | null): Promise<{ store: SessionStore; message: string | null }> {
    if (folder === null) return { store: new SessionStore(new Low(new Memory<StoreData>(), EMPTY)), message: null };
    await mkdir(folder, { recursive: true });
    const file = join(folder, "sessions.json");
    const adapter: Adapter<StoreData> = new DataFile<StoreData>(file, { parse: parseStore, stringify: JSON.stringify });
    const db = new Low(adapter, EMPTY);
    try {
      await db.read();
      return { store: new SessionStore(db), message: null };
    } catch (error) {
      const aside = join(folder, `sessions.damaged-${Date.now()}.json`);
      await rename(file, aside);
      const why = error instanceof Error ? error.message : String(error);
      const message = `The kept runs could not be read (${why}). The file was set aside as ${aside}; a new one has been started.`;
      return { store: new SessionStore(new Low(adapter, EMPTY)), message };
    }
  }

  /** All records, newest last. */
  get records(): readonly SessionRecord[] {
    return this.#db.data.sessions;
  }

  /** The record of a session. */
  find(id: SessionId): SessionRecord | undefined {
    return this.records.find(({ info }) => info.id === id);
  }

  /** Adds a record or replaces the session's. */
  put(record: SessionRecord): void {
    const { sessions } = this.#db.data;
    const position = sessions.findIndex(({ info }) => info.id === record.info.id);
    const next = position < 0 ? [...sessions, record] : sessions.with(position, record);
    this.#db.data = { version: 1, sessions: next.slice(-KEPT) };
    this.#write();
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

  /** Resolves when everything put so far is on the disk. Rejects when it could not be written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** One write at a time; changes during a write go out with the next. */
  #write(): void {
    if (this.#dirty) return;
    this.#dirty = true;
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        this.#dirty = false;
        await this.#db.write();
      });
    // Whoever flushes hears of a failure; the process must not die of it.
    this.#writing.catch(() => undefined);
  }
}
