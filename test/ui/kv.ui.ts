import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

// The Keys and Watches views and the questions of the key-value commands, as a person meets them.

const FILE = `cluster {
  nodes s1..s3
  clients alice bob
}

scenario "keys" {
  await leader
  alice put /config/color "red" => ok
  alice put /config/color "blue" => ok
}
`;

/** What follows an action in its own time, on a machine that may be busy. */
const SOON = { timeout: 10_000 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ files: { "keys.raftlab": FILE }, samples: false });
  workbench.page.setDefaultTimeout(12_000);
  await workbench.openFile("keys.raftlab");
  await workbench.evaluate((vscode) =>
    vscode.workspace.getConfiguration("raftlab").update("openPanelOnRun", false, true),
  );
  await startLive();
});

/** Starts a live cluster of the file, whose cursor follows the newest event. */
const startLive = (): Promise<void> =>
  workbench.evaluate(async (vscode) => {
    const uri = vscode.workspace.textDocuments.find(({ languageId }) => languageId === "raftlab")?.uri.toString();
    await vscode.commands.executeCommand("raftlab.startLive", { uri, scenario: "keys" });
    await vscode.commands.executeCommand("raftlab.setPace", { pace: 5 });
  });

afterAll(async () => {
  await workbench.close();
});

const lab = (title: string): Promise<void> => workbench.command(`Raft Lab: ${title}`);

const asked = (title: string): Promise<void> =>
  workbench.page.locator(".quick-input-widget .quick-input-title").filter({ hasText: title }).waitFor();

/** Calls a command with an argument; what it gives. */
const call = (id: string, argument: object): Promise<unknown> =>
  workbench.evaluate(
    (vscode, { command, members }) => vscode.commands.executeCommand<unknown>(`raftlab.${command}`, members),
    { command: id, members: argument },
  );

const row = (text: string | RegExp) =>
  workbench.page.locator(".part.sidebar .monaco-list-row").filter({ hasText: text }).first();

/** Presses an action that a row shows under the pointer. */
const pressInRow = async (text: RegExp, action: RegExp) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await row(text).hover({ timeout: 2000 });
      await row(text).getByRole("button", { name: action }).first().click({ timeout: 2000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
};

/** Ticks a row of a question that takes several. */
const tick = (label: string): Promise<void> =>
  workbench.page
    .locator(".quick-input-widget .quick-input-list .monaco-list-row")
    .filter({ has: workbench.page.locator(".label-name").getByText(label, { exact: true }) })
    .first()
    .click();

describe("the Keys view", () => {
  it("has a welcome, and shows keys as a tree with their values", async () => {
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.keys.focus"));
    await workbench.page.getByText("There are no keys at this moment.").waitFor();
    for (const [key, value] of [
      ["/config/color", "red"],
      ["/config/color", "blue"],
      ["plain", "a\nb"],
    ]) {
      await call("put", { key, value });
    }
    await row(/^plain"a\\nb"/).waitFor();
    await row(/^\/config\/1 key/).click();
    await row(/^color"blue"/).waitFor();
  });

  it("a key opens to its revisions, and they lead to the events that wrote them", async () => {
    await row(/^color"blue"/).click();
    await row(/^rev 3"blue"/).waitFor();
    await workbench.screenshot("kv-keys");
    await row(/^rev 2"red"/).click();
    const frame = await workbench.webview("Raft Cluster");
    await frame
      .locator(".words-title")
      .filter({ hasText: /commit/ })
      .waitFor();
    // At the cursor the key has the value that it had then.
    await row(/^color"red"/).waitFor();
    await workbench.screenshot("kv-writer");
  });

  it("puts from a row begin with the value, and take the clipboard's lines", async () => {
    await pressInRow(/^color"red"/, /^Put/);
    await asked("Put: which value for /config/color?");
    expect(await workbench.quickInput().inputValue()).toBe("red");
    await workbench.evaluate((vscode) => vscode.env.clipboard.writeText("one\ntwo"));
    await workbench.page.locator(".quick-input-widget").getByLabel("Take the clipboard's text").click();
    await expect.poll(() => workbench.quickInput().inputValue()).toBe("one⏎two");
    await workbench.quickInput().press("Enter");
    await workbench.notification('alice put /config/color "one\\ntwo" => ok');
  });

  it("a transaction is put together question by question", async () => {
    await lab("Transaction");
    await workbench.quickPick("alice");
    await asked("The transaction");
    await workbench.answer("Put together");
    await asked("Transaction: if…");
    await workbench.answer("Compare a key");
    await asked("Compare: which key?");
    await workbench.answer("plain");
    await asked("Compare what of plain?");
    await workbench.answer("version");
    await asked("How is it to compare?");
    await workbench.quickPick(">");
    await asked("Compare version of plain with what?");
    await workbench.answer("0");
    await asked("Transaction: if all of these hold, and…");
    await workbench.answer("No more compares");
    await asked("Transaction: then…");
    await workbench.quickPick("delete");
    await asked("delete: which key?");
    await workbench.answer("plain");
    await asked("Transaction: then…");
    await workbench.answer("Nothing more");
    await asked("Transaction: otherwise…");
    await workbench.screenshot("kv-txn");
    await workbench.answer("Nothing more");
    await workbench.notification("alice txn { if version(plain) > 0 then delete plain } => ok");
  });

  it("a written transaction is refused in the language's own words", async () => {
    await lab("Transaction");
    await workbench.quickPick("alice");
    await asked("The transaction");
    // By the keyboard: a description's tooltip may lie over the row.
    await workbench.answer("Write");
    await asked("The transaction: if … then … else …");
    await workbench.quickInput().fill("if color ==");
    await workbench.page.locator(".quick-input-message").filter({ hasText: /RL\d+/ }).waitFor();
    await expect
      .poll(async () => {
        await workbench.page.keyboard.press("Escape");
        return workbench.quickInput().isVisible();
      }, SOON)
      .toBe(false);
  });
});

describe("many keys", () => {
  it("come in pages: More Keys shows the next", async () => {
    await startLive();
    for (const [from, to] of [
      [0, 70],
      [70, 140],
    ] as const) {
      const puts = Array.from({ length: to - from }, (_, i) => `put "many-${String(from + i).padStart(3, "0")}" "x"`);
      await call("txn", { body: `then ${puts.join(", ")}` });
    }
    await row(/^many-000/).waitFor();
    // At rest: a row that is drawn anew may be another one between the press and the release of a key.
    await call("pauseLive", {});
    await row(/^keyspaused/).waitFor();
    const more = row(/^More/);
    await expect
      .poll(
        async () => {
          // The list draws the rows in sight only: its end is a key press away.
          await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.keys.focus"));
          await workbench.page.keyboard.press("End");
          if (await more.isVisible()) await workbench.page.keyboard.press("Enter");
          return row(/^many-139/).isVisible();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(true);
    await call("resumeLive", {});
  });

  it("Get with Options asks how, and for what the options need", async () => {
    await lab("Get with Options");
    await workbench.quickPick("alice");
    await asked("Get: which key?");
    await workbench.answer("many-");
    await asked("Get many-: how?");
    await tick("prefix");
    await tick("limit");
    await workbench.page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
    await asked("At most how many keys?");
    await workbench.answer("2");
    await workbench.notification('alice get "many-" prefix limit 2 => ');
  });

  it("Watch with Options begins in the past when asked", async () => {
    await lab("Watch with Options");
    await workbench.quickPick("alice");
    await asked("Watch: which key?");
    await workbench.answer("many-001");
    await asked("Watch many-001: how?");
    await tick("from rev");
    await workbench.page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
    await workbench.answer("2");
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.watches.focus"));
    await row(/^many-001 = "x"/).waitFor();
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.stopLive"));
  });
});

describe("the Watches view", () => {
  it("shows changes as they come, newest first, a change leads to its event, and how a watch ended", async () => {
    await startLive();
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.watches.focus"));
    await workbench.page.getByText("No watches yet.").waitFor();
    await call("watch", { key: "/config/", prefix: true, prevKv: true, name: "w1" });
    await call("put", { key: "/config/color", value: "green" });
    await row(/^\/config\/color = "green"/).waitFor();
    await call("delete", { key: "/config/color" });
    await row(/^delete \/config\/color/).waitFor();
    const texts = await workbench.page.locator(".part.sidebar .monaco-list-row").allInnerTexts();
    const at = (text: RegExp): number => texts.findIndex((each) => text.test(each));
    expect(at(/^delete \/config\/color/)).toBeLessThan(at(/\/config\/color = "green"/));
    await row(/^w1/)
      .getByText(/alice: \/config\/ prefix · at s\d, rev \d+/)
      .waitFor();
    await workbench.screenshot("kv-watches");
    await row(/^delete \/config\/color/).click();
    // It stays there, while the cluster goes on.
    const frame = await workbench.webview("Raft Cluster");
    await expect
      .poll(async () => {
        const [, shown, all] = /Event\s+([\d,]+) of ([\d,]+)/u.exec(await frame.locator("body").innerText()) ?? [];
        return Number(all?.replaceAll(",", "")) - Number(shown?.replaceAll(",", ""));
      }, SOON)
      .toBeGreaterThan(200);
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.returnToNow"));
    await pressInRow(/^w1/, /^End Watch/);
    await row(/^w1.*ended/).waitFor();
    await call("compact", { rev: 3 });
    await call("watch", { key: "/config/", prefix: true, fromRev: 2, name: "late" });
    await row(/^late.*ended: error compacted, history begins at revision 3/).waitFor();
    await workbench.screenshot("kv-watches-ended");
  });
});

describe("hover on a key", () => {
  it("tells its value and links its revisions", async () => {
    await workbench.openFile("keys.raftlab");
    await workbench.evaluate(async (vscode) => {
      await vscode.commands.executeCommand("raftlab.stopLive");
      const uri = vscode.window.activeTextEditor?.document.uri.toString();
      await vscode.commands.executeCommand("raftlab.runScenario", { uri, scenario: "keys" });
    });
    const hover = (): Promise<string> =>
      workbench.evaluate(async (vscode) => {
        const uri = vscode.window.activeTextEditor?.document.uri;
        const hovers = await vscode.commands.executeCommand<{ contents: ({ value: string } | string)[] }[]>(
          "vscode.executeHoverProvider",
          uri,
          new vscode.Position(7, 16),
        );
        return hovers
          .flatMap(({ contents }) => contents.map((each) => (typeof each === "string" ? each : each.value)))
          .join();
      });
    // The lab may be busy: then a hover comes without what only it knows.
    await expect.poll(hover, { timeout: 10_000 }).toContain('`/config/color` is `"blue"` at s');
    const text = await hover();
    expect(text).toMatch(/\[rev 3\]\(command:raftlab\.goToWriter\?.*line 9/);
    expect(text).toMatch(/\[rev 2\]\(command:raftlab\.goToWriter\?.*line 8/);
  });
});
