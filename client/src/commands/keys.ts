/** From keys and watches to the events behind them, and to the clipboard. */
import * as vscode from "vscode";
import type { KeyRevisionView } from "../../../server/src/protocol/kv-views.js";
import { keyHistoryRequest, keysRequest, moveCursorRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { count, type Members, members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import { choose } from "../inputs.js";
import { askKey } from "../kv-inputs.js";
import type { Services } from "../services.js";
import { formatTime } from "../time.js";

/** The session that the argument names, opened if need be, or the current one. */
async function sessionMeant(services: Services, given: Members): Promise<SessionInfo> {
  await services.sessions.whenReady();
  const id = text(given, "sessionId") ?? services.sessions.current?.id;
  if (id === undefined) throw new ExpectedError(vscode.l10n.t("Nothing has run yet. Run a scenario first."));
  const current = services.sessions.current;
  return current?.id === id ? current : services.sessions.open(id, true);
}

async function goTo(services: Services, session: SessionInfo, eventId: number): Promise<number> {
  const move = { kind: "event", eventId } as const;
  unwrap(await services.server.request(moveCursorRequest, { sessionId: session.id, move }));
  services.panels.open("cluster", false);
  return eventId;
}

/** `Raft Lab: Go to the Event`: moves the cursor. Argument: `eventId`, `sessionId`. */
export async function goToEvent(services: Services, argument: unknown): Promise<number | undefined> {
  const given = members(argument);
  const eventId = count(given, "eventId");
  return eventId === undefined ? undefined : goTo(services, await sessionMeant(services, given), eventId);
}

/** `Raft Lab: Go to the Event That Wrote a Key`. Argument: `key`, `revision`, `sessionId`; what is missing is asked. */
export async function goToWriter(services: Services, argument: unknown): Promise<number | undefined> {
  const given = members(argument);
  const session = await sessionMeant(services, given);
  const key = text(given, "key") ?? (await askKey(services, session, vscode.l10n.t("Which key's writer?")));
  if (!key) return undefined;
  const asked = count(given, "revision");
  const revision = asked ?? (await chooseRevision(services, session, key));
  if (revision === undefined) return undefined;
  // The newest state knows all revisions of the run but those compacted since; the cursor's may not have come that far.
  const parameters = { sessionId: session.id, key, before: revision + 1, limit: 1 };
  const newest = session.events > 0 ? session.events - 1 : null;
  for (const eventId of [null, newest]) {
    const { view } = unwrap(await services.server.request(keyHistoryRequest, { ...parameters, eventId }));
    const found = view.revisions.find((candidate) => candidate.revision === revision);
    if (found !== undefined && found.eventId !== null) return goTo(services, session, found.eventId);
  }
  throw new ExpectedError(vscode.l10n.t("Nothing recorded wrote revision {0} of {1}.", revision, key));
}

async function chooseRevision(services: Services, session: SessionInfo, key: string): Promise<number | undefined> {
  const parameters = { sessionId: session.id, eventId: null, key, limit: 100 };
  const { view } = unwrap(await services.server.request(keyHistoryRequest, parameters));
  if (view.revisions.length === 0) {
    throw new ExpectedError(vscode.l10n.t("Nothing is kept of {0} at the cursor: it was not written yet.", key));
  }
  return choose(
    vscode.l10n.t("Which revision of {0}?", key),
    view.revisions.map((revision) => ({
      label: `rev ${revision.revision}`,
      description: describe(revision),
      value: revision.revision,
    })),
  );
}

function describe({ type, value, timeUs }: KeyRevisionView): string {
  const what = type === "delete" ? vscode.l10n.t("deleted") : JSON.stringify(value.slice(0, 80));
  return timeUs === null ? what : `${what} · ${formatTime(timeUs)}`;
}

/** `Raft Lab: Copy`: a watch, a change as text; a key's value. Argument: `copy`, or `key` and perhaps `revision`. */
export async function copy(services: Services, argument: unknown): Promise<string | undefined> {
  const given = members(argument);
  const ready = text(given, "copy") ?? (given["prefix"] === true ? text(given, "key") : undefined);
  const copied = ready ?? (await storedValue(services, given));
  if (copied !== undefined) await vscode.env.clipboard.writeText(copied);
  return copied;
}

async function storedValue(services: Services, given: Members): Promise<string | undefined> {
  const key = text(given, "key");
  if (key === undefined) return undefined;
  const session = await sessionMeant(services, given);
  const revision = count(given, "revision");
  const before = revision === undefined ? {} : { before: revision + 1 };
  const parameters = { sessionId: session.id, eventId: null, key, limit: 1, ...before };
  const { view } = unwrap(await services.server.request(keyHistoryRequest, parameters));
  return view.revisions[0]?.value;
}

/** `Raft Lab: Put` on a key of the Keys view: its value is where the person begins. */
export async function edited(services: Services, argument: unknown): Promise<unknown> {
  const given = members(argument);
  const key = text(given, "key");
  if (key === undefined || text(given, "value") !== undefined || given["kind"] !== "key") return argument;
  const session = await sessionMeant(services, given);
  const { view } = unwrap(
    await services.server.request(keysRequest, { sessionId: session.id, eventId: null, prefix: key, limit: 1 }),
  );
  const [child] = view.children;
  if (child?.kind !== "key" || child.key !== key || child.moreCharacters > 0) return argument;
  return { sessionId: session.id, key, initial: child.value };
}
