import { t } from "../../l10n/text.js";
import type { EndpointId } from "../../sim/config.js";
import type { OperationRecord } from "../../sim/history.js";
import { describe } from "../describe.js";
import type { Recording } from "../recording.js";
import { readSend, type Sent } from "../sent.js";
import type { EventText } from "../view.js";

/** Events that are looked through for what carried an operation, and steps that are told. */
const SCAN = 200_000;
const STEPS = 60;

/** What an operation met on its way through the cluster. */
export type StepKind =
  | "invoked"
  | "sent"
  | "lost"
  | "received"
  | "appended"
  | "committed"
  | "applied"
  | "answered"
  | "returned";

/** A step on the way of an operation. */
export interface OperationStep {
  readonly kind: StepKind;
  /** `s1 appends it as entry 5 of term 2`. */
  readonly text: string;
  readonly event: EventText;
}

/** Where an operation stands in the log, and the event in which a server applied it first. */
export interface AppliedAt {
  readonly index: number;
  readonly eventId: number;
}

type Found = { readonly kind: StepKind; readonly id: number; readonly text: string };

/** The events that carried an operation, in order: its requests, its entry's way through the log, and the answer. */
export function operationSteps(
  recording: Recording,
  record: OperationRecord,
  applied: AppliedAt | null,
): readonly OperationStep[] {
  const { log, world } = recording;
  const { client, invokeEvent, returnEvent } = record;
  const last = Math.max(returnEvent ?? log.count - 1, applied?.eventId ?? -1);
  const name = world.nameOf(client);
  const found: Found[] = [{ kind: "invoked", id: invokeEvent, text: t("{0} asks", name) }];
  for (let id = invokeEvent + 1; id <= Math.min(last, invokeEvent + SCAN, log.count - 1); id += 1) {
    const step = messageStep(recording, record, id);
    if (step !== null) found.push(step);
  }
  if (applied !== null) found.push(...logSteps(recording, applied));
  if (returnEvent !== null) found.push({ kind: "returned", id: returnEvent, text: t("{0} has the outcome", name) });
  return found
    .sort((a, b) => a.id - b.id)
    .slice(0, STEPS)
    .map(({ kind, id, text }) => ({ kind, text, event: describe(recording, id) }));
}

/** What an event did to a message that carried the operation or its answer; `null` where it did nothing of the kind. */
function messageStep(recording: Recording, { number, client, invokeEvent }: OperationRecord, id: number): Found | null {
  const { log, world } = recording;
  const kind = log.kind(id);
  if (kind !== "send" && kind !== "deliver" && kind !== "drop") return null;
  const send = kind === "send" ? id : log.cause(id);
  if (send < invokeEvent || log.kind(send) !== "send") return null;
  const sent = readSend(log, send);
  if (!carries(sent, client, number)) return null;
  const [from, to] = [world.nameOf(sent.from), world.nameOf(sent.to)];
  if (kind === "drop") return { kind: "lost", id, text: t("the message from {0} to {1} is lost", from, to) };
  if (sent.type === "ClientRequest") {
    return kind === "send" ? { kind: "sent", id, text: t("the request goes to {0}", to) } : received(recording, id, to);
  }
  if (kind === "deliver" || sent.type !== "ClientRequestReply") return null;
  return { kind: "answered", id, text: sent.result ? t("{0} answers", from) : t("{0} sends the client on", from) };
}

function carries(sent: Sent, client: EndpointId, operation: number): boolean {
  if (sent.type === "ClientRequest") return sent.from === client && sent.operation === operation;
  return sent.type === "ClientRequestReply" && sent.to === client && sent.operation === operation;
}

function received({ log }: Recording, id: number, server: string): Found {
  const reason = log.reason(id);
  if (reason?.code !== "proposal-appended")
    return { kind: "received", id, text: t("{0} receives the request", server) };
  return { kind: "appended", id, text: t("{0} appends it as entry {1} of term {2}", server, reason.a, reason.b) };
}

function logSteps(recording: Recording, { index, eventId }: AppliedAt): Found[] {
  const { log, world } = recording;
  const by = world.nameOf(log.at(eventId));
  const applied: Found = {
    kind: "applied",
    id: eventId,
    text: t("{0} applies entry {1}, the first to do so", by, index),
  };
  const commit = commitOf(recording, index, eventId);
  if (commit < 0) return [applied];
  if (commit === eventId) {
    return [
      {
        kind: "applied",
        id: eventId,
        text: t("{0} learns that entry {1} is committed, and applies it, the first to do so", by, index),
      },
    ];
  }
  const knows = world.nameOf(log.at(commit));
  return [
    {
      kind: "committed",
      id: commit,
      text: t("{0} learns that entry {1} is committed, the first to do so", knows, index),
    },
    applied,
  ];
}

/** The first event, up to the one in which an entry was applied first, in which a server knew that it was committed; -1 for none. */
function commitOf({ log }: Recording, index: number, applied: number): number {
  const { landmarks } = log;
  let found = -1;
  for (let at = landmarks.length - 1; at >= 0; at -= 1) {
    const id = landmarks[at] ?? -1;
    if (id > applied || log.kind(id) !== "commit") continue;
    if (log.word(id, 0) < index) break;
    found = id;
  }
  return found;
}
