/** The server's surroundings in Node: files from the disk, the lab with its worker thread. */

import { readFile, stat } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { t } from "../l10n/text.js";
import type { CreateLab } from "../lab/contract.js";
import { type Host, MAX_DOCUMENT_LENGTH, type ReadResult, unreadableReason } from "./host.js";
import { listScenarios } from "./node-files.js";

/**
 * A host that reads `file:` documents from the disk.
 *
 * @param docs the folder of the documents, as a URI with a slash at its end; `null` when there is none
 */
export function createNodeHost(createLab: CreateLab, docs: string | null): Host {
  return {
    readDocument,
    listScenarios,
    createLab,
    diagnosticPage: (code, locale) => (docs === null ? null : `${docs}${folderOf(locale)}diagnostics/${code}.md`),
    now: () => performance.now(),
  };
}

/** Where the documents of a display language are. */
function folderOf(locale: string): string {
  return locale.toLowerCase() === "zh-cn" ? "zh-cn/" : "";
}

async function readDocument(uri: string): Promise<ReadResult> {
  let path: string;
  try {
    path = fileURLToPath(uri);
  } catch {
    return { ok: false, message: t("{0} is not a file on this machine. Open it in the editor first.", uri) };
  }
  try {
    const { size } = await stat(path);
    // A UTF-16 unit takes at most three bytes of UTF-8: a larger file is too large whatever is in it.
    if (size > 3 * MAX_DOCUMENT_LENGTH) return { ok: false, message: t("{0}: too large for a scenario file.", path) };
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
    const reason = unreadableReason(text);
    return reason === null ? { ok: true, text } : { ok: false, message: `${path}: ${reason}` };
  } catch (error) {
    return { ok: false, message: t("{0} could not be read: {1}", path, readFailure(error)) };
  }
}

function readFailure(error: unknown): string {
  if (error instanceof TypeError) return t("it is not UTF-8 text.");
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return t("there is no such file.");
    case "EACCES":
      return t("you have no permission to read it.");
    case "EISDIR":
      return t("it is a folder.");
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
