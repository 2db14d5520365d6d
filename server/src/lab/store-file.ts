/**
 * The files of a storage folder. Each process writes one of its own (see `store-claim.ts`); when a store is opened, the files of
 * processes that have ended are taken over: what they hold is in the new one's file from then on.
 */
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { t } from "../l10n/text.js";
import type { SessionRecord } from "./record.js";
import { fileKind, isAlive, isProvable, nonce, ownName } from "./store-claim.js";
import { codeOf, durableFile, type TextAdapter } from "./store-disk.js";
import { parseStore } from "./store-format.js";

/** What was found in files that are nobody's any more. */
export interface Found {
  /** By their beginning, the newest last. */
  readonly sessions: readonly SessionRecord[];
  /** What a person should know, with the remedy. */
  readonly messages: readonly string[];
  /** Files that are superfluous as soon as the sessions are in this process's own file. */
  readonly parts: readonly string[];
  /** Files of processes that still live, or may: `provable` when the end of each would be noticed at once. */
  readonly others: readonly { readonly name: string; readonly provable: boolean }[];
}

/** A storage folder as one process uses it. */
export class StoreFolder {
  readonly folder: string;
  /** The file that this process writes. */
  readonly file: string;
  readonly #name = ownName();
  #parts = 1;

  constructor(folder: string) {
    this.folder = folder;
    this.file = join(folder, this.#name);
  }

  /** What writes the file, durably. */
  adapter(adapterOf: (file: string) => TextAdapter = durableFile): TextAdapter {
    return adapterOf(this.file);
  }

  /**
   * Takes over what is nobody's. What cannot be read is set aside in the folder, never overwritten and never removed. Rejects when
   * the folder cannot be used.
   */
  async takeOver(): Promise<Found> {
    await mkdir(this.folder, { recursive: true });
    const found = { sessions: new Map<string, SessionRecord>(), messages: [] as string[], parts: [] as string[] };
    const { free, others, leftovers } = await this.#look();
    for (const name of leftovers) await rm(join(this.folder, name), { force: true });
    for (const name of free) {
      const part = join(this.folder, this.#name.replace(/[.]json$/, `.${this.#parts}.json`));
      this.#parts += 1;
      try {
        await rename(join(this.folder, name), part);
      } catch (error) {
        // Another process that opened at the same moment was quicker.
        if (codeOf(error) === "ENOENT") continue;
        throw error;
      }
      const { sessions, message, superfluous } = await this.#read(part);
      for (const record of sessions) found.sessions.set(record.info.id, record);
      if (message !== null) found.messages.push(message);
      if (superfluous) found.parts.push(part);
    }
    return { ...found, sessions: inOrder(found.sessions.values()), others };
  }

  /** What could be read if nothing may be written: of a folder that is read-only. Never rejects. */
  async lookOnly(): Promise<readonly SessionRecord[]> {
    const sessions = new Map<string, SessionRecord>();
    const { free } = await this.#look().catch(() => ({ free: [] }));
    for (const name of free) {
      try {
        const { data } = parseStore(await readFile(join(this.folder, name), "utf8"));
        for (const record of data.sessions) sessions.set(record.info.id, record);
      } catch {
        // It is told already that the folder cannot be used.
      }
    }
    return inOrder(sessions.values());
  }

  /** Shows other machines that this process lives; false: its file is not there (any more), and has to be written anew. */
  async touch(): Promise<boolean> {
    try {
      const now = new Date();
      await utimes(this.file, now, now);
      return true;
    } catch (error) {
      return codeOf(error) !== "ENOENT";
    }
  }

  /** Makes the file nobody's: the next process to open the folder finds it, whether this one has quite ended or not. */
  async release(): Promise<void> {
    const plain = join(this.folder, "sessions.json");
    try {
      // A link, since a rename would replace what another process has released.
      await link(this.file, plain);
      await unlink(this.file);
    } catch {
      await rename(this.file, join(this.folder, `sessions-free-${nonce()}.json`)).catch(() => undefined);
    }
  }

  /** The files by whose they are; the free ones from the one that was written longest ago. */
  async #look(): Promise<{
    readonly free: readonly string[];
    readonly leftovers: readonly string[];
    readonly others: Found["others"];
  }> {
    const free: { name: string; written: number }[] = [];
    const leftovers: string[] = [];
    const others: { name: string; provable: boolean }[] = [];
    for (const name of await readdir(this.folder)) {
      const kind = fileKind(name);
      if (kind === null || name.startsWith(this.#name.replace(/json$/, ""))) continue;
      const written = await stat(join(this.folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => null,
      );
      if (written === null) continue;
      const alive = kind.kind !== "free" && isAlive(kind.claim, Date.now() - written);
      if (kind.kind === "leftover") {
        if (!alive) leftovers.push(name);
      } else if (alive) others.push({ name, provable: kind.kind === "claimed" && isProvable(kind.claim) });
      else free.push({ name, written });
    }
    free.sort((a, b) => a.written - b.written);
    return { free: free.map(({ name }) => name), leftovers, others };
  }

  /** `superfluous`: all of it is in what was read. */
  async #read(
    file: string,
  ): Promise<{ sessions: readonly SessionRecord[]; message: string | null; superfluous: boolean }> {
    // Down to the millisecond, and never the name of another one.
    const aside = join(this.folder, `sessions.damaged-${Date.now()}-${nonce()}.json`);
    let sessions: readonly SessionRecord[] = [];
    let lost: string;
    let move: () => Promise<void>;
    try {
      const { data, damaged } = parseStore(await readFile(file, "utf8"));
      ({ sessions } = data);
      const [first] = damaged;
      if (first === undefined) return { sessions, message: null, superfluous: true };
      const all = damaged.length + sessions.length;
      lost = t("{0} of {1} kept runs could not be read ({2}).", damaged.length, all, first);
      move = () => copyFile(file, aside);
    } catch (error) {
      lost = t("The kept runs could not be read ({0}).", reason(error));
      move = () => rename(file, aside);
    }
    try {
      await move();
      return {
        sessions,
        message: `${lost} ${t("The file was set aside as {0}.", aside)}`,
        superfluous: sessions.length > 0,
      };
    } catch (error) {
      const left = t("The file could not be set aside ({0}); it is left as {1}.", reason(error), file);
      return { sessions, message: `${lost} ${left}`, superfluous: false };
    }
  }
}

/** Why a file could not be used, in words. */
export function reason(error: unknown): string {
  switch (codeOf(error)) {
    case "EACCES":
    case "EPERM":
      return t("permission denied");
    case "EROFS":
      return t("the disk is read-only");
    case "ENOSPC":
    case "EDQUOT":
      return t("the disk is full");
    case "ENOTDIR":
    case "EEXIST":
      return t("a file is where its folder should be");
    case "EISDIR":
      return t("a folder is where the file should be");
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function inOrder(sessions: Iterable<SessionRecord>): readonly SessionRecord[] {
  // ISO 8601 in UTC: the order of the texts is that of the instants. Stable, so equal ones stay as they were.
  return [...sessions].sort((a, b) =>
    a.info.startedAt < b.info.startedAt ? -1 : Number(a.info.startedAt > b.info.startedAt),
  );
}
