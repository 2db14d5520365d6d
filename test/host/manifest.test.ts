import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, manifest } from "./support.js";

describe("the manifest", () => {
  it("declares every command that is registered, and the other way round", async () => {
    await activate();
    const declared = manifest().contributes.commands.map((c) => c.command);
    const registered = (await vscode.commands.getCommands(true)).filter((c) => c.startsWith("raftlab."));
    // VS Code itself registers `raftlab.cluster.focus` and the like for each view.
    const ofViews = /^raftlab[.](cluster|keys|watches|runs)[.]/;
    const own = registered.filter((c) => !ofViews.test(c));
    assert.deepEqual(own.sort(), declared.sort());
  });

  it("gives every command a translated title and the one category", () => {
    for (const command of manifest().contributes.commands) {
      assert.equal(command.category, "Raft Lab");
      assert.doesNotMatch(command.title, /%/);
    }
  });

  it("names only declared commands in menus, key bindings and views", () => {
    const { contributes } = manifest();
    const declared = new Set(contributes.commands.map((c) => c.command));
    const used = [
      ...Object.values(contributes.menus).flatMap((items) => items.map((item) => item.command)),
      ...contributes.keybindings.map((binding) => binding.command),
      ...contributes.viewsWelcome.flatMap((view) => [...view.contents.matchAll(/command:([\w.]+)/g)].map((m) => m[1])),
    ].filter((command) => command !== undefined);
    assert.deepEqual(
      used.filter((command) => !declared.has(command)),
      [],
    );
  });

  it("activates without waiting for the server (how long it takes is measured: `npm run bench`)", async () => {
    const api = await activate();
    assert.notEqual(api.serverWhenActivated, "running");
  });
});
