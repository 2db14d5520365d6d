/** How requests beyond the Language Server Protocol are answered: parameters checked, defects logged and answered as failures. */
import type { CancellationToken, Connection } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import type { Failure, RequestDefinition } from "../protocol/requests.js";
import { checkFields, type Fields } from "./fields.js";
import type { Log } from "./log.js";

/** Registers a request: what it reads of its parameters, and the answer. */
export type OnRequest = <P, R>(
  definition: RequestDefinition<P, R>,
  read: (fields: Fields) => P,
  answer: (params: P, token: CancellationToken) => Promise<R | Failure>,
) => void;

/** Registers requests on a connection. */
export function answering(connection: Connection, log: Log): OnRequest {
  return (definition, read, answer) => {
    connection.onRequest(definition.method, async (raw: unknown, token: CancellationToken): Promise<unknown> => {
      const checked = checkFields(definition.method, raw, read);
      if (!checked.ok) {
        log.warn(checked.message);
        return { ok: false, message: checked.message };
      }
      try {
        return await answer(checked.value, token);
      } catch (error) {
        log.failed(`${definition.method} ${JSON.stringify(checked.value)}`, error);
        return unexpected(error);
      }
    });
  };
}

/** What is answered when something threw. */
export function unexpected(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, message: t("Something went wrong inside Raft Lab: {0}. The log has the details.", message) };
}

/** An abort signal that follows a cancellation token. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
