/** What clients do on a live cluster: put, get, delete, watch. */
import * as vscode from "vscode";
import type { SessionInfo, StepOutcome } from "../../../server/src/protocol/session.js";
import { flag, type Members, members, text } from "../arguments.js";
import { choose, chooseClient, chooseOrType, knownKeys } from "../inputs.js";
import type { Services } from "../services.js";
import { type ClientOperation, clientStep } from "../steps.js";
import { act, liveSession } from "./live.js";

type Ask = (services: Services, session: SessionInfo, given: Members) => Promise<ClientOperation | undefined>;

/** `Raft Lab: Put`. Argument: `key`, `value`, `client`. */
export function put(services: Services, argument: unknown): Promise<StepOutcome | undefined> {
  return operate(services, argument, async (_services, session, given) => {
    const key = text(given, "key") ?? (await askKey(services, session, vscode.l10n.t("Put: which key?")));
    if (!key) return undefined;
    const value = text(given, "value") ?? (await askValue(services, key));
    if (value === undefined) return undefined;
    services.history.add("value", value);
    return { kind: "put", key, value };
  });
}

/** `Raft Lab: Get`. Argument: `key`, `prefix`, `client`. */
export function get(services: Services, argument: unknown): Promise<StepOutcome | undefined> {
  return operate(services, argument, async (_services, session, given) => {
    const key = text(given, "key") ?? (await askKey(services, session, vscode.l10n.t("Get: which key?")));
    if (!key) return undefined;
    const prefix = flag(given, "prefix") ?? (text(given, "key") === undefined && (await askPrefix(key)));
    return prefix === undefined ? undefined : { kind: "get", key, prefix };
  });
}

/** `Raft Lab: Delete`. Argument: `key`, `client`. */
export function remove(services: Services, argument: unknown): Promise<StepOutcome | undefined> {
  return operate(services, argument, async (_services, session, given) => {
    const key = text(given, "key") ?? (await askKey(services, session, vscode.l10n.t("Delete: which key?")));
    return key ? { kind: "delete", key } : undefined;
  });
}

/** `Raft Lab: Watch`. Argument: `key`, `prefix`, `client`, `name`. Its events go to the results channel. */
export function watch(services: Services, argument: unknown): Promise<StepOutcome | undefined> {
  return operate(services, argument, async (_services, session, given) => {
    const key = text(given, "key") ?? (await askKey(services, session, vscode.l10n.t("Watch: which key?")));
    if (!key) return undefined;
    const prefix = flag(given, "prefix") ?? (text(given, "key") === undefined && (await askPrefix(key)));
    if (prefix === undefined) return undefined;
    services.results.show();
    return { kind: "watch", key, prefix, name: text(given, "name") ?? nextWatch(services, session) };
  });
}

async function operate(services: Services, argument: unknown, ask: Ask): Promise<StepOutcome | undefined> {
  const given = members(argument);
  const session = await liveSession(services, given);
  if (!session) return undefined;
  const title = vscode.l10n.t("Which client?");
  // Only a person in front of the palette is asked; a caller with arguments means the first client.
  const client =
    text(given, "client") ?? (text(given, "key") ? session.clients[0] : await chooseClient(session, title));
  if (client === undefined) return undefined;
  const operation = await ask(services, session, given);
  if (!operation) return undefined;
  services.history.add("key", operation.key);
  const line = clientStep(client, operation);
  const outcome = await act(services, session, line);
  void vscode.window.showInformationMessage(`${line} => ${outcome.result}`);
  return outcome;
}

async function askKey(services: Services, session: SessionInfo, title: string): Promise<string | undefined> {
  const keys = await knownKeys(services, session);
  return chooseOrType(title, vscode.l10n.t("A key, such as color or /config/color"), keys);
}

function askValue(services: Services, key: string): Promise<string | undefined> {
  return Promise.resolve(
    vscode.window.showInputBox({
      title: vscode.l10n.t("Put: which value for {0}?", key),
      value: services.history.of("value")[0] ?? "",
      placeHolder: vscode.l10n.t("Any text"),
      ignoreFocusOut: true,
    }),
  );
}

async function askPrefix(key: string): Promise<boolean | undefined> {
  if (!key.endsWith("/")) return false;
  return choose(vscode.l10n.t("{0}: one key, or all that start with it?", key), [
    { label: vscode.l10n.t("All keys that start with it"), value: true },
    { label: vscode.l10n.t("This key only"), value: false },
  ]);
}

/** Names of watches have to be new in their session, also after a reload of the window. */
function nextWatch(services: Services, session: SessionInfo): string {
  const kept = members(services.context.workspaceState.get("raftlab.watches"));
  const last = kept["sessionId"] === session.id && typeof kept["last"] === "number" ? kept["last"] : 0;
  void services.context.workspaceState.update("raftlab.watches", { sessionId: session.id, last: last + 1 });
  return `w${last + 1}`;
}
