/** Hover on a key after a run or while its cluster is live: what it is at the cursor, and what wrote it. Asked of the lab. */
import { type Hover, type MarkupContent, MarkupKind, type Position } from "vscode-languageserver";
import type { Lab } from "../lab/contract.js";
import { readString } from "../language/syntax/token-errors.js";
import { firstToken, hasWord, pathAt, type SyntaxNode, spanOf } from "../language/syntax/tree.js";
import { COMMANDS, type KeyArgument } from "../protocol/commands.js";
import type { KeyHistoryView, KeyRevisionView } from "../protocol/kv-views.js";
import type { SessionId } from "../protocol/session.js";
import type { OpenDocument } from "./documents.js";
import { rangeOf } from "./positions.js";
import { type RunResults, timeText } from "./run-results.js";

/** Revisions that a hover lists. */
const REVISIONS = 5;
/** Characters of a value that a hover shows. */
const VALUE = 80;
/** A hover that the lab keeps waiting comes without what only the lab knows. */
const PATIENCE_MS = 500;

/** A key in a text. */
interface KeyPlace {
  readonly key: string;
  /** It stands for all keys that begin so. */
  readonly prefix: boolean;
  readonly node: SyntaxNode;
}

/** The session whose keys a text means. */
interface Meant {
  readonly sessionId: SessionId;
  readonly live: boolean;
  /** From lines of the text that ran to lines of the present one; `null` where nobody knows. */
  readonly lines: ReadonlyMap<number, number> | null;
}

/** The hover at a position with what the lab knows of the key there; `plain` where there is no key or nothing to tell. */
export async function withKeyHover(
  plain: Hover | null,
  open: OpenDocument,
  position: Position,
  runs: RunResults,
  lab: () => Promise<Lab>,
): Promise<Hover | null> {
  const place = keyAt(open, open.document.offsetAt(position));
  if (place === null) return plain;
  const session = sessionMeant(open, position, runs);
  if (session === null) return plain;
  const markdown = await inTime(async (signal) => keyMarkdown(await lab(), session, place, signal));
  if (markdown === null) return plain;
  const parts = plain === null ? [] : [markdownOf(plain)];
  return {
    contents: { kind: MarkupKind.Markdown, value: [markdown, ...parts].join("\n\n---\n\n") },
    range: rangeOf(open.document, spanOf(place.node)),
  };
}

function keyAt(open: OpenDocument, offset: number): KeyPlace | null {
  const path = pathAt(open.analysis.tree, offset);
  const at = path.findLastIndex(({ kind }) => kind === "Key");
  const node = path[at];
  if (node === undefined) return null;
  const token = firstToken(node);
  if (token === undefined || offset > token.end) return null;
  const key = token.kind === "string" ? readString(token.text).value : token.text;
  const parent = path[at - 1];
  return key === "" ? null : { key, prefix: parent !== undefined && hasWord(parent, "prefix"), node };
}

/** A cluster of the document that lives, or else the last run of the scenario that the position is in. */
function sessionMeant(open: OpenDocument, position: Position, runs: RunResults): Meant | null {
  const live = runs.live(open.document.uri);
  if (live !== null) return { sessionId: live.id, live: true, lines: null };
  const offset = open.document.offsetAt(position);
  const { scenarios } = open.analysis.program;
  const scenario = scenarios.find(({ span }) => span.start <= offset && offset <= span.end);
  if (scenario === undefined) return null;
  const run = runs.current(open, scenario.title);
  return run === null ? null : { sessionId: run.session.id, live: false, lines: run.lines };
}

async function keyMarkdown(lab: Lab, meant: Meant, place: KeyPlace, signal: AbortSignal): Promise<string | null> {
  const at = { sessionId: meant.sessionId, eventId: null };
  const { key, prefix } = place;
  const asked = await lab.keyHistory({ ...at, key, limit: REVISIONS }, signal);
  if (!asked.ok) return null;
  const { view } = asked;
  const below = prefix ? await lab.keys({ ...at, prefix: key, limit: 1 }, signal) : null;
  if (view.revisions.length === 0 && below?.ok !== true)
    return `${code(key)} is not there at ${whereText(view, meant)}.`;
  const lines = [headline(view, meant)];
  if (below?.ok === true) {
    const { count } = below.view;
    lines.push(count === 1 ? `1 key begins with ${code(key)}.` : `${count} keys begin with ${code(key)}.`);
  }
  if (view.revisions.length > 0) {
    const revisions = view.revisions.map((revision) => revisionLine(revision, view.key, meant));
    lines.push([...revisions, ...(view.more ? ["- … older ones"] : [])].join("\n"));
  }
  return lines.join("\n\n");
}

function headline(view: KeyHistoryView, meant: Meant): string {
  const [newest] = view.revisions;
  const where = whereText(view, meant);
  if (!view.live || newest === undefined) return `${code(view.key)} is not there at ${where}.`;
  const lease = newest.lease === null ? "" : `, lease \`${newest.lease}\``;
  const bookkeeping = `create ${newest.createRevision}, mod ${newest.revision}, version ${newest.version}${lease}`;
  return `${code(view.key)} is ${code(JSON.stringify(shortened(newest)))} at ${where}: ${bookkeeping}`;
}

function whereText({ server, revision }: KeyHistoryView, { live }: Meant): string {
  return `${server}, revision ${revision}, where the ${live ? "live cluster's" : "last run's"} cursor stands`;
}

function revisionLine(revision: KeyRevisionView, key: string, { sessionId, lines }: Meant): string {
  const what = revision.type === "delete" ? "deleted" : code(JSON.stringify(shortened(revision)));
  const argument: KeyArgument = { sessionId, key, revision: revision.revision };
  const link = `command:${COMMANDS.goToWriter}?${encodeURIComponent(JSON.stringify([argument]))}`;
  const name = revision.eventId === null ? `rev ${revision.revision}` : `[rev ${revision.revision}](${link})`;
  const line = revision.line === null ? undefined : lines?.get(revision.line);
  const when = revision.timeUs === null ? "" : `, at ${timeText(revision.timeUs)}`;
  return `- ${name} ${what}${when}${line === undefined ? "" : `, line ${line}`}`;
}

function shortened({ value, moreCharacters }: KeyRevisionView): string {
  return value.length > VALUE || moreCharacters > 0 ? `${value.slice(0, VALUE)}…` : value;
}

/** A text as code in Markdown, whatever stands in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text.replace(/[\r\n]+/g, "⏎")}${space}${fence}`;
}

function markdownOf({ contents }: Hover): string {
  const is = (value: Hover["contents"]): value is MarkupContent => typeof value === "object" && "kind" in value;
  return is(contents) ? contents.value : "";
}

/** What `work` gives; `null` when it does not within a moment. */
async function inTime(work: (signal: AbortSignal) => Promise<string | null>): Promise<string | null> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      controller.abort();
      resolve(null);
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
