/** 32-bit hashes for telling states apart quickly; equality is always decided by comparing. */

/** A number mixed so that every bit depends on every other one (MurmurHash3's finaliser). */
export function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** A text's hash (FNV-1a over its UTF-16 units, mixed). */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** The hash of a sequence of words; their order counts. */
export function wordsHash(words: readonly number[]): number {
  let hash = words.length;
  for (const word of words) hash = mix(Math.imul(hash, 31) + word);
  return hash;
}
