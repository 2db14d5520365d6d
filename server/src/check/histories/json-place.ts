/** Where a text that is not JSON stops being JSON: what JSON.parse says of it differs from engine to engine. */

/** A string up to its end, without its closing quote: everything from the space on but quote and backslash, and escapes. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

/** What may come next. */
type Expected = "value" | "value or ]" | "key" | "key or }" | "colon" | "comma or end" | "nothing";

/** The position of the first character that cannot stand where it stands; the text's length where it ends too early. */
export function firstWrong(text: string): number {
  const reader = new Reader(text);
  while (reader.next());
  return reader.at;
}

/** Reads token by token, without recursion: texts may be nested as deeply as they like. */
class Reader {
  at = 0;
  readonly #text: string;
  readonly #open: ("{" | "[")[] = [];
  #expected: Expected = "value";

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads a token; false at the end and where the text is wrong, which `at` then names. */
  next(): boolean {
    this.#take(SPACE);
    const character = this.#text[this.at];
    if (character === undefined) return false;
    switch (this.#expected) {
      case "value":
        return this.#value(character);
      case "value or ]":
        return character === "]" ? this.#close() : this.#value(character);
      case "key or }":
        return character === "}" ? this.#close() : this.#string("colon");
      case "key":
        return this.#string("colon");
      case "colon":
        return character === ":" && this.#go("value");
      case "comma or end":
        if (character === (this.#open.at(-1) === "{" ? "}" : "]")) return this.#close();
        return character === "," && this.#go(this.#open.at(-1) === "{" ? "key" : "value");
      case "nothing":
        return false;
    }
  }

  #value(character: string): boolean {
    if (character === '"') return this.#string(this.#afterValue());
    if (character === "{" || character === "[") {
      this.#open.push(character);
      return this.#go(character === "{" ? "key or }" : "value or ]");
    }
    if (!this.#take(SCALAR)) return false;
    this.#expected = this.#afterValue();
    return true;
  }

  /** A string that breaks is wrong where it breaks. */
  #string(expected: Expected): boolean {
    return this.#take(STRING) && this.#text[this.at] === '"' && this.#go(expected);
  }

  #close(): boolean {
    this.#open.pop();
    return this.#go(this.#afterValue());
  }

  #afterValue(): Expected {
    return this.#open.length === 0 ? "nothing" : "comma or end";
  }

  /** Goes over one character. */
  #go(expected: Expected): boolean {
    this.at += 1;
    this.#expected = expected;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.#text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }
}
