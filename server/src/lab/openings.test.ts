import { describe, expect, it } from "vitest";
import type { RunControl } from "./contract.js";
import { type Open, Openings } from "./openings.js";
import type { Opened } from "./rpc.js";

const FAILED: Opened = { ok: false, message: "failed" };

/** Opens when told to. */
class Gate {
  readonly controls: RunControl[] = [];
  readonly #answers: ((answer: Opened) => void)[] = [];
  readonly open: Open = (control) => {
    this.controls.push(control);
    return new Promise((resolve) => this.#answers.push(resolve));
  };

  answer(answer: Opened): void {
    for (const resolve of this.#answers.splice(0)) resolve(answer);
  }
}

/** A session, as far as openings look at it. */
function opened(id: string): Opened {
  const rest = { timeUs: 0, events: 0, traceHash: null, cursor: null, pace: null, leader: null, term: 0 };
  const info = { id, kind: "run", uri: null, title: id, seed: 1, startedAt: "", servers: [], clients: [] } as const;
  return { ok: true, session: { ...info, ...rest, state: { kind: "paused" } }, result: null };
}

function waiter(): { readonly control: RunControl; readonly abort: () => void; readonly seen: number[] } {
  const controller = new AbortController();
  const seen: number[] = [];
  return {
    control: { signal: controller.signal, onProgress: ({ events }) => seen.push(events) },
    abort: () => controller.abort(),
    seen,
  };
}

describe("openings", () => {
  it("opens once for all who wait, and tells all of them how far it is", async () => {
    const openings = new Openings();
    const gate = new Gate();
    const [first, second] = [waiter(), waiter()];
    const answers = [openings.ensure("a", gate.open, first.control), openings.ensure("a", gate.open, second.control)];
    expect(gate.controls).toHaveLength(1);
    gate.controls[0]?.onProgress({ timeUs: 1, events: 2, fraction: null, message: "" });
    expect([first.seen, second.seen]).toEqual([[2], [2]]);
    expect(openings.isOpen("a")).toBe(false);
    gate.answer(opened("a"));
    expect(await Promise.all(answers)).toEqual([opened("a"), opened("a")]);
    expect(openings.isOpen("a")).toBe(true);
    expect(await openings.ensure("a", gate.open, first.control)).toEqual(opened("a"));
    expect(gate.controls).toHaveLength(1);
  });

  it("lets one who gives up go, and ends the work when the last has gone", async () => {
    const openings = new Openings();
    const gate = new Gate();
    const [first, second] = [waiter(), waiter()];
    const one = openings.ensure("a", gate.open, first.control);
    const two = openings.ensure("a", gate.open, second.control);
    first.abort();
    expect(await one).toMatchObject({ ok: false });
    expect(gate.controls[0]?.signal.aborted).toBe(false);
    second.abort();
    expect(gate.controls[0]?.signal.aborted).toBe(true);
    gate.answer(opened("a"));
    expect(await two).toEqual(opened("a"));
  });

  it("opens anew for one who comes when all others have just given up", async () => {
    const openings = new Openings();
    const gate = new Gate();
    const first = waiter();
    const gone = openings.ensure("a", gate.open, first.control);
    first.abort();
    const late = openings.ensure("a", gate.open, waiter().control);
    gate.answer(FAILED);
    expect(await gone).toEqual(FAILED);
    while (gate.controls.length < 2) await Promise.resolve();
    gate.answer(opened("a"));
    expect(await late).toEqual(opened("a"));
  });

  it("forgets what failed, what was closed, and everything when the worker has died", async () => {
    const openings = new Openings();
    const gate = new Gate();
    const failing = openings.ensure("a", gate.open, waiter().control);
    gate.answer(FAILED);
    expect(await failing).toEqual(FAILED);
    expect(openings.has("a")).toBe(false);
    const opening = openings.start("b", gate.open, waiter().control, true);
    expect(openings.isUnderWay("b")).toBe(true);
    openings.forget("b");
    expect(gate.controls[1]?.signal.aborted).toBe(true);
    gate.answer(FAILED);
    await opening;
    const kept = openings.start("c", gate.open, waiter().control);
    gate.answer(opened("c"));
    await kept;
    void openings.start("d", gate.open, waiter().control);
    expect(openings.clear()).toEqual(["c"]);
    expect([openings.has("c"), openings.has("d")]).toEqual([false, false]);
  });

  it("passes a defect on to all who wait, and can open again", async () => {
    const openings = new Openings();
    const broken: Open = async () => {
      throw new Error("defect");
    };
    await expect(openings.ensure("a", broken, waiter().control)).rejects.toThrow("defect");
    expect(openings.has("a")).toBe(false);
  });
});
