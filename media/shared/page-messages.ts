/** The translations that the extension put into the page, as data that runs nothing; see client/src/panels/html.ts. */
import { type Messages, readMessages, useMessages } from "../../server/src/l10n/text.js";

/** Makes the panel speak the page's language. Must be called before anything is drawn: texts already made stay as they are. */
export function usePageMessages(): void {
  useMessages(messagesOf(document.getElementById("messages")?.textContent ?? ""));
}

/** Reads the translations' JSON; `null`, which means English, when it is none. */
export function messagesOf(json: string): Messages | null {
  try {
    return readMessages(JSON.parse(json));
  } catch {
    return null;
  }
}
