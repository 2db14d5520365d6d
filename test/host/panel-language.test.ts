/** The panels' messages in the display language, as the extension reads them beside its webviews. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { panelTranslation } from "../../client/src/panels/translation.js";

function media(): vscode.Uri {
  const extension = vscode.extensions.all.find(({ packageJSON: { name } }) => name === "raftlab");
  assert.ok(extension);
  return vscode.Uri.joinPath(extension.extensionUri, "dist", "media");
}

function noFailure(error: unknown): void {
  assert.fail(String(error));
}

describe("the panels' language", () => {
  it("is Chinese for a Chinese window, with the panels' messages and no others", async () => {
    const { language, messages } = await panelTranslation(media(), "zh-cn", noFailure);
    assert.equal(language, "zh-cn");
    assert.equal(messages["Servers"], "节点");
    assert.equal(messages["Which client?"], undefined);
  });

  it("is English where there is no translation, without a word about it", async () => {
    for (const language of ["en", "de", "zh-tw", "../zh-cn"])
      assert.deepEqual(await panelTranslation(media(), language, noFailure), { language: "en", messages: {} });
  });

  it("is English when the messages cannot be read, which is told", async () => {
    const told: unknown[] = [];
    const nowhere = vscode.Uri.joinPath(media(), "nowhere");
    const translation = await panelTranslation(nowhere, "zh-cn", (error) => told.push(error));
    assert.equal(translation.language, "en");
    assert.equal(told.length, 1);
  });
});
