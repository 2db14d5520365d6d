/**
 * Text for people in their language. The English text is the key, as in `vscode.l10n`; the translations of all parts of the product
 * are in one bundle (`l10n/`), which the extension hands to the language server, its worker and the webviews. Without a bundle
 * everything is English, which is what the command line and the tests speak.
 *
 * Words of the language (`ok`, `crash`, `leader`), etcd's error texts and everything that is hashed are never translated.
 */
import { config, t as translated } from "@vscode/l10n";

/** What stands for `{0}`, `{1}`, … in a message. */
export type Replacement = string | number | boolean;

/** The translations of a display language: English text to translated text. */
export type Messages = Readonly<Record<string, string>>;

/**
 * The message in the reader's language, with `{0}`, `{1}`, … replaced.
 *
 * @param message English; a literal, so that the translators' list can be made from the source
 */
export const t: (message: string, ...replacements: readonly Replacement[]) => string = translated;

/**
 * A text that stands in a table (a word's documentation, a diagnostic's explanation) in the reader's language. Tables are listed for
 * translators by `translatableTables` of the part they are in, since the call has no literal.
 *
 * @param text English, without placeholders
 */
export function fromTable(text: string): string {
  return translated(text);
}

/** Translations that came from another process: what is no text is left out; `null` when it is no bundle at all. */
export function readMessages(value: unknown): Messages | null {
  if (typeof value !== "object" || value === null) return null;
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
}

/** Makes texts from now on come from these translations; `null` means English. Texts already made stay as they are. */
export function useMessages(messages: Messages | null): void {
  config({ contents: { ...messages } });
}
