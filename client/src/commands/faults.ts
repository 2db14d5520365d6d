/** Faults on a live cluster. Each command takes its members as an argument, or asks. */
import * as vscode from "vscode";
import type { ServerView } from "../../../server/src/protocol/cluster-view.js";
import type { SessionInfo, StepOutcome } from "../../../server/src/protocol/session.js";
import { cutStep, dropNextStep, MESSAGE_TYPES, partitionStep } from "../../../server/src/protocol/steps/fault-text.js";
import { count, flag, groups, members, text } from "../arguments.js";
import { ExpectedError } from "../errors.js";
import { choose, chooseServer } from "../inputs.js";
import type { Services } from "../services.js";
import { act, liveSession } from "./live.js";

type Done = Promise<StepOutcome | undefined>;

async function inject(services: Services, session: SessionInfo, line: string): Done {
  const outcome = await act(services, session, line);
  vscode.window.setStatusBarMessage(`$(zap) ${line}`, 5_000);
  return outcome;
}

/** A fault at one server: `crash`, `restart`, `pause`, `resume`, `isolate`. Argument: `server`, a name or selector. */
export function serverFault(
  verb: string,
  options: { readonly only?: ServerView["status"]; readonly selectors?: readonly string[] },
): (services: Services, argument: unknown) => Done {
  return async (services, argument) => {
    const given = members(argument);
    const session = await liveSession(services, given);
    if (!session) return undefined;
    const title = vscode.l10n.t("{0}: which server?", verb);
    const server = text(given, "server") ?? (await chooseServer(services, session, title, options));
    return server === undefined ? undefined : inject(services, session, `${verb} ${server}`);
  };
}

/** `Raft Lab: Partition`. Argument: `groups`, lists of names. */
export async function partition(services: Services, argument: unknown): Done {
  const given = members(argument);
  const session = await liveSession(services, given);
  if (!session) return undefined;
  const sides = groups(given, "groups") ?? (await askSides(session));
  return sides ? inject(services, session, partitionStep(sides)) : undefined;
}

async function askSides(session: SessionInfo): Promise<readonly (readonly string[])[] | undefined> {
  const picked = await vscode.window.showQuickPick([...session.servers], {
    canPickMany: true,
    ignoreFocusOut: true,
    title: vscode.l10n.t("Partition: which servers are on one side?"),
    placeHolder: vscode.l10n.t("The others are on the other side"),
  });
  if (!picked) return undefined;
  const rest = session.servers.filter((server) => !picked.includes(server));
  if (picked.length === 0 || rest.length === 0) {
    throw new ExpectedError(vscode.l10n.t("A partition needs at least one server on each side."));
  }
  return [picked, rest];
}

/** `Raft Lab: Cut Link`. Argument: `from`, `to`, `both`. */
export async function cut(services: Services, argument: unknown): Done {
  const given = members(argument);
  const session = await liveSession(services, given);
  if (!session) return undefined;
  const from = text(given, "from") ?? (await chooseServer(services, session, vscode.l10n.t("Cut: from which server?")));
  if (from === undefined) return undefined;
  const to = text(given, "to") ?? (await chooseServer(services, session, vscode.l10n.t("Cut: to which server?")));
  if (to === undefined) return undefined;
  const both = flag(given, "both") ?? (text(given, "to") === undefined ? await askDirection(from, to) : false);
  return both === undefined ? undefined : inject(services, session, cutStep(from, to, both));
}

function askDirection(from: string, to: string): Promise<boolean | undefined> {
  return choose(vscode.l10n.t("Which direction?"), [
    { label: `${from} -> ${to}`, description: vscode.l10n.t("one way"), value: false },
    { label: `${from} <-> ${to}`, description: vscode.l10n.t("both ways"), value: true },
  ]);
}

/** `Raft Lab: Heal`. Argument: `what`, a server or a link; an argument without it heals everything. */
export async function heal(services: Services, argument: unknown): Done {
  const given = members(argument);
  const session = await liveSession(services, given);
  if (!session) return undefined;
  const named = text(given, "what") ?? text(given, "server");
  const what = named ?? (argument === undefined ? await askHeal(session) : "");
  if (what === undefined) return undefined;
  return inject(services, session, what === "" ? "heal" : `heal ${what}`);
}

function askHeal(session: SessionInfo): Promise<string | undefined> {
  return choose(vscode.l10n.t("Heal what?"), [
    { label: vscode.l10n.t("Everything"), value: "" },
    ...session.servers.map((server) => ({
      label: server,
      description: vscode.l10n.t("all links of it"),
      value: server,
    })),
  ]);
}

/** `Raft Lab: Drop Next Message`. Argument: `type`, `from`, `to`, `count`. */
export async function dropNext(services: Services, argument: unknown): Done {
  const given = members(argument);
  const session = await liveSession(services, given);
  if (!session) return undefined;
  const type =
    text(given, "type") ??
    (await choose(
      vscode.l10n.t("Drop the next message of which type?"),
      MESSAGE_TYPES.map((name) => ({ label: name, value: name })),
    ));
  if (type === undefined) return undefined;
  const selectors = ["leader", "all"];
  const from =
    text(given, "from") ?? (await chooseServer(services, session, vscode.l10n.t("Drop: from whom?"), { selectors }));
  if (from === undefined) return undefined;
  const to =
    text(given, "to") ?? (await chooseServer(services, session, vscode.l10n.t("Drop: to whom?"), { selectors }));
  if (to === undefined) return undefined;
  return inject(services, session, dropNextStep(type, from, to, Math.max(1, count(given, "count") ?? 1)));
}
