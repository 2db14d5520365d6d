/** What stands for `{0}`, `{1}`, … in a message. */
export type Replacement = string | number | boolean;
/** The translations of a display language: English text to translated text. */
export type Messages = Readonly<Record<string, string>>;
/**
 * The message in the reader's language, with `{0}`, `{1}`, … replaced.
 *
 * @param message English; a literal, so that the translators' list can be made from the source
 */
export declare const t: (message: string, ...replacements: readonly Replacement[]) => string;
/**
 * A text that stands in a table (a word's documentation, a diagnostic's explanation) in the reader's language. Tables are listed for
 * translators by `translatableTables` of the part they are in, since the call has no literal.
 *
 * @param text English, without placeholders
 */
export declare function fromTable(text: string): string;
/** Translations that came from another process: what is no text is left out; `null` when it is no bundle at all. */
export declare function readMessages(value: unknown): Messages | null;
/** Makes texts from now on come from these translations; `null` means English. Texts already made stay as they are. */
export declare function useMessages(messages: Messages | null): void;
