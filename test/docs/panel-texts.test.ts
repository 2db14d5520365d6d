/** The panels' templates hold no words of their own: all texts for people go through `t`. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "@swc/core";
import { expect, test } from "vitest";

const media = path.resolve(import.meta.dirname, "../../media");
const files = readdirSync(media, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);

/** Of attributes with these names people read or hear the value. */
const SPOKEN =
  /\b(?:title|label|alt|placeholder|aria-(?:label|description|valuetext|roledescription))=(?:"([^"]*)"|([^\s>$"]+))/g;

/** Names of files that are the same in every language. */
const NAMES = /[.](?:mmd|svg)\b/g;

/** What stands for an expression in a template; no letter, so that it is no word. */
const HOLE = "\u0000";

/** The words in a template's own text: everything between tags, and the spoken attributes. */
function wordsOf(template: string): readonly string[] {
  const attributes = [...template.matchAll(SPOKEN)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  const text = template
    .replace(/<!--.*?-->/gs, "")
    .replace(/<[^<>]*>/g, HOLE)
    .replace(/<[^<>]*$/, "");
  return [...attributes, ...text.split(HOLE)].flatMap((piece) => piece.replace(NAMES, "").match(/\p{L}{2,}/gu) ?? []);
}

/** The static texts of all html and svg templates below a node. */
function* templates(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const child of node) yield* templates(child);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if (Reflect.get(node, "type") === "TaggedTemplateExpression") {
    const tag: unknown = Reflect.get(Object(Reflect.get(node, "tag")), "value");
    const quasis: unknown = Reflect.get(Object(Reflect.get(node, "template")), "quasis");
    if ((tag === "html" || tag === "svg") && Array.isArray(quasis))
      yield quasis.map((quasi) => String(Reflect.get(Object(quasi), "raw"))).join(HOLE);
  }
  for (const child of Object.values(node)) yield* templates(child);
}

test.each(files)("%s", (file) => {
  const source = readFileSync(path.join(media, file), "utf8");
  expect([...templates(parseSync(source, { syntax: "typescript", target: "es2022" }))].flatMap(wordsOf)).toEqual([]);
});

test("words in a template are found, and only there", () => {
  expect(wordsOf(`<p class="quiet" title="Save it">No <b>rows</b> ${HOLE}<i label=all></i>.mmd</p>`)).toEqual([
    "Save",
    "it",
    "all",
    "No",
    "rows",
  ]);
});
