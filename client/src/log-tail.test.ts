import { describe, expect, it } from "vitest";
import type * as vscode from "vscode";
import { LogTail } from "./log-tail.js";

describe("the log's last lines", () => {
  it("are what was written, which still arrives; a warning's first part, and not for ever", () => {
    const written: unknown[][] = [];
    const write = (...parts: unknown[]): void => void written.push(parts);
    // The part of a channel that is used here.
    const channel = { info: write, warn: write, error: write, trace: write, name: "Raft Lab" };
    const tail = new LogTail(channel as unknown as vscode.LogOutputChannel);
    tail.channel.info("started");
    tail.channel.warn("in raftlab.put:", "no key secret");
    tail.channel.error("failed", new Error("broken"));
    tail.channel.trace("message");
    expect(tail.lines.slice(0, 3)).toEqual(["started", "in raftlab.put:", "failed"]);
    expect(tail.lines[3]).toMatch(/^Error: broken\n/);
    expect(tail.lines).toHaveLength(4);
    expect(written.map(([first]) => first)).toEqual(["started", "in raftlab.put:", "failed", "message"]);
    expect(tail.channel.name).toBe("Raft Lab");
    for (let count = 0; count < 1000; count += 1) tail.channel.info("x".repeat(5000));
    expect(tail.lines).toHaveLength(200);
    expect(tail.lines[199]).toHaveLength(2000);
  });
});
