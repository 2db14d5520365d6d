/**
 * Which session the worker is at. Memory that worker and owner share, since a worker that does not come back from a slice can tell
 * nothing any more: its owner reads here whose fault it is.
 */
import type { SessionId } from "../protocol/session.js";

/** Room for a session's id. */
const ROOM = 64;

let mine: Uint8Array | null = null;

/** Fresh memory for a worker. */
export function newMark(): SharedArrayBuffer {
  return new SharedArrayBuffer(ROOM);
}

/** In the worker: writes to this memory from now on. What is none is left out, as in tests without a worker. */
export function useMark(memory: unknown): void {
  mine = memory instanceof SharedArrayBuffer ? new Uint8Array(memory) : null;
}

/** In the worker: does a piece of work for a session. */
export function inSlice<T>(id: SessionId, work: () => T): T {
  if (mine === null) return work();
  write(mine, id);
  try {
    return work();
  } finally {
    mine[0] = 0;
  }
}

/** In the owner: the session that the worker is at, `null` between slices. */
export function readMark(memory: SharedArrayBuffer): SessionId | null {
  const bytes = new Uint8Array(memory);
  const length = bytes[0] ?? 0;
  return length === 0 ? null : String.fromCharCode(...bytes.subarray(1, 1 + length));
}

/** Ids are ASCII: letters, digits and hyphens. */
function write(bytes: Uint8Array, id: SessionId): void {
  const length = Math.min(id.length, ROOM - 1);
  for (let index = 0; index < length; index += 1) bytes[index + 1] = id.charCodeAt(index);
  bytes[0] = length;
}
