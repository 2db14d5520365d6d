// What the tests inside VS Code do: each test's title, with the calls in it that have a literal argument.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "@swc/core";
import { root } from "./setup.mjs";

/**
 * @typedef {object} TestCalls
 * @property {string} file
 * @property {string} title with those of the suites around it
 * @property {Call[]} calls those of the file's own functions that it calls too
 */

/**
 * @typedef {object} Call
 * @property {string} callee without what it is a member of
 * @property {string[]} literals the texts among its arguments
 * @property {string[]} leadsTo what the callee calls, when it is a function of the file
 */

/**
 * The tests of a folder.
 * @param {string} folder
 * @param {RegExp} ending of the files' names
 * @returns {TestCalls[]}
 */
export function testCalls(folder, ending) {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => ending.test(file))
    .sort()
    .flatMap((file) => {
      const name = path.posix.join(folder, file.replaceAll("\\", "/"));
      const tree = parseSync(readFileSync(path.join(root, name), "utf8"), { syntax: "typescript", target: "es2022" });
      const own = ownFunctions(tree);
      return [...tests(tree, [], tables(tree))].map(({ title, calls }) => ({
        file: name,
        title,
        calls: withOwn(calls, own),
      }));
    });
}

/**
 * The calls of a test, and what they lead to within the file.
 * @param {Call[]} calls
 * @param {Map<string, Call[]>} own
 * @returns {Call[]}
 */
function withOwn(calls, own) {
  /** @type {Map<string, Call[]>} */
  const reached = new Map();
  /** @param {Call[]} from */
  const follow = (from) => {
    for (const { callee } of from) {
      const body = own.get(callee);
      if (body === undefined || reached.has(callee)) continue;
      reached.set(callee, body);
      follow(body);
    }
  };
  follow(calls);
  const all = [...calls, ...[...reached.values()].flat()];
  return all.map((call) => ({ ...call, leadsTo: (own.get(call.callee) ?? []).map(({ callee }) => callee) }));
}

/**
 * The calls in each function of a file, by the function's name.
 * @param {unknown} node of swc's tree
 * @param {Map<string, Call[]>} [found]
 */
function ownFunctions(node, found = new Map()) {
  if (Array.isArray(node)) {
    for (const child of node) ownFunctions(child, found);
    return found;
  }
  if (typeof node !== "object" || node === null) return found;
  const { type, identifier, id, init } = /** @type {any} */ (node);
  if (type === "FunctionDeclaration") found.set(identifier.value, [...calls(node)]);
  if (type === "VariableDeclarator" && /^(Arrow)?FunctionExpression$|^ArrowFunction/u.test(init?.type ?? "")) {
    found.set(id.value, [...calls(init)]);
  }
  for (const child of Object.values(node)) ownFunctions(child, found);
  return found;
}

/**
 * The first texts of the rows of each table in a file, by the table's name: tests are made of them in a loop.
 * @param {unknown} node of swc's tree
 * @param {Map<string, string[]>} [found]
 */
function tables(node, found = new Map()) {
  if (Array.isArray(node)) {
    for (const child of node) tables(child, found);
    return found;
  }
  if (typeof node !== "object" || node === null) return found;
  const { type, id, init } = /** @type {any} */ (node);
  if (type === "VariableDeclarator" && init?.type === "ArrayExpression") {
    const rows = init.elements.map((/** @type {any} */ row) => row?.expression);
    if (rows.length > 0 && rows.every((/** @type {any} */ row) => row?.type === "ArrayExpression")) {
      found.set(
        id.value,
        rows.flatMap((/** @type {any} */ row) => literals(row).slice(0, 1)),
      );
    }
  }
  for (const child of Object.values(node)) tables(child, found);
  return found;
}

/**
 * @param {unknown} node of swc's tree
 * @param {string[]} suites
 * @param {Map<string, string[]>} rows of the file's tables
 * @param {string[]} [looped] the rows of the table around
 * @returns {Generator<Omit<TestCalls, "file">>}
 */
function* tests(node, suites, rows, looped = []) {
  if (Array.isArray(node)) {
    for (const child of node) yield* tests(child, suites, rows, looped);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { type, callee, arguments: given, right } = /** @type {any} */ (node);
  const name = type === "CallExpression" ? calleeName(callee) : "";
  const title = name === "it" || name === "describe" ? titleOf(given[0]?.expression) : undefined;
  if (name === "it" && title !== undefined) {
    // Of a test made for each row: the row's text is what its calls are given.
    const ofRows = looped.map((literal) => ({ callee: "lab", literals: [literal], leadsTo: [] }));
    yield { title: [...suites, title].join(" › "), calls: [...calls(given.slice(1)), ...ofRows] };
    return;
  }
  const within = name === "describe" && title !== undefined ? [...suites, title] : suites;
  const around = type === "ForOfStatement" && right.type === "Identifier" ? (rows.get(right.value) ?? []) : looped;
  for (const child of Object.values(node)) yield* tests(child, within, rows, around);
}

/** @param {any} argument */
function titleOf(argument) {
  if (argument?.type !== "TemplateLiteral") return literals(argument)[0];
  return argument.quasis.map((/** @type {any} */ quasi) => quasi.cooked).join("…");
}

/**
 * @param {unknown} node
 * @returns {Generator<Call>}
 */
function* calls(node) {
  if (Array.isArray(node)) {
    for (const child of node) yield* calls(child);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { type, callee, arguments: given } = /** @type {any} */ (node);
  if (type === "CallExpression") {
    yield {
      leadsTo: [],
      callee: calleeName(callee),
      literals: given.flatMap((/** @type {any} */ each) => literals(each.expression)),
    };
  }
  for (const child of Object.values(node)) yield* calls(child);
}

/**
 * The last name of what is called: of `it.each(…)(…)` too.
 * @param {any} callee
 * @returns {string}
 */
function calleeName(callee) {
  if (callee?.type === "Identifier") return callee.value;
  if (callee?.type === "MemberExpression") {
    const property = callee.property.value ?? "";
    return property === "each" || property === "only" || property === "skip" ? calleeName(callee.object) : property;
  }
  return callee?.type === "CallExpression" ? calleeName(callee.callee) : "";
}

/**
 * The texts that an argument is, or lists.
 * @param {any} argument
 * @returns {string[]}
 */
function literals(argument) {
  if (argument?.type === "StringLiteral") return [argument.value];
  if (argument?.type === "TemplateLiteral" && argument.expressions.length === 0) return [argument.quasis[0].cooked];
  if (argument?.type !== "ArrayExpression") return [];
  return argument.elements.flatMap((/** @type {any} */ element) => literals(element?.expression));
}
