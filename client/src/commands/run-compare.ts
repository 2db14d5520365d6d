/** `Raft Lab: Compare …`: two runs side by side, the second one kept, or run for it otherwise than the first. */
import * as vscode from "vscode";
import type { EventView } from "../../../server/src/protocol/event-view.js";
import { compareRequest, type TraceComparison } from "../../../server/src/protocol/runs.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { count, members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import { type Choice, choose } from "../inputs.js";
import { withSlowProgress } from "../progress.js";
import type { Services } from "../services.js";
import { formatTime } from "../time.js";
import { sessionDescription, sessionTitle } from "../views/words.js";
import { askSetting } from "./ask-setting.js";
import { runOne } from "./run.js";
import { askSeed, runOf, sessionMeant } from "./runs.js";
import { sessionIdsOf } from "./selected.js";

/** Two runs that were compared, and what was found. */
export interface Compared {
  readonly left: SessionInfo;
  readonly right: SessionInfo;
  readonly comparison: TraceComparison;
}

/**
 * `Raft Lab: Compare Runs`: two selected runs, or one with another that is chosen. Argument: `sessionId`, `with`. Resolves with what was
 * found.
 */
export async function compareRuns(
  services: Services,
  argument: unknown,
  selection: unknown,
): Promise<TraceComparison | undefined> {
  const selected = sessionIdsOf(argument, selection);
  if (selected.length > 2) throw new ExpectedError(vscode.l10n.t("Select two runs: more cannot be compared at once."));
  const [firstId, secondId] = selected;
  const given = firstId === undefined ? argument : { sessionId: firstId };
  const left = await sessionMeant(services, given, vscode.l10n.t("Compare which run?"));
  if (!left) return undefined;
  const named = secondId ?? text(members(argument), "with");
  const right = named === undefined ? await chooseOther(services, left) : services.sessions.get(named);
  if (!right) return undefined;
  return (await show(services, left, right)).comparison;
}

/**
 * `Raft Lab: Compare with Another Seed`: the text and the settings of a run, whatever became of its file, with another seed. Argument:
 * `sessionId`, `seed`.
 */
export async function compareWithSeed(services: Services, argument: unknown): Promise<Compared | undefined> {
  const left = await scenarioRun(services, argument);
  if (!left) return undefined;
  const seed = count(members(argument), "seed") ?? (await askSeed(left));
  return seed === undefined ? undefined : runAndShow(services, left, { seed, textOf: left.id });
}

/** `Raft Lab: Compare with One Setting Flipped`: the text and the seed of a run. Argument: `sessionId`, `setting`. */
export async function compareWithSetting(services: Services, argument: unknown): Promise<Compared | undefined> {
  const left = await scenarioRun(services, argument);
  if (!left) return undefined;
  const setting = text(members(argument), "setting") ?? (await askSetting(services, left));
  if (setting === undefined) return undefined;
  return runAndShow(services, left, { settings: [...(left.settings ?? []), setting], textOf: left.id });
}

/** `Raft Lab: Compare with the File as It Is Now`: before and after an edit, with one seed. Argument: `sessionId`. */
export async function compareWithFile(services: Services, argument: unknown): Promise<Compared | undefined> {
  const left = await scenarioRun(services, argument);
  return left && runAndShow(services, left, {});
}

/** The run meant, which must belong to a file. */
async function scenarioRun(services: Services, argument: unknown): Promise<SessionInfo | undefined> {
  const session = await runOf(services, argument, vscode.l10n.t("Compare which run?"));
  if (session?.uri === null)
    throw new ExpectedError(vscode.l10n.t("“{0}” belongs to no file: it cannot be run again.", session.title));
  return session;
}

/** Runs the scenario of a run with what differs, and shows the two. */
async function runAndShow(
  services: Services,
  left: SessionInfo,
  otherwise: { readonly seed?: number; readonly settings?: readonly string[]; readonly textOf?: string },
): Promise<Compared> {
  const { seed = left.seed, settings = left.settings, textOf } = otherwise;
  const place = { uri: left.uri ?? "", title: left.title };
  const { session } = await runOne(services, place, seed, settings, textOf);
  return show(services, left, session);
}

/** Compares two sessions, opens the panel on them, and writes what was found to the results. */
async function show(services: Services, left: SessionInfo, right: SessionInfo): Promise<Compared> {
  const parameters = { left: left.id, right: right.id };
  const { comparison } = unwrap(
    await withSlowProgress(vscode.l10n.t("Comparing two runs"), (token) =>
      services.server.request(compareRequest, parameters, token),
    ),
  );
  tell(services, left, right, comparison);
  services.panels.openComparison(left.id, right.id);
  return { left, right, comparison };
}

/** Runs of the same scenario come first: what differs there is the seed, a setting, or the text. */
async function chooseOther(services: Services, left: SessionInfo): Promise<SessionInfo | undefined> {
  const others = services.sessions.all.filter(({ id }) => id !== left.id);
  if (others.length === 0)
    throw new ExpectedError(vscode.l10n.t("There is no other run to compare with. Run one first."));
  const same = others.filter(({ uri, title }) => uri === left.uri && title === left.title);
  const choices = [...same, ...others.filter((other) => !same.includes(other))].map(
    (session): Choice<SessionInfo> => ({
      label: sessionTitle(session),
      description: sessionDescription(session),
      value: session,
    }),
  );
  return choose(vscode.l10n.t("Compare “{0}” with which run?", left.title), choices);
}

function tell(services: Services, left: SessionInfo, right: SessionInfo, comparison: TraceComparison): void {
  if (comparison.kind === "equal") {
    const { events, hash } = comparison;
    services.results.write(vscode.l10n.t("The two runs are the same: {0} events, trace {1}.", events, hash));
    return;
  }
  services.results.write(vscode.l10n.t("The two runs are the same for {0} events, then they part.", comparison.same));
  services.results.write(`  ${nameOf(left)}: ${eventText(comparison.left)}`);
  services.results.write(`  ${nameOf(right)}: ${eventText(comparison.right)}`);
}

function nameOf(session: SessionInfo): string {
  return vscode.l10n.t("“{0}”, seed {1}", sessionTitle(session), session.seed);
}

function eventText(event: EventView | null): string {
  if (event === null) return vscode.l10n.t("has ended");
  return `[${formatTime(event.timeUs)}] ${event.title}`;
}
