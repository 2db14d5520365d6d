import type { EventKind } from "../sim/recorder.js";
import type { EventCategory } from "./view.js";
/** What an event of this kind is about. */
export declare function categoryOf(kind: EventKind): EventCategory;
