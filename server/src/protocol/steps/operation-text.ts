/** Operations of the palette, the views, the menus and the panels, written as steps of the scenario language. Pure. */
import { keyText, quote } from "./step-words.js";

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

/** `alice put color "red"`; a single client need not be named: `null`. */
export function clientStep(client: string | null, operation: ClientOperation): string {
  return client === null ? operationText(operation) : `${client} ${operationText(operation)}`;
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
