// docs/features.md: every language feature, command, setting and view, each with a test inside VS Code that uses it.
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./setup.mjs";
import { testCalls } from "./test-calls.mjs";

/** @typedef {import("./test-calls.mjs").TestCalls} TestCalls */
/** @typedef {import("./test-calls.mjs").Call} Call */
/** @typedef {{ name: string, detail: string, tests: TestCalls[] }} Row */
/** @typedef {{ title: string, head: [string, string], rows: Row[] }} Section */

/**
 * What the language server tells of itself, by its member of `ServerCapabilities`, and how a test in the extension host asks for it. Of
 * some there is no command: those tests look at what the editor shows.
 * @type {Readonly<Record<string, { name: string, call: string }>>}
 */
const LANGUAGE = {
  textDocumentSync: { name: "Diagnostics while one types", call: "getDiagnostics" },
  completionProvider: { name: "Completion", call: "vscode.executeCompletionItemProvider" },
  hoverProvider: { name: "Hover", call: "vscode.executeHoverProvider" },
  signatureHelpProvider: { name: "Signature help", call: "vscode.executeSignatureHelpProvider" },
  definitionProvider: { name: "Definition", call: "vscode.executeDefinitionProvider" },
  referencesProvider: { name: "References", call: "vscode.executeReferenceProvider" },
  documentHighlightProvider: { name: "Highlights", call: "vscode.executeDocumentHighlights" },
  renameProvider: { name: "Rename", call: "vscode.executeDocumentRenameProvider" },
  documentSymbolProvider: { name: "Document symbols", call: "vscode.executeDocumentSymbolProvider" },
  workspaceSymbolProvider: { name: "Workspace symbols", call: "vscode.executeWorkspaceSymbolProvider" },
  foldingRangeProvider: { name: "Folding", call: "vscode.executeFoldingRangeProvider" },
  selectionRangeProvider: { name: "Selection ranges", call: "vscode.executeSelectionRangeProvider" },
  documentFormattingProvider: { name: "Formatting", call: "vscode.executeFormatDocumentProvider" },
  documentRangeFormattingProvider: { name: "Formatting a selection", call: "vscode.executeFormatRangeProvider" },
  documentOnTypeFormattingProvider: { name: "Formatting on type", call: "vscode.executeFormatOnTypeProvider" },
  codeActionProvider: { name: "Quick fixes", call: "vscode.executeCodeActionProvider" },
  codeLensProvider: { name: "Code lenses", call: "vscode.executeCodeLensProvider" },
  documentLinkProvider: { name: "Document links", call: "vscode.executeLinkProvider" },
  inlayHintProvider: { name: "Inlay hints", call: "vscode.executeInlayHintProvider" },
  semanticTokensProvider: { name: "Colours by meaning", call: "vscode.provideDocumentSemanticTokens" },
};

/** Members of `ServerCapabilities` that are no feature a person sees. */
const UNSEEN = ["workspace", "positionEncoding"];

/** What the manifest contributes besides commands, settings and views, and a word of the title of the test that uses it. */
const CONTRIBUTIONS = /** @type {const} */ ([
  ["languages", "Language `raftlab` for `.raftlab` files", "gives files of the extension the language raftlab"],
  ["grammars", "Colours by grammar", "opens a .raftlab file as a document of the language"],
  ["snippets", "Snippets", "snippet"],
  ["walkthroughs", "Walkthrough", "walkthrough"],
  ["taskDefinitions", "Tasks `raftlab`", "task"],
  ["problemMatchers", "Problem matcher `$raftlab`", "task"],
  ["problemPatterns", "Problem pattern `$raftlab`", "task"],
  ["viewsWelcome", "Welcome of empty views", "welcome"],
  ["submenus", "Menu of a live cluster", "menu"],
]);

/**
 * Everything the page tells, before it is text.
 * @param {readonly string[]} capabilities the members of the server's `ServerCapabilities`
 * @returns {{ sections: Section[], problems: string[] }} `problems`: what has no test, and capabilities that the page does not know
 */
export function features(capabilities) {
  const tests = [...testCalls("test/host", /[.]test[.]ts$/u), ...testCalls("test/ui", /[.]ui[.]ts$/u)];
  /** @type {{ contributes: any }} */
  const { contributes } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const english = nls("package.nls.json");
  const chinese = nls("package.nls.zh-cn.json");
  /** @param {(word: string, call: Call) => boolean} matches */
  const using = (matches) =>
    tests.filter(({ calls }) =>
      calls.some((call) => [call.callee, ...call.literals].some((each) => matches(each, call))),
    );
  /** @param {string | null} title @param {(word: string, call: Call) => boolean} matches */
  const usingOrNaming = (title, matches) =>
    title === null ? using(matches) : [...using(matches), ...tests.filter((test) => test.title.includes(title))];
  const known = capabilities.filter((each) => LANGUAGE[each] !== undefined);
  /** @type {Section[]} */
  const sections = [
    {
      title: "Language features",
      head: ["feature", "of the Language Server Protocol"],
      rows: known.map((each) => {
        const { name, call } = /** @type {{ name: string, call: string }} */ (LANGUAGE[each]);
        return { name, detail: `\`${each}\``, tests: using((literal) => literal === call) };
      }),
    },
    {
      title: "Commands",
      head: ["command", "in Chinese"],
      rows: contributes.commands.map((/** @type {{ command: string, title: string }} */ { command, title }) => {
        const shown = english(title);
        const short = command.replace(/^raftlab[.]/u, "");
        return {
          name: `${shown}<br>\`${command}\``,
          detail: chinese(title),
          tests: usingOrNaming(
            HIDDEN[command] ?? null,
            (word, call) => word === command || (presses(call) && [short, shown, `Raft Lab: ${shown}`].includes(word)),
          ),
        };
      }),
    },
    {
      title: "Settings",
      head: ["setting", "default"],
      rows: [contributes.configuration].flat().flatMap(({ properties }) =>
        Object.entries(properties).map(([id, { default: value }]) => ({
          name: `\`${id}\``,
          detail: `\`${JSON.stringify(value)}\``,
          tests: using((literal) => literal === id || literal === id.replace(/^raftlab[.]/u, "")),
        })),
      ),
    },
    {
      title: "Views",
      head: ["view", "in Chinese"],
      rows: Object.values(contributes.views)
        .flat()
        .map((/** @type {any} */ { id, name }) => ({
          name: `${english(name)}<br>\`${id}\``,
          detail: chinese(name),
          tests: using((literal) => literal === id || literal === `${id}.focus`),
        })),
    },
    {
      title: "Further contributions",
      head: ["contribution", "point"],
      rows: CONTRIBUTIONS.filter(([point]) => contributes[point] !== undefined).map(([point, name, word]) => ({
        name,
        detail: `\`${point}\``,
        tests: tests.filter(({ title }) => title.toLowerCase().includes(word.toLowerCase())),
      })),
    },
  ];
  const unknown = capabilities.filter((each) => LANGUAGE[each] === undefined && !UNSEEN.includes(each));
  const points = [
    "commands",
    "configuration",
    "configurationDefaults",
    "views",
    "viewsContainers",
    "menus",
    "keybindings",
    "icons",
    "colors",
  ];
  const left = Object.keys(contributes).filter(
    (each) => !points.includes(each) && !CONTRIBUTIONS.some(([point]) => point === each),
  );
  const problems = [
    ...unknown.map((each) => `${each} is not on the page`),
    ...left.map((each) => `contributes.${each} is not on the page`),
    ...sections.flatMap(({ title, rows }) =>
      rows
        .filter((row) => row.tests.length === 0)
        .map(({ name }) => `no test uses: ${title}, ${name.replace("<br>", " ")}`),
    ),
  ];
  return { sections, problems };
}

/** Commands behind a row: a test presses the row, and says so in its title. */
/** @type {Readonly<Record<string, string>>} */
const HIDDEN = {
  "raftlab.openKeyRow": "More Keys",
  "raftlab.openWatchRow": "a change leads to its event",
  "raftlab.openRunRow": "More Runs",
};

/** Calls that press a command: by its identifier in the extension host, by its title in the palette or in a row's actions. */
const PRESS = new Set(["lab", "command", "pressInRow", "executeCommand"]);

/** @param {Call} call */
const presses = ({ callee, leadsTo }) => [callee, ...leadsTo].some((each) => PRESS.has(each));

/**
 * The page.
 * @param {readonly string[]} capabilities
 */
export function featuresPage(capabilities) {
  const { sections } = features(capabilities);
  const body = sections.map(({ title, head, rows }) =>
    [
      `## ${title}`,
      "",
      `| ${head[0]} | ${head[1]} | used by |`,
      "|---|---|---|",
      ...rows.map(
        ({ name, detail, tests }) => `| ${name} | ${detail} | ${tests.slice(0, MOST).map(testName).join("<br>")} |`,
      ),
    ].join("\n"),
  );
  return `${INTRO}\n${body.join("\n\n")}\n`;
}

/** Tests named in a row; a command such as Start Live Cluster is used by nearly all. */
const MOST = 2;

const INTRO = `# Features

<!-- Generated by scripts/generate-docs.mjs from package.json, server/src/lsp/capabilities.ts and the tests. Do not edit. -->

What the extension offers, and a test or two that use it in a real VS Code: those of \`test/host\` in its extension host, those of \`test/ui\`
in its window, as a person does. A test fails while something here is used by none.
`;

/** @param {TestCalls} test */
function testName({ file, title }) {
  return `${path.posix.basename(file)}: ${title.replaceAll("|", "\\\\|")}`;
}

/** @param {string} file */
function nls(file) {
  /** @type {Record<string, string>} */
  const texts = JSON.parse(readFileSync(path.join(root, file), "utf8"));
  return (/** @type {string} */ text) => text.replace(/^%(.+)%$/u, (all, key) => texts[key] ?? all);
}
