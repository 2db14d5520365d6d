import type { KvRequest } from "./request.js";

/** Whether two requests ask the same. Their parts stand in the same order: both were made by the same code. */
export function sameRequest(a: KvRequest, b: KvRequest): boolean {
  if (a === b) return true;
  if (a.kind === "put" && b.kind === "put") {
    if (a.key !== b.key || a.value !== b.value) return false;
  }
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}
