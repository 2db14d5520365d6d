/** The scenario files below a folder of this machine's disk. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Folders that hold what other people wrote. */
const IGNORED: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** See `Host.listScenarios`. */
export async function listScenarios(folder: string): Promise<readonly string[]> {
  let root: string;
  try {
    root = fileURLToPath(folder);
  } catch {
    return [];
  }
  const found: string[] = [];
  const folders = [root];
  for (;;) {
    const next = folders.pop();
    if (next === undefined) break;
    for (const entry of await entriesOf(next)) {
      const full = path.join(next, entry.name);
      // Links to folders are not followed: they may lead in circles.
      if (entry.isDirectory()) {
        if (!IGNORED.has(entry.name)) folders.push(full);
      } else if (entry.name.endsWith(".raftlab") && (entry.isFile() || entry.isSymbolicLink())) {
        found.push(fileUri(full));
      }
    }
  }
  return found.sort();
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A file's URI as VS Code writes it: everything but letters, digits and `-._~/` is percent-encoded, a drive's letter is small. */
export function fileUri(file: string): string {
  const slashes = file.split(path.sep).join("/");
  const rooted = slashes.startsWith("/") ? slashes : `/${slashes}`;
  const small = rooted.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  const encoded = small
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join("/");
  // Two slashes at the beginning name a server: \\server\share.
  return encoded.startsWith("//") ? `file:${encoded}` : `file://${encoded}`;
}
