// Installs what the rig needs: VS Code's server (from npm) and a Chromium (from Debian, where apt-get is at hand).
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cache, folderOf, root, vscodeOf } from "./versions.mjs";

/** Raised when the steps below change, so that an older installation is thrown away. */
const recipe = "1";

/**
 * Installs a version of VS Code unless it is there. A half-done installation is never seen: it is made aside and renamed.
 * @param {import("./versions.mjs").VsCodeVersion} version
 * @param {(text: string) => void} [log]
 */
export function installVsCode(version, log = console.log) {
  const source = path.join(root, `test/rig/vscode-${version}`);
  const target = folderOf(version);
  const stamp = stampOf(source);
  if (readIfPresent(path.join(target, "stamp")) === stamp) return;
  log(`installing VS Code ${version} in ${path.relative(root, target)} (once; it takes a minute or two)`);
  mkdirSync(cache, { recursive: true });
  const aside = mkdtempSync(path.join(cache, "installing-"));
  try {
    for (const file of ["package.json", "package-lock.json"]) cpSync(path.join(source, file), path.join(aside, file));
    npm(["ci", "--ignore-scripts"], aside);
    const vscode = vscodeOf(version, aside);
    npm(["install", "--omit=dev", "--ignore-scripts"], vscode);
    putRipgrepInPlace(aside, vscode);
    writeFileSync(path.join(aside, "stamp"), stamp);
    rmSync(target, { recursive: true, force: true });
    renameSync(aside, target);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** @param {string} source */
function stampOf(source) {
  const hash = createHash("sha256").update(recipe);
  for (const file of ["package.json", "package-lock.json"]) hash.update(readFileSync(path.join(source, file)));
  return hash.digest("hex");
}

/** @param {string} file */
function readIfPresent(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/**
 * @param {string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  const all = [...args, "--no-audit", "--no-fund", "--loglevel=error"];
  const result = spawnSync("npm", all, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (result.status !== 0) throw new Error(`npm ${args.join(" ")} failed in ${cwd}:\n${result.stdout}${result.stderr}`);
}

/**
 * `workspace.findFiles` runs ripgrep. VS Code 1.100's package downloads it in an install script, which is not run here; a later
 * package ships the same program inside.
 * @param {string} folder
 * @param {string} vscode
 */
function putRipgrepInPlace(folder, vscode) {
  const wanted = path.join(vscode, "node_modules/@vscode/ripgrep");
  const shipped = path.join(
    folder,
    `node_modules/@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}/rg`,
  );
  if (existsSync(wanted) && existsSync(shipped)) cpSync(shipped, path.join(wanted, "bin/rg"));
}

/** Debian's Chromium with windows and all. */
const whole = "/usr/bin/chromium";

/**
 * The browsers that will do, in the order of preference: one without a window of its own starts, opens a page and draws in a third of the
 * time. `RAFTLAB_CHROMIUM` names another one.
 */
const candidates = [
  "/usr/bin/chromium-headless-shell",
  whole,
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium, or undefined where there is none. */
export function findChromium() {
  return [process.env["RAFTLAB_CHROMIUM"], ...candidates].find((file) => file !== undefined && existsSync(file));
}

function mayInstall() {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/**
 * Installs Debian's headless Chromium with fonts for the languages that the tests show, if there is none and this process may; the whole
 * Chromium where Debian has no headless one yet.
 * @param {(text: string) => void} [log]
 * @returns {string} its path
 */
export function installChromium(log = console.log) {
  const found = findChromium();
  if (found !== undefined && (found !== whole || !mayInstall())) return found;
  if (mayInstall()) {
    log("installing a headless Chromium from Debian's packages (once)");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    /** @type {import("node:child_process").ExecFileSyncOptions} */
    const options = { env, stdio: ["ignore", "ignore", "inherit"] };
    /** @param {string[]} packages */
    const install = (...packages) =>
      execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], options);
    const fonts = ["fonts-dejavu-core", "fonts-noto-cjk"];
    try {
      execFileSync("apt-get", ["update", "-qq"], options);
      install("chromium-headless-shell", ...fonts);
    } catch (error) {
      if (found === undefined) install("chromium", ...fonts);
      else log(`${found} will do: ${error}`);
    }
  }
  const installed = findChromium();
  if (installed === undefined) {
    throw new Error("The UI tests need Chromium. Install it, or name one in RAFTLAB_CHROMIUM.");
  }
  return installed;
}
