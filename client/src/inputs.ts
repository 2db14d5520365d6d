/**
 * Questions to the person. Each resolves to `undefined` when it was dismissed. They stay when the focus goes elsewhere:
 * people look something up in a panel before they answer, and a panel may take the focus back late after the palette.
 */
import * as vscode from "vscode";
import type { ServerView } from "../../server/src/protocol/cluster-view.js";
import { clusterViewRequest } from "../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import type { Services } from "./services.js";

/** One thing to choose. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Lets the person choose one. */
export async function choose<T>(title: string, choices: readonly Choice<T>[]): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(choices, { title, matchOnDescription: true, ignoreFocusOut: true });
  return picked?.value;
}

/** Lets the person choose one of the proposals or type something else. */
export function chooseOrType(
  title: string,
  placeholder: string,
  proposals: readonly string[],
): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  const items: readonly vscode.QuickPickItem[] = proposals.map((label) => ({ label }));
  pick.items = items;
  // What was typed is meant, unless the person went to a proposal after typing: the list keeps a proposal active that
  // still matches, and Enter must not choose it.
  let typedItem: vscode.QuickPickItem | undefined;
  let settled = false;
  let moved = false;
  pick.onDidChangeValue((typed) => {
    [typedItem, settled, moved] = [undefined, false, false];
    if (typed === "") {
      pick.items = items;
      return;
    }
    typedItem = { label: typed, alwaysShow: true };
    pick.items = [typedItem, ...items.filter((item) => item.label !== typed)];
    pick.activeItems = [typedItem];
  });
  pick.onDidChangeActive(([active]) => {
    if (active === typedItem) settled = true;
    else if (settled) moved = true;
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const active = pick.activeItems[0]?.label ?? "";
      const chosen = pick.value === "" || moved ? active : pick.value;
      if (chosen === "") return;
      resolve(chosen);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** The servers of a session at its cursor; empty when the lab cannot tell. */
export async function serversOf(services: Services, session: SessionInfo): Promise<readonly ServerView[]> {
  try {
    const outcome = await services.server.request(clusterViewRequest, {
      sessionId: session.id,
      eventId: session.events > 0 ? session.events - 1 : null,
      logWindow: 1,
    });
    return outcome.ok ? outcome.view.servers : [];
  } catch (error) {
    services.errors.log("while asking for the servers", error);
    return [];
  }
}

/** Keys to propose: those that the cluster holds, then those typed lately. */
export async function knownKeys(services: Services, session: SessionInfo): Promise<readonly string[]> {
  const servers = await serversOf(services, session);
  const held = servers.flatMap((server) => server.kv.map((entry) => entry.key));
  const keys = [...new Set([...held, ...services.history.of("key")])];
  // Enter does something sensible in a cluster that is empty yet.
  return keys.length > 0 ? keys : ["color"];
}

/** What a server is, in a few words. */
export function serverDescription(server: ServerView): string {
  if (server.status === "down") return vscode.l10n.t("crashed");
  if (server.status === "paused") return vscode.l10n.t("paused");
  return vscode.l10n.t("{0}, term {1}, commit {2}", roleText(server.role), server.term, server.commitIndex);
}

/** A role in the person's language. */
export function roleText(role: ServerView["role"]): string {
  switch (role) {
    case "leader":
      return vscode.l10n.t("leader");
    case "follower":
      return vscode.l10n.t("follower");
    case "candidate":
      return vscode.l10n.t("candidate");
    case "pre-candidate":
      return vscode.l10n.t("pre-candidate");
  }
}

/** Lets the person choose a server of a session, or one of the given selectors of the language. */
export async function chooseServer(
  services: Services,
  session: SessionInfo,
  title: string,
  options: { readonly only?: ServerView["status"]; readonly selectors?: readonly string[] } = {},
): Promise<string | undefined> {
  const views = await serversOf(services, session);
  const names = views.length > 0 ? views.map((view) => view.name) : session.servers;
  const shown = names.filter((name) => {
    const view = views.find((candidate) => candidate.name === name);
    return options.only === undefined || view === undefined || view.status === options.only;
  });
  const choices: Choice<string>[] = (options.selectors ?? []).map((selector) => ({
    label: selector,
    description: selector === "leader" ? (session.leader ?? vscode.l10n.t("none now")) : "",
    value: selector,
  }));
  for (const name of shown) {
    const view = views.find((candidate) => candidate.name === name);
    choices.push({ label: name, description: view ? serverDescription(view) : "", value: name });
  }
  return choose(title, choices);
}

/** Lets the person choose a client; does not ask when there is only one. */
export async function chooseClient(session: SessionInfo, title: string): Promise<string | undefined> {
  const [first, ...others] = session.clients;
  if (others.length === 0) return first;
  return choose(
    title,
    session.clients.map((name) => ({ label: name, value: name })),
  );
}
