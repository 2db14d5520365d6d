import type { KvError } from "../../kv/error.js";
import { isKvError } from "../../kv/error.js";
import type { KvRequest } from "../../kv/request.js";
import type { KvResponse } from "../../kv/response.js";

/** Requests that no model checks: they neither read nor change keys. */
export type OtherKind =
  | "lease-keepalive"
  | "lease-ttl"
  | "lease-list"
  | "status"
  | "member-list"
  | "hashkv"
  | "defragment";

/** What the checks look at in a record of a client's operation (sim/history.ts, OperationRecord). */
export interface ClientRecord {
  /** From 1, in the order of invocation. */
  readonly number: number;
  readonly client: number;
  readonly body: KvRequest | { readonly kind: OtherKind };
  readonly invokeEvent: number;
  readonly returnEvent: number | null;
  readonly outcome:
    | { readonly kind: "result"; readonly result: KvResponse | { readonly kind: OtherKind } }
    | { readonly kind: "error"; readonly error: string }
    | { readonly kind: "timeout" }
    | null;
}

/** What a client's operation came to. */
export type Answer =
  | { readonly kind: "answered"; readonly response: KvResponse }
  /** It certainly did nothing, for a reason that the state has no part in. */
  | { readonly kind: "refused" }
  | { readonly kind: "unknown" };

/** Errors that the state machine answers, or would whatever its state is: the operation did nothing, and the model knows why. */
const STATE_ERRORS: ReadonlySet<KvError> = new Set<KvError>([
  "key-empty",
  "key-not-found",
  "value-provided",
  "lease-provided",
  "too-many-operations",
  "duplicate-key",
  "lease-not-found",
  "lease-exists",
  "lease-ttl-too-large",
  "compacted",
  "future-revision",
]);

/** Errors for which a request alone is the reason. */
const REQUEST_ERRORS: ReadonlySet<KvError> = new Set<KvError>(["request-too-large", "invalid-sort-option"]);

/** What is known of an operation's outcome. After any other error an attempt may still take effect, or has. */
export function answerOf({ outcome, returnEvent }: ClientRecord): Answer {
  if (outcome === null || outcome.kind === "timeout" || returnEvent === null) return { kind: "unknown" };
  if (outcome.kind === "result") {
    const { result } = outcome;
    if (result.kind === "error") return errorAnswer(result.error);
    return isOther(result) ? { kind: "refused" } : { kind: "answered", response: result };
  }
  return isKvError(outcome.error) ? errorAnswer(outcome.error) : { kind: "unknown" };
}

function errorAnswer(error: KvError): Answer {
  if (REQUEST_ERRORS.has(error)) return { kind: "refused" };
  return STATE_ERRORS.has(error)
    ? { kind: "answered", response: { kind: "error", revision: 0, error } }
    : { kind: "unknown" };
}

const OTHER_KINDS: ReadonlySet<string> = new Set<OtherKind>([
  "lease-keepalive",
  "lease-ttl",
  "lease-list",
  "status",
  "member-list",
  "hashkv",
  "defragment",
]);

/** Whether a request or an answer is one that no model checks. */
export function isOther<T extends { readonly kind: string }>(
  value: T,
): value is Extract<T, { readonly kind: OtherKind }> {
  return OTHER_KINDS.has(value.kind);
}
