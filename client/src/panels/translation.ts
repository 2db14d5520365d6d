/** The panels' messages in the display language, which the build has put beside the webviews. */
import * as vscode from "vscode";
import { readMessages } from "../../../server/src/l10n/text.js";
import type { PanelTranslation } from "./page.js";

/** What the panels are translated into; see scripts/lib/messages.mjs. */
const LANGUAGES: readonly string[] = ["zh-cn"];

const ENGLISH: PanelTranslation = { language: "en", messages: {} };

/**
 * Reads the messages of a display language. A language that the product does not speak is answered in English; so is one
 * whose file cannot be read, which `failed` is told.
 *
 * @param media the folder of the webviews' files
 * @param language as in `vscode.env.language`
 * @param name of the files, before the language
 */
export async function panelTranslation(
  media: vscode.Uri,
  language: string,
  failed: (error: unknown) => void,
  name = "messages",
): Promise<PanelTranslation> {
  if (!LANGUAGES.includes(language)) return ENGLISH;
  try {
    const file = vscode.Uri.joinPath(media, `${name}.${language}.json`);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return { language, messages: readMessages(JSON.parse(text)) ?? {} };
  } catch (error) {
    failed(error);
    return ENGLISH;
  }
}
