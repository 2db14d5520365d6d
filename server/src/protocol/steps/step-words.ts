/** Words of the scenario language: keys, values, names, sets, as one would write them. Pure. */

/** Words that mean something after a key, or could be mistaken for the next part of a step. */
const RESERVED = new Set(
  (
    "prefix serializable at rev lease from as async and or not within for if then else on off ok none failed timeout " +
    "to from-key limit order by keys-only count-only min-mod max-mod min-create max-create ignore-lease ignore-value prev-kv without " +
    "progress fragment require-leader value version create mod owner put get delete txn ttl id every keys physical"
  ).split(" "),
);

/** A hyphen belongs to a word only between two of its characters. */
const BARE_KEY = /^(?:[A-Za-z_]\w*(?:-\w+)*|(?:\/[A-Za-z_]\w*(?:-\w+)*)+\/?)$/;

/** A string literal of the language. */
export function quote(text: string): string {
  let quoted = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") quoted += `\\${character}`;
    else if (character === "\n") quoted += "\\n";
    else if (character === "\t") quoted += "\\t";
    else if (code < 0x20 || code === 0x7f || code === 0x2028 || code === 0x2029) {
      quoted += `\\u{${code.toString(16).toUpperCase()}}`;
    } else quoted += character;
  }
  return `"${quoted}"`;
}

/** A key as one would write it: a bare word or path where the language allows it, a string otherwise. */
export function keyText(key: string): string {
  return BARE_KEY.test(key) && !RESERVED.has(key) ? key : quote(key);
}

/** Why a text cannot be a key, or `undefined`. */
export function keyProblem(key: string): "empty" | undefined {
  return key.length === 0 ? "empty" : undefined;
}

/** The first name of the kind `w1`, `w2`, … that is not taken. */
export function freshName(letter: string, taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}

/** Whether a text is a name that a step may bind. */
export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*(?:-\w+)*$/.test(text) && !RESERVED.has(text);
}

/** Whether a text is a duration of the language: `5s`, `500ms`, `1.5s`, `2min`. */
export function isDuration(text: string): boolean {
  return /^[0-9]+(?:\.[0-9]+)?(?:us|ms|s|min)$/.test(text);
}

/** `{s1 s2}`, or the name alone when it is one. */
export function setText(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined ? only : `{${names.join(" ")}}`;
}
