/**
 * The order of keys. etcd orders by bytes; a well-formed string in UTF-8 has the order of its code points, which
 * differs from JavaScript's order by UTF-16 units where surrogate pairs meet U+E000..U+FFFF.
 */

const FIRST_SURROGATE = 0xd800;
const FIRST_AFTER_SURROGATES = 0xe000;

/** Compares two keys by their UTF-8 bytes: negative, 0 or positive. A prefix comes before what it begins. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      return left >= FIRST_SURROGATE && right >= FIRST_SURROGATE
        ? codePointRank(left) - codePointRank(right)
        : left - right;
    }
  }
  return a.length - b.length;
}

/** Moves surrogates, which stand for code points from U+10000 on, behind U+E000..U+FFFF. */
function codePointRank(unit: number): number {
  return unit >= FIRST_AFTER_SURROGATES ? unit - FIRST_AFTER_SURROGATES : unit;
}
