import type { KeyValue, KvResponse } from "../../../kv/response.js";
import { t } from "../../../l10n/text.js";

/** Whether a client that saw `seen` can have been answered `expected`. */
export function matches(seen: KvResponse, expected: KvResponse): boolean {
  return differs(seen, expected) === null;
}

/**
 * The first thing in which an answer differs from what the model answers, in words: `revision is 5, not 4`; `null` where a client cannot
 * tell them apart. An error has nothing but its name: etcd's come without a header. A lease may be granted for longer than asked.
 */
export function difference(seen: KvResponse, expected: KvResponse): string | null {
  return differs(seen, expected)?.() ?? null;
}

/** A difference in words, made when somebody looks: the search compares far more answers than it tells of. */
type Said = () => string;

function differs(seen: KvResponse, expected: KvResponse): Said | null {
  if (seen.kind === "error" || expected.kind === "error") return errorDifference(seen, expected);
  return kindDifference(seen, expected) ?? numbers("revision", seen.revision, expected.revision);
}

function errorDifference(seen: KvResponse, expected: KvResponse): Said | null {
  const left = seen.kind === "error" ? seen.error : null;
  const right = expected.kind === "error" ? expected.error : null;
  const shown = (error: string | null): string => (error === null ? t("no error") : `error ${error}`);
  return left === right ? null : () => t("the answer is {0}, not {1}", shown(left), shown(right));
}

function kindDifference(seen: KvResponse, expected: KvResponse): Said | null {
  switch (seen.kind) {
    case "put":
      return expected.kind === "put" ? pair("prev_kv", null, seen.prevKv, expected.prevKv) : kinds(seen, expected);
    case "delete":
      if (expected.kind !== "delete") return kinds(seen, expected);
      return numbers("deleted", seen.deleted, expected.deleted) ?? pairs("prev_kvs", seen.prevKvs, expected.prevKvs);
    case "range":
      if (expected.kind !== "range") return kinds(seen, expected);
      return (
        pairs("kvs", seen.kvs, expected.kvs) ??
        numbers("count", seen.count, expected.count) ??
        unequal("more", seen.more, expected.more)
      );
    case "txn": {
      if (expected.kind !== "txn") return kinds(seen, expected);
      return (
        unequal("succeeded", seen.succeeded, expected.succeeded) ??
        numbers(() => t("number of responses"), seen.responses.length, expected.responses.length) ??
        innerDifference(seen.responses, expected.responses)
      );
    }
    case "lease-grant":
      if (expected.kind !== "lease-grant") return kinds(seen, expected);
      if (seen.ttl < expected.ttl) return numbers("ttl", seen.ttl, expected.ttl);
      return numbers("id", seen.id, expected.id);
    default:
      return seen.kind === expected.kind ? null : kinds(seen, expected);
  }
}

function innerDifference(seen: readonly KvResponse[], expected: readonly KvResponse[]): Said | null {
  for (const [at, response] of seen.entries()) {
    const other = expected[at];
    const found = other === undefined ? null : differs(response, other);
    if (found !== null) return () => t("in response {0}, {1}", at + 1, found());
  }
  return null;
}

function kinds(seen: KvResponse, expected: KvResponse): Said {
  return () => t("the answer is one to {0}, not to {1}", seen.kind, expected.kind);
}

/** What a number is called: a field's name, or words that are made when somebody looks. */
type Called = string | Said;

function calledText(what: Called): string {
  return typeof what === "string" ? what : what();
}

function numbers(what: Called, seen: number, expected: number): Said | null {
  return seen === expected ? null : () => t("{0} is {1}, not {2}", calledText(what), seen, expected);
}

function unequal(what: Called, seen: boolean, expected: boolean): Said | null {
  return seen === expected ? null : () => t("{0} is {1}, not {2}", calledText(what), seen, expected);
}

function pairs(what: string, seen: readonly KeyValue[], expected: readonly KeyValue[]): Said | null {
  for (let at = 0; at < Math.min(seen.length, expected.length); at += 1) {
    const found = pair(what, at, seen[at] ?? null, expected[at] ?? null);
    if (found !== null) return found;
  }
  return numbers(() => t("number of {0}", what), seen.length, expected.length);
}

/** `at`: its place among several, or `null`. */
function pair(field: string, at: number | null, seen: KeyValue | null, expected: KeyValue | null): Said | null {
  if (seen === expected) return null;
  const what = (): string => (at === null ? field : `${field}[${at}]`);
  if (seen === null || expected === null) {
    return () => t("{0} is {1}, not {2}", what(), pairText(seen), pairText(expected));
  }
  if (seen.key !== expected.key) {
    return () => t("key of {0} is {1}, not {2}", what(), quote(seen.key), quote(expected.key));
  }
  const of = (name: string) => (): string => t("{0} of {1} in {2}", name, quote(seen.key), what());
  if (seen.value !== expected.value) {
    return () => t("{0} is {1}, not {2}", of("value")(), quote(seen.value), quote(expected.value));
  }
  return (
    numbers(of("mod_revision"), seen.modRevision, expected.modRevision) ??
    numbers(of("create_revision"), seen.createRevision, expected.createRevision) ??
    numbers(of("version"), seen.version, expected.version) ??
    numbers(of("lease"), seen.lease, expected.lease)
  );
}

function pairText(kv: KeyValue | null): string {
  return kv === null ? t("absent") : `${quote(kv.key)}=${quote(kv.value)}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
