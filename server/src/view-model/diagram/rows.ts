/** Rows of a message diagram in words. */
import { t } from "../../l10n/text.js";
import type { PlacedRow } from "../../protocol/diagram-rows.js";
import type { DiagramRow } from "../../protocol/diagram-view.js";
import { labelled } from "../phrases.js";

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
  const folded = count > 1 && !/x\d+$/.test(label) ? `${label} ×${count}` : label.replace(/ x(\d+)$/, " ×$1");
  const text = labelled(`${from} → ${to}`, folded);
  return lost ? t("{0}, lost", text) : text;
}

/** The same, and what the picture shows by place: how far below it arrives, that it is under way, that a copy arrives too. */
export function placedText(row: PlacedRow): string {
  const text = rowText(row);
  if (row.kind !== "message" || row.lost) return text;
  const still = row.arrivesRow === null ? t("{0}, under way", text) : text;
  return row.copiesArrive.length > 0 ? t("{0}, arrives twice", still) : still;
}

/** When a row begins. */
export function rowTime(row: DiagramRow): number {
  return row.kind === "message" ? row.sentUs : row.timeUs;
}
