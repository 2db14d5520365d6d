/** How the language server is, for the editor's status; and how either side notices that the other is in trouble. */
import type { NotificationDefinition, RequestDefinition } from "./requests.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });
const notification = <P>(method: string): NotificationDefinition<P> => ({ method });

/** What a person can expect of the server. `warning`: it works, but not all of it; `error`: it cannot run simulations. */
export type Health = "ok" | "warning" | "error";

/** How the server is at a moment. */
export interface ServerStatusParams {
  readonly health: Health;
  /** Nothing is simulated at the moment. */
  readonly quiescent: boolean;
  /** What is the matter, for people, with the remedy; `null` when all is well. */
  readonly message: string | null;
  /** Runs under way and live clusters whose time passes. */
  readonly running: number;
  /** How much of its time the simulation was at work lately, from 0 to 1. */
  readonly load: number;
}

/**
 * Server to client. How the server is: after it has started, and whenever that changes, at most a few times a second. The
 * client shows it and decides nothing by it.
 */
export const serverStatusNotification = notification<ServerStatusParams>("raftlab/serverStatus");

/** A defect that the server met and survived. */
export interface InternalError {
  /** What was being done: a request's method, or words. Never a text or a value of the person's. */
  readonly what: string;
  /** The error with its stack. */
  readonly error: string;
}

/** Server to client. Something went wrong inside the server. The client keeps a report on this machine; nothing is sent anywhere. */
export const internalErrorNotification = notification<InternalError>("raftlab/internalError");

/**
 * Client to server. Answered at once, whatever else the server does: a client that gets no answer for long tells the person that
 * the server hangs.
 */
export const heartbeatRequest = request<Record<string, never>, null>("raftlab/heartbeat");
