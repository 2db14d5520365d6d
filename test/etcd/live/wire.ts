/** How etcd's JSON gateway writes messages, as against the recordings (translate.ts). */
import { type Json, type JsonObject, objectOf, textOf } from "../translate.js";

/** Fields that hold bytes. */
const BYTES = new Set(["key", "range_end", "value"]);

/** A pair as the recordings write it. */
export function pairOf(json: Json): Json {
  const kv = objectOf(json);
  return [
    fromBase64(kv["key"] ?? ""),
    fromBase64(kv["value"] ?? ""),
    numberIn(kv, "create_revision"),
    numberIn(kv, "mod_revision"),
    numberIn(kv, "version"),
    numberIn(kv, "lease"),
  ];
}

/** The revision in an answer's header; 0 where it is left out. */
export function revisionOf(answer: JsonObject): number {
  return answer["header"] === undefined ? 0 : numberIn(objectOf(answer["header"]), "revision");
}

/** A number of 64 bits, which JSON carries as a text. */
export function numberIn(object: JsonObject, field: string): number {
  return Number(object[field] ?? 0);
}

/** Bytes as a binary string. */
export function fromBase64(json: Json): string {
  return Buffer.from(textOf(json), "base64").toString("latin1");
}

/** A request as JSON carries it: bytes in base64. */
export function toWire(json: JsonObject): JsonObject {
  const fields = Object.entries(json).map(([name, value]): [string, Json] =>
    BYTES.has(name) && typeof value === "string"
      ? [name, Buffer.from(value, "latin1").toString("base64")]
      : [name, wireValue(value)],
  );
  return Object.fromEntries(fields);
}

function wireValue(value: Json): Json {
  if (typeof value === "object" && value !== null) {
    return isList(value) ? value.map(wireValue) : toWire(value);
  }
  return value;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
