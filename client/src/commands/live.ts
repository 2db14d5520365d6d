/** Live clusters: start, pace, and steps done on them. */
import * as vscode from "vscode";
import { type LiveControl, liveActRequest, liveControlRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo, StepOutcome } from "../../../server/src/protocol/session.js";
import { count, type Members, members, text } from "../arguments.js";
import { activeScenarioEditor, scenariosOf } from "../documents.js";
import { ExpectedError, unwrap } from "../errors.js";
import { type Choice, choose } from "../inputs.js";
import { startRunning } from "../live-start.js";
import { withSlowProgress } from "../progress.js";
import type { Services } from "../services.js";
import { isLive } from "../sessions.js";
import { currentSettings } from "../settings.js";

/** `Raft Lab: Start Live Cluster`: of a scenario's cluster, or three servers with the defaults. */
export async function startLive(services: Services, argument: unknown): Promise<SessionInfo | undefined> {
  const given = members(argument);
  const origin = argument === undefined ? await chooseOrigin(services) : originOf(given);
  if (!origin) return undefined;
  const seed = count(given, "seed");
  const parameters = { ...origin, ...(seed === undefined ? {} : { seed }) };
  const { session } = unwrap(await startRunning(services.server, parameters));
  services.sessions.select(session);
  if (currentSettings().openPanelOnRun) services.panels.open("cluster", false);
  services.results.write(vscode.l10n.t("Live cluster “{0}” started, seed {1}", session.title, session.seed));
  return session;
}

interface Origin {
  readonly uri?: string;
  readonly scenario?: string;
}

function originOf(given: Members): Origin {
  const uri = text(given, "uri");
  const scenario = text(given, "scenario");
  return { ...(uri === undefined ? {} : { uri }), ...(scenario === undefined ? {} : { scenario }) };
}

async function chooseOrigin(services: Services): Promise<Origin | undefined> {
  const editor = activeScenarioEditor();
  if (!editor) return {};
  const uri = editor.document.uri.toString();
  const scenarios = await scenariosOf(services, uri);
  if (scenarios.length === 0) return {};
  const choices: Choice<Origin>[] = scenarios.map((scenario) => ({
    label: scenario.title,
    description: vscode.l10n.t("its cluster, without its steps"),
    value: { uri, scenario: scenario.title },
  }));
  choices.push({ label: vscode.l10n.t("Three servers"), description: vscode.l10n.t("with the defaults"), value: {} });
  return choose(vscode.l10n.t("Start a live cluster of…"), choices);
}

/** The live cluster that a command acts on. Without one the person is offered to start one. */
export async function liveSession(services: Services, given: Members): Promise<SessionInfo | undefined> {
  await services.sessions.whenReady();
  const id = text(given, "sessionId");
  const named = id === undefined ? undefined : services.sessions.get(id);
  if (named && isLive(named)) return named;
  if (named) throw new ExpectedError(vscode.l10n.t("“{0}” is not live. Start a live cluster first.", named.title));
  const live = services.sessions.live;
  if (live) return live;
  const start = vscode.l10n.t("Start Live Cluster");
  void vscode.window.showWarningMessage(vscode.l10n.t("No live cluster is running."), start).then(
    async (choice) => {
      if (choice === start) await vscode.commands.executeCommand("raftlab.startLive");
    },
    (error: unknown) => services.errors.show("while starting a live cluster", error),
  );
  return undefined;
}

/** Starts, pauses, steps, paces or stops the live cluster meant. */
export async function control(
  services: Services,
  argument: unknown,
  how: LiveControl,
): Promise<SessionInfo | undefined> {
  const session = await liveSession(services, members(argument));
  if (!session) return undefined;
  const parameters = { sessionId: session.id, control: how };
  const { session: changed } = unwrap(await services.server.request(liveControlRequest, parameters));
  if (services.sessions.current?.id === changed.id) services.sessions.select(changed);
  return changed;
}

/** `Raft Lab: Step Live Cluster`: one event, or as many as the argument says. */
export function step(services: Services, argument: unknown): Promise<SessionInfo | undefined> {
  return control(services, argument, { kind: "step", events: Math.max(1, count(members(argument), "events") ?? 1) });
}

const PACES: readonly (number | null)[] = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 10, null];

/** `Raft Lab: Set Pace`. */
export async function setPace(services: Services, argument: unknown): Promise<SessionInfo | undefined> {
  const given = members(argument);
  const session = await liveSession(services, given);
  if (!session) return undefined;
  const asked = given["pace"];
  const valid = asked === null || (typeof asked === "number" && Number.isFinite(asked) && asked > 0);
  const pace = valid ? asked : await choosePace(session);
  return pace === undefined ? undefined : control(services, { sessionId: session.id }, { kind: "pace", pace });
}

function choosePace(session: SessionInfo): Promise<number | null | undefined> {
  const choices = PACES.map((pace): Choice<number | null> => {
    const current = session.pace === pace ? ` ${vscode.l10n.t("(now)")}` : "";
    return { label: paceLabel(pace), description: `${paceMeaning(pace)}${current}`, value: pace };
  });
  return choose(vscode.l10n.t("How fast?"), choices);
}

function paceLabel(pace: number | null): string {
  if (pace === null) return vscode.l10n.t("Unlimited");
  return pace < 1 && pace > 0 ? `1/${Math.round(1 / pace)}x` : `${pace}x`;
}

function paceMeaning(pace: number | null): string {
  if (pace === null) return vscode.l10n.t("as fast as the machine can");
  if (pace === 1) return vscode.l10n.t("real time");
  return vscode.l10n.t("100 ms of the cluster take {0} s", String(Number((0.1 / pace).toPrecision(3))));
}

/** Does one step on a live cluster and tells its result. */
export async function act(services: Services, session: SessionInfo, stepText: string): Promise<StepOutcome> {
  const parameters = { sessionId: session.id, step: stepText };
  const { outcome } = unwrap(
    await withSlowProgress(vscode.l10n.t("{0}: waiting for its result", stepText), (token) =>
      services.server.request(liveActRequest, parameters, token),
    ),
  );
  services.results.write(`${stepText} => ${outcome.result}`, outcome.timeUs);
  if (!outcome.ok) throw new ExpectedError(`${stepText}: ${outcome.result}`);
  return outcome;
}
