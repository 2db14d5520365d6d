/** Characters of a value that a label shows: values that grow are told apart by their ends. */
const SHOWN = 40;
const SHOWN_END = 16;

/** A value in quotes, shortened in its middle, with everything that a terminal or a browser could take for more than text escaped. */
export function quoted(text: string): string {
  const start = SHOWN - SHOWN_END - 1;
  const short = text.length > SHOWN ? `${text.slice(0, start)}…${text.slice(-SHOWN_END)}` : text;
  return printable(JSON.stringify(short));
}

/** A name as it is where it is a plain word, else as {@link quoted}. */
export function named(text: string): string {
  return /^[\p{L}\p{N}_./:@#-]{1,40}$/u.test(text) ? printable(text) : quoted(text);
}

/** A text whose control characters, line ends and marks of writing direction are written as escapes. */
export function printable(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  let result = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    result += isHidden(code) ? `\\u${code.toString(16).padStart(4, "0")}` : character;
  }
  return result;
}

function isHidden(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0x061c ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff
  );
}
