import { KV_ERRORS } from "../kv/error.js";
import { leaseText } from "../kv/request-text.js";
import { t } from "../l10n/text.js";
import { leaseOfWords } from "../sim/lease-clock.js";
import { type EventKind, OPERATION_OUTCOMES, ROLE_CODES } from "../sim/recorder.js";
import { WATCH_ERRORS } from "../sim/watch-options.js";
import { actionText, faultText } from "./action-text.js";
import { bytes } from "./counts.js";
import { messageFields } from "./message-fields.js";
import { messageOf, requestText, watchText } from "./message-text.js";
import { outcomeRevision, outcomeText } from "./operation-text.js";
import type { Recording } from "./recording.js";
import { readSend } from "./sent.js";
import { timeText } from "./time-text.js";
import type { Field } from "./view.js";

/** The event's fields in a fixed order: a message's with the paper's names, otherwise what the event carries. */
export function fieldsOf(recording: Recording, id: number): Field[] {
  const { log, world } = recording;
  const word = (position: number): number => log.word(id, position);
  const name = (endpoint: number): string => (endpoint === 0 ? t("none") : world.nameOf(endpoint));
  const kind = log.kind(id);
  switch (kind) {
    case "send":
    case "deliver":
    case "drop":
    case "held": {
      const sent = messageOf(recording, id);
      if (sent === null) return [];
      const fields = messageFields(recording, sent);
      if (kind !== "send") fields.push(field("under way", timeText(log.timeUs(id) - log.timeUs(sent.eventId))));
      if (kind === "held") fields.push(field("held by", faultText(recording, word(0))));
      return fields;
    }
    case "timer": {
      const setBy = log.cause(id);
      const fields = [field("timer", word(0) === 0 ? t("election") : t("heartbeat"))];
      // A tick moves the timer on, not the time of the world.
      if (setBy >= 0 && log.kind(setBy) !== "tick")
        fields.push(field("ran for", timeText(log.timeUs(id) - log.timeUs(setBy))));
      return fields;
    }
    case "transition":
      return [
        field("role", ROLE_CODES[word(0)] ?? "follower"),
        field("term", word(1)),
        field("vote", name(word(2))),
        field("leader", name(word(3))),
      ];
    case "truncate":
      return [field("from index", word(0))];
    case "durable":
      return [field("durable up to", word(0))];
    case "commit":
      return [field("commit index", word(0))];
    case "snapshot":
    case "install":
      return [field("lastIncludedIndex", word(0)), field("lastIncludedTerm", word(1)), field("size", bytes(word(2)))];
    case "membership":
    case "transfer":
      return [field("asked", actionText(recording, id) ?? kind)];
    case "configuration":
      return configurationFields(recording, word(0), word(1));
    case "fault":
      return [field("fault", faultText(recording, word(1)))];
    case "tick":
      return [field("for", timeText(word(1)))];
    case "deliver-asked":
    case "copy-asked":
    case "delay-asked":
    case "lose": {
      const send = word(1);
      return send < 0 || log.kind(send) !== "send" ? [] : messageFields(recording, readSend(log, send));
    }
    case "undo":
    case "struck":
      return [field("fault", faultText(recording, word(0)))];
    case "disk-lost":
      return [
        field("last index", word(1)),
        field("entries lost", word(2)),
        field("term", word(3)),
        field("vote", name(word(4))),
      ];
    case "no-start":
      return word(2) === 0 ? [] : [field("damaged entry", word(2))];
    case "lease-promote":
      return [field("leases", word(0)), field("term", word(1))];
    case "lease-expired":
      return [field("lease", leaseText(leaseOfWords(word(0), word(1))))];
    case "invoke":
      return [field("operation", requestText(recording, word(1)))];
    case "return":
      return returnFields(recording, word(0), word(1));
    case "retry": {
      const operation = field("operation", requestText(recording, word(0)));
      return word(1) === 0 ? [operation] : [operation, field("server", name(word(1)))];
    }
    case "watch":
    case "unwatch":
    case "watch-progress":
      return [field("watch", watchText(recording, word(1)))];
    case "watch-events":
    case "watch-resume":
    case "watch-created":
    case "watch-notified":
    case "watch-canceled":
    case "watch-catch-up":
      return [field("watch", watchText(recording, word(0))), ...watchFields(kind, word, name)];
    default:
      return [];
  }
}

/** What an event of a watch carries besides its watch. */
function watchFields(kind: EventKind, word: (position: number) => number, name: (id: number) => string): Field[] {
  switch (kind) {
    case "watch-events":
      return [field("first revision", word(1)), field("last revision", word(2)), field("events", word(3))];
    case "watch-resume":
      return [field("from revision", word(1) === 0 ? t("now on") : word(1)), field("server", name(word(2)))];
    case "watch-created":
      return [field("revision", word(1)), field("server", name(word(2)))];
    case "watch-notified":
      return [field("revision", word(1))];
    case "watch-canceled": {
      const error = WATCH_ERRORS[word(1) - 1];
      const why = error === undefined ? [] : [field("error", KV_ERRORS[error].message)];
      return word(2) === 0 ? why : [...why, field("compact revision", word(2))];
    }
    case "watch-catch-up":
      return [field("from revision", word(1)), field("store's revision", word(2)), field("events", word(3))];
    default:
      return [];
  }
}

function configurationFields({ history, world }: Recording, index: number, number: number): Field[] {
  const configuration = history.configurations[number - 1];
  const fields = [field("entry", index)];
  if (configuration === undefined) return fields;
  const names = (servers: readonly number[]): string => servers.map((id) => world.nameOf(id)).join(" ");
  fields.push(field("voters", names(configuration.voters)));
  if (configuration.outgoing.length > 0) fields.push(field("outgoing voters", names(configuration.outgoing)));
  if (configuration.learners.length > 0) fields.push(field("learners", names(configuration.learners)));
  return fields;
}

function returnFields(recording: Recording, operation: number, code: number): Field[] {
  const record = recording.history.operation(operation);
  const outcome = record?.outcome ?? null;
  const fields = [
    field("operation", requestText(recording, operation)),
    field("outcome", outcome === null ? (OPERATION_OUTCOMES[code] ?? "") : outcomeText(outcome)),
  ];
  const revision = outcome === null ? null : outcomeRevision(outcome);
  if (revision !== null) fields.push(field("revision", revision));
  if (record !== undefined && record.returnUs !== null) {
    fields.push(field("took", timeText(record.returnUs - record.invokeUs)));
    fields.push(field("attempts", record.attempts));
  }
  return fields;
}

function field(name: string, value: number | string): Field {
  return { name, value: String(value) };
}
