import { describe, expect, it } from "vitest";
import { FROM_KEY, prefixRange } from "./key-range.js";
import type { KvRequest } from "./request.js";
import { keyText, rangeText, requestText, valueText } from "./request-text.js";
import { sameRequest } from "./same-request.js";

const REQUESTS: readonly (readonly [KvRequest, string])[] = [
  [{ kind: "put", key: "/a", value: "x" }, 'put /a "x"'],
  [{ kind: "put", key: "a b", value: "x", lease: 42, ignoreLease: true }, 'put "a b" "x" lease 2a ignore-lease'],
  [{ kind: "put", key: "a", value: "", ignoreValue: true }, "put a ignore-value"],
  [{ kind: "range", ...prefixRange("/a/"), revision: 3, limit: 2 }, "get /a/ prefix rev 3 limit 2"],
  [
    { kind: "range", key: "a", rangeEnd: "c", sortOrder: "descend", sortTarget: "mod" },
    "get a to c order descend by mod",
  ],
  [{ kind: "range", key: "a", keysOnly: true, serializable: true }, "get a keys-only serializable"],
  [{ kind: "delete", key: "a", rangeEnd: FROM_KEY }, "delete a from-key"],
  [{ kind: "compact", revision: 4, physical: true }, "compact rev 4 physical"],
  [{ kind: "lease-grant", id: 0, ttl: 5 }, "lease grant ttl 5s"],
  [{ kind: "lease-revoke", id: 255, expired: true }, "lease revoke ff (expired)"],
  [
    {
      kind: "txn",
      compare: [
        { key: "a", target: "create", result: "greater", operand: 0 },
        { key: "b", target: "value", result: "not-equal", operand: "x" },
      ],
      success: [
        { kind: "put", key: "a", value: "1" },
        { kind: "txn", compare: [], success: [], failure: [] },
      ],
      failure: [],
    },
    'txn { if create(a) > 0 and b != "x" then put a "1", txn { then nothing } }',
  ],
];

describe("a request in words", () => {
  it.each(REQUESTS)("%j is %s", (request, text) => {
    expect(requestText(request)).toBe(text);
  });

  it("is one line, however long or odd what it holds is", () => {
    const odd: KvRequest = { kind: "put", key: "new\nline", value: "x".repeat(1000) };
    expect(requestText(odd)).not.toContain("\n");
    expect(requestText(odd).length).toBeLessThan(120);
    expect([keyText("a.b/c-1"), keyText(""), valueText('"'), rangeText(prefixRange(""))]).toEqual([
      "a.b/c-1",
      '""',
      '"\\""',
      '"" prefix',
    ]);
  });

  it("tells requests apart that are not the same, and only these", () => {
    for (const [a] of REQUESTS) {
      for (const [b] of REQUESTS) expect(sameRequest(a, structuredClone(b))).toBe(a === b);
    }
    expect(sameRequest({ kind: "put", key: "a", value: "x" }, { kind: "put", key: "a", value: "x", lease: 1 })).toBe(
      false,
    );
  });
});
