// What the extension's source does that the manifest must declare: commands, views, context keys, settings and the like, read from its syntax tree.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "@swc/core";
import { root } from "./setup.mjs";

/**
 * @typedef {object} ClientSource
 * @property {Set<string>} commands registered, in the table or by a call
 * @property {Set<string>} runCommands own commands that something is made to run: by a call, or as the command of an item
 * @property {Set<string>} contextKeys set
 * @property {Set<string>} settings read, with their section
 * @property {Set<string>} views created
 * @property {Set<string>} icons named: `new ThemeIcon("x")` and `$(x)` in texts
 * @property {Set<string>} taskTypes provided
 * @property {Set<string>} literals all texts
 */

/**
 * Reads client/src.
 * @returns {ClientSource}
 */
export function clientSource() {
  /** @type {ClientSource} */
  const found = {
    commands: new Set(),
    runCommands: new Set(),
    contextKeys: new Set(),
    settings: new Set(),
    views: new Set(),
    icons: new Set(),
    taskTypes: new Set(),
    literals: new Set(),
  };
  const named = commandNames();
  for (const file of sources("client/src")) {
    const tree = parse(file);
    visit(tree, file, found, new Map([...named, ...constants(tree)]));
  }
  // The table of the settings, which the server checks, stands there.
  for (const file of sources("server/src/protocol")) {
    for (const node of nodes(parse(file))) if (node.type === "StringLiteral") found.literals.add(node.value);
  }
  return found;
}

/** The members of COMMANDS, by which server and extension name commands: `COMMANDS.showWhy` is `raftlab.showWhy`. */
export function commandNames() {
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const node of nodes(parse("server/src/protocol/commands.ts"))) {
    if (node.type === "KeyValueProperty" && node.value.type === "StringLiteral")
      names.set(node.key.value, node.value.value);
  }
  return names;
}

/** @param {string} folder */
function sources(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/[.](test|bench|d)[.]ts$/u.test(name))
    .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")))
    .sort();
}

/** @param {string} file */
function parse(file) {
  return parseSync(readFileSync(path.join(root, file), "utf8"), { syntax: "typescript", target: "es2022" });
}

/**
 * All nodes of swc's tree.
 * @param {unknown} node
 * @returns {Generator<any>}
 */
function* nodes(node) {
  if (Array.isArray(node)) {
    for (const child of node) yield* nodes(child);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if ("type" in node) yield node;
  for (const child of Object.values(node)) yield* nodes(child);
}

/**
 * @param {unknown} tree
 * @param {string} file
 * @param {ClientSource} found
 * @param {Map<string, string>} named
 */
function visit(tree, file, found, named) {
  const inTable = file.endsWith("commands/table.ts");
  for (const node of nodes(tree)) {
    const text = literal(node);
    if (text !== null) {
      found.literals.add(text);
      for (const [, icon = ""] of text.matchAll(/\$\(([a-z0-9-]+)(?:~spin)?\)/gu)) found.icons.add(icon);
    }
    if (node.type === "NewExpression" && lastName(node.callee) === "ThemeIcon") {
      for (const icon of alternatives(node.arguments[0]?.expression)) found.icons.add(icon);
    }
    if (node.type === "KeyValueProperty" && node.key.value === "command") {
      const command = textOf(node.value, named);
      if (command !== null) found.runCommands.add(command);
    }
    if (node.type === "CallExpression") visitCall(node, inTable, found, named);
  }
}

/**
 * @param {any} call
 * @param {boolean} inTable
 * @param {ClientSource} found
 * @param {Map<string, string>} named
 */
function visitCall(call, inTable, found, named) {
  const name = lastName(call.callee);
  const [first = null, second = null] = call.arguments.map((/** @type {any} */ each) => textOf(each.expression, named));
  if (first === null) return;
  const what = name === "command" && !inTable ? undefined : firstArgument.get(name ?? "");
  if (what !== undefined) found[what].add(first);
  else if (name === "executeCommand" && first !== "setContext") found.runCommands.add(first);
  else if (name === "executeCommand" && second !== null) found.contextKeys.add(second);
  else if (name === "get" && lastName(call.callee.object?.callee) === "getConfiguration") {
    const section = literal(call.callee.object.arguments[0]?.expression);
    found.settings.add(section === null ? first : `${section}.${first}`);
  }
}

/** Calls whose first argument names what they make. @type {Map<string, keyof ClientSource>} */
const firstArgument = new Map([
  ["command", "commands"],
  ["registerCommand", "commands"],
  ["setContext", "contextKeys"],
  ["createTreeView", "views"],
  ["registerWebviewViewProvider", "views"],
  ["registerTaskProvider", "taskTypes"],
]);

/**
 * The texts that an expression may be.
 * @param {any} node
 * @returns {string[]}
 */
function alternatives(node) {
  if (node?.type === "ConditionalExpression") return [node.consequent, node.alternate].flatMap(alternatives);
  if (node?.type === "ParenthesisExpression") return alternatives(node.expression);
  const text = literal(node);
  return text === null ? [] : [text];
}

/**
 * The constants of a file that are texts.
 * @param {unknown} tree
 * @returns {Generator<[string, string]>}
 */
function* constants(tree) {
  for (const node of nodes(tree)) {
    const text = node.type === "VariableDeclarator" ? literal(node.init) : null;
    if (text !== null && node.id.type === "Identifier") yield [node.id.value, text];
  }
}

/** @param {any} node @param {Map<string, string>} named constants, and members of COMMANDS */
function textOf(node, named) {
  if (node?.type === "MemberExpression" && node.object.value === "COMMANDS")
    return named.get(node.property.value) ?? null;
  if (node?.type === "Identifier") return named.get(node.value) ?? null;
  return literal(node);
}

/** The last name of what is called: `c` of `a.b.c`. @param {any} callee */
function lastName(callee) {
  if (callee?.type === "Identifier") return callee.value;
  return callee?.type === "MemberExpression" ? (callee.property.value ?? null) : null;
}

/** @param {any} node */
function literal(node) {
  if (node?.type === "StringLiteral") return node.value;
  if (node?.type === "TemplateLiteral") return node.quasis.map((/** @type {any} */ each) => each.cooked).join("\u0000");
  return null;
}
