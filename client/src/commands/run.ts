/** Running scenarios. */
import * as vscode from "vscode";
import { runRequest } from "../../../server/src/protocol/requests.js";
import type { RunResult, SessionInfo } from "../../../server/src/protocol/session.js";
import { count, members, text, texts } from "../arguments.js";
import { findDocument, findScenario, type ScenarioPlace, scenariosOf } from "../documents.js";
import { unwrap } from "../errors.js";
import { progressToken, withSlowProgress } from "../progress.js";
import type { Services } from "../services.js";
import { currentSettings } from "../settings.js";
import { formatTime } from "../time.js";
import { setContext } from "../views/context.js";
import { showWhy } from "./why.js";

/** A run that has ended. */
export interface Ran {
  readonly session: SessionInfo;
  readonly result: RunResult;
}

/** `Raft Lab: Run Scenario`: the lens's, the caret's or a chosen one. */
export async function runScenario(services: Services, argument: unknown): Promise<Ran | undefined> {
  const given = members(argument);
  const place = await findScenario(services, given);
  if (!place) return undefined;
  const ran = await runOne(services, place, count(given, "seed"), texts(given, "settings"));
  services.sessions.select(ran.session);
  if (currentSettings().openPanelOnRun) services.panels.open("cluster", false);
  announce(services, ran);
  return ran;
}

/** `Raft Lab: Run All Scenarios` of a document. */
export async function runAll(services: Services, argument: unknown): Promise<readonly Ran[] | undefined> {
  const uri = await findDocument(members(argument));
  if (uri === undefined) return undefined;
  const scenarios = await scenariosOf(services, uri);
  const done = await withSlowProgress(vscode.l10n.t("Running all scenarios"), async (token, report) => {
    const ran: Ran[] = [];
    for (const scenario of scenarios.filter((candidate) => candidate.runnable)) {
      if (token.isCancellationRequested) break;
      report(scenario.title);
      ran.push(await request(services, { uri, title: scenario.title }, undefined, token, () => undefined));
    }
    return ran;
  });
  for (const ran of done) services.results.write(resultLine(ran.result));
  const last = done.at(-1);
  if (last) services.sessions.select(last.session);
  const failed = done.filter((ran) => ran.result.verdict === "fail");
  const skipped = scenarios.length - done.length;
  const summary = vscode.l10n.t(
    "{0} passed, {1} failed, {2} unproven, {3} not run",
    done.filter((ran) => ran.result.verdict === "pass").length,
    failed.length,
    done.filter((ran) => ran.result.verdict === "unproven").length,
    skipped,
  );
  const firstFailed = failed[0];
  if (firstFailed) announceFailure(services, firstFailed, summary);
  else void vscode.window.showInformationMessage(summary);
  return done;
}

/**
 * Runs one scenario, with progress and cancellation when it takes long. `settings`: otherwise than its text has them, each a line of a
 * `cluster` block. `textOf`: a session whose text is run, rather than the document's.
 */
export function runOne(
  services: Services,
  place: ScenarioPlace,
  seed?: number,
  settings?: readonly string[],
  textOf?: string,
): Promise<Ran> {
  return withSlowProgress(vscode.l10n.t("Running “{0}”", place.title), (token, report) =>
    request(services, place, seed, token, report, settings, textOf),
  );
}

async function request(
  services: Services,
  place: ScenarioPlace,
  seed: number | undefined,
  token: vscode.CancellationToken,
  report: (message: string) => void,
  settings: readonly string[] = [],
  textOf?: string,
): Promise<Ran> {
  await services.server.start();
  const progress = progressToken(services.server, report);
  try {
    const parameters = {
      uri: place.uri,
      scenario: place.title,
      workDoneToken: progress.token,
      ...(seed === undefined ? {} : { seed }),
      ...(settings.length === 0 ? {} : { settings }),
      ...(textOf === undefined ? {} : { textOf }),
    };
    const { session, result } = unwrap(await services.server.request(runRequest, parameters, token));
    return { session, result };
  } finally {
    progress.dispose();
  }
}

/** `pass  a title  seed 7, 2.04 s, 1234 events, 0123456789abcdef` */
export function resultLine(result: RunResult): string {
  const time = formatTime(result.virtualTimeUs);
  return `${result.verdict}  ${result.scenario}  seed ${result.seed}, ${time}, ${result.events} events, ${result.traceHash}`;
}

function announce(services: Services, ran: Ran): void {
  const { result } = ran;
  // The walkthrough goes by it: a person has seen a promise of Raft's broken.
  if (result.violations.length > 0) setContext("raftlab.violationSeen", true);
  services.results.write(resultLine(result));
  for (const step of result.steps.filter((candidate) => !candidate.ok)) {
    services.results.write(`  line ${step.line}: ${step.result}`, step.timeUs);
  }
  for (const violation of result.violations.filter((candidate) => !candidate.expected)) {
    services.results.write(`  ${violation.property}: ${violation.message}`, violation.timeUs);
  }
  if (result.verdict === "fail") {
    announceFailure(services, ran, vscode.l10n.t("“{0}” failed: {1}", result.scenario, failureText(result)));
    return;
  }
  const verdict = result.verdict === "pass" ? vscode.l10n.t("passed") : vscode.l10n.t("unproven");
  vscode.window.setStatusBarMessage(`$(pass) ${vscode.l10n.t("“{0}” {1}", result.scenario, verdict)}`, 6_000);
}

function failureText(result: RunResult): string {
  const violation = result.violations.find((candidate) => !candidate.expected);
  const step = result.steps.find((candidate) => !candidate.ok);
  if (step) return vscode.l10n.t("line {0}: {1}", step.line, step.result);
  return violation ? `${violation.property}: ${violation.message}` : vscode.l10n.t("see the results");
}

function announceFailure(services: Services, ran: Ran, message: string): void {
  const why = vscode.l10n.t("Show Why");
  const results = vscode.l10n.t("Show Results");
  const history = vscode.l10n.t("Open Client History");
  const more = aboutClients(ran.result) ? [history] : [];
  void vscode.window.showWarningMessage(message, why, results, ...more).then(
    async (choice) => {
      if (choice === history) await openHistory(services, ran.session.id);
      if (choice === results) services.results.show();
      if (choice === why) await showWhy(services, { sessionId: ran.session.id, ...failingEvent(ran.result) });
    },
    (error: unknown) => services.errors.log("while offering the reason of a failure", error),
  );
}

/** The properties that speak of what clients saw. */
const OF_CLIENTS: readonly string[] = ["linearizability", "serializable-reads", "watch"];

function aboutClients({ violations }: RunResult): boolean {
  return violations.some(({ property, expected }) => !expected && OF_CLIENTS.includes(property));
}

async function openHistory(services: Services, sessionId: string): Promise<void> {
  await services.sessions.open(sessionId, true);
  services.panels.open("history", true);
}

function failingEvent(result: RunResult): { readonly eventId?: number } {
  const failing =
    result.steps.find((candidate) => !candidate.ok) ?? result.violations.find((candidate) => !candidate.expected);
  return failing ? { eventId: failing.eventId } : {};
}

/**
 * The session of a lens or menu argument, opened when it is only kept; `undefined` when none is named. A lens names
 * the scenario instead when its last run is not of the present text: it is run then.
 */
export async function sessionOf(services: Services, argument: unknown): Promise<SessionInfo | undefined> {
  const given = members(argument);
  const id = text(given, "sessionId");
  if (id !== undefined) return services.sessions.open(id, true);
  const uri = text(given, "uri");
  const scenario = text(given, "scenario");
  if (uri === undefined || scenario === undefined) return undefined;
  const ran = await runOne(services, { uri, title: scenario });
  services.sessions.select(ran.session);
  return ran.session;
}
