/** What all operations of clients on a live cluster have in common: the session, the client, the step, its result. */
import * as vscode from "vscode";
import type { SessionInfo, StepOutcome } from "../../../server/src/protocol/session.js";
import { type ClientOperation, clientStep } from "../../../server/src/protocol/steps/operation-text.js";
import { type Members, members, text } from "../arguments.js";
import { chooseClient } from "../inputs.js";
import type { Services } from "../services.js";
import { act, liveSession } from "./live.js";

/** What an operation is asked in. */
export interface Asking {
  readonly services: Services;
  readonly session: SessionInfo;
  /** The command's argument. */
  readonly given: Members;
  readonly client: string;
}

/** Finds out what the operation is; `undefined` when the person gave up. */
export type Ask = (asking: Asking) => Promise<ClientOperation | undefined>;

/**
 * Does one operation: of the argument's `client` or one that the person chooses. Only a person in front of the palette is asked for the client:
 * a caller that gives one of the operation's own members means the first.
 */
export async function operate(
  services: Services,
  argument: unknown,
  own: readonly string[],
  ask: Ask,
): Promise<StepOutcome | undefined> {
  const given = members(argument);
  const session = await liveSession(services, given);
  if (!session) return undefined;
  const asksNobody = own.some((name) => given[name] !== undefined);
  const client =
    text(given, "client") ??
    (asksNobody ? session.clients[0] : await chooseClient(session, vscode.l10n.t("Which client?")));
  if (client === undefined) return undefined;
  const operation = await ask({ services, session, given, client });
  if (!operation) return undefined;
  const line = clientStep(client, operation);
  const outcome = await act(services, session, line);
  void vscode.window.showInformationMessage(`${line} => ${outcome.result}`);
  return outcome;
}
