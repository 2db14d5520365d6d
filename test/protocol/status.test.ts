/** The server's health, its heartbeat, and the settings it goes by. */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_LAB_SETTINGS, type LabSettings } from "../../server/src/lab/contract.js";
import { DEFAULT_SETTINGS, type NumberSetting, SETTINGS } from "../../server/src/protocol/settings.js";
import type { InternalError, ServerStatusParams } from "../../server/src/protocol/status.js";
import { Editor } from "./editor.js";
import { FakeLab, sessionOf } from "./fake-lab.js";

const STORAGE = { workspaceStorage: null, globalStorage: "/nowhere" };
const SETTINGS_CHANGED = "workspace/didChangeConfiguration";

let editor: Editor;
afterEach(() => editor.close());

/** What was sent under a name, once there are as many. */
async function sent<T>(method: string, count: number): Promise<readonly T[]> {
  return editor.until(() => {
    const found = editor.notifications.filter((one) => one.method === method).map(({ params }) => params as T);
    return found.length >= count ? found : undefined;
  });
}

describe("the server's status", () => {
  const status = (count: number): Promise<readonly ServerStatusParams[]> => sent("raftlab/serverStatus", count);

  it("is told when the server is ready, and when something runs, loads it, or goes wrong", async () => {
    const lab = new FakeLab();
    editor = await Editor.open(lab.host(), STORAGE);
    const rest = { health: "ok", quiescent: true, message: null, running: 0, load: 0 };
    expect(await status(1)).toEqual([rest]);
    await editor.client.sendRequest("raftlab/sessions");
    lab.emit({ kind: "session-changed", session: sessionOf("file:///a", "a", { state: { kind: "running" } }) });
    lab.emit({ kind: "simulation", load: 0.47, trouble: null });
    expect((await status(2)).at(-1)).toEqual({ ...rest, quiescent: false, running: 1, load: 0.5 });
    lab.emit({ kind: "simulation", load: 0.47, trouble: "It was started again." });
    const troubled = { health: "warning", message: "It was started again." };
    expect((await status(3)).at(-1)).toMatchObject(troubled);
    lab.emit({ kind: "session-changed", session: sessionOf("file:///a", "a") });
    lab.emit({ kind: "simulation", load: 0, trouble: null });
    expect((await status(4)).at(-1)).toEqual(rest);
  });

  it("is an error while the lab cannot be started, and no longer when it could", async () => {
    const lab = new FakeLab();
    const host = lab.host();
    let broken = true;
    const createLab: typeof host.createLab = async (options) => {
      if (broken) throw new Error("no worker");
      return host.createLab(options);
    };
    editor = await Editor.open({ ...host, createLab }, STORAGE);
    await status(1);
    const deleted = (): Promise<unknown> => editor.client.sendRequest("raftlab/session/delete", { sessionId: "a" });
    await deleted();
    expect((await status(2)).at(-1)).toMatchObject({ health: "error", message: expect.stringContaining("no worker") });
    broken = false;
    await deleted();
    expect((await status(3)).at(-1)).toMatchObject({ health: "ok", message: null });
  });

  it("answers a heartbeat, and tells of a defect without what a person wrote", async () => {
    const lab = new FakeLab();
    lab.overrides = {
      act: () => {
        throw new Error("broken");
      },
    };
    editor = await Editor.open(lab.host(), STORAGE);
    expect(await editor.client.sendRequest("raftlab/heartbeat", {})).toBeNull();
    await editor.client.sendRequest("raftlab/live/act", { sessionId: "a", step: 'put secret "x"' });
    const [error] = await sent<InternalError>("raftlab/internalError", 1);
    expect(error?.what).toBe("raftlab/live/act");
    expect(error?.error).toMatch(/^Error: broken\n/);
    expect(JSON.stringify(error)).not.toContain("secret");
    expect(editor.complaints()).toHaveLength(1);
  });
});

describe("settings", () => {
  it("reach the lab at its start and with every change; what does not fit is told once and replaced", async () => {
    const lab = new FakeLab();
    const configured: LabSettings[] = [];
    lab.overrides = { configure: (settings) => void configured.push(settings) };
    editor = await Editor.open(lab.host(), { ...STORAGE, settings: { "store.keep": 0, "live.pace": 2 } });
    const [warning] = await sent<{ message: string }>("window/showMessage", 1);
    expect(warning?.message).toBe(
      "The setting raftlab.store.keep must be a whole number from 1 to 2000, not 0: 200 holds instead.",
    );
    await editor.client.sendRequest("raftlab/sessions");
    const change = (raftlab: unknown): Promise<void> =>
      editor.client.sendNotification(SETTINGS_CHANGED, { settings: { raftlab } });
    await change({ "store.keep": "0", "simulation.maxEvents": 20_000.5, "codeLens.enabled": 1 });
    await change({ "store.keep": 5, "simulation.maxSeconds": 7 });
    await editor.client.sendNotification(SETTINGS_CHANGED, { settings: { editor: {} } });
    await editor.client.sendNotification(SETTINGS_CHANGED, null);
    await editor.client.sendRequest("raftlab/sessions");
    expect(configured).toEqual([DEFAULT_LAB_SETTINGS, { ...DEFAULT_LAB_SETTINGS, keep: 5, maxSeconds: 7 }]);
    const told = (await sent<{ message: string }>("window/showMessage", 3)).map(({ message }) => message);
    expect(told.slice(1)).toEqual([
      "The setting raftlab.codeLens.enabled must be true or false, not 1: true holds instead.",
      "The setting raftlab.simulation.maxEvents must be a whole number from 10000 to 50000000, not 20000.5: 3000000 holds instead.",
    ]);
  });

  it("are declared in the manifest as the code has them", async () => {
    editor = await Editor.open(new FakeLab().host(), STORAGE);
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
    const declared = Object.entries(contributes.configuration.properties)
      .filter(([name]) => name !== "raftlab.trace.server")
      .map(([name, value]) => {
        const { type, default: standard, minimum, maximum, scope }: Record<string, unknown> = Object(value);
        return { name, type, standard, minimum, maximum, scope };
      });
    const inCode = Object.entries<NumberSetting | { kind: "boolean"; default: boolean }>(SETTINGS).map(
      ([name, setting]) => ({
        name: `raftlab.${name}`,
        type: setting.kind === "boolean" ? "boolean" : setting.integer ? "integer" : "number",
        standard: setting.default,
        minimum: setting.kind === "boolean" ? undefined : setting.minimum,
        maximum: setting.kind === "boolean" ? undefined : setting.maximum,
        scope: "window",
      }),
    );
    expect(declared).toEqual(inCode);
    expect(DEFAULT_LAB_SETTINGS).toEqual({
      maxEvents: DEFAULT_SETTINGS["simulation.maxEvents"],
      maxSeconds: DEFAULT_SETTINGS["simulation.maxSeconds"],
      pace: DEFAULT_SETTINGS["live.pace"],
      keep: DEFAULT_SETTINGS["store.keep"],
    });
  });
});
