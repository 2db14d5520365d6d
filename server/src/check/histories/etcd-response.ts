/** etcd's answers, read from JSON: the fields of kv/response.ts. */
import type { KvRequest, RequestOp } from "../../kv/request.js";
import type { KeyValue, KvResponse } from "../../kv/response.js";
import { Fields, type Problems } from "./fields.js";

/** The answer to a request. `revision` is the header's; 0 where a nested answer has none. */
export function responseTo(request: KvRequest, value: unknown, place: string, problems: Problems): KvResponse {
  const fields = new Fields(value, place, problems);
  const revision = fields.integer("revision", 0);
  const response = bodyOf(request, revision, fields);
  fields.done();
  return response;
}

function bodyOf(request: KvRequest, revision: number, fields: Fields): KvResponse {
  const { problems } = fields;
  const pairs = (name: string): KeyValue[] =>
    fields.list(name, []).map(({ value, place }) => keyValue(value, place, problems));
  switch (request.kind) {
    case "put": {
      const value = fields.raw("prevKv") ?? null;
      return { kind: "put", revision, prevKv: value === null ? null : keyValue(value, fields.at("prevKv"), problems) };
    }
    case "range": {
      const kvs = pairs("kvs");
      return {
        kind: "range",
        revision,
        kvs,
        count: fields.integer("count", kvs.length),
        more: fields.flag("more", false),
      };
    }
    case "delete":
      return { kind: "delete", revision, deleted: fields.integer("deleted"), prevKvs: pairs("prevKvs") };
    case "txn": {
      const succeeded = fields.flag("succeeded");
      const branch: readonly RequestOp[] = succeeded ? request.success : request.failure;
      const answers = fields.list("responses", []);
      if (answers.length !== branch.length) {
        problems.report(
          fields.at("responses"),
          `the branch that ran has ${branch.length} operations, and here are ${answers.length} answers.`,
        );
      }
      const responses = answers.flatMap(({ value, place }, at) => {
        const op = branch[at];
        return op === null || op === undefined ? [] : [responseTo(op, value, place, problems)];
      });
      return { kind: "txn", revision, succeeded, responses };
    }
    case "lease-grant":
      return {
        kind: "lease-grant",
        revision,
        id: fields.integer("id", request.id),
        ttl: fields.integer("ttl", request.ttl),
      };
    case "compact":
    case "lease-revoke":
    case "lease-checkpoint":
      return { kind: request.kind, revision };
    case "alarm":
      return { kind: "alarm", revision, alarms: [] };
  }
}

function keyValue(value: unknown, place: string, problems: Problems): KeyValue {
  const fields = new Fields(value, place, problems);
  const read = {
    key: fields.text("key"),
    value: fields.text("value", ""),
    createRevision: fields.integer("createRevision", 0),
    modRevision: fields.integer("modRevision", 0),
    version: fields.integer("version", 0),
    lease: fields.integer("lease", 0),
  };
  fields.done();
  return read;
}
