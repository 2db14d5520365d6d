// Builds the extension and opens VS Code with it on the samples: the VS Code on this machine, or one in the browser.
//
//   node scripts/start.mjs [--browser] [--vscode=1.100|1.139] [--port=N] [FOLDER]
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { build, installPackages, root } from "./lib/setup.mjs";

const args = process.argv.slice(2);
const option = (/** @type {string} */ name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const given = args.find((arg) => !arg.startsWith("--"));
const desktop = !args.includes("--browser") && desktopPresent();
if (!desktop && (process.platform !== "linux" || process.arch !== "x64")) {
  console.error(`No VS Code found: there is no command "code". In VS Code, run "Shell Command: Install 'code' command in PATH"
from the command palette, and try again. (VS Code in the browser needs Linux on x64.)`);
  process.exit(1);
}
installPackages();
build();
const folder = given === undefined ? sampleFolder() : path.resolve(given);
if (desktop) openDesktop();
else await serve();

/** A copy of the samples, to play with: the repository's own stay as they are. */
function sampleFolder() {
  const copy = path.join(root, ".vscode-test/samples");
  mkdirSync(copy, { recursive: true });
  const samples = path.join(root, "samples");
  if (existsSync(samples)) cpSync(samples, copy, { recursive: true, force: false });
  return copy;
}

function desktopPresent() {
  return spawnSync("code", ["--version"], { stdio: "ignore", shell: process.platform === "win32" }).status === 0;
}

function openDesktop() {
  console.log(`opening VS Code on ${path.relative(root, folder) || folder}`);
  const first = path.join(folder, "1-elections/first-election.raftlab");
  const files = existsSync(first) ? [folder, first] : [folder];
  const all = [`--extensionDevelopmentPath=${root}`, "--new-window", ...files];
  spawn("code", all, { stdio: "inherit", shell: process.platform === "win32" });
}

async function serve() {
  const { installVsCode } = await import("../test/rig/install.mjs");
  const { startServer } = await import("../test/rig/server.mjs");
  const { isVersion, newest } = await import("../test/rig/versions.mjs");
  const wanted = option("vscode") ?? newest;
  if (!isVersion(wanted)) throw new Error(`no such version: ${wanted}`);
  installVsCode(wanted);
  // The samples' page greets whoever opens the window for the first time.
  const settings = { "workbench.startupEditor": "readme" };
  const port = Number(option("port") ?? 0);
  const server = await startServer({ version: wanted, settings, installed: [root], port, folder });
  const what = given === undefined ? "a copy of the samples, yours to change" : folder;
  console.log(`
Raft Lab runs in VS Code ${wanted}, on ${what}. Open this address in a browser:

  http://${server.authority}/

Ctrl-C ends it.`);
  const end = () => {
    void server.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  await new Promise(() => setInterval(() => undefined, 1 << 30));
}
