import { describe, expect, test } from "vitest";
import { check } from "./check.js";
import { fileOf } from "./fixtures/design-examples.js";
import { format } from "./format/format.js";
import type { Step } from "./program.js";

/** A step as it was understood, without its place; or the messages about it. */
function lowered(line: string): unknown {
  const { program, diagnostics } = check(fileOf([line]));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return errors.map(({ code, message }) => `${code} ${message}`);
  const step: Step | undefined = program.scenarios[0]?.steps.find((each) => each.kind !== "await");
  if (step === undefined) throw new Error(`no step in ${line}`);
  const { span: _span, line: _line, ...rest } = step;
  return "target" in rest ? { ...rest, target: rest.target.kind } : rest;
}

describe("clocks", () => {
  test("drift and jump, both ways", () => {
    expect(lowered("clock s2 drift 10%")).toEqual({ kind: "clock-drift", target: "node", drift: 0.1, duration: null });
    expect(lowered("clock s2 drift -2.5% for 1s")).toMatchObject({ drift: -0.025, duration: 1_000_000 });
    expect(lowered("clock leader jump 300ms")).toEqual({
      kind: "clock-jump",
      target: "leader",
      by: 300_000,
      duration: null,
    });
    expect(lowered("clock s2 jump -1.5s for 2s")).toMatchObject({ by: -1_500_000, duration: 2_000_000 });
  });

  test("are told what they cannot do", () => {
    expect(lowered("clock s2 drift -95%")).toEqual([expect.stringContaining("RL2030 A drift of -95% is out of range")]);
    expect(lowered("clock s2 drift 300ms")).toEqual([expect.stringContaining("a percentage")]);
    expect(lowered("clock s2 jump 10%")).toEqual([expect.stringContaining("a duration")]);
    expect(lowered("clock s2 stop")).toEqual([expect.stringContaining("`drift` or `jump`")]);
    expect(lowered("clock s2 drift 10% for -1s")).toEqual([expect.stringContaining("a duration")]);
    expect(lowered("clock s9 drift 10%")).toEqual([expect.stringContaining("s9")]);
  });
});

describe("disks", () => {
  test("slow, ignore fsync, tear, corrupt, fail", () => {
    expect(lowered("disk s1 slow 50ms for 1s")).toMatchObject({ kind: "disk-slow", by: 50_000, duration: 1_000_000 });
    for (const [written, fault] of [
      ["ignore fsync", "ignore-fsync"],
      ["tear", "tear"],
      ["corrupt", "corrupt"],
      ["fail", "fail"],
    ]) {
      expect(lowered(`disk s1 ${written}`)).toEqual({ kind: "disk", target: "node", fault, duration: null });
    }
    expect(lowered("disk {s1 s2} fail for 1s")).toMatchObject({ target: "set", duration: 1_000_000 });
  });

  test("are told what they cannot do", () => {
    expect(lowered("disk s1 slow -50ms")).toEqual([expect.stringContaining("a duration")]);
    expect(lowered("disk s1 corrupt for 1s")).toEqual([expect.stringContaining("RL2032")]);
    expect(lowered("disk s1 ignore")).toEqual([expect.stringContaining("`fsync`")]);
    expect(lowered("disk s1 burn")).toEqual([expect.stringContaining("`slow`, `ignore fsync`")]);
  });
});

describe("crashes at a point", () => {
  test("name the place, the message and how long the server stays down, in any order", () => {
    expect(lowered("crash s1 before fsync")).toEqual({
      kind: "crash-point",
      target: "node",
      when: "before",
      place: "fsync",
      message: null,
      duration: null,
    });
    const send = { when: "after", place: "send", message: "AppendEntries", duration: 200_000 };
    expect(lowered("crash leader after send AppendEntries for 200ms")).toMatchObject(send);
    expect(lowered("crash leader for 200ms after send AppendEntries")).toMatchObject(send);
    expect(lowered("crash any follower before send")).toMatchObject({ place: "send", message: null });
    expect(lowered("crash s1 after apply")).toMatchObject({ when: "after", place: "apply" });
    expect(lowered("crash s1 for 1s")).toMatchObject({ kind: "crash", duration: 1_000_000 });
  });

  test("are told what they cannot be", () => {
    expect(lowered("crash s1 before lunch")).toEqual([
      expect.stringContaining("`fsync`, `send`, `apply` or `install`"),
    ]);
    expect(lowered("crash s1 before")).toEqual([expect.stringContaining("`fsync`, `send`, `apply` or `install`")]);
    expect(lowered("crash s1 before send AppendEntrys")).toEqual([expect.stringContaining("AppendEntries")]);
    expect(lowered("crash s1 before fsync after apply")).toEqual([expect.stringContaining("RL1026")]);
    expect(lowered("crash s1 before fsync before apply")).toEqual([expect.stringContaining("RL1026")]);
  });

  test("stand in a nemesis, with clocks and disks", () => {
    const faults = "crash leader before fsync for 1s; clock random drift 5% for 1s; disk any follower fail for 1s";
    expect(check(fileOf([`nemesis n for 1s { every 100ms one of { ${faults} } }`])).diagnostics).toEqual([]);
  });

  test("are formatted like everything else", () => {
    const text = fileOf(["crash   s1  before   send AppendEntries   for 1s", "clock s2   jump -300ms"]);
    expect(format(text)).toContain("  crash s1 before send AppendEntries for 1s\n  clock s2 jump -300ms\n");
  });
});
