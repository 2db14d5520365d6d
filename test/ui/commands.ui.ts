import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

// Every command from the palette, with the questions it asks, as a person answers them.

const FIRST = `cluster {
  nodes s1..s3
  clients alice bob
}

scenario "one" {
  await leader
  alice put color "red" => ok
}

scenario "two" {
  await leader
  bob get color => none
}
`;

/** What follows an action in its own time, on a machine that may be busy. */
const SOON = { timeout: 10_000 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ files: { "first.raftlab": FIRST }, samples: false });
  workbench.page.setDefaultTimeout(12_000);
  await workbench.openFile("first.raftlab");
});

afterAll(async () => {
  await workbench.close();
});

/** Runs a command of the lab from the palette. */
const lab = (title: string): Promise<void> => workbench.command(`Raft Lab: ${title}`);

/** Chooses a row by its whole label; `leader` has a server's name as its description. */
const pick = (label: string): Promise<void> =>
  workbench.page
    .locator(".quick-input-widget .quick-input-list .monaco-list-row")
    .filter({ has: workbench.page.locator(".label-name").getByText(label, { exact: true }) })
    .first()
    .click();

/** Waits until the open question has this title: the widget is one and the same, and the one before may still be there. */
const asked = (title: string): Promise<void> =>
  workbench.page.locator(".quick-input-widget .quick-input-title").filter({ hasText: title }).waitFor();

/** A row of one of the lab's two views, by its text. */
const row = (text: string | RegExp) =>
  workbench.page.locator(".part.sidebar .monaco-list-row").filter({ hasText: text });

/** Presses an action that a row shows under the pointer. A live row is drawn anew now and then, which takes it away for a moment. */
const pressInRow = async (text: RegExp, action: string) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await row(text).last().hover({ timeout: 2000 });
      await row(text).last().getByRole("button", { name: action }).click({ timeout: 2000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
};

/** The text of the status bar's entry. */
const status = () => workbench.page.locator("[id='raftlab.raftlab.raftlab.session']").innerText();

/** Shows the editor again: the palette's commands mean the scenario of the active editor. */
async function focusEditor(line: number): Promise<void> {
  await workbench.openFile("first.raftlab");
  await workbench.goTo(line);
}

/** The last lines of the results channel. The rig's output view stays empty: it lacks the native module that fills it. */
function output(): Promise<string> {
  return workbench.evaluate((vscode) => {
    const lines: unknown = vscode.extensions.getExtension("raftlab.raftlab")?.exports.results();
    return Array.isArray(lines) ? lines.join("\n") : "";
  });
}

describe("commands on runs", () => {
  it("shows the views with their welcome, before anything has run", async () => {
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.cluster.focus"));
    await workbench.page.getByText("No cluster is shown yet.").waitFor();
    await workbench.page.getByText("Nothing has run yet. Runs and live clusters are kept here").waitFor();
  });

  it("Run Scenario runs the one at the caret, and lists it in the views", async () => {
    await focusEditor(7);
    await lab("Run Scenario");
    await row(/one.*passed, seed 1/)
      .first()
      .waitFor();
    for (const server of ["s1", "s2", "s3"]) await row(new RegExp(`^${server}(leader|follower), term 1`)).waitFor();
    expect(await status()).toMatch(/s\d · term 1 · passed/);
    await workbench.screenshot("commands-run");
  });

  it("Run All Scenarios sums up", async () => {
    await focusEditor(1);
    await lab("Run All Scenarios");
    await workbench.notification("2 passed, 0 failed, 0 unproven, 0 not run");
  });

  it("Show in Cluster Panel and Show Why follow the caret and the cursor", async () => {
    await focusEditor(8);
    await lab("Show in Cluster Panel");
    await workbench.page
      .locator(".view-overlays [class*=TextEditorDecorationType], .view-overlays .cdr[class*='ced-']")
      .first()
      .waitFor();
    await lab("Show Why");
    await workbench.page
      .getByText("Each line is the cause of the one above")
      .or(workbench.quickInput())
      .first()
      .waitFor();
    expect(await workbench.page.locator(".quick-input-list .monaco-list-row").count()).toBeGreaterThan(0);
    await workbench.screenshot("commands-why");
    await workbench.page.keyboard.press("Escape");
  });

  it("Open Run and Delete Run offer what is kept", async () => {
    await lab("Open Run");
    await asked("Open which run?");
    await workbench.quickPick("two", { exact: true });
    await row(/two.*shown/).waitFor();
    const before = await row(/seed 1/).count();
    await lab("Delete Run");
    await asked("Delete which run?");
    await workbench.quickPick("two", { exact: true });
    await expect.poll(() => row(/seed 1/).count(), SOON).toBeLessThan(before);
  });

  it("deletes a run from the view", async () => {
    const before = await row(/one.*seed 1/).count();
    await pressInRow(/one.*seed 1/, "Delete Run");
    await expect.poll(() => row(/one.*seed 1/).count(), { timeout: 5_000 }).toBeLessThan(before);
  });
});

describe("commands on a live cluster", () => {
  it("Put without a live cluster offers to start one", async () => {
    await lab("Put");
    await workbench.notification("No live cluster is running.", "Start Live Cluster");
    await pick("one");
    await row(/^one.*running/)
      .first()
      .waitFor();
    await expect.poll(status, SOON).toMatch(/1\/\d+x|\dx/);
  });

  it("Pause, Step and Resume Live Cluster", async () => {
    await lab("Pause Live Cluster");
    await expect.poll(status, SOON).toMatch(/paused/);
    await lab("Step Live Cluster");
    await lab("Resume Live Cluster");
    await expect.poll(status, SOON).not.toMatch(/paused/);
  });

  it("Set Pace, up to unlimited", async () => {
    await lab("Set Pace");
    await asked("How fast?");
    await pick("1x");
    await expect.poll(status, SOON).toMatch(/ 1x/);
  });

  it("Put, Get and Delete ask for client, key and value", async () => {
    await expect.poll(status, { timeout: 20_000 }).toMatch(/s\d · term \d+/);
    await lab("Put");
    await asked("Which client?");
    await pick("bob");
    await asked("Put: which key?");
    await workbench.answer("/config/color");
    await asked("Put: which value for /config/color?");
    await workbench.answer('dark "red"');
    await workbench.notification('bob put /config/color "dark \\"red\\"" => ok');
    await lab("Get");
    await asked("Which client?");
    await pick("alice");
    await asked("Get: which key?");
    await pick("/config/color");
    await workbench.notification("alice get /config/color => ");
    await lab("Delete Key");
    await asked("Which client?");
    await pick("alice");
    await asked("Delete: which key?");
    await pick("/config/color");
    await workbench.notification("alice delete /config/color => ");
  });

  it("Watch prints its events to the results", async () => {
    await lab("Watch");
    await asked("Which client?");
    await pick("alice");
    await asked("Watch: which key?");
    await workbench.answer("/config/");
    await asked("one key, or all that start with it?");
    await pick("All keys that start with it");
    await workbench.notification("alice watch /config/ prefix as w1");
    await workbench.evaluate((vscode) =>
      vscode.commands.executeCommand("raftlab.put", { key: "/config/size", value: "7", client: "bob" }),
    );
    await expect.poll(output, { timeout: 10_000 }).toMatch(/w1: .*\/config\/size/);
  });

  it("Crash Server and Restart Crashed Server", async () => {
    await lab("Crash Server");
    await asked("crash: which server?");
    await pick("s1");
    await row(/^s1crashed/).waitFor();
    await workbench.screenshot("commands-crashed");
    await lab("Restart Crashed Server");
    await asked("restart: which server?");
    await pick("s1");
    await row(/^s1(leader|follower|candidate|pre-candidate)/).waitFor();
  });

  it("Pause Server and Resume Paused Server", async () => {
    await lab("Pause Server");
    await asked("pause: which server?");
    await pick("s2");
    await row(/^s2paused/).waitFor();
    await lab("Resume Paused Server");
    await asked("resume: which server?");
    await pick("s2");
    await row(/^s2(leader|follower|candidate|pre-candidate)/).waitFor();
  });

  it("Isolate, Partition, Cut and Heal show in the view as faults in force", async () => {
    await lab("Isolate Server");
    await asked("isolate: which server?");
    await pick("s3");
    await row(/isolate s3/).waitFor();
    await lab("Partition");
    await asked("Partition: which servers are on one side?");
    await workbench.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "s1" }).first().click();
    await workbench.page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
    await row(/partition s1 \| \{s2 s3\}/).waitFor();
    await lab("Cut Link");
    await asked("Cut: from which server?");
    await pick("s1");
    await asked("Cut: to which server?");
    await pick("s2");
    await asked("Which direction?");
    await pick("s1 <-> s2");
    await row(/cut s1 <-> s2/).waitFor();
    await workbench.screenshot("commands-faults");
    await lab("Heal");
    await asked("Heal what?");
    await pick("Everything");
    await expect.poll(() => row(/isolate|partition|cut/).count(), SOON).toBe(0);
  });

  it("Drop Next Message asks for type, sender and receiver", async () => {
    await lab("Drop Next Message");
    await asked("Drop the next message of which type?");
    await pick("AppendEntries");
    await asked("Drop: from whom?");
    await pick("all");
    await asked("Drop: to whom?");
    await pick("s2");
    await expect
      .poll(() => workbench.page.locator(".part.statusbar").innerText())
      .toMatch(/drop next AppendEntries all -> s2/);
  });

  it("crashes and restarts a server from the view", async () => {
    await pressInRow(/^s3/, "Crash Server");
    await row(/^s3crashed/).waitFor();
    await pressInRow(/^s3/, "Restart Crashed Server");
    await expect.poll(() => row(/^s3crashed/).count(), SOON).toBe(0);
  });

  it("Restart Lab brings the live cluster back, Show Log shows the log", async () => {
    await lab("Restart Lab");
    await expect.poll(() => status(), { timeout: 20_000 }).toMatch(/term \d+/);
    await row(/^s3/).waitFor();
    await lab("Show Log");
    const shown = workbench.page.locator(".part.panel select").first();
    await expect.poll(() => shown.inputValue(), SOON).toBe("Raft Lab");
  });

  it("Stop Live Cluster", async () => {
    await lab("Stop Live Cluster");
    await expect.poll(status, SOON).toMatch(/stopped|passed/);
  });

  it("prints no error", () => {
    expect(workbench.errors).toEqual([]);
  });
});
