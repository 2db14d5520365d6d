/**
 * The order of keys, as etcd's: by the bytes of their UTF-8, which is the order of their code points. JavaScript's own
 * order differs where surrogates stand beside characters from U+E000 on.
 *
 * @returns less than, equal to or greater than 0, as `a` comes before `b`, is the same, or comes after it
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const one = a.charCodeAt(at);
    const other = b.charCodeAt(at);
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
