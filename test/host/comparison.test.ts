import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, type ExtensionApi, eventually, FIRST_FILE, lab, openScenario } from "./support.js";

interface Info {
  readonly id: string;
  readonly seed: number;
  readonly settings?: readonly string[];
  readonly traceHash: string | null;
}

interface Compared {
  readonly left: Info;
  readonly right: Info;
  readonly comparison: { readonly kind: string; readonly same?: number };
}

const TITLE = "a committed write survives its leader";

describe("two runs side by side", () => {
  let api: ExtensionApi;
  let document: vscode.TextDocument;
  let first: { readonly session: Info };

  before(async () => {
    api = await activate();
    document = await openScenario("comparison.raftlab", FIRST_FILE);
    first = await lab("runScenario", { uri: document.uri.toString(), scenario: TITLE });
  });

  after(closeAll);

  const isOpen = (): boolean =>
    vscode.window.tabGroups.all.some(({ tabs }) =>
      tabs.some(({ input }) => input instanceof vscode.TabInputWebview && /comparePanel$/.test(input.viewType)),
    );

  it("another seed is run and compared, and the panel opens", async () => {
    const { left, right, comparison } = await lab<Compared>("compareWithSeed", {
      sessionId: first.session.id,
      seed: 8,
    });
    assert.deepEqual([left.id, left.seed, right.seed], [first.session.id, 7, 8]);
    assert.equal(comparison.kind, "different");
    await eventually("the comparison is open", isOpen);
  });

  it("one setting is flipped: the run remembers it, and is run again with it", async () => {
    const asked = { sessionId: first.session.id, setting: "pre-vote off" };
    const { right, comparison } = await lab<Compared>("compareWithSetting", asked);
    assert.deepEqual(right.settings, ["pre-vote off"]);
    assert.equal(comparison.kind, "different");
    const again = await lab<{ readonly session: Info }>("rerun", { sessionId: right.id });
    assert.deepEqual(again.session.settings, ["pre-vote off"]);
    assert.equal(again.session.traceHash, right.traceHash);
    assert.match(await lab<string>("copyReproduceLine", { sessionId: right.id }), / --set pre-vote=off$/);
    assert.match(api.results().join("\n"), /“a committed write survives its leader · pre-vote off”, seed 7: /);
  });

  it("a setting that does not fit is refused in words, and nothing is kept", async () => {
    const asked = { sessionId: first.session.id, setting: "pre-vote perhaps" };
    assert.equal(await lab<Compared>("compareWithSetting", asked), undefined);
  });

  it("the file as it is now is the same until it is edited; another seed still runs the text that was run", async () => {
    const asked = { sessionId: first.session.id };
    assert.equal((await lab<Compared>("compareWithFile", asked)).comparison.kind, "equal");
    const edit = new vscode.WorkspaceEdit();
    const at = document.positionAt(document.getText().indexOf("crash old"));
    edit.insert(document.uri, at, "wait 40ms\n  ");
    assert.ok(await vscode.workspace.applyEdit(edit));
    const { comparison, right } = await lab<Compared>("compareWithFile", asked);
    assert.equal(comparison.kind, "different");
    assert.equal(right.seed, 7);
    const same = await lab<Compared>("compareWithSeed", { ...asked, seed: 7 });
    assert.equal(same.comparison.kind, "equal");
  });
});
