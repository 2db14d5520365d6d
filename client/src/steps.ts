/** Operations of the palette, the views and the menus, written as steps of the scenario language. Pure. */

/** A step that a client does. */
export type ClientOperation =
  | {
      readonly kind: "put";
      readonly key: string;
      readonly value: string;
      /** The name of a lease, a lock or an election. */
      readonly lease?: string | undefined;
    }
  | {
      readonly kind: "get";
      readonly key: string;
      readonly prefix: boolean;
      readonly rev?: number | undefined;
      readonly serializable?: boolean | undefined;
      readonly limit?: number | undefined;
    }
  | { readonly kind: "delete"; readonly key: string; readonly prefix?: boolean | undefined }
  | {
      readonly kind: "watch";
      readonly key: string;
      readonly prefix: boolean;
      readonly name: string;
      readonly fromRev?: number | undefined;
      readonly prevKv?: boolean | undefined;
    }
  | { readonly kind: "unwatch" | "progress" | "unlock" | "resign"; readonly name: string }
  | { readonly kind: "lease-grant"; readonly name: string; readonly ttl: string }
  | { readonly kind: "lease-keepalive" | "lease-revoke" | "lease-ttl"; readonly name: string }
  | {
      readonly kind: "lock";
      readonly lock: string;
      readonly name: string;
      readonly ttl?: string | undefined;
    }
  | {
      readonly kind: "campaign";
      readonly election: string;
      readonly value: string;
      readonly name: string;
      readonly ttl?: string | undefined;
    }
  | { readonly kind: "compact"; readonly rev: number }
  /** `body`: what stands between the braces. */
  | { readonly kind: "txn"; readonly body: string };

/** One compare of a transaction. */
export interface TxnCompare {
  readonly key: string;
  readonly target: "value" | "version" | "create" | "mod" | "lease";
  readonly operator: "==" | "!=" | ">" | "<";
  /** A text for `value`, a name or 0 for `lease`, a number otherwise. */
  readonly operand: string;
}

/** One operation of a transaction's branch. */
export type TxnOperation =
  | { readonly kind: "put"; readonly key: string; readonly value: string }
  | { readonly kind: "get" | "delete"; readonly key: string; readonly prefix: boolean };

/** Words that mean something after a key, or could be mistaken for the next part of a step. */
const RESERVED = new Set(
  (
    "prefix serializable at rev lease from as async and or not within for if then else on off ok none failed timeout " +
    "to from-key limit order by keys-only count-only min-mod max-mod min-create max-create ignore-lease ignore-value prev-kv without " +
    "progress fragment require-leader value version create mod owner put get delete txn ttl id every keys physical"
  ).split(" "),
);

/** A hyphen belongs to a word only between two of its characters. */
const BARE_KEY = /^(?:[A-Za-z_]\w*(?:-\w+)*|(?:\/[A-Za-z_]\w*(?:-\w+)*)+\/?)$/;

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
  return `${client} ${operationText(operation)}`;
}

function operationText(operation: ClientOperation): string {
  switch (operation.kind) {
    case "put":
      return `put ${keyText(operation.key)} ${quote(operation.value)}${part("lease", operation.lease)}`;
    case "get": {
      const flags = operation.serializable === true ? " serializable" : "";
      return `get ${keys(operation)}${flags}${part("rev", operation.rev)}${part("limit", operation.limit)}`;
    }
    case "delete":
      return `delete ${keys(operation)}`;
    case "watch": {
      const from = part("from rev", operation.fromRev);
      return `watch ${keys(operation)}${from}${operation.prevKv === true ? " prev-kv" : ""} as ${operation.name}`;
    }
    case "unwatch":
    case "progress":
    case "unlock":
    case "resign":
      return `${operation.kind} ${operation.name}`;
    case "lease-grant":
      return `lease grant ${operation.name} ttl ${operation.ttl}`;
    case "lease-keepalive":
      return `lease keepalive ${operation.name}`;
    case "lease-revoke":
      return `lease revoke ${operation.name}`;
    case "lease-ttl":
      return `lease ttl ${operation.name}`;
    case "lock":
      return `lock ${keyText(operation.lock)} as ${operation.name}${part("ttl", operation.ttl)}`;
    case "campaign": {
      const { election, value, name, ttl } = operation;
      return `campaign ${keyText(election)} ${quote(value)} as ${name}${part("ttl", ttl)}`;
    }
    case "compact":
      return `compact rev ${operation.rev}`;
    case "txn":
      return `txn { ${operation.body} }`;
  }
}

function keys({ key, prefix }: { readonly key: string; readonly prefix?: boolean | undefined }): string {
  return `${keyText(key)}${prefix === true ? " prefix" : ""}`;
}

function part(words: string, value: string | number | undefined): string {
  return value === undefined ? "" : ` ${words} ${value}`;
}

/** What stands between the braces of a transaction: `if color == "red" then put color "blue" else get color`. */
export function txnBody(
  compares: readonly TxnCompare[],
  success: readonly TxnOperation[],
  failure: readonly TxnOperation[],
): string {
  const condition = compares.length === 0 ? [] : [`if ${compares.map(compareText).join(" and ")}`];
  const branch = (operations: readonly TxnOperation[]): string => operations.map(operationText).join(", ");
  const then = ["then", ...(success.length === 0 ? [] : [branch(success)])];
  const otherwise = failure.length === 0 ? [] : [`else ${branch(failure)}`];
  return [...condition, ...then, ...otherwise].join(" ");
}

function compareText({ key, target, operator, operand }: TxnCompare): string {
  if (target === "value") return `${keyText(key)} ${operator} ${quote(operand)}`;
  return `${target}(${keyText(key)}) ${operator} ${operand}`;
}

/** The first name of the kind `w1`, `w2`, … that is not taken. */
export function freshName(letter: string, taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}

/** Whether a text is a name that a step may bind. */
export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*(?:-\w+)*$/.test(text) && !RESERVED.has(text);
}

/** Whether a text is a duration of the language: `5s`, `500ms`, `1.5s`, `2min`. */
export function isDuration(text: string): boolean {
  return /^[0-9]+(?:\.[0-9]+)?(?:us|ms|s|min)$/.test(text);
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
