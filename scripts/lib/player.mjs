// dist/player.html: the page that plays an exported run. Everything it needs stands in it; a run's source is written into it by
// server/src/protocol/player-file.ts.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { playerBundle } from "./bundles.mjs";
import { bundleText, translatedLanguages, usedMessages } from "./messages.mjs";
import { root } from "./setup.mjs";

/** Where texts are made that a player shows. */
const SPOKEN = [
  "player",
  "media",
  ...["view-model", "lab", "scenario", "trace", "check", "sim", "kv", "raft", "language", "lsp"].map(
    (layer) => `server/src/${layer}`,
  ),
];

/** The panels of a player, in the order of their tabs. */
const PANELS = /** @type {const} */ (["cluster", "diagram", "history"]);

/**
 * Builds the page, and the messages it may speak, into a folder.
 * @param {string} to
 * @param {{ dev?: boolean }} [options]
 */
export async function writePlayer(to, options = {}) {
  await mkdir(to, { recursive: true });
  await writeFile(path.join(to, "player.html"), await playerTemplate(options));
  for (const language of translatedLanguages()) {
    await writeFile(path.join(to, `player.${language}.json`), JSON.stringify(playerMessages(language)));
  }
}

/**
 * What a player may say, in a language.
 * @param {string} language
 * @returns {Record<string, string>} English text to translated text
 */
export function playerMessages(language) {
  const { used } = usedMessages(SPOKEN);
  /** @type {Record<string, string>} */
  const all = JSON.parse(bundleText(language));
  return Object.fromEntries(Object.entries(all).filter(([message]) => used.has(message)));
}

/**
 * The page with its slots still empty.
 * @param {{ dev?: boolean }} [options]
 */
export async function playerTemplate(options = {}) {
  const built = await esbuild.build({ ...playerBundle(options).options, write: false });
  /** @param {string} name */
  const output = (name) => {
    const file = built.outputFiles?.find(({ path: each }) => path.basename(each) === name);
    if (file === undefined) throw new Error(`the player's build has no ${name}`);
    return file.text.trim();
  };
  const icons = iconStyles();
  const main = { script: output("player.js"), style: output("player.css") };
  const panels = PANELS.map((panel) => ({
    panel,
    html: frame(panel, output(`${panel}.css`), output(`${panel}.js`)),
  }));
  const scripts = [main.script, ...PANELS.map((panel) => output(`${panel}.js`))];
  const styles = [icons, main.style, ...PANELS.map((panel) => output(`${panel}.css`))];
  return `<!DOCTYPE html>
<html lang="raftlab-slot:language">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts, styles)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Raft Lab">
<title>raftlab-slot:title – Raft Lab</title>
${style(icons).replace("<style>", '<style id="icons">')}
${style(main.style)}
</head>
<body>
<div id="app"></div>
<script type="application/json" id="run">raftlab-slot:run</script>
<script type="application/json" id="messages">raftlab-slot:messages</script>
<script type="application/json" id="panels">${JSON.stringify(panels).replaceAll("<", "\\u003c")}</script>
${script(main.script)}
</body>
</html>
`;
}

/**
 * The document of a panel's frame, in which the icons are put from the page's. The frame has the page's policy, which browsers hand on to such documents.
 * @param {string} panel @param {string} css @param {string} js
 */
function frame(panel, css, js) {
  return `<!DOCTYPE html>
<html lang="raftlab-frame:language">
<head>
<meta charset="UTF-8">
<title>raftlab-frame:title</title>
<style>raftlab-frame:icons</style>
${style(css)}
</head>
<body data-panel="${panel}">
<div id="app"></div>
<script type="application/json" id="messages">raftlab-frame:messages</script>
${script(js)}
</body>
</html>`;
}

/**
 * Nothing is loaded from anywhere, and nothing runs but what the build has put here.
 * @param {readonly string[]} scripts @param {readonly string[]} styles
 */
function policy(scripts, styles) {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(" ")}`,
    `style-src ${styles.map(hashOf).join(" ")}`,
    "img-src data: blob:",
    "font-src data:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** @param {string} text */
function hashOf(text) {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

/** @param {string} js */
function script(js) {
  // Within a comment's beginning a script's end may go unseen: neither may stand in a script.
  if (/<\/script/i.test(js) || (js.includes("<!--") && /<script/i.test(js))) {
    throw new Error("a script of the player has HTML in it that would end it");
  }
  return `<script>${js}</script>`;
}

/** @param {string} css */
function style(css) {
  if (/<\/style/i.test(css)) throw new Error("a style sheet of the player would end its element");
  return `<style>${css}</style>`;
}

/** The icons' font stands in its style sheet. */
function iconStyles() {
  const folder = path.join(root, "node_modules/@vscode/codicons/dist");
  const font = readFileSync(path.join(folder, "codicon.ttf")).toString("base64");
  const css = readFileSync(path.join(folder, "codicon.css"), "utf8");
  const { code } = esbuild.transformSync(
    css.replace(/url\("?\.\/codicon\.ttf[^)]*\)/u, `url(data:font/ttf;base64,${font})`),
    { loader: "css", minify: true, legalComments: "none" },
  );
  return code.trim();
}
