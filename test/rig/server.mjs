// Starts VS Code's own server on a free loopback port, and closes it surely.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { nodeOf, root, vscodeOf } from "./versions.mjs";

/**
 * @typedef {object} ServerOptions
 * @property {import("./versions.mjs").VsCodeVersion} version
 * @property {Record<string, unknown>} [settings] machine settings of this server
 * @property {NodeJS.ProcessEnv} [env] added to the environment, which the extension host inherits
 * @property {readonly string[]} [installed] folders of extensions that are linked in as installed ones
 * @property {boolean} [driver] with what runs tests in the extension host. It lets the window's address name an extension under
 *   development and its tests; without it the window is just what a user has (newer versions hide notifications with it)
 * @property {number} [port] any free one unless given
 * @property {string} [folder] what a window shows whose address names no folder: then `http://AUTHORITY/` is enough
 */

/**
 * @typedef {object} Server
 * @property {string} authority `127.0.0.1:PORT`
 * @property {string} dataDir removed when the server is stopped
 * @property {() => string} output what it has printed so far
 * @property {() => Promise<void>} stop ends it and everything that it started
 */

/** The groups of processes that must not outlive this one. */
const running = /** @type {Set<number>} */ (new Set());
process.once("exit", () => {
  for (const pid of running) killGroup(pid, "SIGKILL");
});

/** Settings that keep a test's window quiet. */
const quiet = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.showReleaseNotes": false,
  "git.enabled": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "window.commandCenter": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "typescript.disableAutomaticTypeAcquisition": true,
};

/**
 * Starts a server and resolves when it listens.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(options) {
  const { version, settings = {}, env = {}, installed = [], driver = false, port = 0, folder } = options;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "raftlab-vscode-"));
  const machine = path.join(dataDir, "data/Machine");
  mkdirSync(machine, { recursive: true });
  writeFileSync(path.join(machine, "settings.json"), JSON.stringify({ ...quiet, ...settings }, undefined, 2));
  for (const extension of installed) installExtension(extension, path.join(dataDir, "extensions"));
  const args = [
    path.join(vscodeOf(version), "out/server-main.js"),
    ...["--host", "127.0.0.1", "--port", String(port)],
    ...["--without-connection-token", "--accept-server-license-terms", "--disable-telemetry"],
    ...["--disable-workspace-trust", ...(driver ? ["--enable-smoke-test-driver"] : [])],
    ...["--server-data-dir", dataDir],
    ...(folder === undefined ? [] : ["--default-folder", folder]),
  ];
  const child = spawn(nodeOf(version), args, {
    cwd: root,
    env: { ...cleanEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`cannot start ${nodeOf(version)}`);
  running.add(pid);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  let output = "";
  /** @type {Promise<string>} */
  const listening = new Promise((resolve, reject) => {
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      output += chunk.toString("utf8");
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match?.[1] !== undefined) resolve(`127.0.0.1:${match[1]}`);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`VS Code ${version} ended with ${code}:\n${output}`)));
    setTimeout(() => reject(new Error(`VS Code ${version} does not listen after 60 s:\n${output}`)), 60_000).unref();
  });
  const stop = async () => {
    killGroup(pid, "SIGTERM");
    const grace = setTimeout(() => killGroup(pid, "SIGKILL"), 3_000);
    await exited;
    clearTimeout(grace);
    killGroup(pid, "SIGKILL");
    running.delete(pid);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    return { authority: await listening, dataDir, output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Links an extension's folder to where VS Code finds installed extensions.
 * @param {string} folder
 * @param {string} extensions
 */
function installExtension(folder, extensions) {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  mkdirSync(extensions, { recursive: true });
  symlinkSync(folder, path.join(extensions, `${publisher}.${name}-${version}`), "dir");
}

/** This process's environment without what another VS Code or a test runner may have put there. */
function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|VITEST|NODE_OPTIONS$|NODE_ENV$)/.test(name)),
  );
}

/**
 * @param {number} pid the leader of a group of processes
 * @param {NodeJS.Signals} signal
 */
function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/**
 * @typedef {object} Address
 * @property {string} [workspace] absolute path of the folder to open
 * @property {string} [extension] absolute path of the extension under development: VS Code takes one at most
 * @property {string} [tests] absolute path of a module to run in the extension host instead of waiting for a person
 */

/**
 * The address at which a browser finds a window of a server.
 * @param {Server} server
 * @param {Address} address
 */
export function windowAddress(server, { workspace, extension, tests }) {
  /** @param {string} file */
  const remote = (file) => `vscode-remote://${server.authority}${file}`;
  /** @type {[string, string][]} */
  const payload = [];
  if (extension !== undefined) payload.push(["extensionDevelopmentPath", remote(extension)]);
  if (tests !== undefined) payload.push(["extensionTestsPath", remote(tests)]);
  payload.push(["skipWelcome", "true"], ["skipReleaseNotes", "true"]);
  const query = new URLSearchParams();
  if (workspace !== undefined) query.set("folder", workspace);
  else query.set("ew", "true");
  query.set("payload", JSON.stringify(payload));
  return `http://${server.authority}/?${query}`;
}
