import type { Command } from "../kv/command.js";
import type { KeyValue, KvEvent, KvResult } from "../kv/contract.js";
import type { Configuration, Entry } from "../raft/types.js";
import type { OperationOutcome } from "../sim/history.js";
import type { ClientOperation } from "../sim/message.js";
import type { Names } from "./reason-text.js";

/** Client operations, log entries and results, in the words of the scenario language. Always one line. */

/** Pairs of a prefix read that are spelt out. */
const PAIRS_SHOWN = 5;
/** Longest value that is spelt out. */
const VALUE_SHOWN = 80;

/** A key as the language writes it: bare where that is possible. */
export function keyText(key: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(key) ? key : JSON.stringify(key);
}

/** A value in quotes; a long one is cut. */
export function valueText(value: string): string {
  return value.length <= VALUE_SHOWN ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, VALUE_SHOWN))}…`;
}

/** `put color "red"`, `get color serializable`, … */
export function operationText(operation: ClientOperation | Command["operation"]): string {
  const key = keyText(operation.key);
  switch (operation.kind) {
    case "put":
      return `put ${key} ${valueText(operation.value)}`;
    case "delete":
      return `delete ${key}${operation.prefix ? " prefix" : ""}`;
    case "cas":
      return `cas ${key} ${valueText(operation.expected)} -> ${valueText(operation.value)}`;
    case "get": {
      const serializable = "serializable" in operation && operation.serializable ? " serializable" : "";
      const revision = operation.revision > 0 ? ` rev ${operation.revision}` : "";
      return `get ${key}${operation.prefix ? " prefix" : ""}${revision}${serializable}`;
    }
  }
}

/** A log entry without its term. */
export function entryText(entry: Entry<Command>, names: Names): string {
  switch (entry.kind) {
    case "no-op":
      return "no-op";
    case "command":
      return operationText(entry.command.operation);
    case "configuration":
      return configurationText(entry.configuration, names);
  }
}

/** `configuration {s1 s2 s3}`, `configuration {s1 s2 s4} and {s1 s2 s3}` while joint, `…, learners {s5}`. */
export function configurationText({ voters, outgoing, learners }: Configuration, names: Names): string {
  const set = (servers: readonly number[]): string => `{${servers.map(names).join(" ")}}`;
  const old = outgoing.length > 0 ? ` and ${set(outgoing)}` : "";
  return `configuration ${set(voters)}${old}${learners.length > 0 ? `, learners ${set(learners)}` : ""}`;
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

function resultText(result: KvResult): string {
  switch (result.kind) {
    case "put":
      return "ok";
    case "delete":
      if (result.deleted === 0) return "none";
      return result.deleted === 1 ? "ok" : `ok, ${result.deleted} deleted`;
    case "cas":
      return result.succeeded ? "ok" : "failed";
    case "get":
      return pairsText(result.kvs);
    case "error":
      return `error ${result.error}`;
  }
}

function pairsText(pairs: readonly KeyValue[]): string {
  const [first] = pairs;
  if (first === undefined) return "none";
  if (pairs.length === 1) return valueText(first.value);
  const shown = pairs.slice(0, PAIRS_SHOWN).map(({ key, value }) => `${keyText(key)}=${valueText(value)}`);
  return pairs.length > PAIRS_SHOWN ? `${shown.join(", ")}, … ${pairs.length} pairs` : shown.join(", ");
}
