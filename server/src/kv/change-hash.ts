import type { Change } from "./change.js";

/** FNV-1a, 32 bits. */
const PRIME = 16_777_619;

const HIGH_BITS = 2 ** 32;

/** The digest of a store's changes up to and with `change`, from the one before it. */
export function changeHash(before: number, change: Change): number {
  let hash = Math.imul(before ^ change.modRevision, PRIME);
  hash = mixed(hash, change.key);
  // A deletion's value is empty, as a put's may be.
  if (!change.live) return hash;
  hash = mixed(Math.imul(hash ^ 1, PRIME), change.value);
  const { lease } = change;
  return lease === 0 ? hash : Math.imul(Math.imul(hash ^ lease, PRIME) ^ (lease / HIGH_BITS), PRIME);
}

function mixed(before: number, text: string): number {
  let hash = Math.imul(before ^ text.length, PRIME);
  for (let position = 0; position < text.length; position += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(position), PRIME);
  }
  return hash;
}
