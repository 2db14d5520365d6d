/** What the language server needs from where it runs: Node here, a web worker later. */
import { t } from "../l10n/text.js";
import type { CreateLab } from "../lab/contract.js";

/** A document read from where it is kept, or why it could not be. */
export type ReadResult =
  | { readonly ok: true; readonly text: string }
  /** `message` is for people and names the file. */
  | { readonly ok: false; readonly message: string };

/** The surroundings of the server. */
export interface Host {
  /** Reads a document that is not open in the editor. */
  readDocument(uri: string): Promise<ReadResult>;
  /**
   * The URIs of all `.raftlab` files below a folder, in the form that editors use, sorted; without those in `node_modules` and `.git`.
   * Empty for folders that are not on this machine's disk. What cannot be read is left out.
   */
  listScenarios(folder: string): Promise<readonly string[]>;
  /** Starts the lab; called when it is first needed, and again when that failed. */
  readonly createLab: CreateLab;
  /**
   * The page that explains a diagnostic's code, as a URI; `null` when none can be opened here.
   *
   * @param locale the display language, as VS Code names it: `en`, `zh-cn`
   */
  diagnosticPage(code: string, locale: string): string | null;
  /** A monotonic clock in milliseconds, for figures in the log. */
  now(): number;
}

/** Larger documents are neither checked nor run: nobody wrote them by hand, and each keystroke would hurt. */
export const MAX_DOCUMENT_LENGTH = 5 * 1024 * 1024;

/** Why a text is no scenario file, in words for people, or `null` when it may be one. */
export function unreadableReason(text: string): string | null {
  if (text.length > MAX_DOCUMENT_LENGTH) {
    const size = (text.length / (1024 * 1024)).toFixed(0);
    return t("This file is too large for a scenario ({0} MB; the limit is 5 MB). Split it into several files.", size);
  }
  if (text.includes("\0")) return t("This is a binary file, not a scenario: it contains zero characters.");
  return null;
}
