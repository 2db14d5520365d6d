import type { Command } from "../kv/command.js";
import { foundInstead } from "../kv/compare-and-swap.js";
import { keyText, leaseText, rangeText, requestText, valueText } from "../kv/request-text.js";
import type { KeyValue, KvEvent } from "../kv/response.js";
import { t } from "../l10n/text.js";
import type { Configuration, Entry } from "../raft/types.js";
import type { ClientOperation, OperationResult } from "../sim/client-operation.js";
import type { OperationOutcome } from "../sim/history.js";
import type { WatchOptions } from "../sim/watch-options.js";
import { bytes } from "./counts.js";
import type { Names } from "./reason-text.js";

/** Client operations, log entries and results, in the words of the scenario language. Always one line. */

/** Pairs of a read that are spelt out. */
const PAIRS_SHOWN = 5;

export { keyText, valueText };

/** `put color "red"`, `get color serializable`, `lease keepalive 2a`, … */
export function operationText(operation: ClientOperation | Command["operation"]): string {
  switch (operation.kind) {
    case "lease-keepalive":
      return `lease keepalive ${leaseText(operation.id)}`;
    case "lease-ttl":
      return `lease ttl ${leaseText(operation.id)}${operation.keys ? " keys" : ""}`;
    case "lease-list":
      return "lease list";
    case "status":
    case "defragment":
      return operation.kind;
    case "member-list":
      return "members";
    case "hashkv":
      return `hashkv${operation.revision > 0 ? ` rev ${operation.revision}` : ""}`;
    default:
      return requestText(operation);
  }
}

/** `watch /config/ prefix from rev 3 prev-kv`. */
export function watchRequestText(options: WatchOptions): string {
  const words = [`watch ${rangeText(options)}`];
  if (options.startRevision > 0) words.push(`from rev ${options.startRevision}`);
  if (options.prevKv) words.push("prev-kv");
  if (options.without !== null) words.push(`without ${options.without}`);
  if (options.progressNotify) words.push("progress");
  if (options.fragment) words.push("fragment");
  if (options.requireLeader) words.push("require-leader");
  return words.join(" ");
}

/** A log entry without its term. */
export function entryText(entry: Entry<Command>, names: Names): string {
  switch (entry.kind) {
    case "no-op":
      return "no-op";
    case "command":
      return requestText(entry.command.operation);
    case "configuration":
      return configurationText(entry.configuration, names);
  }
}

/** `configuration {s1 s2 s3}`; see {@link membersText}. */
export function configurationText(configuration: Configuration, names: Names): string {
  return t("configuration {0}", membersText(configuration, names));
}

/** Who is in a configuration: `{s1 s2 s3}`, `{s1 s2 s4} and {s1 s2 s3}` while joint, `…, learners {s5}`. */
export function membersText({ voters, outgoing, learners }: Configuration, names: Names): string {
  const set = (servers: readonly number[]): string => `{${servers.map(names).join(" ")}}`;
  const all = outgoing.length > 0 ? t("{0} and {1}", set(voters), set(outgoing)) : set(voters);
  return learners.length > 0 ? t("{0}, learners {1}", all, set(learners)) : all;
}

/** What an operation gave: `ok`, `"red"`, `none`, `failed`, `timeout`, `error compacted`. */
export function outcomeText(outcome: OperationOutcome): string {
  switch (outcome.kind) {
    case "timeout":
      return "timeout";
    case "error":
      return `error ${outcome.error}`;
    case "result":
      return resultText(outcome.result);
  }
}

/** The revision that a result carries, or `null`. */
export function outcomeRevision(outcome: OperationOutcome): number | null {
  return outcome.kind === "result" ? outcome.result.revision : null;
}

/** A change as a watcher sees it: `put color "red" rev 2`. */
export function changeText(event: KvEvent): string {
  const { key, value, modRevision } = event.kv;
  const what = event.type === "put" ? `put ${keyText(key)} ${valueText(value)}` : `delete ${keyText(key)}`;
  return `${what} rev ${modRevision}`;
}

function resultText(result: OperationResult): string {
  switch (result.kind) {
    case "delete":
      if (result.deleted === 0) return "none";
      return result.deleted === 1 ? "ok" : t("ok, {0} deleted", result.deleted);
    case "txn":
      return txnText(result);
    case "range":
      // Counted only, or every pair was filtered out.
      if (result.kvs.length === 0 && result.count > 0) return String(result.count);
      return pairsText(result.kvs);
    case "error":
      return `error ${result.error}`;
    case "lease-grant":
      return t("ok, lease {0} for {1}s", leaseText(result.id), result.ttl);
    case "lease-keepalive":
      return result.ttl === 0 ? "none" : `ok, ${result.ttl}s`;
    case "lease-ttl": {
      if (result.ttl < 0) return "none";
      const keys = result.keys.map(keyText).join(", ");
      return keys === ""
        ? t("{0}s of {1}s", result.ttl, result.grantedTtl)
        : t("{0}s of {1}s, keys {2}", result.ttl, result.grantedTtl, keys);
    }
    case "lease-list":
      return result.leases.length === 0 ? "none" : result.leases.map(leaseText).join(", ");
    case "alarm":
      return result.alarms.length === 0 ? "none" : result.alarms.map(({ alarm }) => alarm).join(", ");
    case "hashkv":
      return String(result.hash);
    case "status": {
      const { raftTerm, raftIndex, raftAppliedIndex, dbSize } = result;
      const text = t("term {0}, index {1}, applied {2}, {3}", raftTerm, raftIndex, raftAppliedIndex, bytes(dbSize));
      return [text, ...result.errors].join(", ");
    }
    case "member-list":
      return t("{0} members", result.members.length);
    case "defragment":
      return t("ok, nothing to defragment: the lab keeps no database file");
    default:
      return "ok";
  }
}

/** `ok` or `failed`, and what the branch read; of a compare-and-swap that failed, `failed` says it all. */
function txnText(result: OperationResult & { readonly kind: "txn" }): string {
  const word = result.succeeded ? "ok" : "failed";
  const reads = result.responses.flatMap((response) => (response.kind === "range" ? [pairsText(response.kvs)] : []));
  if (reads.length === 0 || (!result.succeeded && result.responses.length === 1 && foundInstead(result) !== null)) {
    return word;
  }
  return `${word}, ${reads.join("; ")}`;
}

function pairsText(pairs: readonly KeyValue[]): string {
  const [first] = pairs;
  if (first === undefined) return "none";
  if (pairs.length === 1) return valueText(first.value);
  const shown = pairs.slice(0, PAIRS_SHOWN).map(({ key, value }) => `${keyText(key)}=${valueText(value)}`);
  return pairs.length > PAIRS_SHOWN ? t("{0}, … {1} pairs", shown.join(", "), pairs.length) : shown.join(", ");
}
