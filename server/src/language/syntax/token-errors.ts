/** Errors inside single tokens: unterminated strings, unknown escapes and characters. */

import { t } from "../../l10n/text.js";
import { changeFix, type Reporter, replaceFix } from "../diagnostics/definition.js";
import { SYNTAX } from "../diagnostics/syntax.js";
import type { Token } from "./token.js";

const STRAIGHT: ReadonlyMap<string, string> = new Map([
  ["“", '"'],
  ["”", '"'],
  ["„", '"'],
  ["，", ","],
  ["；", ";"],
  ["（", "("],
  ["）", ")"],
  ["｛", "{"],
  ["｝", "}"],
  ["→", "->"],
  ["↔", "<->"],
  ["⇒", "=>"],
  ["…", ".."],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
]);

/** Reports what is wrong inside tokens, whatever the grammar makes of them. */
export function reportTokens(tokens: readonly Token[], reporter: Reporter): void {
  for (const token of tokens) {
    const span = { start: token.start, end: token.end };
    if (token.kind === "unknown") {
      const straight = STRAIGHT.get(token.text);
      const fixes = straight === undefined ? [] : [changeFix(span, straight)];
      reporter.report(SYNTAX.unknownCharacter, span, [token.text], { fixes });
    } else if (token.kind === "string") {
      const read = readString(token.text);
      for (const bad of read.badEscapes) {
        const place = { start: token.start + bad.at, end: token.start + bad.at + bad.text.length };
        reporter.report(SYNTAX.badEscape, place, [bad.text], {
          fixes: bad.text.length > 1 ? [replaceFix(t("Write a backslash"), place, `\\${bad.text}`)] : [],
        });
      }
      if (!read.terminated) {
        reporter.report(SYNTAX.unterminatedString, span, [], {
          fixes: [replaceFix(t('Add the closing `"`'), { start: token.end, end: token.end }, '"')],
        });
      }
    }
  }
}

/** What a string token says. */
export interface ReadString {
  readonly value: string;
  readonly terminated: boolean;
  readonly badEscapes: readonly { readonly at: number; readonly text: string }[];
}

/** Reads a string token, quotes and escapes included. */
export function readString(source: string): ReadString {
  const badEscapes: { at: number; text: string }[] = [];
  let value = "";
  let at = 1;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '"') return { value, terminated: true, badEscapes };
    if (char !== "\\") {
      value += char;
      at++;
      continue;
    }
    const read = readEscape(source, at);
    if (read.value === undefined) badEscapes.push({ at, text: read.text });
    value += read.value ?? read.text;
    at += read.text.length;
  }
  return { value, terminated: false, badEscapes };
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
]);

function readEscape(source: string, at: number): { readonly text: string; readonly value: string | undefined } {
  const letter = source.charAt(at + 1);
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) return { text: source.slice(at, at + 2), value: simple };
  if (letter !== "u") return { text: source.slice(at, at + 2), value: undefined };
  const braces = /^\\u\{([0-9A-Fa-f]{1,6})\}/.exec(source.slice(at, at + 10));
  if (braces?.[1] === undefined) return { text: source.slice(at, at + 2), value: undefined };
  const code = Number.parseInt(braces[1], 16);
  const valid = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return { text: braces[0], value: valid ? String.fromCodePoint(code) : undefined };
}
