// THIRD-PARTY-NOTICES.txt: the licences of the npm packages of which something is in dist/.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";
import { bundles, playerBundle } from "./bundles.mjs";
import { root } from "./setup.mjs";

/** Copied into dist/ as files: not seen by the bundler. */
const copied = ["node_modules/@vscode/codicons"];

/** Licences that allow what is done here, with nothing asked but the notice. */
export const permitted = [
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "BlueOak-1.0.0",
  "CC-BY-4.0",
  "(MPL-2.0 OR Apache-2.0)",
];

/** @typedef {{ name: string, version: string, license: string, author: string, text: string }} Package */

/**
 * The packages of which something is in dist/, by name.
 * @returns {Promise<Package[]>}
 */
export async function shippedPackages() {
  const results = await Promise.all(
    [...bundles(), playerBundle()].map(({ options }) =>
      esbuild.build({ ...options, write: false, metafile: true, logLevel: "error" }),
    ),
  );
  const inputs = results.flatMap((result) =>
    Object.values(result.metafile?.outputs ?? {}).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    ),
  );
  const folders = new Set([...inputs.flatMap(packageFolder), ...copied]);
  return [...folders].map(describe).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * @param {string} file as the bundler names it
 * @returns {string[]}
 */
function packageFolder(file) {
  const found = /^(?:.*:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return found?.[1] === undefined ? [] : [found[1]];
}

/**
 * @param {string} folder
 * @returns {Package}
 */
function describe(folder) {
  const at = path.join(root, folder);
  const { name, version, license, author } = JSON.parse(readFileSync(path.join(at, "package.json"), "utf8"));
  const files = readdirSync(at)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  const text = files
    .map((file) => readFileSync(path.join(at, file), "utf8").replaceAll("\r\n", "\n").trim())
    .join("\n\n");
  const known = license ?? (/\bMIT License\b/.test(text) ? "MIT" : "unknown");
  return { name, version, license: known, author: typeof author === "string" ? author : (author?.name ?? ""), text };
}

/**
 * The whole file. Packages with the same words share them.
 * @param {readonly Package[]} packages
 */
export function noticesText(packages) {
  const intro = `Raft Lab contains code and a font from the packages named here, under these licences.
Written by \`node scripts/generate-docs.mjs\` from what is bundled.`;
  /** @type {Map<string, Package[]>} */
  const byText = new Map();
  for (const each of packages) {
    const words =
      each.text === "" ? `${each.license} licence; the package brings no text. Author: ${each.author}` : each.text;
    byText.set(words, [...(byText.get(words) ?? []), each]);
  }
  const parts = [...byText].map(([words, all]) => {
    const names = all.map(({ name, version, license }) => `${name} ${version} (${license})`);
    return `${"=".repeat(80)}\n${names.join("\n")}\n${"-".repeat(80)}\n\n${words}`;
  });
  return `${[intro, ...parts].join("\n\n")}\n`;
}

/** Where it stands. */
export const noticesFile = path.join(root, "THIRD-PARTY-NOTICES.txt");

/** What stands there now. */
export function currentNotices() {
  return existsSync(noticesFile) ? readFileSync(noticesFile, "utf8") : "";
}
