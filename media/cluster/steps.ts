/** Steps of the scenario language that the panel's buttons stand for. */

/** `crash s1` and its like. */
export type ServerFault = "crash" | "restart" | "pause" | "resume" | "isolate" | "timeout";

/** A fault at one server. */
export function serverStep(fault: ServerFault, server: string): string {
  return `${fault} ${server}`;
}

/** `cut s1 -> s2`: nothing passes in this direction. */
export function cutStep(from: string, to: string): string {
  return `cut ${from} -> ${to}`;
}

/** `heal` undoes all network faults, `heal s1 <-> s2` those of one link. */
export function healStep(link?: { readonly from: string; readonly to: string }): string {
  return link === undefined ? "heal" : `heal ${link.from} <-> ${link.to}`;
}

/** `drop next AppendEntries s1 -> s2` */
export function dropStep(type: string, from: string, to: string): string {
  return `drop next ${type} ${from} -> ${to}`;
}

/**
 * `deliver second s1 -> s2`: what becomes of a message that waits in a manual network.
 *
 * @param place how many wait on the link up to it, from 1
 */
export function waitingStep(fate: "deliver" | "lose", place: number, from: string, to: string): string {
  const which = place === 1 ? "" : place === 2 ? "second " : place === 3 ? "third " : `nth ${place} `;
  return `${fate} ${which}${from} -> ${to}`;
}

/** `partition {s1 s2} | {s3}`; `null` while one side is empty. */
export function partitionStep(servers: readonly string[], side: ReadonlySet<string>): string | null {
  const inside = servers.filter((server) => side.has(server));
  const outside = servers.filter((server) => !side.has(server));
  if (inside.length === 0 || outside.length === 0) return null;
  return `partition {${inside.join(" ")}} | {${outside.join(" ")}}`;
}

/** A client's put, get or delete. */
export type Operation = "put" | "get" | "delete";

/** `alice put color "red"`; `null` while there is no key. A single client need not be named. */
export function operationStep(client: string | null, op: Operation, key: string, value: string): string | null {
  if (key === "") return null;
  const words = [...(client === null ? [] : [client]), op, quoteKey(key)];
  if (op === "put") words.push(quote(value));
  return words.join(" ");
}

/** Message types of which the next one on a link can be dropped. */
export const DROPPABLE = [
  "AppendEntries",
  "AppendEntriesReply",
  "Heartbeat",
  "RequestVote",
  "RequestVoteReply",
  "PreVote",
  "PreVoteReply",
] as const;

/** A hyphen belongs to a bare word only between two of its characters. */
function quoteKey(key: string): string {
  return /^(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*|\/[a-z0-9/_-]*[a-z0-9/_])$/.test(key) && !KEYWORDS.has(key)
    ? key
    : quote(key);
}

/** Bare words that could be read as part of the step. */
const KEYWORDS = new Set(["prefix", "at", "rev", "lease", "as", "serializable", "within", "for"]);

function quote(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replace(/\p{Cc}/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return `"${escaped}"`;
}
