import * as vscode from "vscode";

describe("the extension in a web worker", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension("raftlab.raftlab");
    if (extension === undefined) throw new Error("raftlab.raftlab is not there");
    await extension.activate();
    if (!extension.isActive) throw new Error("it is not active");
    if (vscode.env.uiKind !== vscode.UIKind.Web) throw new Error("this is not the web");
  });
});
