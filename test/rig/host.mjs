// Runs the host suite: mocha inside a real extension host, in VS Code's server and a browser.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { launchBrowser } from "./browser.mjs";
import { startServer, windowAddress } from "./server.mjs";
import { stageForTheWeb } from "./stage.mjs";
import { root } from "./versions.mjs";
import { makeWorkspace } from "./workspace.mjs";

/**
 * @typedef {object} HostResult
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} failures what failed, with the reason
 * @property {Figure[]} figures what a suite of measurements found
 */

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {string} aim
 */

/**
 * @typedef {object} HostOptions
 * @property {import("./versions.mjs").VsCodeVersion} version
 * @property {"host" | "host-bench"} [suite] which bundle of dist-test/ runs where it is no web worker
 * @property {boolean} [web] the extension and its tests run in a web worker, as in VS Code for the Web
 * @property {string} [grep] only tests whose title matches
 * @property {number} [timeoutMs] of the whole suite
 * @property {(line: string) => void} [log]
 */

/**
 * Runs the host suite once and counts.
 * @param {HostOptions} options
 * @returns {Promise<HostResult>}
 */
export async function runHostTests({
  version,
  suite = "host",
  web = false,
  grep,
  timeoutMs = 600_000,
  log = console.log,
}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "raftlab-host-"));
  const results = path.join(folder, "results.ndjson");
  const workspace = makeWorkspace();
  const staged = web ? stageForTheWeb() : undefined;
  const extension = staged?.folder ?? root;
  const tests = path.join(extension, `dist-test/${web ? "web-host" : suite}.js`);
  const env = { RAFTLAB_HOST_RESULTS: results, ...(grep === undefined ? {} : { RAFTLAB_HOST_GREP: grep }) };
  const server = await startServer({ version, env, driver: true });
  const browser = await launchBrowser();
  const reader = new ResultReader(results, log);
  const poll = setInterval(() => reader.read(), 250);
  /** @type {string[]} */
  const consoleLines = [];
  try {
    const page = await browser.newPage();
    await page.exposeFunction("codeAutomationLog", (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const line = args.map(String).join(" ");
      // The server's logging module is native and not built here; VS Code says so at length, and does without.
      if (!line.includes("spdlog")) consoleLines.push(`${type}: ${line}`);
      const result = /raftlab-result ([{].*[}])/.exec(line)?.[1];
      if (result !== undefined) reader.take(JSON.parse(result));
    });
    /** @type {Promise<number>} */
    const exit = new Promise((resolve) => {
      void page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) => resolve(code));
    });
    await page.goto(windowAddress(server, { workspace: workspace.folder, extension, tests }));
    const code = await Promise.race([exit, after(timeoutMs)]);
    reader.read();
    if (code === undefined) log(`the host suite was not done after ${timeoutMs / 1000} s`);
    const { passed, failed, failures, figures, done } = reader;
    const broken = code !== 0 && failed === 0;
    if (broken || !done) log(consoleLines.slice(-40).join("\n"));
    if (!broken && done) return { passed, failed, failures, figures };
    const ended = `the suite did not end well (exit code ${code})`;
    return { passed, failed: failed + 1, failures: [...failures, ended], figures };
  } finally {
    clearInterval(poll);
    await browser.close();
    await server.stop();
    workspace.remove();
    staged?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads what test/host/run.ts writes, while it is being written; what test/web-host/run.ts prints is handed to it. */
class ResultReader {
  #file;
  #log;
  #read = 0;
  passed = 0;
  failed = 0;
  /** @type {string[]} */
  failures = [];
  /** @type {Figure[]} */
  figures = [];
  done = false;

  /**
   * @param {string} file
   * @param {(line: string) => void} log
   */
  constructor(file, log) {
    this.#file = file;
    this.#log = log;
  }

  read() {
    if (!existsSync(this.#file)) return;
    const lines = readFileSync(this.#file, "utf8").split("\n");
    // The last element is what follows the last newline: nothing, or a line that is not complete.
    for (const line of lines.slice(this.#read, -1)) this.take(JSON.parse(line));
    this.#read = lines.length - 1;
  }

  /**
   * Counts one result.
   * @param {{ kind: "pass" | "fail" | "end", title: string, ms: number, message?: string } | ({ kind: "figure" } & Figure)} result
   */
  take(result) {
    if (result.kind === "end") this.done = true;
    else if (result.kind === "figure") this.figures.push(result);
    else if (result.kind === "pass") {
      this.passed++;
      this.#log(`  ✓ ${result.title} (${result.ms} ms)`);
    } else {
      this.failed++;
      this.failures.push(`${result.title}\n${result.message ?? ""}`);
      this.#log(`  ✗ ${result.title}\n${result.message ?? ""}`);
    }
  }
}

/**
 * @param {number} ms
 * @returns {Promise<undefined>}
 */
function after(ms) {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms).unref());
}
