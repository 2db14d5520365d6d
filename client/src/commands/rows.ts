/**
 * What a click on a row of the Keys, Watches and Runs views does. The row is the view's selection and no argument of the command: VS Code
 * forgets an argument when the tree is drawn anew, which a live cluster's is all the time.
 */
import type { Services } from "../services.js";
import { goToBookmark } from "./bookmarks.js";
import { goToEvent, goToWriter } from "./keys.js";
import { openRun } from "./sessions.js";

/** A revision leads to the event that wrote it; "More" shows the next page. */
export async function openKeyRow(services: Services): Promise<unknown> {
  const row = services.keys.selected;
  if (row?.kind === "revision") return goToWriter(services, row);
  if (row?.kind === "more") services.keys.showMore(row);
  return undefined;
}

/** A change leads to the event by which the watch received it. */
export async function openWatchRow(services: Services): Promise<unknown> {
  const row = services.watches.selected;
  return row?.kind === "change" ? goToEvent(services, row) : undefined;
}

/** A session is shown in the panels, a bookmark at its moment; "More" shows the next page. */
export async function openRunRow(services: Services): Promise<unknown> {
  const row = services.runs.clicked;
  if (row?.kind === "session") return openRun(services, row);
  if (row?.kind === "bookmark") {
    await openRun(services, row);
    return goToBookmark(services, row);
  }
  if (row?.kind === "more") services.runs.showMore(row);
  return undefined;
}
