/** Any step of the language on a live cluster, typed by hand. */
import * as vscode from "vscode";
import { liveCheckRequest, type StepKindView, stepKindsRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo, StepOutcome } from "../../../server/src/protocol/session.js";
import { members, text } from "../arguments.js";
import { type Choice, choose } from "../inputs.js";
import type { Services } from "../services.js";
import { act, liveSession } from "./live.js";

/**
 * `Raft Lab: Do Step…`: one of the language's kinds of steps, or anything, in an input box that says what is wrong as it is typed.
 * Argument: `step`; with `kind` instead, the name of a kind, its example is there to be edited.
 */
export async function doStep(services: Services, argument: unknown): Promise<StepOutcome | undefined> {
  const given = members(argument);
  const session = await liveSession(services, given);
  if (!session) return undefined;
  const step = text(given, "step") ?? (await typeStep(services, session, text(given, "kind")));
  if (step === undefined || step.trim() === "") return undefined;
  const outcome = await act(services, session, step);
  vscode.window.setStatusBarMessage(`$(zap) ${step} => ${outcome.result}`, 5_000);
  return outcome;
}

async function typeStep(
  services: Services,
  session: SessionInfo,
  name: string | undefined,
): Promise<string | undefined> {
  const { kinds } = await services.server.request(stepKindsRequest, {});
  const named = kinds.find((kind) => kind.name === name);
  const kind = named ?? (await chooseKind(kinds));
  return kind === undefined ? undefined : askStep(services, session, kind === "any" ? undefined : kind);
}

async function chooseKind(kinds: readonly StepKindView[]): Promise<StepKindView | "any" | undefined> {
  const any: Choice<StepKindView | "any"> = {
    label: vscode.l10n.t("Type a step…"),
    description: vscode.l10n.t("anything that the language has"),
    value: "any",
  };
  const choices = kinds.map((kind): Choice<StepKindView | "any"> => {
    return { label: kind.name, description: kind.syntax, detail: kind.group, value: kind };
  });
  return choose(vscode.l10n.t("Do which kind of step?"), [any, ...choices]);
}

/** Asks for a step's text; what the language says against it stands below while it is typed. */
export async function askStep(
  services: Services,
  session: SessionInfo,
  kind: StepKindView | undefined,
): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("A step for {0}", session.title),
    prompt: kind?.syntax ?? vscode.l10n.t("A step of the scenario language, such as crash leader"),
    value: kind?.example ?? "",
    placeHolder: "crash leader",
    ignoreFocusOut: true,
    validateInput: (step) => problemWith(services, session, step),
  });
}

/** What is wrong with a step, in the language's own words; `undefined` when nothing is. */
export async function problemWith(services: Services, session: SessionInfo, step: string): Promise<string | undefined> {
  if (step.trim() === "") return undefined;
  const checked = await services.server.request(liveCheckRequest, { sessionId: session.id, step });
  return checked.ok ? checked.problems[0] : checked.message;
}
