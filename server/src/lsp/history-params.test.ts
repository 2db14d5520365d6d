import { describe, expect, it } from "vitest";
import { checkFields } from "./fields.js";
import { readHistory, readHistoryOperation, readHistoryRows } from "./history-params.js";

describe("the parameters of the client history's requests", () => {
  it("are read; of a filter only what is known is kept", () => {
    const filter = { clients: ["bob"], sorts: ["read", "nonsense"], outcomes: ["unknown"], key: "a" };
    const asked = { sessionId: "s", filter, fromUs: 5, limit: 100, buckets: 20, more: 1 };
    expect(checkFields("m", asked, readHistory)).toEqual({
      ok: true,
      value: { sessionId: "s", filter: { ...filter, sorts: ["read"] }, fromUs: 5, limit: 100, buckets: 20 },
    });
    const page = { sessionId: "s", filter: {}, from: 0, count: 3 };
    expect(checkFields("m", page, readHistoryRows)).toEqual({ ok: true, value: page });
  });

  it("are refused in words where they are wrong", () => {
    for (const wrong of [
      { sessionId: "s", filter: null, limit: 1, buckets: 1 },
      { sessionId: "s", filter: {}, limit: 0, buckets: 1 },
      { sessionId: 3, filter: {}, limit: 1, buckets: 1 },
    ]) {
      expect(checkFields("m", wrong, readHistory)).toMatchObject({ ok: false });
    }
    expect(checkFields("m", { sessionId: "s", number: 0 }, readHistoryOperation)).toMatchObject({ ok: false });
  });
});
