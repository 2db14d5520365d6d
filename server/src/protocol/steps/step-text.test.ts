import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, checkSteps } from "../../language/check.js";
import {
  chanceStep,
  clockStep,
  cutStep,
  delayLinkStep,
  diskStep,
  dropNextStep,
  healStep,
  MESSAGE_TYPES,
  messageStep,
  partitionOf,
  partitionStep,
  serverStep,
  transferStep,
} from "./fault-text.js";
import { type ClientOperation, clientStep, txnBody } from "./operation-text.js";
import { freshName, isDuration, isName, keyText, quote, setText } from "./step-words.js";

const CONFIG = check('cluster { nodes s1..s3; clients alice bob }\nscenario "a" { await leader }').program.scenarios[0]
  ?.config;

/** What the language makes of a step, after others. */
function lowered(...steps: readonly string[]) {
  if (CONFIG === undefined) throw new Error("no cluster");
  const checked = checkSteps(steps.join("\n"), CONFIG);
  expect(checked.diagnostics.map(({ message }) => message)).toEqual([]);
  const last = checked.steps.at(-1);
  if (last?.kind !== "invoke") throw new Error(`no operation: ${steps.at(-1)}`);
  return last.invoke;
}

/** Reads a string literal the way the language's page describes it. */
function unquote(literal: string): string {
  const simple: Readonly<Record<string, string>> = { n: "\n", t: "\t", '"': '"', "\\": "\\" };
  return literal
    .slice(1, -1)
    .replace(/\\(?:u\{([0-9A-F]+)\}|(.))/gu, (_all, code: string | undefined, letter: string | undefined) =>
      code === undefined ? (simple[letter ?? ""] ?? "?") : String.fromCodePoint(Number.parseInt(code, 16)),
    );
}

describe("steps made from commands", () => {
  it("quotes any text so that it reads back the same, on one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const literal = quote(text);
        expect(literal).not.toMatch(/[\n\r\u2028\u2029]/u);
        expect(unquote(literal)).toBe(text);
      }),
    );
  });

  it("writes keys bare only where that cannot be read otherwise", () => {
    expect(keyText("color")).toBe("color");
    expect(keyText("/config/color")).toBe("/config/color");
    expect(keyText("/config/")).toBe("/config/");
    expect(keyText("prefix")).toBe('"prefix"');
    expect(keyText("two words")).toBe('"two words"');
    expect(keyText("1")).toBe('"1"');
    expect(keyText("many-")).toBe('"many-"');
    expect(keyText("a--b")).toBe('"a--b"');
    expect(keyText("a-b")).toBe("a-b");
    expect(keyText("//")).toBe('"//"');
  });

  it("reads every key back, hyphens, slashes and dots wherever they stand", () => {
    const letters = fc.constantFrom("a", "B", "_", "1", "-", "/", ".", " ");
    fc.assert(
      fc.property(fc.string({ unit: letters, minLength: 1, maxLength: 6 }), (key) => {
        const { operation } = lowered(`alice get ${keyText(key)}`);
        expect(operation).toMatchObject({ kind: "get", keys: { kind: "one", key } });
      }),
    );
  });

  it("writes each operation as its step", () => {
    expect(clientStep("alice", { kind: "put", key: "color", value: 'r"d' })).toBe('alice put color "r\\"d"');
    expect(clientStep("alice", { kind: "get", key: "/c/", prefix: true })).toBe("alice get /c/ prefix");
    expect(clientStep("bob", { kind: "delete", key: "color" })).toBe("bob delete color");
    expect(clientStep("bob", { kind: "watch", key: "/c/", prefix: true, name: "w1" })).toBe(
      "bob watch /c/ prefix as w1",
    );
    expect(partitionStep([["s1", "s2"], ["s3"]])).toBe("partition {s1 s2} | {s3}");
    expect(cutStep("s1", "s2", false)).toBe("cut s1 -> s2");
    expect(cutStep("s1", "s2", true)).toBe("cut s1 <-> s2");
    expect(dropNextStep("RequestVote", "s1", "all", 2)).toBe("drop next 2 RequestVote s1 -> all");
    expect(dropNextStep("AppendEntries", "leader", "s3", 1)).toBe("drop next AppendEntries leader -> s3");
    expect(setText(["s1"])).toBe("s1");
    expect(setText(["s1", "s2"])).toBe("{s1 s2}");
  });

  it("gives steps that the language reads as they were meant, whatever the key and the value", () => {
    const key = fc.oneof(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.constantFrom("prefix", "from", "to", "lease", "value", "order", "/a/b", "a-b", "then", "none", "leader", "1"),
    );
    fc.assert(
      fc.property(key, fc.string({ unit: "binary" }), (name, value) => {
        expect(lowered(clientStep("bob", { kind: "put", key: name, value })).operation).toMatchObject({
          kind: "put",
          key: name,
          value: { value },
        });
        const watch = { kind: "watch", key: name, prefix: true, name: "w1", fromRev: 3, prevKv: true } as const;
        expect(lowered(clientStep("bob", watch)).operation).toMatchObject({
          keys: { kind: "prefix", key: name },
          fromRev: 3,
          prevKv: true,
        });
        const get = { kind: "get", key: name, prefix: true, serializable: true, rev: 2, limit: 5 } as const;
        expect(lowered(clientStep("bob", get)).operation).toMatchObject({ serializable: true, rev: 2, limit: 5 });
        const body = txnBody(
          [
            { key: name, target: "value", operator: "==", operand: value },
            { key: name, target: "version", operator: ">", operand: "0" },
          ],
          [{ kind: "put", key: name, value }],
          [{ kind: "get", key: name, prefix: true }],
        );
        expect(lowered(clientStep("bob", { kind: "txn", body })).operation).toMatchObject({
          compares: [{ target: "value" }, { target: "version" }],
          success: [{ kind: "put", key: name }],
          failure: [{ kind: "get" }],
        });
      }),
    );
  });

  it("writes leases, locks, elections, compaction and empty branches", () => {
    const grant: ClientOperation = { kind: "lease-grant", name: "l1", ttl: "5s" };
    const lease = clientStep("alice", grant);
    for (const kind of ["lease-keepalive", "lease-revoke", "lease-ttl"] as const) {
      expect(lowered(lease, clientStep("alice", { kind, name: "l1" })).operation.kind).toBe(kind);
    }
    const put = clientStep("alice", { kind: "put", key: "a", value: "b", lease: "l1" });
    expect(lowered(lease, put).operation).toMatchObject({ lease: "l1" });
    const lock = clientStep("alice", { kind: "lock", lock: "m/x y", name: "k1", ttl: "9s" });
    expect(lowered(lock, clientStep("alice", { kind: "unlock", name: "k1" })).operation.kind).toBe("unlock");
    const campaign = clientStep("alice", { kind: "campaign", election: "e", value: "a\nb", name: "c1" });
    expect(lowered(campaign, clientStep("alice", { kind: "resign", name: "c1" })).operation.kind).toBe("resign");
    const watch = clientStep("bob", { kind: "watch", key: "/", prefix: true, name: "w1" });
    for (const kind of ["unwatch", "progress"] as const) {
      expect(lowered(watch, clientStep("bob", { kind, name: "w1" })).operation.kind).toBe(kind);
    }
    expect(lowered(clientStep("bob", { kind: "compact", rev: 7 })).operation).toMatchObject({ rev: 7 });
    const body = txnBody(
      [{ key: "a", target: "lease", operator: "!=", operand: "0" }],
      [],
      [{ kind: "delete", key: "a", prefix: false }],
    );
    expect(lowered(clientStep("bob", { kind: "txn", body })).operation).toMatchObject({ success: [] });
  });

  it("finds names that are free, and knows names and durations", () => {
    expect(freshName("w", ["w1", "w3"])).toBe("w2");
    expect(["lock1", "l-1", "prefix", "1a", ""].map(isName)).toEqual([true, true, false, false, false]);
    expect(["5s", "1.5min", "250us", "5", "s", "-1s"].map(isDuration)).toEqual([true, true, true, false, false, false]);
  });
});

describe("faults made from menus and panels", () => {
  const faults = [
    ...(["crash", "restart", "pause", "resume", "isolate", "timeout", "wipe", "snapshot", "heal", "tick"] as const).map(
      (fault) => serverStep(fault, "s1"),
    ),
    ...(["slow 50ms", "ignore fsync", "tear", "corrupt", "fail"] as const).map((fault) => diskStep("s1", fault)),
    ...(["drift 10%", "drift -10%", "jump 300ms", "jump -300ms"] as const).map((fault) => clockStep("s1", fault)),
    ...(["loss", "duplicate", "reorder"] as const).map((kind) => chanceStep(kind, 33, "s1", "s2")),
    ...MESSAGE_TYPES.map((type) => dropNextStep(type, "s1", "s2", 1)),
    transferStep("s2"),
    healStep(),
    healStep({ from: "s1", to: "s2" }),
    cutStep("s1", "s2", false),
    delayLinkStep("s1", "s2", "20ms"),
    partitionOf(["s1", "s2", "s3"], new Set(["s1", "s2"])) ?? "",
  ];

  it.each(faults)("%s is a step of the language", (step) => {
    if (CONFIG === undefined) throw new Error("no cluster");
    const checked = checkSteps(step, CONFIG);
    expect(checked.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(checked.steps).toHaveLength(1);
  });

  it("parts some from the others, and needs both sides", () => {
    expect(partitionOf(["s1", "s2", "s3"], new Set(["s1", "s2"]))).toBe("partition {s1 s2} | {s3}");
    expect(partitionOf(["s1"], new Set(["s1"]))).toBeNull();
  });

  it("names a message under way by its link, its type and its place there", () => {
    if (CONFIG === undefined) throw new Error("no cluster");
    const at = (place: number, type: string | null = null) => ({ from: "s1", to: "s2", type, place });
    const told = [
      messageStep({ kind: "deliver" }, at(1)),
      messageStep({ kind: "lose" }, at(2, "AppendEntries")),
      messageStep({ kind: "duplicate" }, at(3)),
      messageStep({ kind: "deliver" }, at(12)),
      messageStep({ kind: "delay", byUs: 20_000 }, at(1, "Heartbeat")),
      messageStep({ kind: "delay", byUs: 1_500 }, at(2)),
    ];
    expect(told).toEqual([
      "deliver s1 -> s2",
      "lose second s1 -> s2 AppendEntries",
      "duplicate third s1 -> s2",
      "deliver nth 12 s1 -> s2",
      "delay first s1 -> s2 Heartbeat by 20ms",
      "delay second s1 -> s2 by 1500us",
    ]);
    const { steps, diagnostics } = checkSteps(told.join("\n"), CONFIG);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const [deliver, lose, copy, , delay] = steps;
    expect(deliver).toMatchObject({ kind: "deliver", messages: { kind: "one", nth: 1, message: null } });
    expect(lose).toMatchObject({ kind: "lose", messages: { nth: 2, message: "AppendEntries" } });
    expect(copy).toMatchObject({ kind: "copy", messages: { nth: 3 } });
    expect(delay).toMatchObject({ kind: "postpone", by: 20_000, messages: { nth: 1, message: "Heartbeat" } });
  });
});
