// docs/protocol.md from the sources of server/src/protocol: names, directions and obligations are in their comments.

/** @typedef {{ section: string, doc: string, text: string, name: string }} Declaration */

const intro = `# Protocol

What extension, language server and webviews say to each other beyond the Language Server Protocol. Generated from
\`server/src/protocol/\` by \`node scripts/generate-docs.mjs\`; the sources are the contract.
`;

/** The parts of the page in their order: file, title. */
const parts = /** @type {const} */ ([
  ["requests.ts", "Requests and notifications"],
  ["messages-under-way.ts", "Messages under way"],
  ["runs.ts", "Comparing and exporting runs"],
  ["comparison.ts", "Two runs side by side"],
  ["bookmarks.ts", "Bookmarks"],
  ["lecture.ts", "Lecture mode"],
  ["exports.ts", "What leaves the lab as a file"],
  ["player-file.ts", "The file that plays a run"],
  ["tests.ts", "Scenarios as tests"],
  ["tasks.ts", "Tasks"],
  ["webview.ts", "Extension and webviews"],
  ["commands.ts", "Commands that the server refers to"],
  ["initialize.ts", "Initialization"],
  ["settings.ts", "Settings"],
  ["status.ts", "Health of the server"],
  ["session.ts", "Sessions"],
  ["cluster-view.ts", "The cluster"],
  ["event-view.ts", "Events"],
  ["timeline-view.ts", "The timeline"],
  ["diagram-view.ts", "The message diagram"],
  ["diagram-rows.ts", "The message diagram of a long run"],
  ["history-view.ts", "The client history"],
  ["log-entry.ts", "Entries of the log"],
  ["kv-views.ts", "Views of keys and watches"],
  ["why.ts", "Questions and answers"],
]);

/** How the sources say "request" and "notification" is of no interest here. */
const internal = ["RequestDefinition", "NotificationDefinition"];

/** The files of server/src/protocol that the page tells of. */
export const protocolFiles = parts.map(([file]) => file);

/**
 * The whole page.
 * @param {(file: string) => string} read the text of a file of server/src/protocol
 */
export function protocolPage(read) {
  const pages = parts.map(([file, title]) => {
    const text = read(file);
    const told = declarations(text).filter(({ name }) => !internal.includes(name));
    const body = told.map((each, index, all) => {
      const heading = each.section !== all[index - 1]?.section && each.section !== "" ? `### ${each.section}\n\n` : "";
      return `${heading}${entry(each)}`;
    });
    return [`## ${title}`, prose(openingComment(text)), ...body].filter((part) => part !== "").join("\n\n");
  });
  return `${[intro.trimEnd(), ...pages].join("\n\n")}\n`;
}

/**
 * The comment that a file begins with, unless it belongs to a declaration.
 * @param {string} text
 */
function openingComment(text) {
  const found = /^\/\*\*([\s\S]*?)\*\/\n(?!export )/.exec(text);
  return found?.[1] ?? "";
}

/**
 * The exported declarations with their comments, in order.
 * @param {string} text
 * @returns {Declaration[]}
 */
function declarations(text) {
  const found = [];
  let section = "";
  const pattern =
    /^\/\/ -{4} (.+?) -{4,}$|^(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^export (?:const|interface|type) (\w+)/gm;
  for (const match of text.matchAll(pattern)) {
    if (match[1] !== undefined) {
      section = match[1];
      continue;
    }
    const start = match.index + match[0].lastIndexOf("export ");
    found.push({ section, doc: match[2] ?? "", name: match[3] ?? "", text: statement(text, start) });
  }
  return found;
}

/**
 * A declaration's text: up to the line that ends it, which is not indented.
 * @param {string} text
 * @param {number} start
 */
function statement(text, start) {
  const rest = text.slice(start);
  if (/^export interface/.test(rest)) return rest.slice(0, rest.indexOf("\n}") + 2);
  return rest.slice(0, /;$/m.exec(withoutNested(rest))?.index ?? rest.length);
}

/**
 * The same text with what stands within brackets made invisible, so that positions stay.
 * @param {string} text
 */
function withoutNested(text) {
  let depth = 0;
  return [...text.replaceAll("=>", "  ")]
    .map((letter) => {
      if ("([{<".includes(letter)) depth++;
      if (")]}>".includes(letter)) depth--;
      return depth === 0 || letter === "\n" ? letter : " ";
    })
    .join("");
}

/** @param {Declaration} declaration */
function entry({ doc, name, text }) {
  const call = /= (request|notification)<([\s\S]*)>\(\s*"([^"]+)",?\s*\)$/.exec(text);
  if (call !== null) {
    const [params = "", result] = typeArguments(call[2] ?? "");
    const types = result === undefined ? `params: ${params}` : `params: ${params}\nresult: ${result}`;
    return `#### \`${call[3]}\`\n\n${prose(doc)}\n\n${code(types)}`;
  }
  const description = prose(doc);
  return `#### ${name}\n\n${description === "" ? "" : `${description}\n\n`}${code(text.replace(/^export /, ""))}`;
}

/**
 * The type arguments of a call, each with its own indentation.
 * @param {string} text
 */
function typeArguments(text) {
  const commas = [...withoutNested(text).matchAll(/,/g)].map((match) => match.index);
  const bounds = [-1, ...commas, text.length];
  return bounds
    .slice(1)
    .map((end, index) => dedented(text.slice((bounds[index] ?? -1) + 1, end)))
    .filter((part) => part !== "");
}

/** @param {string} text */
function dedented(text) {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const indent = /^ */.exec(lines.at(-1) ?? "")?.[0].length ?? 0;
  return lines.map((line) => line.slice(Math.min(indent, /^ */.exec(line)?.[0].length ?? 0))).join("\n");
}

/** @param {string} text */
function code(text) {
  return `\`\`\`ts\n${text.replaceAll("readonly ", "")}\n\`\`\``;
}

/**
 * A comment as a paragraph. `{@link X}` becomes code.
 * @param {string} comment
 */
function prose(comment) {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trim());
  return lines
    .join("\n")
    .trim()
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll("\n", " "))
    .join("\n\n");
}
