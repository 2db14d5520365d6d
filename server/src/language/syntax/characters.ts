/**
 * Character classes of the lexer, by UTF-16 code unit. Letters of any script may stand in words, so a
 * node, client or key can be named in the reader's own language; typographic punctuation may not, so
 * that a pasted curly quote is found where it stands.
 */

/** Whether the code unit is an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether the code unit is a space that is not a line end, the byte order mark included. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12 || code === 0xa0 || code === 0xfeff || code === 0x3000;
}

/** Whether the code unit ends a line. */
export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

/** Whether a word may begin with the code unit. */
export function isWordStart(code: number): boolean {
  if (code < 0x80) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
  }
  return isForeignLetter(code);
}

/** Whether a word may continue with the code unit. A hyphen needs a further look: see the lexer. */
export function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

function isForeignLetter(code: number): boolean {
  if (code < 0xa1) return false;
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code === 0xd7 || code === 0xf7) return false;
  if (code >= 0x2000 && code <= 0x2bff) return false;
  if (code >= 0x3000 && code <= 0x3004) return false;
  if (code >= 0x3008 && code <= 0x3020) return false;
  if (code === 0xfeff || code === 0xfffd || code >= 0xfffe) return false;
  if (code >= 0xff00 && code <= 0xff20) return code >= 0xff10 && code <= 0xff19;
  if (code >= 0xff3b && code <= 0xff40) return false;
  if (code >= 0xff5b && code <= 0xff65) return false;
  return true;
}
