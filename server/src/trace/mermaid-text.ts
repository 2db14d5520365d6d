/**
 * Text as mermaid takes it. Mermaid's sequence grammar ends a message at `#` and `;`, reads some words and signs as syntax
 * before it parses, and takes `#NNN;` for the character with that code: so everything that is not known to be harmless is
 * written that way.
 *
 * Harmless are ASCII letters and digits, some signs, and other scripts. What mermaid uses inside its own escapes (ﬂ ° ¶ ß)
 * is not, nor are line and paragraph separators. Its preprocessor reacts to two words wherever they stand.
 */
const HARMFUL = /(style|classDef)|[^A-Za-z0-9 .,/()+=_|!?'…·§\u0370-\u1fff\u2070-\ud7ff]/giu;

/** A text of one line, safe wherever mermaid expects one; never empty. */
export function mermaidText(text: string): string {
  const safe = text
    .replace(HARMFUL, (found, word: string | undefined) =>
      word === undefined ? entity(found) : entity(found.slice(0, 1)) + found.slice(1),
    )
    .trim();
  return safe === "" ? "#8203;" : safe;
}

function entity(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) return " ";
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  const control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  return `#${surrogate || control ? 0xfffd : code};`;
}
