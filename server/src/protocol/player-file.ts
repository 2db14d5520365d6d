/**
 * The file that plays a run: a page that the build has made, into which a run's source is written. Everything that comes from a scenario
 * stands in it as data of a script element that no browser executes.
 */
import type { RunSource } from "./exports.js";

/** In which language the player speaks. */
export interface PlayerTranslation {
  /** BCP 47. */
  readonly language: string;
  /** English text to translated text; empty for English. */
  readonly messages: Readonly<Record<string, string>>;
}

/** English, whose texts are the keys. */
export const ENGLISH_PLAYER: PlayerTranslation = { language: "en", messages: {} };

/**
 * The page that plays a run.
 *
 * @param template `dist/player.html`, in which `raftlab-slot:NAME` stands for what is written here
 */
export function playerHtml(template: string, source: RunSource, { language, messages }: PlayerTranslation): string {
  const slots: Readonly<Record<string, string>> = {
    language: escapeMarkup(language),
    title: escapeMarkup(source.title),
    run: escapeData(source),
    messages: escapeData(messages),
  };
  // In one pass: a text that is put in is not looked through for slots again.
  return template.replace(/raftlab-slot:([a-z]+)/g, (slot, name: string) => slots[name] ?? slot);
}

/** JSON that is safe within a script element: nothing in it ends the element or begins a comment. */
export function escapeData(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** Text that is safe as content and within a quoted attribute. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
