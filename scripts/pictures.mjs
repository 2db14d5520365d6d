// Takes the pictures of README.md from the running product: npm run pictures [-- NAME…]
//
// One window for all, in the order in which they stand below: a picture may need what the one before has left.
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { launchBrowser } from "../test/rig/browser.mjs";
import { installChromium, installVsCode } from "../test/rig/install.mjs";
import { newest } from "../test/rig/versions.mjs";
import { openWorkbench } from "../test/rig/workbench.mjs";
import { build, installPackages, root } from "./lib/setup.mjs";

/** @typedef {import("playwright-core").Locator} Locator */
/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

const folder = path.join(root, "docs/pictures");
const cluster = "Raft Cluster";
const diagram = "Raft Messages";
const chosen = process.argv.slice(2).filter((word) => !word.startsWith("--"));

installPackages();
installVsCode(newest);
installChromium();
if (!process.argv.includes("--no-build")) build();
mkdirSync(folder, { recursive: true });

const window = await openWorkbench({
  version: newest,
  theme: "light",
  size: { width: 1280, height: 800 },
  scale: 2,
  files: {
    "majority.raftlab": `cluster {
  nodes s1..s5
  clients alice
}

scenario "who is left?" {
  seed 1
  await leader within 2s
  crash s1
  crash s2
  partition {s3} | {s4 s5}
  alice put color "red"
}
`,
    "stale.raftlab": `cluster {
  nodes s1..s3
  clients alice bob
  reads local
  check-quorum off
}

scenario "is a local read good enough?" {
  seed 2
  timeout s1
  await leader == s1 within 1s
  alice put color "red"
  isolate s1
  await leader != s1 within 2s
  alice put color "blue"
  bob get color at s1  => "blue"
}
`,
  },
  settings: {
    "editor.minimap.enabled": false,
    "editor.renderLineHighlight": "none",
    "editor.fontSize": 13,
    "editor.hover.above": false,
    "editor.scrollBeyondLastLine": false,
    "editor.stickyScroll.enabled": false,
    "editor.cursorBlinking": "solid",
    "breadcrumbs.enabled": false,
    "workbench.layoutControl.enabled": false,
    "workbench.activityBar.location": "hidden",
    "window.title": "Raft Lab",
  },
});
const { page } = window;
page.setDefaultTimeout(30_000);
const painter = await (await launchBrowser()).newPage();

/** @type {[name: string, take: () => Promise<Box | undefined>][]} */
const pictures = [
  ["run", run],
  ["why", why],
  ["diagram", messages],
  ["write", write],
  ["live", live],
  ["check", check],
];

try {
  await window.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.closeSidebar"));
  // What the status bar shows of the browser's VS Code only.
  const foreign = ["keyboardLayout", "host", "forwardedPorts"].map((word) => `.statusbar-item[id*="${word}"]`);
  await page.addStyleTag({ content: `${foreign.join(", ")} { display: none !important; }` });
  for (const [name, take] of pictures) {
    const clip = await take();
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    await keep(name, clip);
  }
} catch (error) {
  await window.screenshot("failed-pictures");
  throw error;
} finally {
  await painter.context().browser()?.close();
  await window.close();
}

/** A scenario beside the cluster panel, while the votes are on their way. */
async function run() {
  await resize(1280, 930);
  await window.openFile("samples/1-elections/first-election.raftlab");
  await lens("Run$", -1).click();
  await lens("pass", 0).waitFor();
  await shareWindow(0.41);
  const panel = await window.webview(cluster);
  await server(panel, "leader").waitFor();
  await moveTo(panel, 0.3);
  await panel.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  return undefined;
}

/** Why a server refused its vote. */
async function why() {
  const panel = await window.webview(cluster);
  const refused = /refus|not granted/i;
  const words = panel.locator(".words");
  await moveTo(panel, 0.18);
  for (let step = 0; step < 60 && !refused.test((await words.textContent()) ?? ""); step++) await nextEvent(panel);
  await panel.locator(".words").getByRole("button", { name: "why?" }).click();
  const region = panel.getByRole("region", { name: "Why", exact: true });
  await region.locator("li.cause").first().waitFor();
  await resize(1280, 1200);
  await region.evaluate((element) => element.scrollIntoView({ block: "end" }));
  const { x, y, width, height } = await boxOf(region);
  return { x: x - 8, y: y - 8, width: width + 16, height: height + 16 };
}

/** The message diagram of an election. */
async function messages() {
  await window.setTheme("dark");
  await closeEditors();
  await resize(1400, 900);
  await window.command("Raft Lab: Open Message Diagram");
  const panel = await window.webview(diagram);
  await panel.locator("[data-frame][aria-busy=false] .block .row").first().waitFor();
  return undefined;
}

/** What the editor says about a majority that is gone. */
async function write() {
  await window.setTheme("light");
  await closeEditors();
  await resize(1000, 520);
  await window.openFile("majority.raftlab");
  await page.locator(".squiggly-warning").first().waitFor();
  await window.goTo(12);
  await window.evaluate((vscode) => vscode.commands.executeCommand("editor.action.showHover"));
  await page.locator(".monaco-hover:not(.hidden)").first().waitFor();
  return undefined;
}

/** A live cluster whose leader has been cut off. */
async function live() {
  await window.setTheme("dark");
  await closeEditors();
  await resize(1200, 1120);
  await window.openFile("samples/1-elections/first-election.raftlab");
  await window.command("Raft Lab: Start Live Cluster");
  await window.quickPick("first election", { exact: true });
  const panel = await window.webview(cluster);
  await window.command("Raft Lab: Set Pace");
  await window.quickPick("1x", { exact: true });
  await server(panel, "leader").waitFor();
  await window.command("Raft Lab: Put");
  for (const answer of ["color", "red"]) {
    await window.answer(answer);
    await page.waitForTimeout(500);
  }
  await window.notification('alice put color "red" => ok');
  await window.evaluate((vscode) => vscode.commands.executeCommand("notifications.clearAll"));
  await server(panel, "leader").click();
  await panel.getByRole("group", { name: "Faults at a server" }).getByText("Isolate", { exact: true }).click();
  await page.waitForTimeout(1500);
  await window.command("Raft Lab: Pause Live Cluster");
  await window.evaluate((vscode) =>
    vscode.window.tabGroups.close(
      vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter((tab) => tab.label.endsWith(".raftlab"))),
    ),
  );
  await server(panel, "leader").evaluate((disc) => disc.scrollIntoView({ block: "center" }));
  return undefined;
}

/** A stale read, told by the checker. */
async function check() {
  await window.setTheme("light");
  await closeEditors();
  await resize(1100, 700);
  await window.evaluate((vscode) =>
    vscode.workspace.getConfiguration("raftlab").update("openPanelOnRun", false, vscode.ConfigurationTarget.Workspace),
  );
  await window.openFile("stale.raftlab");
  await lens("Run$", -1).click();
  await lens("fail", 0).waitFor();
  await window.evaluate((vscode) => vscode.commands.executeCommand("notifications.clearAll"));
  await window.evaluate((vscode) => vscode.commands.executeCommand("workbench.actions.view.problems"));
  return undefined;
}

/**
 * A server's disc in the cluster panel, by its role.
 * @param {Frame} panel
 * @param {string} role
 */
function server(panel, role) {
  return panel.getByRole("button", { name: new RegExp(`^s\\d ${role}`) }).first();
}

/**
 * Moves the time cursor to a part of the timeline.
 * @param {Frame} panel
 * @param {number} part 0 to 1
 */
async function moveTo(panel, part) {
  const box = await boxOf(panel.getByRole("slider", { name: "Time cursor" }));
  await page.mouse.click(box.x + box.width * part, box.y + box.height / 2);
  await page.waitForTimeout(300);
}

/** @param {Frame} panel */
async function nextEvent(panel) {
  const slider = panel.getByRole("slider", { name: "Time cursor" });
  const before = await slider.getAttribute("aria-valuetext");
  await panel.getByRole("button", { name: "Next event" }).click();
  while ((await slider.getAttribute("aria-valuetext")) === before) await page.waitForTimeout(20);
}

/** Closes all editors, whatever they hold. */
async function closeEditors() {
  await window.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
  await window.evaluate((vscode) =>
    vscode.commands.executeCommand("vscode.setEditorLayout", { orientation: 0, groups: [{}] }),
  );
}

/**
 * @param {number} width
 * @param {number} height
 */
async function resize(width, height) {
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(300);
}

/** @param {Locator} part */
async function boxOf(part) {
  const box = await part.boundingBox();
  if (box === null) throw new Error("it is not shown");
  return box;
}

/**
 * The code lens with a text: the n-th from above.
 * @param {string} text
 * @param {number} index
 */
function lens(text, index) {
  return page
    .locator(".codelens-decoration a")
    .filter({ hasText: new RegExp(text) })
    .nth(index);
}

/**
 * Gives the first of two groups of editors a part of the width.
 * @param {number} first 0 to 1
 */
async function shareWindow(first) {
  await window.evaluate(
    (vscode, size) =>
      vscode.commands.executeCommand("vscode.setEditorLayout", {
        orientation: 0,
        groups: [{ size }, { size: 1 - size }],
      }),
    first,
  );
}

/**
 * Writes what the window shows, or a part of it, as a WebP.
 * @param {string} name
 * @param {Box | undefined} clip
 */
async function keep(name, clip) {
  const size = page.viewportSize();
  await page.mouse.move((size?.width ?? 0) * 0.45, (size?.height ?? 0) - 6);
  await page.waitForTimeout(600);
  const png = await page.screenshot(clip === undefined ? {} : { clip });
  const webp = await painter.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext("2d")?.drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", 0.75);
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  const file = path.join(folder, `${name}.webp`);
  writeFileSync(file, Buffer.from(webp.slice(webp.indexOf(",") + 1), "base64"));
  await window.screenshot(`picture-${name}`);
  console.log(`${(statSync(file).size / 1024).toFixed(0).padStart(5)} KiB  ${path.relative(root, file)}`);
}
