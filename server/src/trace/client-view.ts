import type { ClientProcess, PendingOperation } from "../sim/client.js";
import type { World } from "../sim/world.js";
import { operationText } from "./operation-text.js";
import { reasonText } from "./reason-text.js";
import type { Recording } from "./recording.js";

/** Operations of a client that a picture holds. */
const OPERATIONS = 20;

/** An operation under way. */
export interface OperationPicture {
  /** From 1, in the order of invocation. */
  readonly number: number;
  readonly text: string;
  /** The event that began it. */
  readonly eventId: number;
  readonly sinceUs: number;
  /** When the client gives up, its outcome unknown. */
  readonly givesUpUs: number;
  /** Servers asked so far, each time anew counted. */
  readonly attempts: number;
  /** The server that was asked last; `null` before the first. */
  readonly server: string | null;
  /** It was meant for one server alone. */
  readonly only: boolean;
  /** Why it asks nobody just now; `null` while it waits for an answer. */
  readonly pause: string | null;
}

/** A client process. */
export interface ClientPicture {
  readonly name: string;
  readonly status: "up" | "down" | "paused";
  /** Whom it believes to be leader. */
  readonly target: string | null;
  /** Its oldest operation under way. */
  readonly pending: string | null;
  /** All under way, oldest first, at most 20. */
  readonly operations: readonly OperationPicture[];
  readonly moreOperations: number;
}

/** All clients. */
export function clientsOf(recording: Recording, world: World): ClientPicture[] {
  return [...world.clients.values()].map((client) => clientPicture(recording, world, client));
}

function clientPicture(recording: Recording, world: World, client: ClientProcess): ClientPicture {
  const all = [...client.pending.values()];
  const operations = all.slice(0, OPERATIONS).map((each) => operationPicture(recording, world, each));
  return {
    name: client.name,
    status: client.status,
    target: client.believed === 0 ? null : world.nameOf(client.believed),
    pending: operations[0]?.text ?? null,
    operations,
    moreOperations: all.length - operations.length,
  };
}

function operationPicture(recording: Recording, world: World, operation: PendingOperation): OperationPicture {
  const { number, body, invokeEvent, attempt, target, at, pause } = operation;
  const sinceUs = recording.log.timeUs(invokeEvent);
  const { clientTimeout, rules } = world.config;
  return {
    number,
    text: operationText(body),
    eventId: invokeEvent,
    sinceUs,
    givesUpUs: sinceUs + clientTimeout,
    attempts: attempt,
    server: target === 0 ? null : world.nameOf(target),
    only: at !== null,
    pause: pause === null ? null : reasonText(pause.why, (id) => world.nameOf(id), rules),
  };
}
