/** Bookmarks by command: moments of the shown session that a person wants to find again. */
import * as vscode from "vscode";
import { type Bookmark, nextBookmark } from "../../../server/src/protocol/bookmarks.js";
import type { EventView } from "../../../server/src/protocol/event-view.js";
import { clusterViewRequest } from "../../../server/src/protocol/requests.js";
import type { EventId, SessionInfo } from "../../../server/src/protocol/session.js";
import { count, members, text } from "../arguments.js";
import { ExpectedError, unwrap } from "../errors.js";
import { choose } from "../inputs.js";
import type { Services } from "../services.js";
import { formatTime } from "../time.js";
import { move, shownSession } from "./moments.js";

/**
 * `Raft Lab: Add Bookmark…`, at the time cursor. Argument: `eventId` for another place, `name` to be asked for none.
 * @returns the bookmark, or `undefined` when the person changed their mind
 */
export async function addBookmark(services: Services, argument: unknown): Promise<Bookmark | undefined> {
  const session = await shownSession(services, argument);
  const given = members(argument);
  const event = await eventAt(services, session, count(given, "eventId"));
  const name = text(given, "name") ?? (await askName(vscode.l10n.t("Name of the bookmark"), event.title));
  return name === undefined ? undefined : services.bookmarks.put(session.id, event.id, name);
}

/** `Raft Lab: Rename Bookmark…`. Argument: `eventId`, `name`; without them the person chooses. */
export async function renameBookmark(services: Services, argument: unknown): Promise<Bookmark | undefined> {
  const session = await shownSession(services, argument);
  const bookmark = await chosen(services, session, argument, vscode.l10n.t("Rename which bookmark?"));
  if (bookmark === undefined) return undefined;
  const name = text(members(argument), "name") ?? (await askName(vscode.l10n.t("Name of the bookmark"), bookmark.name));
  return name === undefined ? undefined : services.bookmarks.put(session.id, bookmark.eventId, name);
}

/** `Raft Lab: Remove Bookmark…`. Argument: `eventId`; without it the person chooses. */
export async function removeBookmark(services: Services, argument: unknown): Promise<Bookmark | undefined> {
  const session = await shownSession(services, argument);
  const bookmark = await chosen(services, session, argument, vscode.l10n.t("Remove which bookmark?"));
  if (bookmark !== undefined) await services.bookmarks.remove(session.id, bookmark.eventId);
  return bookmark;
}

/** `Raft Lab: Go to Bookmark…`: moves the time cursor of all views there. Argument: `eventId`. */
export async function goToBookmark(services: Services, argument: unknown): Promise<EventView | null | undefined> {
  const session = await shownSession(services, argument);
  const bookmark = await chosen(services, session, argument, vscode.l10n.t("Go to which bookmark?"));
  return bookmark && move(services, session, { kind: "event", eventId: bookmark.eventId });
}

/** `Raft Lab: Next Bookmark` and `Raft Lab: Previous Bookmark`. */
export function stepToBookmark(direction: "next" | "previous") {
  return async (services: Services, argument: unknown): Promise<EventView | null> => {
    const session = await shownSession(services, argument);
    const bookmarks = await services.bookmarks.of(session.id);
    const bookmark = nextBookmark(bookmarks, session.cursor ?? session.events - 1, direction);
    if (bookmark === null) throw new ExpectedError(vscode.l10n.t("There is no bookmark in that direction."));
    return move(services, session, { kind: "event", eventId: bookmark.eventId });
  };
}

async function eventAt(services: Services, session: SessionInfo, eventId: EventId | undefined): Promise<EventView> {
  const asked = { sessionId: session.id, eventId: eventId ?? session.cursor, logWindow: 0 };
  const { event } = unwrap(await services.server.request(clusterViewRequest, asked));
  if (event === null) throw new ExpectedError(vscode.l10n.t("Nothing has happened yet: there is no event to mark."));
  return event;
}

async function chosen(
  services: Services,
  session: SessionInfo,
  argument: unknown,
  title: string,
): Promise<Bookmark | undefined> {
  const bookmarks = await services.bookmarks.of(session.id);
  if (bookmarks.length === 0) {
    throw new ExpectedError(vscode.l10n.t("“{0}” has no bookmarks. Add one at the time cursor first.", session.title));
  }
  const eventId = count(members(argument), "eventId");
  if (eventId !== undefined) return bookmarks.find((bookmark) => bookmark.eventId === eventId);
  return choose(
    title,
    bookmarks.map((value) => ({ label: value.name, description: formatTime(value.timeUs), value })),
  );
}

function askName(title: string, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === "" ? vscode.l10n.t("A bookmark needs a name.") : undefined),
  });
}
