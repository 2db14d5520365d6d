import type { Command } from "../kv/command.js";
import { keyText, valueText } from "../kv/request-text.js";
import type { KvEvent } from "../kv/response.js";
import type { Configuration, Entry } from "../raft/types.js";
import type { ClientOperation } from "../sim/client-operation.js";
import type { OperationOutcome } from "../sim/history.js";
import type { WatchOptions } from "../sim/watch-options.js";
import type { Names } from "./reason-text.js";
export { keyText, valueText };
/** `put color "red"`, `get color serializable`, `lease keepalive 2a`, … */
export declare function operationText(operation: ClientOperation | Command["operation"]): string;
/** `watch /config/ prefix from rev 3 prev-kv`. */
export declare function watchRequestText(options: WatchOptions): string;
/** A log entry without its term. */
export declare function entryText(entry: Entry<Command>, names: Names): string;
/** `configuration {s1 s2 s3}`; see {@link membersText}. */
export declare function configurationText(configuration: Configuration, names: Names): string;
/** Who is in a configuration: `{s1 s2 s3}`, `{s1 s2 s4} and {s1 s2 s3}` while joint, `…, learners {s5}`. */
export declare function membersText({ voters, outgoing, learners }: Configuration, names: Names): string;
/** What an operation gave: `ok`, `"red"`, `none`, `failed`, `timeout`, `error compacted`. */
export declare function outcomeText(outcome: OperationOutcome): string;
/** The revision that a result carries, or `null`. */
export declare function outcomeRevision(outcome: OperationOutcome): number | null;
/** A change as a watcher sees it: `put color "red" rev 2`. */
export declare function changeText(event: KvEvent): string;
