import { expect, test } from "vitest";
import { KV_ERRORS } from "../../server/src/kv/error.js";
import { ERRORS } from "../../server/src/language/vocabulary/results.js";

/** Errors that no operation of the language can end in, and why. */
const UNREADABLE: ReadonlyMap<string, string> = new Map([
  ["value-provided", "a put with `ignore-value` has no place for a value"],
  ["invalid-sort-option", "the words of `order` and `by` are the valid ones"],
  ["bad-leader-transferee", "a transfer is a step about the cluster, which says `=> failed`"],
  ["locked", "there is no attempt at a lock that does not wait"],
]);

test("`error NAME` can state every error that a client can read, and no other", () => {
  const readable = Object.keys(KV_ERRORS).filter((name) => !UNREADABLE.has(name));
  expect(ERRORS.map(({ name }) => name).sort()).toEqual(readable.sort());
  for (const name of UNREADABLE.keys()) expect(KV_ERRORS).toHaveProperty(name);
});
