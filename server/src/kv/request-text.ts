import { asCompareAndSwap } from "./compare-and-swap.js";
import { FROM_KEY, prefixOf } from "./key-range.js";
import type { Compare, CompareResult, KeyRange, KvRequest, LeaseId, RangeRequest, RequestOp } from "./request.js";

/** Requests in the words of the scenario language. Always one line. */

/** Longest value that is spelt out. */
const VALUE_SHOWN = 80;
/** Operations of a transaction's branch, and its compares, that are spelt out. */
const OPERATIONS_SHOWN = 4;

/** A key as the language writes it: bare where that is possible. */
export function keyText(key: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(key) ? key : JSON.stringify(key);
}

/** A value in quotes; a long one is cut. */
export function valueText(value: string): string {
  return value.length <= VALUE_SHOWN ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, VALUE_SHOWN))}…`;
}

/** A lease's id as etcd writes it: in hexadecimal digits. */
export function leaseText(id: LeaseId): string {
  return id.toString(16);
}

/** `color`, `/config/ prefix`, `a to c`, `a from-key`. */
export function rangeText(range: KeyRange): string {
  const { key, rangeEnd = "" } = range;
  if (rangeEnd === "") return keyText(key);
  const prefix = prefixOf(range);
  if (prefix !== null) return `${keyText(prefix)} prefix`;
  return rangeEnd === FROM_KEY ? `${keyText(key)} from-key` : `${keyText(key)} to ${keyText(rangeEnd)}`;
}

/** `put color "red"`, `get color serializable`, `lease grant 2a ttl 5s`, … */
export function requestText(request: KvRequest): string {
  switch (request.kind) {
    case "put": {
      const value = request.ignoreValue ? "ignore-value" : valueText(request.value);
      const lease = request.lease ? ` lease ${leaseText(request.lease)}` : "";
      return `put ${keyText(request.key)} ${value}${lease}${request.ignoreLease ? " ignore-lease" : ""}`;
    }
    case "range":
      return getText(request);
    case "delete":
      return `delete ${rangeText(request)}`;
    case "txn": {
      const swap = asCompareAndSwap(request);
      if (swap !== null) return `cas ${keyText(swap.key)} ${valueText(swap.expected)} -> ${valueText(swap.value)}`;
      const { compare, success, failure } = request;
      const condition = compare.length === 0 ? "" : `if ${listed(compare, compareText, " and ")} `;
      const otherwise = failure.length === 0 ? "" : ` else ${listed(failure, operationText, ", ")}`;
      return `txn { ${condition}then ${listed(success, operationText, ", ") || "nothing"}${otherwise} }`;
    }
    case "compact":
      return `compact rev ${request.revision}${request.physical ? " physical" : ""}`;
    case "lease-grant":
      return `lease grant ${request.id === 0 ? "" : `${leaseText(request.id)} `}ttl ${request.ttl}s`;
    case "lease-revoke":
      return `lease revoke ${leaseText(request.id)}${request.expired ? " (expired)" : ""}`;
    case "lease-checkpoint":
      return `lease checkpoint ${listed(request.checkpoints, ({ id, remainingTtl }) => `${leaseText(id)} ${remainingTtl}s`, ", ")}`;
    case "alarm":
      return request.action === "get" ? "alarm list" : `alarm ${request.action} ${request.alarm ?? "all"}`;
  }
}

function getText(request: RangeRequest): string {
  const words = [`get ${rangeText(request)}`];
  if (request.revision) words.push(`rev ${request.revision}`);
  if (request.limit) words.push(`limit ${request.limit}`);
  if (request.sortOrder !== undefined && request.sortOrder !== "none") words.push(`order ${request.sortOrder}`);
  if (request.sortTarget !== undefined && request.sortTarget !== "key") words.push(`by ${request.sortTarget}`);
  if (request.minModRevision) words.push(`min-mod ${request.minModRevision}`);
  if (request.maxModRevision) words.push(`max-mod ${request.maxModRevision}`);
  if (request.minCreateRevision) words.push(`min-create ${request.minCreateRevision}`);
  if (request.maxCreateRevision) words.push(`max-create ${request.maxCreateRevision}`);
  if (request.keysOnly) words.push("keys-only");
  if (request.countOnly) words.push("count-only");
  if (request.serializable) words.push("serializable");
  return words.join(" ");
}

const OPERATORS: Readonly<Record<CompareResult, string>> = { equal: "==", greater: ">", less: "<", "not-equal": "!=" };

function compareText(compare: Compare): string {
  const what = rangeText(compare);
  const left = compare.target === "value" ? what : `${compare.target}(${what})`;
  const right = compare.target === "value" ? valueText(compare.operand) : numberText(compare);
  return `${left} ${OPERATORS[compare.result]} ${right}`;
}

function numberText({ target, operand }: Exclude<Compare, { readonly target: "value" }>): string {
  return target === "lease" ? leaseText(operand) : String(operand);
}

function operationText(operation: RequestOp): string {
  return operation === null ? "nothing" : requestText(operation);
}

function listed<T>(items: readonly T[], text: (item: T) => string, between: string): string {
  const shown = items.slice(0, OPERATIONS_SHOWN).map(text);
  if (items.length > OPERATIONS_SHOWN) shown.push(`… ${items.length} in all`);
  return shown.join(between);
}
