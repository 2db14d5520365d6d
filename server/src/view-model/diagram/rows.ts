/** Rows of a message diagram in words, and the one that the cursor stands at. */
import { t } from "../../l10n/text.js";
import type { EventId } from "../../protocol/session.js";
import type { DiagramRow } from "../../protocol/views.js";
import { labelled } from "../phrases.js";

/** The row that stands for the cursor: the newest one that has begun; `null` before the first. */
export function cursorRow(rows: readonly DiagramRow[], cursor: EventId | null): number | null {
  if (cursor === null) return rows.length > 0 ? rows.length - 1 : null;
  let best: number | null = null;
  for (const [at, row] of rows.entries()) {
    if (row.eventId === cursor || (row.kind === "message" && row.deliveredId === cursor)) return at;
    if (row.eventId <= cursor) best = at;
  }
  return best;
}

/** A row in one line of words. */
export function rowText(row: DiagramRow): string {
  switch (row.kind) {
    case "message":
      return messageText(row);
    case "event":
      return row.at === null ? row.text : labelled(row.at, row.text);
    case "term":
      return t("term {0} begins", row.term);
  }
}

function messageText({ from, to, label, count, lost }: Extract<DiagramRow, { kind: "message" }>): string {
  const text = labelled(`${from} → ${to}`, count > 1 ? `${label} ×${count}` : label);
  return lost ? t("{0}, lost", text) : text;
}

/** When a row begins. */
export function rowTime(row: DiagramRow): number {
  return row.kind === "message" ? row.sentUs : row.timeUs;
}
