import type { Names } from "./reason-text.js";
import type { Recording } from "./recording.js";
import { type Sent } from "./sent.js";
/** `AppendEntries term 2, 3 entries after 4/2, commit 4`. A pair like 4/2 is an index and the term of its entry. */
export declare function messageText(recording: Recording, sent: Sent): string;
/** `AppendEntries t2 prev 4/2 +3 commit 4`: short enough for an arrow of a diagram. */
export declare function messageLabel(recording: Recording, sent: Sent): string;
/** An operation of the history by its number. */
export declare function requestText(recording: Recording, operation: number): string;
/** A watch of the history by its number. */
export declare function watchText(recording: Recording, watch: number): string;
/** What a server answered to a client's request. */
export declare function replyText(recording: Recording, sent: Sent & {
    type: "ClientRequestReply";
}, names: Names): string;
/** The message that a `deliver`, `drop` or `held` event is about; `null` when the event has none. */
export declare function messageOf(recording: Recording, eventId: number): Sent | null;
