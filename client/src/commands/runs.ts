/** What can be done with kept runs: run again, name for others, delete. */
import * as vscode from "vscode";
import { deleteSessionRequest, openSessionRequest } from "../../../server/src/protocol/requests.js";
import type { SessionId, SessionInfo } from "../../../server/src/protocol/session.js";
import { count, flag, members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import { withSlowProgress } from "../progress.js";
import type { Services } from "../services.js";
import { isLive } from "../sessions.js";
import { type Ran, runScenario } from "./run.js";
import { sessionIdsOf } from "./selected.js";
import { chooseSession } from "./sessions.js";

/** Random seeds stay short enough to be told to somebody. */
const SEEDS = 1_000_000;

/** `Raft Lab: Rerun`: the scenario as it stands now, with the run's seed. Argument: `sessionId`. */
export async function rerun(services: Services, argument: unknown): Promise<Ran | undefined> {
  const session = await runOf(services, argument, vscode.l10n.t("Run which again?"));
  return session && runAgain(services, session, session.seed);
}

/** `Raft Lab: Rerun with Another Seed`: a random one unless the person types one. Argument: `sessionId`, `seed`. */
export async function rerunWithSeed(services: Services, argument: unknown): Promise<Ran | undefined> {
  const session = await runOf(services, argument, vscode.l10n.t("Run which again?"));
  if (!session) return undefined;
  const seed = count(members(argument), "seed") ?? (await askSeed(session));
  return seed === undefined ? undefined : runAgain(services, session, seed);
}

function runAgain(services: Services, { uri, title, settings }: SessionInfo, seed: number): Promise<Ran | undefined> {
  if (uri === null) throw new ExpectedError(vscode.l10n.t("“{0}” belongs to no file: it cannot be run again.", title));
  return runScenario(services, { uri, scenario: title, seed, settings });
}

/** Another seed for a run: a random one unless the person types one. */
export async function askSeed(session: SessionInfo): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Rerun “{0}” with which seed?", session.title),
    prompt: vscode.l10n.t("It ran with seed {0}. Enter takes a random one.", session.seed),
    value: String(1 + Math.floor(Math.random() * SEEDS)),
    ignoreFocusOut: true,
    validateInput: (value) =>
      seedOf(value) === undefined ? vscode.l10n.t("A seed is a whole number from 0 on.") : null,
  });
  return typed === undefined ? undefined : seedOf(typed);
}

function seedOf(typed: string): number | undefined {
  const seed = /^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  return Number.isSafeInteger(seed) ? seed : undefined;
}

/** `Raft Lab: Copy Reproduce Line`: the shell line that gives the run again. Argument: `sessionId`. Resolves with the line. */
export async function copyReproduceLine(services: Services, argument: unknown): Promise<string | undefined> {
  const session = await runOf(services, argument, vscode.l10n.t("Reproduce which run?"));
  if (!session) return undefined;
  const { result } = await resultOf(services, session);
  await vscode.env.clipboard.writeText(result.reproduce);
  vscode.window.setStatusBarMessage(`$(copy) ${result.reproduce}`, 6_000);
  return result.reproduce;
}

/** The result of a finished run, which is run anew where it is only kept. */
export async function resultOf(services: Services, session: SessionInfo): Promise<Ran> {
  const opened = unwrap(
    await withSlowProgress(vscode.l10n.t("Opening “{0}”", session.title), (token) =>
      services.server.request(openSessionRequest, { sessionId: session.id }, token),
    ),
  );
  const { result } = opened;
  if (result === null)
    throw new ExpectedError(vscode.l10n.t("“{0}” has no result: it did not run to its end.", session.title));
  return { session: opened.session, result };
}

/** The run meant by an argument, the current one, or a choice. */
export async function runOf(services: Services, argument: unknown, title: string): Promise<SessionInfo | undefined> {
  const session = await sessionMeant(services, argument, title);
  if (session?.kind !== "live") return session;
  throw new ExpectedError(vscode.l10n.t("“{0}” is a live cluster. This is for runs of scenarios.", session.title));
}

/** The session meant by an argument, or by a choice. */
export async function sessionMeant(
  services: Services,
  argument: unknown,
  title: string,
): Promise<SessionInfo | undefined> {
  const id = text(members(argument), "sessionId") ?? (await chooseSession(services, title));
  if (id === undefined) return undefined;
  const session = services.sessions.get(id);
  if (!session) throw new ExpectedError(vscode.l10n.t("This run is not kept any more."));
  return session;
}

/**
 * `Raft Lab: Delete Run`: the one, all selected, or a chosen one. Argument: `sessionId`, or `selected` for the rows that are selected in
 * the view; `confirmed` does not ask. Resolves with how many were deleted.
 */
export async function deleteRuns(services: Services, argument: unknown, selection: unknown): Promise<number> {
  const ofView = flag(members(argument), "selected") === true;
  const given = ofView ? services.runs.selected : sessionIdsOf(argument, selection);
  if (ofView && given.length === 0) return 0;
  const chosen = given.length > 0 ? given : [await chooseSession(services, vscode.l10n.t("Delete which run?"))];
  const ids = chosen.filter((id) => id !== undefined);
  if (ids.length > 1 && !(await confirmed(argument, vscode.l10n.t("Delete {0} runs?", ids.length)))) return 0;
  return deleteEach(services, ids);
}

/** `Raft Lab: Delete All Runs`: all but clusters that live. Argument: `confirmed` does not ask. Resolves with how many were deleted. */
export async function deleteAllRuns(services: Services, argument: unknown): Promise<number> {
  await services.sessions.refresh();
  const ids = services.sessions.all.filter((session) => !isLive(session)).map(({ id }) => id);
  if (ids.length === 0) throw new ExpectedError(vscode.l10n.t("There are no runs to delete."));
  if (!(await confirmed(argument, vscode.l10n.t("Delete all {0} runs? Live clusters stay.", ids.length)))) return 0;
  return deleteEach(services, ids);
}

async function confirmed(argument: unknown, question: string): Promise<boolean> {
  if (flag(members(argument), "confirmed") === true) return true;
  const yes = vscode.l10n.t("Delete");
  const detail = vscode.l10n.t("They are gone for good. A run can be had again from its file and seed.");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

async function deleteEach(services: Services, ids: readonly SessionId[]): Promise<number> {
  return withSlowProgress(vscode.l10n.t("Deleting runs"), async (token) => {
    let deleted = 0;
    for (const sessionId of ids) {
      if (token.isCancellationRequested) break;
      unwrap(await services.server.request(deleteSessionRequest, { sessionId }));
      deleted += 1;
    }
    return deleted;
  });
}
