/** A window of the diagram as mermaid text of exactly its rows, and as Markdown. */
import { t } from "../../l10n/text.js";
import type { PlacedRow } from "../../protocol/diagram-rows.js";
import type { DiagramRow, DiagramView } from "../../protocol/diagram-view.js";
import { formatTime } from "../time.js";
import { placedText, rowTime } from "./rows.js";

/** Rows with their mermaid text. */
export interface MermaidWindow {
  /** Row n is the n-th message or note of the text. */
  readonly rows: readonly PlacedRow[];
  readonly mermaid: string;
}

/**
 * Of a diagram of the same events, only the rows given: an event at a window's edge may have rows beyond it. The lines of the mermaid
 * text after the participants are its rows, one each.
 */
export function mermaidWindow(view: DiagramView, rows: readonly PlacedRow[]): MermaidWindow {
  const lines = view.mermaid.split("\n");
  const head = 1 + view.lifelines.length;
  const wanted = new Map<string, PlacedRow[]>();
  for (const row of rows) wanted.set(keyOf(row), [...(wanted.get(keyOf(row)) ?? []), row]);
  const kept: PlacedRow[] = [];
  const text = lines.slice(0, head);
  for (const [at, row] of view.rows.entries()) {
    const placed = wanted.get(keyOf(row))?.shift();
    const line = lines[head + at];
    if (placed === undefined || line === undefined) continue;
    kept.push(placed);
    text.push(line);
  }
  return { rows: kept, mermaid: `${text.join("\n")}\n` };
}

function keyOf(row: DiagramRow): string {
  return row.kind === "event" ? `event ${row.eventId} ${row.text}` : `${row.kind} ${row.eventId}`;
}

/** Markdown: the title, the diagram as a mermaid block, and its rows as a table. */
export function windowMarkdown(title: string, { rows, mermaid }: MermaidWindow): string {
  const table = rows.map((row) => `| ${formatTime(rowTime(row))} | ${cell(placedText(row))} |`);
  return [
    `# ${line(title)}`,
    "",
    "```mermaid",
    mermaid.trimEnd(),
    "```",
    "",
    `| ${t("Time")} | ${t("What")} |`,
    "| ---: | :--- |",
    ...table,
    "",
  ].join("\n");
}

/** Words in one line in which nothing is Markdown or HTML. */
function line(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~&!]/g, (sign) => `\\${sign}`);
}

function cell(text: string): string {
  return line(text);
}
