import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Memento } from "vscode";
import { KeptPanels } from "./kept.js";

/** A workspace's storage, and how often it was written. */
function storage(kept: Readonly<Record<string, unknown>> = {}) {
  const values = new Map<string, unknown>(Object.entries(kept));
  let writes = 0;
  const memento: Memento = {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T): T => (values.has(key) ? values.get(key) : otherwise) as T,
    update: async (key: string, value: unknown) => {
      writes += 1;
      values.set(key, value);
    },
  };
  return { memento, values, writes: () => writes };
}

const state = (fromUs: number) => ({ sessionId: "a", view: { span: { fromUs, toUs: 9 } }, scrollTop: 12 });

describe("what panels keep", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is the newest state of each kind, written once in a while, read at once", () => {
    const { memento, values, writes } = storage();
    const kept = new KeptPanels(memento);
    for (let at = 0; at < 50; at += 1) kept.put("cluster", state(at));
    kept.put("diagram", { sessionId: null, view: null });
    expect(kept.read("cluster")).toEqual(state(49));
    expect(writes()).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(writes()).toBe(2);
    expect(values.get("raftlab.panel.cluster")).toEqual(state(49));
    expect(new KeptPanels(memento).read("cluster")).toEqual(state(49));
  });

  it("is written when the extension ends, and is nothing when it cannot be read", () => {
    const { memento, values } = storage({ "raftlab.panel.diagram": "garbage" });
    const kept = new KeptPanels(memento);
    kept.put("cluster", state(1));
    kept.dispose();
    expect(values.get("raftlab.panel.cluster")).toEqual(state(1));
    expect(kept.read("diagram")).toEqual({ sessionId: null, view: null });
  });
});
