import { expect, test } from "vitest";
import type { PlacedRow } from "../../protocol/diagram-rows.js";
import type { DiagramRow, DiagramView } from "../../protocol/diagram-view.js";
import { mermaidWindow, windowMarkdown } from "./window-text.js";

const note = (eventId: number, text: string): DiagramRow => ({
  kind: "event",
  eventId,
  at: "s1",
  category: "note",
  text,
  timeUs: eventId * 1000,
  line: null,
});

const placed = (row: DiagramRow, at: number): PlacedRow => ({ ...row, row: at, arrivesRow: null, copiesArrive: [] });

const rows = [note(1, "one"), note(2, "two"), note(2, "also two"), note(3, "three")];
const view: DiagramView = {
  sessionId: "x",
  fromEvent: 1,
  toEvent: 3,
  fromUs: 1000,
  toUs: 3000,
  lifelines: [{ name: "s1", kind: "server" }],
  rows,
  moreRows: 0,
  mermaid: `sequenceDiagram\n  participant n1 as s1\n${rows.map((_row, at) => `  Note over n1: ${at}`).join("\n")}\n`,
};

test("of a window's mermaid text exactly the wanted rows stay, each with its line", () => {
  const wanted = [note(2, "also two"), note(3, "three")].map((row, at) => placed(row, 7 + at));
  const kept = mermaidWindow(view, wanted);
  expect(kept.rows.map(({ row }) => row)).toEqual([7, 8]);
  expect(kept.mermaid).toBe("sequenceDiagram\n  participant n1 as s1\n  Note over n1: 2\n  Note over n1: 3\n");
});

test("Markdown has the diagram and a table in which nothing of strangers is Markdown or HTML", () => {
  const hostile = placed(note(1, "a | b <img src=x>\n# `head` [x](y)"), 0);
  const text = windowMarkdown("A *title*", { rows: [hostile], mermaid: "sequenceDiagram\n" });
  expect(text.split("\n")).toEqual([
    "# A \\*title\\*",
    "",
    "```mermaid",
    "sequenceDiagram",
    "```",
    "",
    "| Time | What |",
    "| ---: | :--- |",
    "| 1 ms | s1: a \\| b \\<img src=x\\> \\# \\`head\\` \\[x\\](y) |",
    "",
  ]);
});
