import type { Recording } from "./recording.js";
import { type LaneState } from "./trace-index.js";
/** What happened, in one clause: `s3 becomes leader of term 2`. */
export declare function titleOf(recording: Recording, id: number): string;
/** Whether the result of a step is `ok` or `failed` and no word more. */
export declare function resultSaysNothing(recording: Recording, id: number): boolean;
/** What a server is asked about its cluster, without the server. Words of the language, in every language. */
export declare function askedText(recording: Recording, id: number): string;
/** A `configuration` event without its server and place: `uses {s1 s2 s4}`. */
export declare function usesText(recording: Recording, id: number): string;
/** A `lease-promote` or `lease-expired` event without its server. */
export declare function leaseNote({ log }: Recording, id: number): string;
/** What a server was before a `transition` event. */
export declare function stateBefore(recording: Recording, id: number): LaneState | null;
