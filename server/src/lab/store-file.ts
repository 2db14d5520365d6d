import { copyFile, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Adapter } from "lowdb";
import { TextFile } from "lowdb/node";
import { parseStore, type StoreData } from "./store-format.js";

/** Where the store's text is kept: a file that is replaced as a whole, or a test's stand-in. */
export type TextAdapter = Adapter<string>;

/** What was found in a folder. */
export interface FoundStore {
  readonly data: StoreData;
  /** Where to write; `null` when nothing may be written there. */
  readonly adapter: TextAdapter | null;
  /** What a person should know, with the remedy; `null` when all is well. */
  readonly message: string | null;
}

/** A store without anything in it. */
export const EMPTY_STORE: StoreData = { version: 1, sessions: [] };

/** lowdb writes a neighbour and renames it: whoever reads finds the old text or the new one, never a half. */
const textFile = (file: string): TextAdapter => new TextFile(file);

/**
 * Reads the store of a folder. What cannot be read is set aside beside it, never overwritten; where that is not
 * possible nothing will be written at all.
 */
export async function readStore(folder: string, adapterOf = textFile): Promise<FoundStore> {
  const file = join(folder, "sessions.json");
  const adapter = adapterOf(file);
  let source: string | null;
  try {
    await mkdir(folder, { recursive: true });
    source = await adapter.read();
  } catch (error) {
    const message = `Runs are not kept: ${file} cannot be used (${reason(error)}). They are lost when the window closes.`;
    return { data: EMPTY_STORE, adapter: null, message };
  }
  if (source === null) return { data: EMPTY_STORE, adapter, message: null };
  // Down to the millisecond, and never the name of an earlier one: two restarts in a row do not share a moment.
  const aside = join(folder, `sessions.damaged-${Date.now()}.json`);
  try {
    const { data, damaged } = parseStore(source);
    const [first] = damaged;
    if (first === undefined) return { data, adapter, message: null };
    const lost = `${damaged.length} of ${damaged.length + data.sessions.length} kept runs could not be read (${first})`;
    return await setAside(data, adapter, aside, lost, () => copyFile(file, aside));
  } catch (error) {
    const lost = `The kept runs could not be read (${reason(error)})`;
    return setAside(EMPTY_STORE, adapter, aside, lost, () => rename(file, aside));
  }
}

async function setAside(
  data: StoreData,
  adapter: TextAdapter,
  aside: string,
  lost: string,
  move: () => Promise<void>,
): Promise<FoundStore> {
  try {
    await move();
    return { data, adapter, message: `${lost}. The file was set aside as ${aside}.` };
  } catch (error) {
    const message = `${lost}, and the file could not be set aside (${reason(error)}). It is left as it is: new runs are not kept.`;
    return { data, adapter: null, message };
  }
}

/** Why a file could not be used, in words. */
export function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EROFS":
      return "the disk is read-only";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    case "ENOTDIR":
    case "EEXIST":
      return "a file is where its folder should be";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
