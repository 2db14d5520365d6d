import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { finish } from "../../server/src/check/sliced.js";
import { asCompareAndSwap } from "../../server/src/kv/compare-and-swap.js";
import { judgeOperations } from "../../server/src/scenario/linearization.js";
import type { OperationRecord } from "../../server/src/sim/history.js";
import { finished, scenariosOf } from "../support/scenarios.js";

const samples = path.resolve(import.meta.dirname, "../../samples");

/** Does one operation on a plain map, and says in what its answer differs from what the client was told; `null` for nothing. */
function replay(store: Map<string, string>, { number, body, outcome }: OperationRecord): string | null {
  const told = outcome?.kind === "result" ? outcome.result : null;
  const wrong = (what: unknown): string => `operation ${number} was told otherwise than ${JSON.stringify(what)}`;
  switch (body.kind) {
    case "put":
      store.set(body.key, body.value);
      return null;
    case "range": {
      const value = store.get(body.key) ?? null;
      return told?.kind === "range" && (told.kvs[0]?.value ?? null) !== value ? wrong(value) : null;
    }
    case "delete": {
      const deleted = Number(store.delete(body.key));
      return told?.kind === "delete" && told.deleted !== deleted ? wrong(deleted) : null;
    }
    case "txn": {
      const swap = asCompareAndSwap(body);
      if (swap === null) return wrong("a transaction that is no compare-and-swap");
      const holds = store.get(swap.key) === swap.expected;
      if (holds) store.set(swap.key, swap.value);
      return told?.kind === "txn" && told.succeeded !== holds ? wrong(holds) : null;
    }
    default:
      return wrong(`a ${body.kind}`);
  }
}

describe("the order that judges a run is a linearization of it", () => {
  it.each([1, 2, 3, 4, 5])(
    "seed %i of the run under churn: on a plain map it gives every answer, in real time",
    async (seed) => {
      const [churn] = scenariosOf(await readFile(path.join(samples, "5-load/churn.raftlab"), "utf8"));
      if (churn === undefined) throw new Error("the sample has no scenario");
      const run = finished(churn, { seed });
      const { history } = run.recording;
      const verdict = finish(judgeOperations(run.recording, run.safety));
      if (verdict.kind !== "ok") throw new Error(`the verdict is ${verdict.kind}`);
      const order = verdict.order.flatMap((number) => history.operation(number) ?? []);
      const store = new Map<string, string>();
      let latest = -1;
      for (const record of order) {
        expect(replay(store, record)).toBeNull();
        expect(record.outcome?.kind === "result" ? (record.returnEvent ?? 0) : latest).toBeGreaterThanOrEqual(latest);
        latest = Math.max(latest, record.invokeEvent);
      }
      const placed = new Set(order.map(({ number }) => number));
      const answered = history.operations.filter(({ outcome }) => outcome?.kind === "result");
      expect(answered.length).toBeGreaterThan(200);
      expect(answered.filter(({ number }) => !placed.has(number))).toEqual([]);
    },
  );
});
