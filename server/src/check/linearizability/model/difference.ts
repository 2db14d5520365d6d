import type { KeyValue, KvResponse } from "../../../kv/response.js";

/** Whether a client that saw `seen` can have been answered `expected`. */
export function matches(seen: KvResponse, expected: KvResponse): boolean {
  return difference(seen, expected) === null;
}

/**
 * The first thing in which an answer differs from what the model answers, in words: `revision is 5, not 4`; `null` where a client cannot
 * tell them apart. An error has nothing but its name: etcd's come without a header. A lease may be granted for longer than asked.
 */
export function difference(seen: KvResponse, expected: KvResponse): string | null {
  if (seen.kind === "error" || expected.kind === "error") return errorDifference(seen, expected);
  return kindDifference(seen, expected) ?? numbers("revision", seen.revision, expected.revision);
}

function errorDifference(seen: KvResponse, expected: KvResponse): string | null {
  const left = seen.kind === "error" ? `error ${seen.error}` : "no error";
  const right = expected.kind === "error" ? `error ${expected.error}` : "no error";
  return left === right ? null : `the answer is ${left}, not ${right}`;
}

function kindDifference(seen: KvResponse, expected: KvResponse): string | null {
  switch (seen.kind) {
    case "put":
      return expected.kind === "put" ? pair("prev_kv", seen.prevKv, expected.prevKv) : kinds(seen, expected);
    case "delete":
      if (expected.kind !== "delete") return kinds(seen, expected);
      return numbers("deleted", seen.deleted, expected.deleted) ?? pairs("prev_kvs", seen.prevKvs, expected.prevKvs);
    case "range":
      if (expected.kind !== "range") return kinds(seen, expected);
      return (
        pairs("kvs", seen.kvs, expected.kvs) ??
        numbers("count", seen.count, expected.count) ??
        (seen.more === expected.more ? null : `more is ${seen.more}, not ${expected.more}`)
      );
    case "txn": {
      if (expected.kind !== "txn") return kinds(seen, expected);
      if (seen.succeeded !== expected.succeeded) return `succeeded is ${seen.succeeded}, not ${expected.succeeded}`;
      const count = numbers("number of responses", seen.responses.length, expected.responses.length);
      return count ?? innerDifference(seen.responses, expected.responses);
    }
    case "lease-grant":
      if (expected.kind !== "lease-grant") return kinds(seen, expected);
      if (seen.ttl < expected.ttl) return `ttl is ${seen.ttl}, not ${expected.ttl}`;
      return numbers("id", seen.id, expected.id);
    default:
      return seen.kind === expected.kind ? null : kinds(seen, expected);
  }
}

function innerDifference(seen: readonly KvResponse[], expected: readonly KvResponse[]): string | null {
  for (const [at, response] of seen.entries()) {
    const other = expected[at];
    const found = other === undefined ? null : difference(response, other);
    if (found !== null) return `in response ${at + 1}, ${found}`;
  }
  return null;
}

function kinds(seen: KvResponse, expected: KvResponse): string {
  return `the answer is one to ${seen.kind}, not to ${expected.kind}`;
}

function numbers(what: string, seen: number, expected: number): string | null {
  return seen === expected ? null : `${what} is ${seen}, not ${expected}`;
}

function pairs(what: string, seen: readonly KeyValue[], expected: readonly KeyValue[]): string | null {
  for (let at = 0; at < Math.min(seen.length, expected.length); at += 1) {
    const found = pair(`${what}[${at}]`, seen[at] ?? null, expected[at] ?? null);
    if (found !== null) return found;
  }
  return numbers(`number of ${what}`, seen.length, expected.length);
}

function pair(what: string, seen: KeyValue | null, expected: KeyValue | null): string | null {
  if (seen === expected) return null;
  if (seen === null || expected === null) return `${what} is ${pairText(seen)}, not ${pairText(expected)}`;
  if (seen.key !== expected.key) return `key of ${what} is ${quote(seen.key)}, not ${quote(expected.key)}`;
  const of = `of ${quote(seen.key)} in ${what}`;
  if (seen.value !== expected.value) return `value ${of} is ${quote(seen.value)}, not ${quote(expected.value)}`;
  return (
    numbers(`mod_revision ${of}`, seen.modRevision, expected.modRevision) ??
    numbers(`create_revision ${of}`, seen.createRevision, expected.createRevision) ??
    numbers(`version ${of}`, seen.version, expected.version) ??
    numbers(`lease ${of}`, seen.lease, expected.lease)
  );
}

function pairText(kv: KeyValue | null): string {
  return kv === null ? "absent" : `${quote(kv.key)}=${quote(kv.value)}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
