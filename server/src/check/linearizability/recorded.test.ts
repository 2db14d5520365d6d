import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { finish } from "../sliced.js";
import { checkLinearizability } from "./check.js";
import { minimise } from "./minimise.js";
import type { Action, Operation } from "./operation.js";
import { linearizablePrefix } from "./prefix.js";

/** Histories recorded from etcd and from a key-value server by others, with their known verdicts. Not part of the repository. */
const FOLDER = new URL("../../../../../shared/data/histories/", import.meta.url);

type Value = string | number | boolean | null;
interface Recorded {
  readonly name: string;
  readonly model: "cas-register" | "kv-append";
  readonly linearizable: boolean;
  readonly events: readonly (readonly Value[])[];
}

function load<T>(file: string, isT: (value: unknown) => value is T): T {
  const value: unknown = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
  if (!isT(value)) throw new Error(`${file} is not what it should be`);
  return value;
}

function isIndex(value: unknown): value is { histories: readonly { file: string }[] } {
  return typeof value === "object" && value !== null && "histories" in value && Array.isArray(value.histories);
}

function isRecorded(value: unknown): value is Recorded {
  return typeof value === "object" && value !== null && "events" in value && Array.isArray(value.events);
}

function operationsOf(recorded: Recorded): Operation[] {
  const returns = new Map<Value, { at: number; result: Value | undefined }>();
  recorded.events.forEach(([kind, id, result], at) => {
    if (kind === 1 && id !== undefined) returns.set(id, { at, result });
  });
  return recorded.events.flatMap(([kind, id, client, name, first, second], at): Operation[] => {
    if (kind !== 0) return [];
    const done = returns.get(id ?? null);
    const action = actionOf(`${name}`, first, second, done?.result);
    return action === null
      ? []
      : [{ id: Number(id), client: Number(client), call: at, return: done?.at ?? null, action }];
  });
}

function text(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : `${value}`;
}

/** `null` for a read whose result is unknown: it says nothing. */
function actionOf(
  name: string,
  first: Value | undefined,
  second: Value | undefined,
  result: Value | undefined,
): Action | null {
  switch (name) {
    case "r":
      return result === "?" ? null : { kind: "read", key: "register", value: text(result) };
    case "w":
      return { kind: "write", key: "register", value: `${first}` };
    case "c": {
      const action = { kind: "cas", key: "register", from: `${first}`, to: `${second}` } as const;
      return typeof result === "boolean" ? { ...action, succeeded: result } : action;
    }
    case "g":
      return { kind: "read", key: `${first}`, value: text(result) };
    case "p":
      return { kind: "write", key: `${first}`, value: `${second}` };
    case "a":
      return { kind: "append", key: `${first}`, value: `${second}` };
    default:
      throw new Error(`unknown operation ${name}`);
  }
}

describe("recorded histories", () => {
  if (!existsSync(FOLDER)) {
    it("are not here: nothing was checked", (context) => context.skip("the folder of recorded histories is absent"));
    return;
  }
  const all = load("index.json", isIndex).histories.map(({ file }) => load(file, isRecorded));

  it("are all here", () => expect(all).toHaveLength(108));

  for (const recorded of all) {
    it(`${recorded.name} is ${recorded.linearizable ? "" : "not "}linearizable`, () => {
      const initial = recorded.model === "cas-register" ? null : "";
      const history = operationsOf(recorded);
      const verdict = checkLinearizability(history, { initial, budget: 5_000_000, witness: [] });
      expect(verdict.kind).toBe(recorded.linearizable ? "ok" : "violation");
      if (verdict.kind === "ok") {
        const witness = verdict.orders.flat();
        const again = checkLinearizability(history, { initial, budget: 0, witness });
        expect(again).toMatchObject({ kind: "ok", steps: 0 });
      } else if (verdict.kind === "violation") {
        const { violation } = verdict;
        const options = { initial, budget: 1_000_000, witness: [] };
        const small = minimise(violation, options);
        expect(small.map(({ id }) => id)).toContain(violation.blocked.id);
        expect(small.length).toBeLessThanOrEqual(violation.history.length);
        expect(checkLinearizability(small, options).kind).toBe("violation");
        const upTo = violation.blocked.return ?? 0;
        const before = violation.history.map((operation) =>
          operation.return !== null && operation.return >= upTo ? { ...operation, return: null } : operation,
        );
        expect(checkLinearizability(before, options).kind).toBe("ok");
        const orders = finish(linearizablePrefix(violation, options));
        const placed = (orders ?? []).flat();
        const needed = violation.history.filter(({ return: end }) => end !== null && end < upTo).map(({ id }) => id);
        expect(placed).toEqual(expect.arrayContaining(needed));
      }
    });
  }
});
