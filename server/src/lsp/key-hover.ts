/** Hover on a key after a run or while its cluster is live: what it is at the cursor, and what wrote it. Asked of the lab. */
import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import type { Lab } from "../lab/contract.js";
import { readString } from "../language/syntax/token-errors.js";
import { firstToken, hasWord, pathAt, type SyntaxNode, spanOf } from "../language/syntax/tree.js";
import { COMMANDS, type KeyArgument } from "../protocol/commands.js";
import type { KeyHistoryView, KeyRevisionView } from "../protocol/kv-views.js";
import type { SessionId } from "../protocol/session.js";
import type { OpenDocument } from "./documents.js";
import { code, commandLink, markdownOf } from "./markdown.js";
import { inTime } from "./patience.js";
import { rangeOf } from "./positions.js";
import { type RunResults, timeText } from "./run-results.js";

/** Revisions that a hover lists. */
const REVISIONS = 5;
/** Characters of a value that a hover shows. */
const VALUE = 80;

/** A key in a text. */
interface KeyPlace {
  readonly key: string;
  /** It stands for all keys that begin so. */
  readonly prefix: boolean;
  readonly node: SyntaxNode;
}

/** The session whose keys a text means. */
export interface Meant {
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

/** A cluster of the document that lives, or the last run of the scenario that the position is in: whichever began later. */
export function sessionMeant(open: OpenDocument, position: Position, runs: RunResults): Meant | null {
  const live = runs.live(open.document.uri);
  const offset = open.document.offsetAt(position);
  const { scenarios } = open.analysis.program;
  const scenario = scenarios.find(({ span }) => span.start <= offset && offset <= span.end);
  const run = scenario === undefined ? null : runs.current(open, scenario.title);
  if (live !== null && (run === null || run.session.startedAt < live.startedAt)) {
    return { sessionId: live.id, live: true, lines: null };
  }
  return run === null ? null : { sessionId: run.session.id, live: false, lines: run.lines };
}

async function keyMarkdown(lab: Lab, meant: Meant, place: KeyPlace, signal: AbortSignal): Promise<string | null> {
  const at = { sessionId: meant.sessionId, eventId: null };
  const { key, prefix } = place;
  const asked = await lab.keyHistory({ ...at, key, limit: REVISIONS }, signal);
  if (!asked.ok) return null;
  const { view } = asked;
  const below = prefix ? await lab.keys({ ...at, prefix: key, limit: 1 }, signal) : null;
  if (view.revisions.length === 0 && below?.ok !== true) return notThere(key, view, meant);
  const lines = [headline(view, meant)];
  if (below?.ok === true) {
    const { count } = below.view;
    lines.push(count === 1 ? t("1 key begins with {0}.", code(key)) : t("{0} keys begin with {1}.", count, code(key)));
  }
  if (view.revisions.length > 0) {
    const revisions = view.revisions.map((revision) => revisionLine(revision, view.key, meant));
    lines.push([...revisions, ...(view.more ? [`- ${t("… older ones")}`] : [])].join("\n"));
  }
  return lines.join("\n\n");
}

function headline(view: KeyHistoryView, meant: Meant): string {
  const [newest] = view.revisions;
  const where = whereText(view, meant);
  if (!view.live || newest === undefined) return notThere(view.key, view, meant);
  const lease = newest.lease === null ? "" : `, lease \`${newest.lease}\``;
  const bookkeeping = `create ${newest.createRevision}, mod ${newest.revision}, version ${newest.version}${lease}`;
  return t("{0} is {1} at {2}: {3}", code(view.key), code(JSON.stringify(shortened(newest))), where, bookkeeping);
}

function notThere(key: string, view: KeyHistoryView, meant: Meant): string {
  return t("{0} is not there at {1}.", code(key), whereText(view, meant));
}

function whereText({ server, revision }: KeyHistoryView, { live }: Meant): string {
  return live
    ? t("{0}, revision {1}, where the live cluster's cursor stands", server, revision)
    : t("{0}, revision {1}, where the last run's cursor stands", server, revision);
}

function revisionLine(revision: KeyRevisionView, key: string, { sessionId, lines }: Meant): string {
  const what = revision.type === "delete" ? t("deleted") : code(JSON.stringify(shortened(revision)));
  const argument: KeyArgument = { sessionId, key, revision: revision.revision };
  const rev = t("rev {0}", revision.revision);
  const name = revision.eventId === null ? rev : commandLink(rev, COMMANDS.goToWriter, argument);
  const line = revision.line === null ? undefined : lines?.get(revision.line);
  const when = revision.timeUs === null ? "" : `, ${t("at {0}", timeText(revision.timeUs))}`;
  return `- ${name} ${what}${when}${line === undefined ? "" : `, ${t("line {0}", line)}`}`;
}

function shortened({ value, moreCharacters }: KeyRevisionView): string {
  return value.length > VALUE || moreCharacters > 0 ? `${value.slice(0, VALUE)}…` : value;
}
