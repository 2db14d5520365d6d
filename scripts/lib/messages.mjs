// The translations: which messages the source uses, and the bundle that is made of the translators' files in l10n/zh-cn/.
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseSync } from "@swc/core";
import { root } from "./setup.mjs";

/** Where texts for people are made. */
const folders = ["server/src", "client/src", "media", "player"];

/**
 * Every literal handed to `t` of server/src/l10n/text.ts or to `vscode.l10n.t`, with the files that use it.
 * @param {readonly string[]} [within] folders to look in
 * @returns {{ used: Map<string, string[]>, problems: string[] }} `problems`: calls without a literal, which nobody could translate
 */
export function usedMessages(within = folders) {
  /** @type {Map<string, string[]>} */
  const used = new Map();
  /** @type {string[]} */
  const problems = [];
  for (const file of within.flatMap(sources)) {
    const source = readFileSync(path.join(root, file), "utf8");
    const own =
      file.startsWith("server/src/l10n/") || /\bt\b[^;]*from "[./]*(server\/src\/)?l10n\/text[.]js"/u.test(source);
    if (!own && !source.includes("l10n")) continue;
    for (const call of calls(parseSync(source, { syntax: "typescript", target: "es2022" }), own)) {
      if (call === null) problems.push(`${file}: a message is no literal`);
      else used.set(call, [...(used.get(call) ?? []), file]);
    }
  }
  return { used, problems };
}

/** @param {string} folder */
function sources(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/[.](test|bench|d)[.]ts$/u.test(name))
    .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")))
    .filter((name) => name !== "server/src/l10n/text.ts")
    .sort();
}

/**
 * @param {unknown} node of swc's tree
 * @param {boolean} own whether a plain `t` is ours here
 * @returns {Generator<string | null>}
 */
function* calls(node, own) {
  if (Array.isArray(node)) {
    for (const child of node) yield* calls(child, own);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { type, callee, arguments: given } = /** @type {any} */ (node);
  if (type === "CallExpression" && isT(callee, own)) yield literal(given[0]?.expression);
  for (const child of Object.values(node)) yield* calls(child, own);
}

/** @param {any} callee @param {boolean} own */
function isT(callee, own) {
  if (callee.type === "Identifier") return own && callee.value === "t";
  if (callee.type !== "MemberExpression" || callee.property.value !== "t") return false;
  const { object } = callee;
  return (object.value ?? object.property?.value) === "l10n";
}

/** @param {any} argument */
function literal(argument) {
  if (argument?.type === "StringLiteral") return argument.value;
  if (argument?.type === "TemplateLiteral" && argument.expressions.length === 0) return argument.quasis[0].cooked;
  return null;
}

/**
 * The translators' files: a part of the product each.
 * @param {string} language
 * @returns {{ part: string, messages: Record<string, string> }[]}
 */
export function translations(language) {
  const folder = path.join(root, "l10n", language);
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      part: file.replace(/[.]json$/u, ""),
      messages: JSON.parse(readFileSync(path.join(folder, file), "utf8")),
    }));
}

/** The languages there are translations for. */
export function translatedLanguages() {
  return readdirSync(path.join(root, "l10n"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/**
 * The bundle that VS Code reads, and the extension hands on: all parts together, by message.
 * @param {string} language
 */
export function bundleText(language) {
  const all = Object.assign({}, ...translations(language).map(({ messages }) => messages));
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

/**
 * What the webviews' pages carry: the messages that the panels use, and nothing of the rest.
 * @param {string} language
 */
export function panelBundleText(language) {
  const { used } = usedMessages(["media", "server/src/view-model"]);
  const all = JSON.parse(bundleText(language));
  return JSON.stringify(Object.fromEntries(Object.entries(all).filter(([message]) => used.has(message))));
}

/**
 * Writes the panels' messages into a folder: a file a language, which client/src/panels/translation.ts reads.
 * @param {string} folder
 */
export async function writePanelMessages(folder) {
  for (const language of translatedLanguages()) {
    await writeFile(path.join(folder, `messages.${language}.json`), panelBundleText(language));
  }
}
