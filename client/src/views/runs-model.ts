/** Which rows the Runs view has. Pure, and bounded: what is beyond a page is fetched by a "More…" row. */
import type { Bookmark } from "../../../server/src/protocol/bookmarks.js";
import type { EventId, SessionId, SessionInfo } from "../../../server/src/protocol/session.js";

/** An element of the tree. Its members are also the argument of the commands in its menu. */
export type RunNode =
  | { readonly kind: "session"; readonly sessionId: SessionId }
  /** A moment of a session that a person marked, below it. */
  | { readonly kind: "bookmark"; readonly sessionId: SessionId; readonly eventId: EventId }
  /** All sessions of a file; `null` are clusters started from nothing. */
  | { readonly kind: "file"; readonly uri: string | null }
  /** There are more rows in a level: in the list of all, below a file, or below a session. */
  | { readonly kind: "more"; readonly level: string };

/** How the rows are arranged. */
export interface RunsArrangement {
  readonly grouped: boolean;
  /** Pages shown of a level, where it is not one. */
  readonly pages: ReadonlyMap<string, number>;
  /** By session, in the order of their events. */
  readonly bookmarks: ReadonlyMap<SessionId, readonly Bookmark[]>;
}

/** Rows of one page of a list of sessions, of a list of files, below a file, and below a session. */
const PAGE = { all: 100, files: 100, file: 20, session: 50 } as const;

/** The level of all rows. */
export const ROOT = "";

/** Names an element for as long as it exists. */
export function idOf(node: RunNode): string {
  switch (node.kind) {
    case "session":
      return node.sessionId;
    case "bookmark":
      return `${bookmarksOf(node.sessionId)} ${node.eventId}`;
    case "file":
      return levelOf(node.uri);
    case "more":
      return `more ${node.level}`;
  }
}

/** The level below a file. */
export function levelOf(uri: string | null): string {
  return `file ${uri ?? ""}`;
}

/** The level below a session. */
export function bookmarksOf(sessionId: SessionId): string {
  return `bookmarks ${sessionId}`;
}

/** The rows of all levels, the topmost under {@link ROOT}. `sessions`: newest first. */
export function runLevels(
  sessions: readonly SessionInfo[],
  { grouped, pages, bookmarks }: RunsArrangement,
): ReadonlyMap<string, readonly RunNode[]> {
  const shown = (level: string, nodes: readonly RunNode[], page: number): readonly RunNode[] => {
    const limit = page * (pages.get(level) ?? 1);
    return nodes.length <= limit ? nodes : [...nodes.slice(0, limit), { kind: "more", level }];
  };
  const withBookmarks = (levels: Map<string, readonly RunNode[]>): ReadonlyMap<string, readonly RunNode[]> => {
    for (const node of [...levels.values()].flat()) {
      if (node.kind !== "session") continue;
      const { sessionId } = node;
      const marked = (bookmarks.get(sessionId) ?? []).map(({ eventId }): RunNode => {
        return { kind: "bookmark", sessionId, eventId };
      });
      if (marked.length > 0) levels.set(bookmarksOf(sessionId), shown(bookmarksOf(sessionId), marked, PAGE.session));
    }
    return levels;
  };
  if (!grouped) return withBookmarks(new Map([[ROOT, shown(ROOT, sessions.map(nodeOf), PAGE.all)]]));
  const byFile = sessionsByFile(sessions);
  const files = [...byFile.keys()].sort((a, b) => compareTexts(a ?? "", b ?? ""));
  const roots = shown(
    ROOT,
    files.map((uri) => ({ kind: "file", uri })),
    PAGE.files,
  );
  const levels = new Map([[ROOT, roots]]);
  for (const root of roots) {
    if (root.kind !== "file") continue;
    const level = levelOf(root.uri);
    levels.set(level, shown(level, (byFile.get(root.uri) ?? []).map(nodeOf), PAGE.file));
  }
  return withBookmarks(levels);
}

/** The sessions of each file, in their order. */
export function sessionsByFile(sessions: readonly SessionInfo[]): ReadonlyMap<string | null, readonly SessionInfo[]> {
  const byFile = new Map<string | null, SessionInfo[]>();
  for (const session of sessions) {
    const of = byFile.get(session.uri);
    if (of === undefined) byFile.set(session.uri, [session]);
    else of.push(session);
  }
  return byFile;
}

/** Scenarios whose newest finished run did not pass: an older failure that has been mended is of no concern. */
export interface Concerns {
  readonly failed: number;
  readonly unproven: number;
}

/** Counts the scenarios to look at. `sessions`: newest first. */
export function concernsOf(sessions: readonly SessionInfo[]): Concerns {
  const seen = new Set<string>();
  let [failed, unproven] = [0, 0];
  for (const { kind, uri, title, state, settings } of sessions) {
    // A run with other settings than the text's says nothing about the scenario.
    if (kind !== "run" || state.kind !== "finished" || settings !== undefined) continue;
    const scenario = JSON.stringify([uri, title]);
    if (seen.has(scenario)) continue;
    seen.add(scenario);
    if (state.verdict === "fail") failed += 1;
    else if (state.verdict === "unproven") unproven += 1;
  }
  return { failed, unproven };
}

function nodeOf({ id }: SessionInfo): RunNode {
  return { kind: "session", sessionId: id };
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
