// Builds the extension and opens VS Code with it on the samples: the VS Code on this machine, or one in the browser.
//
//   node scripts/start.mjs [--browser] [--vscode=1.100|1.139] [--port=N] [FOLDER]
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { build, installPackages, root } from "./lib/setup.mjs";

const args = process.argv.slice(2);
const option = (/** @type {string} */ name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

installPackages();
build();
const folder = path.resolve(args.find((arg) => !arg.startsWith("--")) ?? sampleFolder());
if (!args.includes("--browser") && desktopPresent()) openDesktop();
else await serve();

/** A copy of the samples, to play with: the repository's own stay as they are. */
function sampleFolder() {
  const copy = path.join(root, ".vscode-test/play");
  mkdirSync(copy, { recursive: true });
  const samples = path.join(root, "samples");
  if (existsSync(samples)) cpSync(samples, copy, { recursive: true, force: false });
  return copy;
}

function desktopPresent() {
  return spawnSync("code", ["--version"], { stdio: "ignore", shell: process.platform === "win32" }).status === 0;
}

function openDesktop() {
  console.log(`opening VS Code on ${folder}`);
  const all = [`--extensionDevelopmentPath=${root}`, "--new-window", folder];
  spawn("code", all, { stdio: "inherit", shell: process.platform === "win32" });
}

async function serve() {
  const { installVsCode } = await import("../test/rig/install.mjs");
  const { startServer, windowAddress } = await import("../test/rig/server.mjs");
  const { isVersion, newest } = await import("../test/rig/versions.mjs");
  const wanted = option("vscode") ?? newest;
  if (!isVersion(wanted)) throw new Error(`no such version: ${wanted}`);
  installVsCode(wanted);
  const server = await startServer({ version: wanted, installed: [root], port: Number(option("port") ?? 0) });
  console.log(
    `\nRaft Lab in VS Code ${wanted}:\n\n  ${windowAddress(server, { workspace: folder })}\n\nCtrl-C ends it.`,
  );
  const end = () => {
    void server.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  await new Promise(() => setInterval(() => undefined, 1 << 30));
}
