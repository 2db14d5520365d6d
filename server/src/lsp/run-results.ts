/** The last run of each scenario, and where in the present text its outcomes belong. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { LabEvent, Source } from "../lab/contract.js";
import { parse } from "../language/parse.js";
import type { SyntaxNode } from "../language/syntax/tree.js";
import type { SessionInfo, StepOutcome, ViolationInfo } from "../protocol/session.js";
import type { OpenDocument } from "./documents.js";
import type { Causes } from "./run-causes.js";
import { lineMapping, type ScenarioText, scenarioText } from "./scenario-lines.js";

/** A scenario's last run, as it fits the present text. */
export interface CurrentRun {
  readonly session: SessionInfo;
  readonly steps: readonly StepOutcome[];
  readonly violations: readonly ViolationInfo[];
  /** From lines of the text that ran to lines of the present text; `null` when the text has changed since. */
  readonly lines: ReadonlyMap<number, number> | null;
  /** What led to the failures, as far as it is known yet. */
  readonly causes: Causes;
}

interface Run {
  readonly session: SessionInfo;
  readonly steps: readonly StepOutcome[];
  readonly violations: readonly ViolationInfo[];
  readonly text: ScenarioText | null;
  causes: Causes;
}

interface DocumentRuns {
  readonly last: Map<string, Run>;
  /** Sessions under way, by scenario. */
  readonly running: Map<string, string>;
}

/** Remembers runs by document and scenario title. */
export class RunResults {
  readonly #documents = new Map<string, DocumentRuns>();
  /** Live clusters of documents that still live, newest last. */
  readonly #live = new Map<string, SessionInfo>();
  #lastParsed: readonly [TextDocument, SyntaxNode] | null = null;

  /** Documents and scenarios of sessions that are about one. */
  readonly #meant = new Map<
    string,
    { readonly uri: string; readonly title: string; readonly kind: SessionInfo["kind"] }
  >();

  /** The document and the scenario of a session; `null` when it has none, or is not known. */
  documentOf(
    sessionId: string,
  ): { readonly uri: string; readonly title: string; readonly kind: SessionInfo["kind"] } | null {
    return this.#meant.get(sessionId) ?? null;
  }

  #know({ id, uri, title, kind }: SessionInfo): void {
    if (uri !== null) this.#meant.set(id, { uri, title, kind });
  }

  /** Takes in what happened in the lab. Answers the document whose lenses and diagnostics it changes, if any. */
  record(event: LabEvent): string | null {
    switch (event.kind) {
      case "run-ended":
        return this.#ended(event);
      case "session-changed":
        return this.#changed(event.session);
      case "session-deleted":
        return this.#deleted(event.sessionId);
      default:
        return null;
    }
  }

  #runs(uri: string): DocumentRuns {
    let runs = this.#documents.get(uri);
    if (runs === undefined) {
      runs = { last: new Map(), running: new Map() };
      this.#documents.set(uri, runs);
    }
    return runs;
  }

  #ended(event: LabEvent & { readonly kind: "run-ended" }): string | null {
    const { session, steps, violations, source } = event;
    this.#know(session);
    // With other settings than the text's it says nothing about the text.
    if (session.settings !== undefined) return null;
    const runs = this.#runs(source.uri);
    if (runs.running.get(session.title) === session.id) runs.running.delete(session.title);
    const text = scenarioText(...this.#parsed(source), session.title);
    runs.last.set(session.title, { session, steps, violations, text, causes: new Map() });
    return source.uri;
  }

  /** The scenarios of a file are often run one after another: its text is parsed once for all of them. */
  #parsed({ uri, text }: Source): readonly [TextDocument, SyntaxNode] {
    if (this.#lastParsed?.[0].uri !== uri || this.#lastParsed[0].getText() !== text) {
      this.#lastParsed = [TextDocument.create(uri, "raftlab", 0, text), parse(text).tree];
    }
    return this.#lastParsed;
  }

  #changed(session: SessionInfo): string | null {
    this.#know(session);
    if (session.kind === "live") {
      const lives = session.state.kind === "running" || session.state.kind === "paused";
      if (lives) this.#live.set(session.id, session);
      else this.#live.delete(session.id);
    }
    if (session.kind !== "run" || session.uri === null || session.settings !== undefined) return null;
    const { running } = this.#runs(session.uri);
    const known = running.get(session.title) === session.id;
    if (session.state.kind === "running" && !known) running.set(session.title, session.id);
    else if (session.state.kind !== "running" && known) running.delete(session.title);
    else return null;
    return session.uri;
  }

  #deleted(sessionId: string): string | null {
    this.#meant.delete(sessionId);
    this.#live.delete(sessionId);
    for (const [uri, { last }] of this.#documents) {
      for (const [title, run] of last) {
        if (run.session.id !== sessionId) continue;
        last.delete(title);
        return uri;
      }
    }
    return null;
  }

  /** Adds what led to the failures of a session, if it still is its scenario's last run. */
  setCauses(uri: string, session: SessionInfo, causes: Causes): void {
    const run = this.#documents.get(uri)?.last.get(session.title);
    if (run?.session.id === session.id) run.causes = causes;
  }

  /** The newest cluster of a document that lives, or `null`. */
  live(uri: string): SessionInfo | null {
    return [...this.#live.values()].findLast((session) => session.uri === uri) ?? null;
  }

  /** Whether a run of the scenario is under way. */
  isRunning(uri: string, title: string): boolean {
    return this.#documents.get(uri)?.running.has(title) === true;
  }

  /** The scenario's last run, laid over the present text. */
  current(open: OpenDocument, title: string): CurrentRun | null {
    const run = this.#documents.get(open.document.uri)?.last.get(title);
    if (run === undefined) return null;
    const { session, steps, violations, causes } = run;
    const now = scenarioText(open.document, open.analysis.tree, title);
    const lines = run.text === null || now === null ? null : lineMapping(run.text, now);
    return { session, steps, violations, lines, causes };
  }

  /** The last runs of all scenarios of a document that ran. */
  all(open: OpenDocument): readonly CurrentRun[] {
    const titles = this.#documents.get(open.document.uri)?.last.keys() ?? [];
    return [...titles].flatMap((title) => this.current(open, title) ?? []);
  }
}

/** A virtual time for people: `412 ms`, `1.25 s`. */
export function timeText(timeUs: number): string {
  if (timeUs < 1000) return `${timeUs} µs`;
  if (timeUs < 1_000_000) return `${trimmed(timeUs / 1000)} ms`;
  return `${trimmed(timeUs / 1_000_000)} s`;
}

function trimmed(value: number): string {
  return String(Number(value.toPrecision(value < 100 ? 3 : 4)));
}
