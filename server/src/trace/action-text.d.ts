import type { Recording } from "./recording.js";
/** What was done by the action that event `eventId` records, in the words of the scenario language; `null` for none. */
export declare function actionText(recording: Recording, eventId: number): string | null;
/** The text of the fault with this number, as it was given. */
export declare function faultText(recording: Recording, fault: number): string;
