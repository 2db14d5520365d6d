import type { Applied, Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import type { Output, WriteId } from "../raft/output.js";
import type { Entry, Index } from "../raft/types.js";
import type { EndpointId } from "./config.js";
/**
 * Watches a world from outside: checks hang on it. It is told of everything after it happened and changes nothing.
 * Event numbers are those of the newest event.
 */
export interface Monitor {
    /** A server runs, for the first time or again. */
    started(server: EndpointId, raft: Raft<Command>, eventId: number): void;
    /** A server handled one input; `output` still holds what it did. */
    afterInput(server: EndpointId, raft: Raft<Command>, output: Output<Command>, eventId: number): void;
    /** A message leaves its server, whose disk has reported all writes up to `durableWrite`; `eventId` is what made it leave. */
    sent(server: EndpointId, message: Message<Command>, durableWrite: WriteId, eventId: number): void;
    /** A server applied one entry; `applied` is `null` for a no-op. */
    applied(server: EndpointId, index: Index, entry: Entry<Command>, applied: Applied | null, eventId: number): void;
    /** Something was done to the cluster from outside that it has to cope with: a fault, its end, a forced timeout. */
    disturbed(eventId: number): void;
    /** A server crashed or was wiped. */
    crashed(server: EndpointId, eventId: number): void;
}
