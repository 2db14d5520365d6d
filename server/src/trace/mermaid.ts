import { t } from "../l10n/text.js";
import type { Lifeline } from "./diagram.js";
import type { DiagramRow, MessageRow } from "./diagram-rows.js";
import { mermaidText } from "./mermaid-text.js";

/**
 * A mermaid `sequenceDiagram`. One line for each row after the participants: row n is the n-th message or note. Replies are
 * dashed, lost messages end in a cross, messages still under way in an open arrow, folded rounds point both ways.
 */
export function mermaidOf(lifelines: readonly Lifeline[], rows: readonly DiagramRow[]): string {
  const ids = new Map<string, string>();
  const lines = ["sequenceDiagram"];
  lifelines.forEach(({ name, kind }, position) => {
    const id = `n${position + 1}`;
    ids.set(name, id);
    lines.push(`  ${kind === "client" ? "actor" : "participant"} ${id} as ${mermaidText(name)}`);
  });
  const first = "n1";
  const last = `n${lifelines.length}`;
  const across = lifelines.length > 1 ? `${first},${last}` : first;
  for (const row of rows) lines.push(`  ${rowText(row, ids, across)}`);
  return `${lines.join("\n")}\n`;
}

function rowText(row: DiagramRow, ids: ReadonlyMap<string, string>, across: string): string {
  switch (row.kind) {
    case "term":
      return `Note over ${across}: ${mermaidText(t("term {0}", row.term))}`;
    case "event": {
      const at = row.at === null ? undefined : ids.get(row.at);
      return `Note over ${at ?? across}: ${mermaidText(row.text)}`;
    }
    case "message":
      return `${ids.get(row.from) ?? "n1"}${arrow(row)}${ids.get(row.to) ?? "n1"}: ${mermaidText(row.label)}`;
  }
}

function arrow(row: MessageRow): string {
  const dashed = row.type.endsWith("Reply") || row.type === "WatchResponse";
  if (row.lost) return dashed ? "--x" : "-x";
  if (row.deliveredId === null) return dashed ? "--)" : "-)";
  if (row.replies > 0) return "<<->>";
  return dashed ? "-->>" : "->>";
}
