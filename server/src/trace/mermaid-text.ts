/**
 * Text as mermaid takes it. Mermaid's sequence grammar ends a message at `#` and `;`, reads some words and signs as syntax
 * before it parses, and takes `#NNN;` for the character with that code: so everything that is not known to be harmless is
 * written that way.
 */

/** Signs that mean nothing to mermaid inside a message, a note or an alias. */
const HARMLESS = new Set([..." .,/()+=_|!?'→…·§"]);

/** Words whose mere presence mermaid's preprocessor reacts to. */
const REACTIVE = /style|classDef/gi;

/** A text of one line, safe wherever mermaid expects one; never empty. */
export function mermaidText(text: string): string {
  const guarded = text.replace(REACTIVE, (word) => `\u0000${word}`);
  let out = "";
  let guard = false;
  for (const character of guarded) {
    if (character === "\u0000" && !guard) {
      guard = true;
      continue;
    }
    out += guard || !isHarmless(character) ? entity(character) : character;
    guard = false;
  }
  const trimmed = out.trim();
  return trimmed === "" ? "#8203;" : trimmed;
}

function isHarmless(character: string): boolean {
  if (HARMLESS.has(character)) return true;
  const code = character.codePointAt(0) ?? 0;
  const digit = code >= 0x30 && code <= 0x39;
  const letter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  // Letters of other scripts; what mermaid uses inside its own escapes (ﬂ ° ¶ ß) lies outside this range or is Latin-1.
  const foreign = code >= 0x370 && code < 0xd800 && !isSeparator(code);
  return digit || letter || foreign;
}

function isSeparator(code: number): boolean {
  return code >= 0x2000 && code <= 0x206f;
}

function entity(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) return " ";
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  const control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  return `#${surrogate || control ? 0xfffd : code};`;
}
