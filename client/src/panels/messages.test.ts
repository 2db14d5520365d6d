import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFromWebview, parseWebviewState, safeFileName } from "./messages.js";

describe("messages from a webview", () => {
  it("takes every shape of the contract as it is", () => {
    const messages = [
      { kind: "ready" },
      { kind: "request", id: 3, method: "raftlab/why", params: { sessionId: "a", eventId: 1 } },
      { kind: "reveal", uri: "file:///a.raftlab", line: 4 },
      { kind: "copy", text: "sequenceDiagram" },
      { kind: "save", name: "a.mmd", text: "sequenceDiagram" },
      { kind: "save", name: "a.png", text: "iVBORw0KGgo=", encoding: "base64" },
      { kind: "openPanel", panel: "diagram" },
      { kind: "openPanel", panel: "cluster", sessionId: "a" },
      { kind: "compareWith", how: "seed", sessionId: "a" },
      { kind: "state", state: { sessionId: "a", view: { span: { fromUs: 1, toUs: 2 } }, scrollTop: 40 } },
      { kind: "state", state: { sessionId: null, view: null } },
      { kind: "showLog" },
      { kind: "restartServer" },
      { kind: "error", message: "oh" },
    ];
    for (const message of messages) expect(parseFromWebview(message)).toEqual(message);
  });

  it("refuses what is not of the contract, and never throws", () => {
    const refused = [
      null,
      "ready",
      { kind: "run" },
      { kind: "request", id: -1, method: "x" },
      { kind: "request", id: 1 },
      { kind: "reveal", uri: "file:///a", line: 0 },
      { kind: "openPanel", panel: "settings" },
      { kind: "copy", text: 4 },
      { kind: "compareWith", how: "luck", sessionId: "a" },
      { kind: "compareWith", how: "seed" },
      { kind: "save", name: "a.png", text: "no base64!", encoding: "base64" },
      { kind: "save", name: "a.png", text: "aGk=", encoding: "hex" },
    ];
    for (const message of refused) expect(parseFromWebview(message)).toBeUndefined();
    fc.assert(fc.property(fc.anything(), (value) => void parseFromWebview(value)));
    fc.assert(fc.property(fc.anything(), (value) => void parseWebviewState(value)));
  });

  it("makes file names that stay in their folder", () => {
    expect(safeFileName("../../etc/passwd")).toBe("-..-etc-passwd");
    expect(safeFileName("first election.mmd")).toBe("first election.mmd");
    expect(safeFileName("")).toBe("raftlab.txt");
  });
});
