import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { paperPage, statements } from "../../scripts/lib/paper-page.mjs";

const all = statements(path.resolve("."));

test("docs/paper.md is current: run `node scripts/generate-docs.mjs` when this fails", () => {
  expect(readFileSync("docs/paper.md", "utf8")).toBe(paperPage(all));
});

test("each statement names a test that there is, or says why there is none", () => {
  for (const { mark, text, file, title } of all) {
    const place = `${mark} ${text}`;
    if (file === null) expect(title, place).toMatch(/^none: \S/);
    else expect(readFileSync(file, "utf8"), place).toContain(title);
  }
});

test("no statement is there twice", () => {
  const seen = all.map(({ mark, text }) => `${mark} ${text}`);
  expect(seen.filter((statement, position) => seen.indexOf(statement) !== position)).toEqual([]);
});

test("every section that asks for something has its statements", () => {
  const sections = ["§5.1", "§5.2", "§5.3", "§5.4.1", "§5.4.2", "§5.4.3", "§5.5", "§5.6", "§6", "§7", "§8"];
  const dissertation = [
    "D §3.10",
    "D §4.1",
    "D §4.2.1",
    "D §4.2.2",
    "D §4.2.3",
    "D §4.3",
    "D §5.1",
    "D §6.4.1",
    "D §6.2",
    "D §6.3",
    "D §6.4",
    "D §9.6",
    "D §10.2.1",
  ];
  const figures = ["Figure 2", "Figure 3", "Figure 7", "Figure 8", "Figure 10"];
  const marks = all.flatMap(({ mark }) => mark.replace(/ \([a-e]\)$/, "").split(", "));
  for (const section of [...sections, ...figures, ...dissertation]) expect(marks, section).toContain(section);
});
