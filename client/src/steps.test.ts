import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientStep, cutStep, dropNextStep, keyText, partitionStep, quote, setText } from "./steps.js";

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
    expect(keyText("//")).toBe('"//"');
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
});
