/** What clients do with keys on a live cluster: put, get, delete, compact. */
import * as vscode from "vscode";
import type { SessionInfo, StepOutcome } from "../../../server/src/protocol/session.js";
import { count, flag, text } from "../arguments.js";
import { choose, serversOf } from "../inputs.js";
import { askKey, askPrefix, askRevision, askValue, nameChoices, namesOf } from "../kv-inputs.js";
import type { Services } from "../services.js";
import { type Asking, operate } from "./operate.js";

type Done = Promise<StepOutcome | undefined>;

/** The key that the argument names, or that the person chooses; it is proposed again later. */
export async function keyOf({ services, session, given }: Asking, title: string): Promise<string | undefined> {
  const key = text(given, "key") ?? (await askKey(services, session, title));
  if (!key) return undefined;
  services.history.add("key", key);
  return key;
}

/** Whether the argument means a prefix; the person is asked only when the key came from them. */
export async function prefixOf({ given }: Asking, key: string): Promise<boolean | undefined> {
  return flag(given, "prefix") ?? (text(given, "key") === undefined && (await askPrefix(key)));
}

/** `Raft Lab: Put`. Argument: `key`, `value`, `lease` (a name), `client`. */
export function put(services: Services, argument: unknown): Done {
  return operate(services, argument, ["key"], async (asking) => {
    const { session, given } = asking;
    const key = await keyOf(asking, vscode.l10n.t("Put: which key?"));
    if (key === undefined) return undefined;
    const initial = text(given, "initial");
    const value =
      text(given, "value") ?? (await askValue(services, vscode.l10n.t("Put: which value for {0}?", key), initial));
    if (value === undefined) return undefined;
    const lease = text(given, "lease") ?? (text(given, "value") === undefined ? await askLease(services, session) : "");
    if (lease === undefined) return undefined;
    return { kind: "put", key, value, ...(lease === "" ? {} : { lease }) };
  });
}

/** The lease of a put: asked for only where there are any; the empty text for none. */
async function askLease(services: Services, session: SessionInfo): Promise<string | undefined> {
  const all = await namesOf(services, session);
  const leases = all.filter(({ kind, over }) => !over && (kind === "lease" || kind === "lock" || kind === "campaign"));
  if (leases.length === 0) return "";
  return choose(vscode.l10n.t("Put: attached to which lease?"), [
    { label: vscode.l10n.t("No lease"), value: "" },
    ...nameChoices(leases),
  ]);
}

/** `Raft Lab: Get`. Argument: `key`, `prefix`, `rev`, `serializable`, `limit`, `client`. */
export function get(services: Services, argument: unknown): Done {
  return operate(services, argument, ["key"], async (asking) => {
    const { given } = asking;
    const key = await keyOf(asking, vscode.l10n.t("Get: which key?"));
    if (key === undefined) return undefined;
    const prefix = await prefixOf(asking, key);
    if (prefix === undefined) return undefined;
    const [rev, serializable, limit] = [count(given, "rev"), flag(given, "serializable"), count(given, "limit")];
    return { kind: "get", key, prefix, rev, serializable, limit };
  });
}

/** `Raft Lab: Get with Options`: a prefix, an old revision, from local state, a limit. */
export function getWithOptions(services: Services, argument: unknown): Done {
  return operate(services, argument, ["key"], async (asking) => {
    const key = await keyOf(asking, vscode.l10n.t("Get: which key?"));
    if (key === undefined) return undefined;
    const options = await chooseOptions(vscode.l10n.t("Get {0}: how?", key), [
      { label: "prefix", description: vscode.l10n.t("all keys that start with it"), picked: key.endsWith("/") },
      { label: "rev", description: vscode.l10n.t("as it was at a revision") },
      { label: "serializable", description: vscode.l10n.t("from what the server has applied, which may be old") },
      { label: "limit", description: vscode.l10n.t("at most so many keys") },
    ]);
    if (options === undefined) return undefined;
    const rev = options.has("rev") ? await askRevision(vscode.l10n.t("Get {0}: at which revision?", key)) : undefined;
    if (options.has("rev") && rev === undefined) return undefined;
    const limit = options.has("limit") ? await askLimit() : undefined;
    if (options.has("limit") && limit === undefined) return undefined;
    return { kind: "get", key, prefix: options.has("prefix"), rev, serializable: options.has("serializable"), limit };
  });
}

/** Lets the person tick options; their labels. */
export async function chooseOptions(
  title: string,
  options: readonly vscode.QuickPickItem[],
): Promise<ReadonlySet<string> | undefined> {
  const picked = await vscode.window.showQuickPick(options, { title, canPickMany: true, ignoreFocusOut: true });
  return picked === undefined ? undefined : new Set(picked.map(({ label }) => label));
}

async function askLimit(): Promise<number | undefined> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t("At most how many keys?"),
    value: "10",
    ignoreFocusOut: true,
    validateInput: (typed) =>
      /^[1-9][0-9]*$/.test(typed.trim()) ? undefined : vscode.l10n.t("Write a whole number from 1 on."),
  });
  return answer === undefined ? undefined : Number(answer);
}

/** `Raft Lab: Delete`. Argument: `key`, `prefix`, `client`. */
export function remove(services: Services, argument: unknown): Done {
  return operate(services, argument, ["key"], async (asking) => {
    const key = await keyOf(asking, vscode.l10n.t("Delete: which key?"));
    if (key === undefined) return undefined;
    const prefix = await prefixOf(asking, key);
    return prefix === undefined ? undefined : { kind: "delete", key, prefix };
  });
}

/** `Raft Lab: Compact`. Argument: `rev`, `client`. */
export function compact(services: Services, argument: unknown): Done {
  return operate(services, argument, ["rev"], async ({ session, given }) => {
    const asked = count(given, "rev");
    if (asked !== undefined) return { kind: "compact", rev: asked };
    const newest = Math.max(0, ...(await serversOf(services, session)).map(({ revision }) => revision));
    const rev = await askRevision(vscode.l10n.t("Compact: up to which revision?"), String(newest));
    return rev === undefined ? undefined : { kind: "compact", rev };
  });
}
