// Makes a fresh clone ready. Only Node's own modules here: there may be no node_modules yet.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Installs the npm packages that package-lock.json names, unless they are there. */
export function installPackages() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    console.error(`Raft Lab needs Node.js 20 or later; this is ${process.version}.`);
    process.exit(2);
  }
  if (packagesPresent()) return;
  console.log("installing npm packages (once; it takes a minute)");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/** Whether npm's own record of node_modules agrees with package-lock.json. */
function packagesPresent() {
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = packagesOf(path.join(root, "package-lock.json"));
  const present = packagesOf(record);
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === "" || optional === true || present[name]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** The extension, the server, the command and the webviews, as they ship. */
export function build() {
  run(process.execPath, [path.join(root, "scripts/build.mjs"), "--quiet"]);
}

/**
 * Runs a program in the repository's root with this process's output, and throws when it fails.
 * @param {string} command
 * @param {string[]} args
 */
export function run(command, args) {
  const status = tryRun(command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
}

/**
 * Runs a program in the repository's root with this process's output.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to this process's
 * @returns {number} its exit code
 */
export function tryRun(command, args, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  if (result.error !== undefined) console.error(String(result.error));
  return result.status ?? 1;
}

/**
 * The script behind a program that an npm package brings, to be run with this very Node.
 * @param {string} file within node_modules
 */
export function packaged(file) {
  return path.join(root, "node_modules", file);
}

/**
 * An etcd for the tests that compare with a real one: Debian's, where this process may install it. Without one they are skipped.
 * @param {(text: string) => void} [log]
 */
export function installEtcd(log = console.log) {
  if (spawnSync("etcd", ["--version"], { stdio: "ignore" }).status === 0) return;
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  log("installing etcd from Debian's packages (once)");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "etcd-server"],
  ]) {
    if (spawnSync("apt-get", args, { env, stdio: "ignore" }).status === 0) continue;
    log("etcd could not be installed: the tests that compare with a real one are skipped");
    return;
  }
}
