/**
 * `textDocument/documentLink`: what comments and notes refer to. Other scenario files, and codes of diagnostics; addresses of
 * the web are links in every editor already.
 */
import type { DocumentLink } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import type { Token } from "../language/syntax/token.js";
import type { OpenDocument } from "./documents.js";
import { rangeOf } from "./positions.js";

/** Pages that links may lead to; `null` where the server's surroundings have none. */
export interface LinkTargets {
  /** The page that explains a diagnostic's code. */
  readonly diagnostic: (code: string) => string | null;
}

/** A file name with the language's ending, or a code; not the tail of a longer word. */
const REFERENCE = /(?<![\w/.-])(?:(?<file>(?:[\w.-]+\/|\.\.\/)*[\w-][\w.-]*\.raftlab)|(?<code>RL\d{4}))(?![\w/-])/gu;

/** The links of a document, in the order of the text. */
export function documentLinks(open: OpenDocument, targets: LinkTargets): DocumentLink[] {
  return open.analysis.tokens.filter(isProse).flatMap((token) => linksIn(open, token, targets));
}

/** Comments, and strings, in which notes are written. */
function isProse({ kind }: Token): boolean {
  return kind === "comment" || kind === "string";
}

function linksIn(open: OpenDocument, token: Token, targets: LinkTargets): DocumentLink[] {
  return [...token.text.matchAll(REFERENCE)].flatMap((match) => {
    const link = linkOf(open, match, targets);
    if (link === null) return [];
    const start = token.start + match.index;
    return [{ range: rangeOf(open.document, { start, end: start + match[0].length }), ...link }];
  });
}

function linkOf(
  open: OpenDocument,
  match: RegExpMatchArray,
  targets: LinkTargets,
): Pick<DocumentLink, "target" | "tooltip"> | null {
  const { file, code } = match.groups ?? {};
  if (file !== undefined) return fileLink(open.document.uri, file);
  const page = code === undefined ? null : targets.diagnostic(code);
  return page === null ? null : { target: page, tooltip: t("Open the page of {0}", match[0]) };
}

function fileLink(from: string, file: string): Pick<DocumentLink, "target" | "tooltip"> | null {
  try {
    return { target: new URL(file, from).href, tooltip: t("Open {0}", file) };
  } catch {
    // A document without a place, such as `untitled:`, has nothing beside it.
    return null;
  }
}
