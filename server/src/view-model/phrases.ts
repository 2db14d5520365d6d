/** Amounts and lists in the reader's language: each amount is a message of its own, since languages count differently. */
import { t } from "../l10n/text.js";
import { formatCount } from "./time.js";

/** `1 byte`, `2,048 bytes` */
export function bytes(count: number): string {
  return count === 1 ? t("1 byte") : t("{0} bytes", formatCount(count));
}

/** `1 row`, `2 rows` */
export function rows(count: number): string {
  return count === 1 ? t("1 row") : t("{0} rows", formatCount(count));
}

/** `s1, s2, s3`: parts of equal rank. */
export function list(parts: readonly string[]): string {
  return joined(parts, (all, next) => t("{0}, {1}", all, next));
}

/** `slow disk; clock drifts`: parts that may hold commas themselves. */
export function longList(parts: readonly string[]): string {
  return joined(parts, (all, next) => t("{0}; {1}", all, next));
}

function joined(parts: readonly string[], join: (all: string, next: string) => string): string {
  const [first = "", ...others] = parts;
  return others.reduce(join, first);
}

/** `s1: what it is` */
export function labelled(name: string, text: string): string {
  return t("{0}: {1}", name, text);
}

/**
 * Room that a text takes, in widths of a Latin letter: Chinese characters are about twice as wide.
 *
 * @returns what an average letter's width is to be multiplied with
 */
export function letters(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 1.85 : 1), 0);
}

/** The text as far as so many letters' widths go, with an ellipsis where it was cut. */
export function shortened(text: string, room: number): string {
  if (letters(text) <= room) return text;
  let cut = "";
  for (const character of text) {
    if (letters(cut + character) > room - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}，。：；（）“”？！、]/u;
