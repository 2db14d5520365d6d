/** The time cursor by command: one event back, a jump, and back to the newest event. */
import * as vscode from "vscode";
import type { EventView } from "../../../server/src/protocol/event-view.js";
import { type CursorMove, moveCursorRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { count, type Members, members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import { type Choice, choose } from "../inputs.js";
import type { Services } from "../services.js";
import { formatTime } from "../time.js";
import { sessionOf } from "./run.js";

type Moved = Promise<EventView | null | undefined>;

/** `Raft Lab: Step Back`: the views show one event earlier, or as many as the argument's `events` says. */
export async function stepBack(services: Services, argument: unknown): Moved {
  const session = await shownSession(services, argument);
  return move(services, session, { kind: "by", events: -Math.max(1, count(members(argument), "events") ?? 1) });
}

/** `Raft Lab: Return to Now`: the views follow the newest event again. */
export async function returnToNow(services: Services, argument: unknown): Moved {
  const session = await shownSession(services, argument);
  return move(services, session, { kind: "event", eventId: null });
}

/**
 * `Raft Lab: Jump to…`. Argument: `to` (`leader`, `commit`, `fault`, `failure`, `note`, `message`, `step`) with `direction` (`next`, or
 * `previous`), or `timeUs`, or `eventId`; without any of them the person chooses.
 */
export async function jumpTo(services: Services, argument: unknown): Moved {
  const session = await shownSession(services, argument);
  const how = givenMove(members(argument)) ?? (await chooseMove(session));
  return how && move(services, session, how);
}

/** The session that the argument names, or else the one that the views show. */
export async function shownSession(services: Services, argument: unknown): Promise<SessionInfo> {
  const named = await sessionOf(services, argument);
  await services.sessions.whenReady();
  const session = named ?? services.sessions.current ?? services.sessions.live;
  if (session === undefined) throw new ExpectedError(vscode.l10n.t("Nothing has run yet. Run a scenario first."));
  return session;
}

/** Moves the time cursor of all views of a session; the event it stands at then, `null` before the first. */
export async function move(services: Services, session: SessionInfo, how: CursorMove): Promise<EventView | null> {
  const { event } = unwrap(await services.server.request(moveCursorRequest, { sessionId: session.id, move: how }));
  if (event !== null)
    vscode.window.setStatusBarMessage(`$(history) ${formatTime(event.timeUs)}: ${event.title}`, 5_000);
  return event;
}

const TARGETS = ["leader", "commit", "fault", "failure", "note", "message", "step"] as const;
type Target = (typeof TARGETS)[number];

function givenMove(given: Members): CursorMove | undefined {
  const eventId = count(given, "eventId");
  if (eventId !== undefined) return { kind: "event", eventId };
  const timeUs = count(given, "timeUs");
  if (timeUs !== undefined) return { kind: "time", timeUs };
  const asked = text(given, "to");
  const to = TARGETS.find((target) => target === asked);
  return to && { kind: "jump", direction: text(given, "direction") === "previous" ? "previous" : "next", to };
}

async function chooseMove(session: SessionInfo): Promise<CursorMove | undefined> {
  const jumps = TARGETS.flatMap((to): Choice<CursorMove | "time" | "event">[] => [
    { label: nextLabel(to), value: { kind: "jump", direction: "next", to } },
    { label: previousLabel(to), value: { kind: "jump", direction: "previous", to } },
  ]);
  const picked = await choose<CursorMove | "time" | "event">(vscode.l10n.t("Jump to…"), [
    ...jumps,
    { label: vscode.l10n.t("A time…"), description: vscode.l10n.t("such as 412ms or 1.5s"), value: "time" },
    { label: vscode.l10n.t("An event…"), description: vscode.l10n.t("by its number"), value: "event" },
    { label: vscode.l10n.t("The newest event"), value: { kind: "event", eventId: null } },
  ]);
  if (picked === "time") return askTime(session);
  return picked === "event" ? askEvent(session) : picked;
}

async function askTime(session: SessionInfo): Promise<CursorMove | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Jump to which time? The session is at {0}.", formatTime(session.timeUs)),
    placeHolder: "412ms",
    ignoreFocusOut: true,
    validateInput: (value) =>
      readTime(value) === undefined ? vscode.l10n.t("A time such as 412ms, 1.5s or 250us") : undefined,
  });
  const timeUs = typed === undefined ? undefined : readTime(typed);
  return timeUs === undefined ? undefined : { kind: "time", timeUs };
}

async function askEvent(session: SessionInfo): Promise<CursorMove | undefined> {
  const last = session.events - 1;
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Jump to which event? There are 0 to {0}.", last),
    placeHolder: String(last),
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^\d+$/.test(value.trim()) && Number(value) <= last ? undefined : vscode.l10n.t("A number from 0 to {0}", last),
  });
  return typed === undefined ? undefined : { kind: "event", eventId: Number(typed) };
}

const UNITS: Readonly<Record<string, number>> = { us: 1, ms: 1_000, s: 1_000_000, min: 60_000_000 };

/** Microseconds of a time as the language writes it; `undefined` when it is none. A number alone is milliseconds. */
export function readTime(typed: string): number | undefined {
  const [, number, unit = "ms"] = /^(\d+(?:\.\d+)?)\s*(us|ms|s|min)?$/.exec(typed.trim()) ?? [];
  const factor = UNITS[unit];
  return number === undefined || factor === undefined ? undefined : Math.round(Number(number) * factor);
}

function nextLabel(to: Target): string {
  switch (to) {
    case "leader":
      return vscode.l10n.t("Next change of leader");
    case "commit":
      return vscode.l10n.t("Next commit");
    case "fault":
      return vscode.l10n.t("Next fault");
    case "failure":
      return vscode.l10n.t("Next failure");
    case "note":
      return vscode.l10n.t("Next note");
    case "message":
      return vscode.l10n.t("Next message");
    case "step":
      return vscode.l10n.t("Next step");
  }
}

function previousLabel(to: Target): string {
  switch (to) {
    case "leader":
      return vscode.l10n.t("Previous change of leader");
    case "commit":
      return vscode.l10n.t("Previous commit");
    case "fault":
      return vscode.l10n.t("Previous fault");
    case "failure":
      return vscode.l10n.t("Previous failure");
    case "note":
      return vscode.l10n.t("Previous note");
    case "message":
      return vscode.l10n.t("Previous message");
    case "step":
      return vscode.l10n.t("Previous step");
  }
}
