import type { KeyValue, KvResponse } from "../../kv/response.js";
import { t } from "../../l10n/text.js";
import type { OperationResult } from "../../sim/client-operation.js";
import type { OperationOutcome } from "../../sim/history.js";
import { outcomeText, valueText } from "../../trace/operation-text.js";
import { SECOND_US } from "./seconds.js";

/** What a client's step gave, in the form in which `=>` looks at it. */
export interface Answer {
  /** In the words of the language. */
  readonly text: string;
  readonly timeout: boolean;
  /** One of etcd's errors in kebab-case, or `null`. */
  readonly error: string | null;
  /** It was carried out, or it found something. */
  readonly done: boolean;
  /** There was nothing to find. */
  readonly nothing: boolean;
  /** A compare did not hold. */
  readonly failed: boolean;
  /** The values that were read, or written by others, in order. */
  readonly values: readonly string[];
  /** The pairs behind `values`, where they are pairs. */
  readonly pairs: readonly KeyValue[];
  /** A count or a hash, or `null`. */
  readonly number: number | null;
  /** A time to live in microseconds, or `null`. */
  readonly ttlUs: number | null;
  /** The revision of the answer's header, or `null`. */
  readonly revision: number | null;
}

const NOTHING_KNOWN: Answer = {
  text: "",
  timeout: false,
  error: null,
  done: false,
  nothing: false,
  failed: false,
  values: [],
  pairs: [],
  number: null,
  ttlUs: null,
  revision: null,
};

/** What a step asked to be told, besides whether it was carried out. */
export interface Asked {
  /** `prev-kv`: the pairs before are its answer. */
  readonly previous: boolean;
  /** `keys-only` or `lease ttl … keys`: keys are its answer. */
  readonly keys: boolean;
}

/** What a step is told that asked for nothing besides. */
export const PLAIN: Asked = { previous: false, keys: false };

/** Of one request's outcome; `null` while there is none. */
export function answerOf(outcome: OperationOutcome | null, asked: Asked): Answer {
  if (outcome === null) return { ...NOTHING_KNOWN, text: t("no answer") };
  const text = outcomeText(outcome);
  if (outcome.kind === "timeout") return { ...NOTHING_KNOWN, text, timeout: true };
  if (outcome.kind === "error") return { ...NOTHING_KNOWN, text, error: outcome.error };
  return { ...NOTHING_KNOWN, text, revision: outcome.result.revision, ...resultFacts(outcome.result, asked) };
}

/** Of a lock, an election or whatever else takes several requests. */
export function plainAnswer(facts: Partial<Answer> & { readonly text: string }): Answer {
  return { ...NOTHING_KNOWN, ...facts };
}

/** Of a request that the client could not make: it is paused or down. */
export function notMade(message: string): Answer {
  return plainAnswer({ text: message, error: "unavailable" });
}

function resultFacts(result: OperationResult, asked: Asked): Partial<Answer> {
  switch (result.kind) {
    case "error":
      return { error: result.error };
    case "put": {
      const pairs = asked.previous && result.prevKv !== null ? [result.prevKv] : [];
      const nothing = asked.previous && pairs.length === 0;
      const [before] = pairs;
      const text = before === undefined ? undefined : t("ok, before it {0}", valueText(before.value));
      return { done: true, nothing, ...valuesOf(pairs, asked), ...(text === undefined ? {} : { text }) };
    }
    case "delete": {
      const pairs = asked.previous ? result.prevKvs : [];
      const nothing = result.deleted === 0;
      return { done: !nothing, nothing, number: result.deleted, ...valuesOf(pairs, asked) };
    }
    case "range":
      return {
        done: result.count > 0,
        nothing: result.kvs.length === 0 && (result.count === 0 || asked.keys),
        number: result.count,
        ...valuesOf(result.kvs, asked),
      };
    case "txn": {
      const pairs = readIn(result);
      return { done: result.succeeded, failed: !result.succeeded, ...valuesOf(pairs, asked) };
    }
    case "lease-keepalive":
      return { done: result.ttl > 0, nothing: result.ttl === 0, ttlUs: result.ttl * SECOND_US };
    case "lease-ttl":
      if (result.ttl < 0) return { nothing: true };
      return { done: true, ttlUs: result.ttl * SECOND_US, values: asked.keys ? result.keys : [] };
    case "lease-list":
      return { done: true, nothing: result.leases.length === 0, number: result.leases.length };
    case "alarm":
      return {
        done: true,
        nothing: result.alarms.length === 0,
        values: result.alarms.map(({ alarm }) => alarm),
      };
    case "hashkv":
      return { done: true, number: result.hash };
    case "member-list":
      return { done: true, number: result.members.length };
    default:
      return { done: true };
  }
}

function valuesOf(pairs: readonly KeyValue[], { keys }: Asked): Pick<Answer, "pairs" | "values"> {
  return { pairs, values: pairs.map(({ key, value }) => (keys ? key : value)) };
}

/** All pairs that the branch which ran has read, in the order of its operations, nested ones included. */
function readIn(response: KvResponse): KeyValue[] {
  if (response.kind === "range") return [...response.kvs];
  return response.kind === "txn" ? response.responses.flatMap(readIn) : [];
}
