/** The generated pages of the diagnostics, in both languages, by their paths in the repository. */
import { type Messages, useMessages } from "../../server/src/l10n/text.js";
import { diagnosticPages } from "../../server/src/language/docs/diagnostics-page.js";

/** The folders that hold these pages and nothing else. */
export const DIAGNOSTIC_FOLDERS = { english: "docs/diagnostics/", chinese: "docs/zh-cn/diagnostics/" } as const;

/** All pages. Texts are English afterwards, whatever they were before. */
export function diagnosticFiles(chinese: Messages): ReadonlyMap<string, string> {
  try {
    useMessages(null);
    const english = inFolder(DIAGNOSTIC_FOLDERS.english, diagnosticPages("../language.md"));
    useMessages(chinese);
    return new Map([...english, ...inFolder(DIAGNOSTIC_FOLDERS.chinese, diagnosticPages("../../language.md"))]);
  } finally {
    useMessages(null);
  }
}

function inFolder(folder: string, pages: ReadonlyMap<string, string>): readonly [string, string][] {
  return [...pages].map(([file, text]) => [folder + file, text]);
}
