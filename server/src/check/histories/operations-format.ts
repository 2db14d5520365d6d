/** Our own format of recorded histories: operations with what was asked, when, and what was answered. See docs/histories.md. */
import { isKvError, KV_ERRORS, type KvError } from "../../kv/error.js";
import type { Action } from "../linearizability/operation.js";
import { actionLabel, answerLabel } from "./action-label.js";
import { requestLabel, responseLabel } from "./etcd-label.js";
import { REQUESTS, requestOf } from "./etcd-request.js";
import { responseTo } from "./etcd-response.js";
import { Fields, type Problems } from "./fields.js";
import type { HistoryModel, HistoryOperation, RecordedHistory } from "./history.js";
import { named, printable } from "./printable.js";

/** What the field `format` holds. */
export const FORMAT = "raftlab-history/1";

const MODELS: readonly HistoryModel[] = ["register", "kv", "etcd"];

/** Reads a history: the header's fields, and operations from its list or, in the format by lines, from `lines`. */
export function readOperations(
  header: Fields,
  lines: readonly { readonly value: unknown; readonly place: string }[] | null,
): RecordedHistory {
  const { problems } = header;
  header.word("format", [FORMAT]);
  const model = header.word("model", MODELS) ?? "register";
  const initial = model === "etcd" ? null : scalar(header, "initial", null);
  const items = lines ?? header.list("operations");
  header.done();
  const operations: Omit<HistoryOperation, "id">[] = [];
  for (const { value, place } of items) {
    operations.push(operationOf(new Fields(value, place, problems), model));
    // One thing that is wrong is enough: a large file that is wrong throughout is not read to its end.
    if (problems.first !== null) break;
  }
  operations.sort((a, b) => a.call - b.call);
  return { model, initial, operations: operations.map((operation, id) => ({ id, ...operation })) };
}

function operationOf(fields: Fields, model: HistoryModel): Omit<HistoryOperation, "id"> {
  const client = fields.raw("client");
  if (typeof client !== "string" && !Number.isSafeInteger(client)) fields.wrong("client", "a name or a number");
  const call = fields.integer("call");
  const end = fields.raw("return") === null ? null : fields.integer("return");
  if (end !== null && end < call) {
    fields.problems.report(fields.at("return"), `the operation returns at ${end}, before its call at ${call}.`);
  }
  const times = { client: printable(String(client)), call };
  const error = fields.raw("error") === undefined ? null : fields.text("error");
  const answered = end !== null && error === null;
  if (!answered && fields.raw("response") !== undefined) {
    const why = error === null ? "its return is null" : "it has an error";
    fields.problems.report(fields.at("response"), `an operation has no response where ${why}. Leave one of them out.`);
  }
  const made = model === "etcd" ? etcd(fields, answered, error) : plain(fields, model, answered);
  fields.done();
  const refused = error !== null && model === "etcd" && isRefusal(error);
  const answer = error !== null ? `error ${named(error)}` : answered ? made.answer : null;
  // A read of which nobody knows the result, and a request that was refused, say nothing.
  const effect = refused ? ({ kind: "nothing" } as const) : made.effect;
  return { ...times, return: refused || answered ? end : null, title: made.title, answer, effect };
}

type Made = Pick<HistoryOperation, "title" | "answer" | "effect">;

function plain(fields: Fields, model: HistoryModel, answered: boolean): Made {
  const action = model === "register" ? register(fields, answered) : keyed(fields, answered);
  const nothing = action.kind === "read" && !answered;
  return {
    title: actionLabel(action, model),
    answer: answerLabel(action),
    effect: nothing ? { kind: "nothing" } : { kind: "action", action },
  };
}

function register(fields: Fields, answered: boolean): Action {
  return actionOf(fields, fields.word("op", ["read", "write", "cas"]) ?? "read", "register", answered);
}

function keyed(fields: Fields, answered: boolean): Action {
  const kind = fields.word("op", ["read", "write", "append", "cas", "delete"]) ?? "read";
  return actionOf(fields, kind, fields.text("key"), answered);
}

function actionOf(
  fields: Fields,
  kind: "read" | "write" | "append" | "cas" | "delete",
  key: string,
  answered: boolean,
): Action {
  switch (kind) {
    case "read": {
      if (answered && fields.raw("response") === undefined)
        fields.wrong("response", "the value that was read, or null,");
      return { kind, key, value: scalar(fields, "response", null) };
    }
    case "write":
    case "append":
      fields.raw("response");
      return { kind, key, value: scalar(fields, "value") ?? "" };
    case "cas": {
      const cas = { kind, key, from: scalar(fields, "from") ?? "", to: scalar(fields, "to") ?? "" } as const;
      return answered ? { ...cas, succeeded: fields.flag("response") } : cas;
    }
    case "delete":
      return answered && fields.raw("response") !== undefined
        ? { kind, key, deleted: fields.integer("response") }
        : { kind, key };
  }
}

/** A value: texts, numbers and truth values are compared as texts; `null` only where `otherwise` allows it. */
function scalar(fields: Fields, name: string, otherwise?: null): string | null {
  const value = fields.raw(name) ?? otherwise;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null && otherwise === null) return null;
  fields.wrong(name, "a value (text or number)");
  return null;
}

function etcd(fields: Fields, answered: boolean, error: string | null): Made {
  const kind = fields.word("op", REQUESTS);
  if (kind === null) return { title: "", answer: "", effect: { kind: "nothing" } };
  const request = requestOf(kind, fields);
  const response = answered ? answerOf(fields, request, fields.problems) : null;
  return {
    title: requestLabel(request),
    answer: response === null ? error : responseLabel(response),
    effect: { kind: "request", request, response },
  };
}

function answerOf(fields: Fields, request: Parameters<typeof responseTo>[0], problems: Problems) {
  if (fields.raw("response") === undefined) {
    fields.wrong("response", 'the answer, or else an "error" or a return of null,');
    return null;
  }
  return responseTo(request, fields.raw("response"), fields.at("response"), problems);
}

const DEFINITE: ReadonlySet<string> = new Set([
  "INVALID_ARGUMENT",
  "NOT_FOUND",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
]);

/** Errors of a definite code that say nothing of earlier attempts. */
const INDEFINITE: ReadonlySet<KvError> = new Set(["request-superseded"]);

/** Whether an operation with this error surely changed nothing. After any other error it may still take effect. */
function isRefusal(error: string): boolean {
  const name = isKvError(error) ? error : nameOf(error);
  return name !== null && DEFINITE.has(KV_ERRORS[name].code) && !INDEFINITE.has(name);
}

function nameOf(message: string): KvError | null {
  const names = Object.keys(KV_ERRORS).filter(isKvError);
  return names.find((name) => KV_ERRORS[name].message === message) ?? null;
}
