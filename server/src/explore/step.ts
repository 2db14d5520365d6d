import type { MembershipChange } from "../raft/membership.js";
import type { TimerKind } from "../raft/types.js";
import type { ClientOperation } from "../sim/client-operation.js";
import type { EndpointId } from "../sim/config.js";
import type { NetworkMessage } from "../sim/message.js";
import { operationText } from "../trace/operation-text.js";

/** One thing that happened in a run without time: enough to make it happen again. */
export type Step =
  | { readonly kind: "deliver"; readonly message: NetworkMessage }
  | { readonly kind: "fire"; readonly server: EndpointId; readonly timer: TimerKind }
  /** A client tries again, or gives up, on its operation. */
  | {
      readonly kind: "fire-client";
      readonly client: EndpointId;
      readonly operation: number;
      readonly timer: "try" | "timeout";
      readonly attempt: number;
    }
  /** A command without a client is handed to a leader. */
  | { readonly kind: "propose"; readonly server: EndpointId; readonly number: number }
  | { readonly kind: "change"; readonly server: EndpointId; readonly change: MembershipChange }
  | { readonly kind: "transfer"; readonly server: EndpointId; readonly target: EndpointId }
  | {
      readonly kind: "invoke";
      readonly client: EndpointId;
      readonly body: ClientOperation;
      readonly at: EndpointId | null;
    }
  /** The oldest write of a server is durable, or all that it has issued. */
  | { readonly kind: "persist"; readonly server: EndpointId; readonly all: boolean }
  | { readonly kind: "crash" | "restart" | "snapshot"; readonly server: EndpointId };

/** Whether a step counts as an event: all do but the disk's, and a restart, which belongs to its crash. */
export function isEvent({ kind }: Step): boolean {
  return kind !== "persist" && kind !== "restart";
}

/** A step in words; `name` names servers and clients. */
export function stepText(step: Step, name: (id: EndpointId) => string): string {
  switch (step.kind) {
    case "deliver":
      return `deliver ${messageText(step.message, name)}`;
    case "fire":
      return step.timer === "election" ? `timeout ${name(step.server)}` : `heartbeat of ${name(step.server)}`;
    case "fire-client":
      return `${name(step.client)} ${step.timer === "try" ? "tries again" : "gives up"}`;
    case "propose":
      return `command ${step.number} to ${name(step.server)}`;
    case "change":
      return `${changeText(step.change, name)} at ${name(step.server)}`;
    case "transfer":
      return `transfer leadership from ${name(step.server)} to ${name(step.target)}`;
    case "invoke": {
      return `${name(step.client)} ${operationText(step.body)}${step.at === null ? "" : ` at ${name(step.at)}`}`;
    }
    case "persist":
      return `${name(step.server)}'s ${step.all ? "writes are" : "oldest write is"} durable`;
    case "crash":
    case "restart":
    case "snapshot":
      return `${step.kind} ${name(step.server)}`;
  }
}

function changeText(change: MembershipChange, name: (id: EndpointId) => string): string {
  switch (change.kind) {
    case "reconfigure":
      return `reconfigure to ${change.voters.map(name).join(" ")}${change.autoLeave ? "" : ", to be left by hand"}`;
    case "leave-joint":
      return "leave the joint configuration";
    case "add-voter":
    case "add-learner":
    case "promote":
    case "remove":
      return `${change.kind} ${name(change.server)}`;
  }
}

/** Fields that every message has, or that are told in another way. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set(["type", "from", "to", "entries", "body"]);

/** `AppendEntries s1 -> s2 term 2 prevLogIndex 4 …`: every field that is a number or a truth value. */
function messageText(message: NetworkMessage, name: (id: EndpointId) => string): string {
  const words = [`${message.type} ${name(message.from)} -> ${name(message.to)}`];
  for (const [field, value] of Object.entries(message)) {
    if (TOLD_OTHERWISE.has(field)) continue;
    if (typeof value === "number") words.push(`${field} ${value}`);
    else if (typeof value === "boolean") words.push(value ? field : `not ${field}`);
  }
  if (message.type === "AppendEntries") {
    words.push(`entries [${message.entries.map(({ term }) => term).join(" ")}]`);
  } else if (message.type === "ClientRequest") {
    words.push(message.body.kind);
  } else if (message.type === "ClientRequestReply") {
    words.push(message.body.kind === "result" ? message.body.result.kind : message.body.kind);
  }
  return words.join(" ");
}
