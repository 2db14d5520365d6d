import type { Lifeline } from "./diagram.js";
import type { DiagramRow } from "./diagram-rows.js";
/**
 * A mermaid `sequenceDiagram`. One line for each row after the participants: row n is the n-th message or note. Replies are
 * dashed, lost messages end in a cross, messages still under way in an open arrow, folded rounds point both ways.
 */
export declare function mermaidOf(lifelines: readonly Lifeline[], rows: readonly DiagramRow[]): string;
