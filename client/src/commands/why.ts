/** `Raft Lab: Show Why` and `Ask Why…`: the causes of an event, or the answer to a question about a moment, to read and to follow. */
import * as vscode from "vscode";
import { moveCursorRequest, whyQuestionsRequest, whyRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import type { WhyLink, WhyQuestion, WhyView } from "../../../server/src/protocol/why.js";
import { count, members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import type { Services } from "../services.js";
import { formatTime } from "../time.js";

/** Shows why the given event, or the one at the cursor, happened. Resolves with the answer before a link is chosen. */
export async function showWhy(services: Services, argument: unknown): Promise<WhyView> {
  const { session, eventId } = await momentOf(services, argument);
  return show(services, session, { title: "", eventId, about: null });
}

/** Offers what can be asked about the moment, and shows the answer. Resolves with it, or with `undefined` when nothing was chosen. */
export async function askWhy(services: Services, argument: unknown): Promise<WhyView | undefined> {
  const { session, eventId } = await momentOf(services, argument);
  const { questions } = unwrap(await services.server.request(whyQuestionsRequest, { sessionId: session.id, eventId }));
  const wanted = text(members(argument), "title");
  const question =
    wanted === undefined ? await choose(questions, eventId) : questions.find(({ title }) => title === wanted);
  if (question === undefined && wanted !== undefined) {
    throw new ExpectedError(vscode.l10n.t("This cannot be asked here: {0}", wanted));
  }
  return question === undefined ? undefined : show(services, session, question);
}

/** The session and the event that an argument names; the current session, and its cursor. */
async function momentOf(
  services: Services,
  argument: unknown,
): Promise<{ readonly session: SessionInfo; readonly eventId: number }> {
  const given = members(argument);
  await services.sessions.whenReady();
  const id = text(given, "sessionId");
  const session = id === undefined ? services.sessions.current : (services.sessions.get(id) ?? undefined);
  if (!session) throw new ExpectedError(vscode.l10n.t("Nothing has run yet. Run a scenario first."));
  const eventId = count(given, "eventId") ?? session.cursor ?? session.events - 1;
  if (eventId < 0) throw new ExpectedError(vscode.l10n.t("The cursor stands before the first event."));
  return { session, eventId };
}

async function choose(questions: readonly WhyQuestion[], eventId: number): Promise<WhyQuestion | undefined> {
  const happened: WhyQuestion = {
    title: vscode.l10n.t("Why did the event at the cursor happen?"),
    eventId,
    about: null,
  };
  const items = [...questions, happened].map((question) => ({ label: question.title, question }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Ask Why"),
    placeHolder: vscode.l10n.t("What do you want to know about this moment?"),
  });
  return chosen?.question;
}

async function show(services: Services, session: SessionInfo, { eventId, about }: WhyQuestion): Promise<WhyView> {
  const { why } = unwrap(
    await services.server.request(whyRequest, { sessionId: session.id, eventId, ...(about === null ? {} : { about }) }),
  );
  services.results.write(about === null ? vscode.l10n.t("Why event {0}:", eventId) : why.question);
  if (about !== null) services.results.write(`  ${cited(why.headline, why.sections)}`);
  for (const link of why.links) {
    const reason = link.because === null ? "" : `: ${cited(link.because, link.sections)}`;
    services.results.write(`  ${link.text}${reason}`, link.timeUs);
  }
  offer(services, session, why, about !== null);
  return why;
}

function offer(services: Services, session: SessionInfo, why: WhyView, asked: boolean): void {
  const items = why.links.map((link) => ({
    label: link.text,
    description: formatTime(link.timeUs),
    ...detailOf(link),
    eventId: link.id,
  }));
  const placeHolder = asked
    ? cited(why.headline, why.sections)
    : vscode.l10n.t("Each line is the cause of the one above. Choose one to go there.");
  const title = asked ? why.question : vscode.l10n.t("Why?");
  void vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true }).then(
    async (chosen) => {
      if (!chosen) return;
      const move = { kind: "event", eventId: chosen.eventId } as const;
      unwrap(await services.server.request(moveCursorRequest, { sessionId: session.id, move }));
      services.panels.open("cluster", false);
    },
    (error: unknown) => services.errors.show("while going to a cause", error),
  );
}

function detailOf({ relation, because, sections, title }: WhyLink): { readonly detail?: string } {
  if (relation === "fact") return { detail: title };
  return because === null ? {} : { detail: cited(because, sections) };
}

function cited(sentence: string, sections: readonly string[]): string {
  return sections.length === 0 ? sentence : `${sentence} (${sections.join(", ")})`;
}
