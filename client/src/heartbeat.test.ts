import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BEAT_MS, GIVEN_UP_AFTER, HANGS_AFTER, Heartbeat } from "./heartbeat.js";

describe("the heartbeat", () => {
  let asked: number;
  let told: (boolean | "given up")[];
  let answer: () => void;
  let answering: boolean;
  let heartbeat: Heartbeat;

  beforeEach(() => {
    vi.useFakeTimers();
    asked = 0;
    told = [];
    answering = true;
    heartbeat = new Heartbeat({
      ask: () => {
        asked += 1;
        return answering ? Promise.resolve() : new Promise<void>((resolve) => (answer = resolve));
      },
      changed: (hangs) => told.push(hangs),
      givenUp: () => told.push("given up"),
    });
  });
  afterEach(() => {
    heartbeat.dispose();
    vi.useRealTimers();
  });

  const beats = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * BEAT_MS);

  it("asks with every beat while it is answered, and tells nothing", async () => {
    await beats(100);
    expect(asked).toBe(100);
    expect(told).toEqual([]);
  });

  it("asks once and waits; tells that the server hangs, and that it answers again", async () => {
    answering = false;
    await beats(HANGS_AFTER);
    expect(told).toEqual([]);
    await beats(1);
    expect(told).toEqual([true]);
    expect(heartbeat.hangs).toBe(true);
    expect(asked).toBe(1);
    answer();
    await beats(0);
    expect(told).toEqual([true, false]);
    expect(heartbeat.hangs).toBe(false);
    answering = true;
    await beats(3);
    expect(asked).toBe(4);
  });

  it("gives a server up once, and says nothing after it is disposed", async () => {
    answering = false;
    await beats(GIVEN_UP_AFTER + 50);
    expect(told).toEqual([true, "given up"]);
    heartbeat.dispose();
    answer();
    await beats(50);
    expect(told).toEqual([true, "given up"]);
  });

  it("takes a question that cannot be asked for answered: the end of a process is noticed otherwise", async () => {
    heartbeat.dispose();
    heartbeat = new Heartbeat({
      ask: () => Promise.reject(new Error("connection closed")),
      changed: (hangs) => told.push(hangs),
      givenUp: () => told.push("given up"),
    });
    await beats(100);
    expect(told).toEqual([]);
  });
});
