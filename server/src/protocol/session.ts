/**
 * Sessions: what a person has open. A run of a scenario and a live cluster are both sessions; every view
 * shows one session at its cursor.
 */

/** Names a session for as long as the store keeps it; URL-safe text. */
export type SessionId = string;

/** Index of an event in a session's trace, from 0; -1 is "before the first event". */
export type EventId = number;

/** A checked outcome. `unproven`: nothing failed, but a checker ran out of its budget. */
export type Verdict = "pass" | "fail" | "unproven";

/** Where a session stands. */
export type SessionState =
  | { readonly kind: "running" }
  /** A live cluster whose virtual time stands still. `because`: what paused it, when that was not a person. */
  | { readonly kind: "paused"; readonly because?: string }
  | { readonly kind: "finished"; readonly verdict: Verdict }
  | { readonly kind: "cancelled" }
  /** It could not be made to run; `message` says why and what helps. */
  | { readonly kind: "failed"; readonly message: string };

/** What lists, status bar and panel headers show of a session. */
export interface SessionInfo {
  readonly id: SessionId;
  readonly kind: "run" | "live";
  /** Document URI of the scenario file; `null` for a live cluster started from nothing. */
  readonly uri: string | null;
  /** Scenario title, or the live cluster's name. */
  readonly title: string;
  readonly seed: number;
  /** Settings that this run had otherwise than its text, each a line of a `cluster` block: `check-quorum off`. Missing where there are none. */
  readonly settings?: readonly string[];
  /** Wall-clock time of the start, ISO 8601; given by the lab, never read by the engine. */
  readonly startedAt: string;
  readonly state: SessionState;
  /** Virtual time reached, microseconds. */
  readonly timeUs: number;
  /** Events recorded so far. */
  readonly events: number;
  /** Trace hash of a finished run, 16 hexadecimal digits; `null` until then. */
  readonly traceHash: string | null;
  /** The event all views show; `null` follows the newest event of a live cluster. */
  readonly cursor: EventId | null;
  /** Live: virtual seconds per real second; `null` is as fast as possible. */
  readonly pace: number | null;
  /** Real milliseconds that a run took when it was first run; missing until it has ended, and of live clusters. */
  readonly tookMs?: number;
  /** Name of the live leader of the highest term at the newest event. */
  readonly leader: string | null;
  /** Highest term at the newest event. */
  readonly term: number;
  /** Server and client names, in order. */
  readonly servers: readonly string[];
  readonly clients: readonly string[];
}

/** A place in a scenario file: 1-based line. */
export interface StepPlace {
  readonly line: number;
}

/** What one step of a run gave. */
export interface StepOutcome {
  readonly line: number;
  readonly timeUs: number;
  readonly eventId: EventId;
  readonly ok: boolean;
  /** For people: `ok`, `"red"`, `leader s3, term 2`; for a failure what was expected and what was. */
  readonly result: string;
  /** The two sides of a demand that was not met, apart. */
  readonly expected?: string;
  readonly actual?: string;
}

/** A property that a run broke. */
export interface ViolationInfo {
  readonly property: string;
  readonly eventId: EventId;
  readonly timeUs: number;
  /** Line of the step in force, or `null`. */
  readonly line: number | null;
  readonly message: string;
  readonly why: readonly string[];
  /** True when `expect violation of …` asked for it. */
  readonly expected: boolean;
}

/** A client operation of the history. Times in virtual microseconds; `returnUs` null while open. */
export interface OperationInfo {
  readonly client: string;
  readonly op: string;
  readonly key: string;
  readonly value: string | null;
  readonly invokeUs: number;
  readonly returnUs: number | null;
  /** `ok`, `"value"`, `none`, `failed`, `timeout`, `error …`. */
  readonly outcome: string;
  readonly revision: number | null;
  /** The whole operation in the words of the scenario language. */
  readonly text: string;
}

/** A finished run, as the command line prints with `--json` and the editor shows (product.md). */
export interface RunResult {
  readonly file: string;
  readonly scenario: string;
  readonly seed: number;
  readonly verdict: Verdict;
  readonly virtualTimeUs: number;
  readonly events: number;
  readonly traceHash: string;
  readonly steps: readonly StepOutcome[];
  readonly violations: readonly ViolationInfo[];
  readonly operations: readonly OperationInfo[];
  /** One shell line that runs it again. */
  readonly reproduce: string;
}
