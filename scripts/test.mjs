// All tests, or the sections named: node scripts/test.mjs [SECTION[@VSCODE]…] [-- NAME]
//
//   types lint imports unit web host web-host ui     e.g. `host@1.100`, `ui@1.139`, `ui -- cluster` (only files or titles that match)
//
// Sets up what a fresh clone lacks, says what it does, and ends with `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build, installEtcd, installPackages, packaged, root, tryRun } from "./lib/setup.mjs";

/** @typedef {{ passed: number, failed: number, failures?: string[] }} Count `failures`: what failed, with the reason */

const sections = /** @type {const} */ (["types", "lint", "imports", "unit", "web", "host", "web-host", "ui"]);
const split = process.argv.indexOf("--", 2);
const wanted = process.argv.slice(2, split === -1 ? undefined : split);
const name = split === -1 ? undefined : process.argv[split + 1];
/** Of one failure, in the list at the end. */
const FAILURE_LINES = 25;
const outDir = path.join(root, "test/out");

/** @type {{ section: string, count: Count, seconds: number }[]} */
const summary = [];

/**
 * @param {string} section
 * @param {() => Count | Promise<Count>} body
 */
async function section(section, body) {
  console.log(`\n── ${section}`);
  const started = performance.now();
  const count = await Promise.resolve()
    .then(body)
    .catch((error) => {
      console.error(error);
      return { passed: 0, failed: 1, failures: [String(error)] };
    });
  summary.push({ section, count, seconds: (performance.now() - started) / 1000 });
}

/**
 * A check that passes or fails as a whole counts as one test.
 * @param {string} command
 * @param {string[]} args
 * @returns {Count}
 */
function check(command, args) {
  return tryRun(command, args) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * A file in vitest's report.
 * @typedef {object} VitestFile
 * @property {string} name
 * @property {string} status
 * @property {string} [message]
 * @property {{ status: string, fullName: string, failureMessages?: string[] }[]} assertionResults
 */

/**
 * Runs vitest and counts from its report, in which a file that could not be loaded has no tests, and so counts as one failed.
 * @param {string} report
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Count}
 */
function vitest(report, args, env = {}) {
  const file = path.join(outDir, `${report}.json`);
  mkdirSync(outDir, { recursive: true });
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const filter = name === undefined ? [] : [name];
  const all = [packaged("vitest/vitest.mjs"), "run", "--passWithNoTests", ...reporters, ...args, ...filter];
  const status = tryRun(process.execPath, all, { CI: "true", ...env });
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: VitestFile[] }} */
  const result = JSON.parse(readFileSync(file, "utf8"));
  const unloadable = result.testResults.filter((r) => r.status === "failed" && r.assertionResults.length === 0);
  const failed = result.numFailedTests + unloadable.length;
  const failures = [
    ...unloadable.map(({ name, message }) => `${name}\n${message ?? ""}`),
    ...result.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter((test) => test.status === "failed")
        .map((test) => `${path.relative(root, name)} > ${test.fullName}\n${test.failureMessages?.join("\n") ?? ""}`),
    ),
  ];
  return { passed: result.numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed, failures };
}

/** @param {string} section */
const isWanted = (section) =>
  wanted.length === 0 || wanted.includes(section) || wanted.includes(section.split("@")[0] ?? section);

const unknown = wanted.filter((word) => !sections.some((section) => section === word.split("@")[0]));
if (unknown.length > 0) {
  console.error(`no such section: ${unknown.join(" ")}; there are ${sections.join(" ")}`);
  process.exit(2);
}

installPackages();
const node = process.execPath;
if (isWanted("types")) await section("types", () => check(node, [packaged("typescript/bin/tsc"), "-b"]));
if (isWanted("lint")) {
  await section("lint", () => check(node, [packaged("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]));
}
if (isWanted("imports")) {
  const cruiser = packaged("dependency-cruiser/bin/dependency-cruise.mjs");
  const args = ["--config", ".dependency-cruiser.mjs", "--no-progress", "server/src", "client/src", "media", "player"];
  await section("imports", () => check(node, [cruiser, ...args]));
}
await section("build", () => {
  build();
  return { passed: 1, failed: 0 };
});
if (isWanted("unit")) {
  await section("unit", () => {
    installEtcd();
    return vitest("unit", []);
  });
}

if (isWanted("web")) {
  const { installChromium } = await import("../test/rig/install.mjs");
  await section("web", () => {
    installChromium();
    return vitest("web", ["--config", "vitest.web.config.mjs"]);
  });
}

const { newest, versions } = await import("../test/rig/versions.mjs");
const inVsCode = versions.filter((version) =>
  ["host", "web-host", "ui"].some((name) => isWanted(`${name}@${version}`)),
);
if (inVsCode.length > 0) {
  const { installChromium, installVsCode } = await import("../test/rig/install.mjs");
  const { buildHostTests, buildWebHostTests } = await import("./build-tests.mjs");
  const { runHostTests } = await import("../test/rig/host.mjs");
  installChromium();
  const { browserEntry } = await import("../test/rig/stage.mjs");
  await buildHostTests();
  await buildWebHostTests();
  const grep = name === undefined ? {} : { grep: name };
  for (const version of inVsCode) installVsCode(version);
  // All versions at once: each has a server, a browser and a workspace of its own, and waits for them most of the time.
  await Promise.all(
    inVsCode
      .filter((version) => isWanted(`host@${version}`))
      .map((version) =>
        section(`host@${version}`, () =>
          runHostTests({ version, ...grep, log: (line) => console.log(line.replace(/^/gm, `${version} `)) }),
        ),
      ),
  );
  for (const version of inVsCode) {
    if (isWanted(`web-host@${version}`) && browserEntry() !== undefined) {
      await section(`web-host@${version}`, () => runHostTests({ version, web: true }));
    }
    if (isWanted(`ui@${version}`)) {
      // The whole of it in the newest; in the others what meets VS Code itself, unless they are asked for by name.
      const some =
        wanted.length === 0 && name === undefined && version !== newest ? ["story.ui", "window.ui", "package.ui"] : [];
      const args = ["--config", "vitest.ui.config.mjs", ...some];
      await section(`ui@${version}`, () => vitest(`ui-${version}`, args, { RAFTLAB_VSCODE: version }));
    }
  }
}

// Once more at the end, where whoever reads a long log looks first.
for (const { section, count } of summary) {
  for (const failure of count.failures ?? []) {
    console.log(`\n✗ ${section}: ${failure.split("\n").slice(0, FAILURE_LINES).join("\n")}`);
  }
}
console.log("");
for (const { section, count, seconds } of summary) {
  const numbers = `${count.passed} passed, ${count.failed} failed`;
  console.log(`${section.padEnd(14)} ${numbers.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s`);
}
const passed = summary.reduce((sum, { count }) => sum + count.passed, 0);
const failed = summary.reduce((sum, { count }) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
