/** Which of several live clusters views and commands mean. */
import * as vscode from "vscode";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { members, text } from "../arguments.js";
import { ExpectedError } from "../errors.js";
import { type Choice, choose } from "../inputs.js";
import type { Services } from "../services.js";
import { isLive } from "../sessions.js";
import { formatTime } from "../time.js";
import { sessionDescription } from "../views/words.js";

/** `Raft Lab: Switch Live Cluster`. A kept one is brought back where it was. Argument: `sessionId`. */
export async function switchLive(services: Services, argument: unknown): Promise<SessionInfo | undefined> {
  await services.sessions.refresh();
  const id = text(members(argument), "sessionId") ?? (await chooseLive(services));
  return id === undefined ? undefined : services.sessions.open(id, true);
}

async function chooseLive(services: Services): Promise<string | undefined> {
  const live = services.sessions.all.filter(isLive);
  if (live.length === 0) throw new ExpectedError(vscode.l10n.t("There is no live cluster. Start one first."));
  const current = services.sessions.current?.id;
  const choices = live.map((session): Choice<string> => {
    const mark = session.id === current ? ` ${vscode.l10n.t("(now)")}` : "";
    const detail = vscode.l10n.t(
      "seed {0}, at {1}, {2} events",
      session.seed,
      formatTime(session.timeUs),
      session.events,
    );
    return { label: session.title, description: `${sessionDescription(session)}${mark}`, detail, value: session.id };
  });
  return choose(vscode.l10n.t("Go on with which live cluster?"), choices);
}
