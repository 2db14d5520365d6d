import { open, readFile, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Adapter } from "lowdb";

/** Where a store's text is kept: a file that is replaced as a whole, or a test's stand-in. */
export type TextAdapter = Adapter<string>;

/** How often a rename is tried that something else on the machine is in the way of, and how long it waits in between. */
const TRIES = 10;
const BETWEEN_MS = 100;

/**
 * A text file for lowdb that is replaced as a whole: the neighbour `.NAME.tmp` is written, made durable and renamed, and the folder
 * made durable. Whoever reads finds the old text or the new one, never a half, also after a loss of power; when `write`
 * resolves, the new one is there for good. (lowdb's own `TextFile` renames as well, but leaves both to the system's cache.)
 *
 * One write at a time: the caller sees to that.
 */
export function durableFile(file: string): TextAdapter {
  const folder = dirname(file);
  const neighbour = join(folder, `.${basename(file)}.tmp`);
  return {
    read: async () => {
      try {
        return await readFile(file, "utf8");
      } catch (error) {
        if (codeOf(error) === "ENOENT") return null;
        throw error;
      }
    },
    write: async (text) => {
      const handle = await open(neighbour, "w", 0o600);
      try {
        await handle.writeFile(text, "utf8");
        await handle.sync();
      } finally {
        await handle.close();
      }
      await replace(neighbour, file);
      await syncFolder(folder);
    },
  };
}

/** Renames. A virus scanner that looks at the file makes Windows refuse for a moment. */
async function replace(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (tries >= TRIES || (code !== "EPERM" && code !== "EACCES" && code !== "EBUSY")) throw error;
      await new Promise<void>((resolve) => {
        setTimeout(resolve, BETWEEN_MS);
      });
    }
  }
}

/** Makes renames in a folder durable. Windows has no such thing: there a folder cannot be opened. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(folder, "r");
  } catch {
    return;
  }
  try {
    await handle.sync();
  } catch (error) {
    // File systems that cannot do it say so; that they could not write is another matter.
    const code = codeOf(error);
    if (code !== "EINVAL" && code !== "EPERM" && code !== "ENOTSUP") throw error;
  } finally {
    await handle.close();
  }
}

/** The system's code of an error, `null` where it has none. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
