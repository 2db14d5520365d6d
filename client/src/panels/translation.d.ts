/** The panels' messages in the display language, which the build has put beside the webviews. */
import * as vscode from "vscode";
import type { PanelTranslation } from "./page.js";
/**
 * Reads the messages of a display language. A language that the product does not speak is answered in English; so is one
 * whose file cannot be read, which `failed` is told.
 *
 * @param media the folder of the webviews' files
 * @param language as in `vscode.env.language`
 */
export declare function panelTranslation(
  media: vscode.Uri,
  language: string,
  failed: (error: unknown) => void,
): Promise<PanelTranslation>;
