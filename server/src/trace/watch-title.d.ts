import type { EventKind } from "../sim/recorder.js";
import type { Recording } from "./recording.js";
/** Kinds of events that happen to watches. */
type WatchKind = Extract<EventKind, "watch" | "unwatch" | `watch-${string}`>;
/** What happened to a watch, in one clause: `alice receives 2 events on w, rev 3 to 4`. */
export declare function watchTitle(recording: Recording, id: number, kind: WatchKind): string;
export {};
