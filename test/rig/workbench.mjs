// A window of VS Code in a browser, driven as a person would drive it.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { launchBrowser } from "./browser.mjs";
import { Evaluator, evaluateExtension } from "./evaluate.mjs";
import { startServer, windowAddress } from "./server.mjs";
import { defaultVersion, outDir, root } from "./versions.mjs";
import { webviewFrame } from "./webview.mjs";
import { makeWorkspace } from "./workspace.mjs";

/** @typedef {"light" | "dark" | "high contrast" | "high contrast light"} Theme */

/** The themes of VS Code that stand for its four kinds. */
const themeNames = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high contrast": "Default High Contrast",
  "high contrast light": "Default High Contrast Light",
};

/** The windows that are open, for a picture of each when a test fails. */
export const openWindows = /** @type {Set<Workbench>} */ (new Set());

/**
 * @typedef {object} WorkbenchOptions
 * @property {import("./versions.mjs").VsCodeVersion} [version] the one in `RAFTLAB_VSCODE`, or the newest, unless given
 * @property {Record<string, string>} [files] of the workspace, by relative path; the samples are there too, in `samples/`
 * @property {boolean} [samples] false leaves the samples out
 * @property {Record<string, unknown>} [settings]
 * @property {NodeJS.ProcessEnv} [env] of the extension host
 * @property {string} [extension] the folder of the extension under test, installed as a user has it: the repository unless given
 * @property {Theme} [theme]
 * @property {{ width: number, height: number }} [size]
 * @property {number} [scale] device pixels per CSS pixel, for pictures
 * @property {boolean} [reducedMotion]
 */

/**
 * Starts a server, a browser and a window in it. `close()` ends all three.
 * @param {WorkbenchOptions} [options]
 */
export async function openWorkbench(options = {}) {
  const {
    version = defaultVersion(),
    extension = root,
    settings = {},
    theme = "dark",
    size = { width: 1280, height: 800 },
  } = options;
  const folder = mkdtempSync(path.join(os.tmpdir(), "raftlab-ui-"));
  const portFile = path.join(folder, "port");
  const workspace = makeWorkspace({ files: options.files ?? {}, samples: options.samples ?? true });
  const server = await startServer({
    version,
    settings: { ...settings, "workbench.colorTheme": themeNames[theme] },
    env: { ...options.env, RAFTLAB_EVALUATE: portFile },
    installed: [evaluateExtension, extension],
  });
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: options.reducedMotion === true ? "reduce" : "no-preference",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const address = windowAddress(server, { workspace: workspace.folder });
  const workbench = new Workbench(page, address, workspace.folder, new Evaluator(portFile), async () => {
    await browser.close();
    await server.stop();
    workspace.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    await workbench.load();
  } catch (error) {
    await workbench.screenshot("failed-to-load").catch(() => undefined);
    await workbench.close();
    throw error;
  }
  return workbench;
}

/** One window. */
export class Workbench {
  #address;
  #evaluator;
  #close;
  /** What the page has printed as errors. */
  errors = /** @type {string[]} */ ([]);

  /**
   * @param {import("playwright-core").Page} page
   * @param {string} address
   * @param {string} folder the workspace's folder
   * @param {Evaluator} evaluator
   * @param {() => Promise<void>} close
   */
  constructor(page, address, folder, evaluator, close) {
    this.page = page;
    this.folder = folder;
    this.#address = address;
    this.#evaluator = evaluator;
    this.#close = close;
    openWindows.add(this);
    page.on("pageerror", (error) => this.errors.push(String(error)));
  }

  /** Opens the window. */
  async load() {
    this.#evaluator.forget();
    await this.page.goto(this.#address);
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
    await this.evaluate(() => undefined);
  }

  /** Reloads the window as a person does, by its command: VS Code writes its state out first. */
  async reload() {
    const loaded = this.page.waitForEvent("load", { timeout: 60_000 });
    await this.evaluate((vscode) => {
      setTimeout(() => vscode.commands.executeCommand("workbench.action.reloadWindow"), 100);
    });
    await loaded;
    this.#evaluator.forget();
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
    await this.evaluate(() => undefined);
  }

  /**
   * Runs a function in the extension host, with VS Code's API; see `Evaluator.evaluate`.
   * @template [A=undefined]
   * @template [R=unknown]
   * @param {(vscode: typeof import("vscode"), argument: A) => R} fn
   * @param {A} [argument]
   */
  evaluate(fn, argument) {
    return this.#evaluator.evaluate(fn, argument);
  }

  /**
   * Runs a command from the palette by its title, as `Raft Lab: Show Version`.
   * @param {string} title
   */
  async command(title) {
    // Something that takes the focus meanwhile, such as a view that is just being shown, closes the palette again.
    for (let attempt = 1; ; attempt += 1) {
      await this.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.showCommands"));
      const input = this.quickInput();
      try {
        await input.waitFor({ timeout: 5000 });
        await input.fill(`>${title}`, { timeout: 2000 });
        break;
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
    await this.quickPick(title, { exact: true });
  }

  /** The text field of the quick pick or the input box that is open. */
  quickInput() {
    return this.page.locator(".quick-input-widget:not([style*='display: none']) .quick-input-box input");
  }

  /**
   * Chooses a row of the open quick pick by its label.
   * @param {string} label
   * @param {{ exact?: boolean }} [options]
   */
  async quickPick(label, { exact = false } = {}) {
    const rows = this.page.locator(".quick-input-widget .quick-input-list .monaco-list-row");
    await rows
      .filter({ has: this.page.getByText(label, { exact }) })
      .first()
      .click();
  }

  /**
   * Types into the open input box and accepts.
   * @param {string} text
   */
  async answer(text) {
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(text);
    await input.press("Enter");
  }

  /**
   * Opens a file of the workspace and waits until its text is shown.
   * @param {string} relative path within the workspace
   */
  async openFile(relative) {
    await this.evaluate(async (vscode, name) => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      if (folder === undefined) throw new Error("no workspace");
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name), { preview: false });
    }, relative);
    await this.editor().waitFor();
  }

  /** The text editor that is active. */
  editor() {
    return this.page.locator(".editor-group-container.active .monaco-editor .view-lines").first();
  }

  /**
   * Types at the caret of the active editor, key by key, as a person does. Suggestions may pop up and take Enter and Tab.
   * @param {string} text
   * @param {{ line?: number, delayMs?: number }} [options] goes to a line's end first (1 is the first line)
   */
  async type(text, { line, delayMs = 0 } = {}) {
    if (line !== undefined) await this.goTo(line);
    else await this.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup"));
    await this.page.keyboard.type(text, { delay: delayMs });
    return this.text();
  }

  /** The text of the active editor, once what was typed has reached the extension host. */
  async text() {
    const read = () => this.evaluate((vscode) => vscode.window.activeTextEditor?.document.getText());
    for (let before = await read(); ; ) {
      await this.page.waitForTimeout(100);
      const now = await read();
      if (now === before) return now;
      before = now;
    }
  }

  /**
   * Puts the caret at the end of a line of the active editor, and the focus into it.
   * @param {number} line 1 is the first
   */
  async goTo(line) {
    await this.evaluate(async (vscode, number) => {
      const editor = vscode.window.activeTextEditor;
      if (editor === undefined) throw new Error("no editor is active");
      const end = editor.document.lineAt(number - 1).range.end;
      editor.selection = new vscode.Selection(end, end);
      editor.revealRange(new vscode.Range(end, end));
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    }, line);
  }

  /**
   * The frame in which a webview's own document is, by the title of its editor tab or view.
   * @param {string} title
   */
  webview(title) {
    return webviewFrame(this.page, title);
  }

  /**
   * Changes the colour theme, and waits until the window shows it.
   * @param {Theme} theme
   */
  async setTheme(theme) {
    await this.evaluate(async (vscode, name) => {
      await vscode.workspace
        .getConfiguration("workbench")
        .update("colorTheme", name, vscode.ConfigurationTarget.Workspace);
    }, themeNames[theme]);
    const kind = { light: "vs", dark: "vs-dark", "high contrast": "hc-black", "high contrast light": "hc-light" }[
      theme
    ];
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** The notifications that are there, in the notification centre: toasts go away by themselves. */
  async notificationList() {
    await this.evaluate((vscode) => vscode.commands.executeCommand("notifications.showList"));
    return this.page.locator(".notifications-center .notification-list-item");
  }

  /** The texts of the notifications that are there. */
  async notifications() {
    const list = await this.notificationList();
    return list.locator(".notification-list-item-message").allInnerTexts();
  }

  /**
   * Waits for a notification whose message contains a text, and presses one of its buttons where one is named.
   * @param {string} text
   * @param {string} [button]
   */
  async notification(text, button) {
    // The centre does not open while it is empty: it is asked for again until the notification is there.
    let item = (await this.notificationList()).filter({ hasText: text }).first();
    for (const deadline = Date.now() + 20_000; !(await item.isVisible()) && Date.now() < deadline; ) {
      await this.page.waitForTimeout(100);
      item = (await this.notificationList()).filter({ hasText: text }).first();
    }
    await item.waitFor();
    if (button !== undefined) {
      await item.hover();
      await item.getByRole("button", { name: button, exact: true }).click();
    }
    return item;
  }

  /**
   * Takes a picture into test/out/, of the window or of a part of it.
   * @param {string} name without extension; a path is taken as it is, for pictures that are kept
   * @param {import("playwright-core").Locator} [part]
   */
  async screenshot(name, part) {
    const file = path.isAbsolute(name) ? name : path.join(outDir, `${name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await (part ?? this.page).screenshot({ path: file });
    return file;
  }

  /** Closes the window, its browser and its server, and removes the workspace. */
  async close() {
    openWindows.delete(this);
    await this.#close();
  }
}
