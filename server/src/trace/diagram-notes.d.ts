import type { NoteItem } from "./diagram-items.js";
import type { Recording } from "./recording.js";
/** What a diagram notes on a lifeline, or across all, for an event that is no message; `null` when nothing. */
export declare function lifelineNote(recording: Recording, id: number): NoteItem | null;
