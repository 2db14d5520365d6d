/** `Raft Lab: Compare Runs`: whether two runs are the same, and where they part if not. */
import * as vscode from "vscode";
import { moveCursorRequest } from "../../../server/src/protocol/requests.js";
import { compareRequest, type TraceComparison } from "../../../server/src/protocol/runs.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import type { EventView } from "../../../server/src/protocol/views.js";
import { members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import { type Choice, choose } from "../inputs.js";
import { withSlowProgress } from "../progress.js";
import type { Services } from "../services.js";
import { formatTime } from "../time.js";
import { sessionDescription } from "../views/words.js";
import { sessionMeant } from "./runs.js";
import { sessionIdsOf } from "./selected.js";

/** Compares two selected runs, or one with another that is chosen. Argument: `sessionId`, `with`. Resolves with what was found. */
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
  const parameters = { left: left.id, right: right.id };
  const { comparison } = unwrap(
    await withSlowProgress(vscode.l10n.t("Comparing two runs"), (token) =>
      services.server.request(compareRequest, parameters, token),
    ),
  );
  tell(services, left, right, comparison);
  return comparison;
}

/** Runs of the same scenario come first: what differs there is the seed, or the text. */
async function chooseOther(services: Services, left: SessionInfo): Promise<SessionInfo | undefined> {
  const others = services.sessions.all.filter(({ id }) => id !== left.id);
  if (others.length === 0)
    throw new ExpectedError(vscode.l10n.t("There is no other run to compare with. Run one first."));
  const same = others.filter(({ uri, title }) => uri === left.uri && title === left.title);
  const choices = [...same, ...others.filter((other) => !same.includes(other))].map(
    (session): Choice<SessionInfo> => ({
      label: session.title,
      description: sessionDescription(session),
      value: session,
    }),
  );
  return choose(vscode.l10n.t("Compare “{0}” with which run?", left.title), choices);
}

function tell(services: Services, left: SessionInfo, right: SessionInfo, comparison: TraceComparison): void {
  if (comparison.kind === "equal") {
    const { events, hash } = comparison;
    const message = vscode.l10n.t("The two runs are the same: {0} events, trace {1}.", events, hash);
    services.results.write(message);
    void vscode.window.showInformationMessage(message);
    return;
  }
  const message = vscode.l10n.t("The two runs are the same for {0} events, then they part.", comparison.same);
  services.results.write(message);
  services.results.write(`  ${nameOf(left)}: ${eventText(comparison.left)}`);
  services.results.write(`  ${nameOf(right)}: ${eventText(comparison.right)}`);
  const [toLeft, toRight] = [goThere(left), goThere(right)];
  const detail = `${eventText(comparison.left)} | ${eventText(comparison.right)}`;
  void vscode.window
    .showInformationMessage(`${message} ${detail}`, toLeft, ...(toRight === toLeft ? [] : [toRight]))
    .then(
      async (choice) => {
        if (choice === undefined) return;
        await goToBoth(services, left, right, comparison, choice === toLeft ? left : right);
      },
      (error: unknown) => services.errors.show("while going to where two runs part", error),
    );
}

/** Both cursors go to the event; the panels show the session that was chosen, and the other one when it is opened. */
async function goToBoth(
  services: Services,
  left: SessionInfo,
  right: SessionInfo,
  events: TraceComparison & { readonly kind: "different" },
  shown: SessionInfo,
): Promise<void> {
  for (const [session, event] of [
    [left, events.left],
    [right, events.right],
  ] as const) {
    // A trace that has ended before is shown at its end.
    const move = { kind: "event", eventId: event?.id ?? null } as const;
    unwrap(await services.server.request(moveCursorRequest, { sessionId: session.id, move }));
  }
  await services.sessions.open(shown.id, true);
  services.panels.open("cluster", false);
}

function goThere(session: SessionInfo): string {
  return vscode.l10n.t("Go There in {0}", nameOf(session));
}

function nameOf({ title, seed }: SessionInfo): string {
  return vscode.l10n.t("“{0}”, seed {1}", title, seed);
}

function eventText(event: EventView | null): string {
  if (event === null) return vscode.l10n.t("has ended");
  return `[${formatTime(event.timeUs)}] ${event.title}`;
}
