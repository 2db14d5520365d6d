/** The open documents, each with the analysis of its newest text, made at most once per version. */
import { type Connection, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Analysis, analyze } from "../language/check.js";
import { type Host, type ReadResult, unreadableReason } from "./host.js";
import { guarded, type Log } from "./log.js";

/** A document with what is known of its text. */
export interface OpenDocument {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

/** Where a document stands. */
export type DocumentState =
  | ({ readonly kind: "analysed"; readonly version: number } & OpenDocument)
  /** Too large, or binary: one diagnostic says so and nothing else happens. */
  | { readonly kind: "unreadable"; readonly version: number; readonly document: TextDocument; readonly reason: string }
  /** The analysis threw, which is a defect of ours and has been logged. */
  | { readonly kind: "broken"; readonly version: number; readonly document: TextDocument };

/** Keeps the open documents in step with the editor. */
export class Documents {
  readonly #texts = new TextDocuments(TextDocument);
  readonly #states = new Map<string, DocumentState>();
  readonly #host: Host;
  readonly #log: Log;

  constructor(host: Host, log: Log) {
    this.#host = host;
    this.#log = log;
  }

  /** Begins to listen to the editor. `changed` hears of openings and of every edit, `closed` of closings, `saved` of savings. */
  listen(
    connection: Connection,
    changed: (uri: string) => void,
    closed: (uri: string) => void,
    saved: (uri: string) => void = () => undefined,
  ): void {
    this.#texts.onDidSave(({ document }) => saved(document.uri));
    this.#texts.onDidChangeContent(({ document }) => changed(document.uri));
    this.#texts.onDidClose(({ document }) => {
      this.#states.delete(document.uri);
      closed(document.uri);
    });
    this.#texts.listen(connection);
  }

  /** The URIs of all open documents. */
  uris(): readonly string[] {
    return this.#texts.keys();
  }

  /** The newest text and its analysis, made now unless it was made before. */
  state(uri: string): DocumentState | undefined {
    const document = this.#texts.get(uri);
    if (document === undefined) return undefined;
    const known = this.#states.get(uri);
    // Documents are updated in place, hence the version; one closed and opened again may begin with the same
    // version anew, hence the object.
    if (known !== undefined && known.document === document && known.version === document.version) return known;
    const state = this.#analyse(document);
    this.#states.set(uri, state);
    return state;
  }

  #analyse(document: TextDocument): DocumentState {
    const text = document.getText();
    const { version } = document;
    const reason = unreadableReason(text);
    if (reason !== null) return { kind: "unreadable", version, document, reason };
    const what = (): string => `analysis of ${document.uri} version ${version} (${text.length} characters)`;
    const analysis = guarded<Analysis | null>(this.#log, what, null, () => analyze(text));
    if (analysis === null) return { kind: "broken", version, document };
    return { kind: "analysed", version, document, analysis };
  }

  /** The document when it is open and could be analysed. */
  get(uri: string): OpenDocument | undefined {
    const state = this.state(uri);
    return state?.kind === "analysed" ? state : undefined;
  }

  /** The text of a document as the person sees it: the open one, else from where it is kept. */
  async readText(uri: string): Promise<ReadResult> {
    const document = this.#texts.get(uri);
    if (document === undefined) return this.#host.readDocument(uri);
    const text = document.getText();
    const reason = unreadableReason(text);
    return reason === null ? { ok: true, text } : { ok: false, message: reason };
  }
}
