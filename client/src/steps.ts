/** Operations of the palette, the views and the menus, written as steps of the scenario language. Pure. */

/** A step that a client does. */
export type ClientOperation =
  | { readonly kind: "put"; readonly key: string; readonly value: string }
  | { readonly kind: "get"; readonly key: string; readonly prefix: boolean }
  | { readonly kind: "delete"; readonly key: string }
  | { readonly kind: "watch"; readonly key: string; readonly prefix: boolean; readonly name: string };

/** Words that mean something after a key, or could be mistaken for the next part of a step. */
const RESERVED = new Set([
  ..."prefix serializable at rev lease from as async and or not within for if then else on off ok none failed timeout".split(
    " ",
  ),
]);

const BARE_KEY = /^(?:[A-Za-z_][A-Za-z0-9_-]*|(?:\/[A-Za-z_][A-Za-z0-9_-]*)+\/?)$/;

/** A string literal of the language. */
export function quote(text: string): string {
  let quoted = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") quoted += `\\${character}`;
    else if (character === "\n") quoted += "\\n";
    else if (character === "\t") quoted += "\\t";
    else if (code < 0x20 || code === 0x7f || code === 0x2028 || code === 0x2029) {
      quoted += `\\u{${code.toString(16).toUpperCase()}}`;
    } else quoted += character;
  }
  return `"${quoted}"`;
}

/** A key as one would write it: a bare word or path where the language allows it, a string otherwise. */
export function keyText(key: string): string {
  return BARE_KEY.test(key) && !RESERVED.has(key) ? key : quote(key);
}

/** Why a text cannot be a key, or `undefined`. */
export function keyProblem(key: string): "empty" | undefined {
  return key.length === 0 ? "empty" : undefined;
}

/** `alice put color "red"` */
export function clientStep(client: string, operation: ClientOperation): string {
  const key = keyText(operation.key);
  switch (operation.kind) {
    case "put":
      return `${client} put ${key} ${quote(operation.value)}`;
    case "get":
      return `${client} get ${key}${operation.prefix ? " prefix" : ""}`;
    case "delete":
      return `${client} delete ${key}`;
    case "watch":
      return `${client} watch ${key}${operation.prefix ? " prefix" : ""} as ${operation.name}`;
  }
}

/** `{s1 s2}`, or the name alone when it is one. */
export function setText(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined ? only : `{${names.join(" ")}}`;
}

/** `partition {s1 s2} | {s3 s4 s5}` */
export function partitionStep(groups: readonly (readonly string[])[]): string {
  return `partition ${groups.map((group) => `{${group.join(" ")}}`).join(" | ")}`;
}

/** `cut s1 -> s2`, or `<->` for both directions. */
export function cutStep(from: string, to: string, both: boolean): string {
  return `cut ${from} ${both ? "<->" : "->"} ${to}`;
}

/** `drop next 2 RequestVote s1 -> all` */
export function dropNextStep(type: string, from: string, to: string, count: number): string {
  return `drop next ${count === 1 ? "" : `${count} `}${type} ${from} -> ${to}`;
}

/** The message types that a person can name in `drop next`. */
export const MESSAGE_TYPES: readonly string[] = [
  "AppendEntries",
  "AppendEntriesReply",
  "RequestVote",
  "RequestVoteReply",
  "PreVote",
  "PreVoteReply",
  "Heartbeat",
  "HeartbeatReply",
  "ReadIndex",
  "ReadIndexReply",
  "ClientRequest",
  "ClientRequestReply",
];
