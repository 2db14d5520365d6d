import { rm } from "node:fs/promises";
import { type Adapter, Low, Memory } from "lowdb";
import { t } from "../l10n/text.js";
import type { Bookmark } from "../protocol/bookmarks.js";
import type { SessionId, SessionInfo } from "../protocol/session.js";
import type { SessionRecord } from "./record.js";
import { TOUCH_MS } from "./store-claim.js";
import type { TextAdapter } from "./store-disk.js";
import { type Found, reason, StoreFolder } from "./store-file.js";
import type { StoreData } from "./store-format.js";

/** Sessions kept unless told otherwise; beyond it the oldest are forgotten. */
export const KEPT = 200;
/** Characters of all kept texts and steps together: the file is written as a whole. */
const KEPT_LENGTH = 16_000_000;
/** How long a change that nobody would miss may wait for another to be written with it. */
const LAZY_MS = 1000;
/**
 * When a store that found other owners alive looks whether they have ended. A window that is reloaded opens its store while the one
 * before it is still closing. The last looks are for owners whose end shows only by their silence.
 */
const LOOKS_MS = [500, 1000, 2000, 4000, 8000, 16_000, 32_000];
const LOOKS_AT_PROVABLE = 5;

/** How a store is opened. */
export interface StoreOptions {
  /** `null` keeps everything in memory. */
  readonly folder: string | null;
  /** Told in words for people when something could not be read or written. */
  readonly onMessage: (message: string) => void;
  /** Instead of a file; for tests. */
  readonly adapterOf?: (file: string) => TextAdapter;
}

/**
 * The kept sessions, in lowdb files of the extension's storage. Newest last.
 *
 * **What is durable when.** A change is in memory at once and is written in the background, whole file after whole file. When
 * {@link flush} resolves, everything changed before is on the disk: file and folder are synced, so it outlives the end of the process
 * (kill -9 at any instant) and of the machine. Whoever answers a person flushes first: the end of a run, a live cluster's
 * beginning, step, control and deletion. What nobody is told of (where a cluster is between two steps, a cursor) is at most a second or so old. If the disk refuses,
 * that is told in words once, `flush` resolves all the same, and the next write that succeeds has everything.
 *
 * **Several processes on one folder** never write the same file. Sessions belong to the process that holds their file; when it has
 * ended, however it did, the next to open the folder takes them over. Those of a living one are not seen here: they come when it ends.
 */
export class SessionStore {
  readonly #db: Low<StoreData>;
  readonly #onMessage: StoreOptions["onMessage"];
  /** `null`: everything stays in memory. */
  readonly #folder: StoreFolder | null;
  #parts: readonly string[];
  #writing: Promise<void> = Promise.resolve();
  /** A write is queued that will take the present data with it. */
  #queued = false;
  #lazy: NodeJS.Timeout | null = null;
  #failing = false;
  /** There is a file that says so much as that this process lives. */
  #written = false;
  #closed = false;
  #keep = KEPT;
  #touching: NodeJS.Timeout | null = null;
  #looking: NodeJS.Timeout | null = null;
  #onAdopted: (records: readonly SessionRecord[]) => void = () => undefined;

  private constructor(
    onMessage: StoreOptions["onMessage"],
    sessions: readonly SessionRecord[],
    file: { readonly folder: StoreFolder; readonly adapter: TextAdapter; readonly parts: Found["parts"] } | null,
  ) {
    const data: StoreData = { version: 1, sessions };
    this.#db = new Low(file === null ? new Memory<StoreData>() : asJson(file.adapter), data);
    this.#folder = file?.folder ?? null;
    this.#parts = file?.parts ?? [];
    this.#onMessage = onMessage;
  }

  /** Opens the store. Never rejects: what stands in the way is told, and sessions are then kept in memory. */
  static async open({ folder: path, onMessage, adapterOf }: StoreOptions): Promise<SessionStore> {
    if (path === null) return new SessionStore(onMessage, [], null);
    const folder = new StoreFolder(path);
    let found: Found;
    try {
      found = await folder.takeOver();
    } catch (error) {
      const why = t("Runs are not kept: {0} cannot be used ({1}).", path, reason(error));
      onMessage(`${why} ${t("They are lost when the window closes.")}`);
      return new SessionStore(onMessage, await folder.lookOnly(), null);
    }
    const { sessions, messages, parts, others } = found;
    for (const message of messages) onMessage(message);
    const store = new SessionStore(onMessage, sessions, { folder, adapter: folder.adapter(adapterOf), parts });
    if (parts.length > 0) {
      store.#write();
      await store.flush();
    }
    store.#live(others);
    return store;
  }

  /** Hears of sessions whose owner ended after this store was opened. */
  onAdopted(listener: (records: readonly SessionRecord[]) => void): void {
    this.#onAdopted = listener;
  }

  /** How many sessions are kept from the next one on; the oldest beyond it are forgotten then. */
  set keep(count: number) {
    this.#keep = count;
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
    const dropped = position < 0 ? surplus(next, this.#keep) : new Set<SessionId>();
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

  /** Replaces a session's bookmarks, if it is kept. */
  setBookmarks(id: SessionId, bookmarks: readonly Bookmark[]): void {
    const record = this.find(id);
    if (record !== undefined) this.put({ ...record, bookmarks });
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

  /** Writes what is left, and leaves the sessions to whoever opens the folder next. Nothing is kept afterwards. */
  async close(): Promise<void> {
    if (this.#touching !== null) clearInterval(this.#touching);
    if (this.#looking !== null) clearTimeout(this.#looking);
    this.#looking = null;
    await this.flush();
    this.#closed = true;
    if (this.#written) await this.#folder?.release();
  }

  /** One write at a time; changes during a write go out with the next. */
  #write(): void {
    if (this.#lazy !== null) clearTimeout(this.#lazy);
    this.#lazy = null;
    if (this.#queued || this.#closed) return;
    this.#queued = true;
    this.#writing = this.#writing.then(async () => {
      this.#queued = false;
      const parts = this.#parts;
      try {
        await this.#db.write();
        this.#written = true;
        this.#failing = false;
        this.#parts = this.#parts.slice(parts.length);
        for (const part of parts) await rm(part, { force: true });
      } catch (error) {
        // Once until it works again: a full disk would otherwise be told with every event.
        if (!this.#failing) {
          const why = t("Runs are not kept at the moment ({0}).", reason(error));
          const remedy = t(
            "They stay available until the window closes; make room or change the permissions, and they are kept.",
          );
          this.#onMessage(`${why} ${remedy}`);
        }
        this.#failing = true;
      }
    });
  }

  /** A machine that slept may find that another one took its file for a dead one's: then it is written again. */
  async #touch(): Promise<void> {
    if (this.#written && (await this.#folder?.touch()) === false) this.#write();
  }

  /** Begins what goes on for as long as the store is open. */
  #live(others: Found["others"]): void {
    this.#touching = setInterval(() => void this.#touch(), TOUCH_MS).unref();
    const looks = others.every(({ provable }) => provable) ? LOOKS_MS.slice(0, LOOKS_AT_PROVABLE) : LOOKS_MS;
    if (others.length > 0) this.#lookLater(looks);
  }

  #lookLater([next, ...rest]: readonly number[]): void {
    if (next === undefined) return;
    this.#looking = setTimeout(() => {
      void this.#adopt().finally(() => {
        if (this.#looking !== null) this.#lookLater(rest);
      });
    }, next).unref();
  }

  /** Takes over what has become nobody's since. */
  async #adopt(): Promise<void> {
    try {
      const found = await this.#folder?.takeOver();
      if (found === undefined) return;
      for (const message of found.messages) this.#onMessage(message);
      if (found.parts.length === 0) return;
      this.#parts = [...this.#parts, ...found.parts];
      const known = new Set(this.records.map(({ info }) => info.id));
      const adopted = found.sessions.filter(({ info }) => !known.has(info.id));
      // Before those of this process: they are older.
      this.#db.data = { version: 1, sessions: [...adopted, ...this.records] };
      this.#write();
      this.#onAdopted(adopted);
      await this.flush();
    } catch {
      // The files stay as they are, for the next to open the folder.
    }
  }
}

/** The oldest sessions that are too many: runs first, since a live cluster may still be in use. */
function surplus(sessions: readonly SessionRecord[], keep: number): Set<SessionId> {
  const dropped = new Set<SessionId>();
  const newest = sessions.at(-1);
  const oldestFirst = [
    ...sessions.filter(({ info }) => info.kind === "run"),
    ...sessions.filter(({ info }) => info.kind === "live"),
  ];
  let length = sessions.reduce((sum, record) => sum + lengthOf(record), 0);
  for (const record of oldestFirst) {
    if (sessions.length - dropped.size <= keep && length <= KEPT_LENGTH) break;
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
