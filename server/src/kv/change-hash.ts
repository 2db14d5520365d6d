import type { Change } from "./change.js";

/** FNV-1a, 32 bits. */
const PRIME = 16_777_619;

/** The digest of a store's changes up to and with `change`, from the one before it. */
export function changeHash(before: number, change: Change): number {
  const { key, value } = change.kv;
  let hash = Math.imul(before ^ change.revision, PRIME);
  hash = mixed(hash, key);
  // A deletion's value is empty, as a put's may be.
  if (change.type === "put") hash = mixed(Math.imul(hash ^ 1, PRIME), value);
  return hash;
}

function mixed(before: number, text: string): number {
  let hash = Math.imul(before ^ text.length, PRIME);
  for (let position = 0; position < text.length; position += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(position), PRIME);
  }
  return hash;
}
