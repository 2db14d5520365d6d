/**
 * Scenarios as tests: what a test explorer asks the language server, which discovers and runs them. Modelled on how rust-analyzer
 * serves VS Code's Testing API. Lines are 1-based; durations are real time, by the clock of the server's machine.
 */
import type { NotificationDefinition, Outcome, RequestDefinition } from "./requests.js";
import type { SessionId } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });
const notification = <P>(method: string): NotificationDefinition<P> => ({ method });

/**
 * Names a file (its document URI) or a scenario (made of URI and title; equal titles in a file are told apart). The same file and
 * title have the same id, also in the next window: what an editor remembers of a test stays with it.
 */
export type TestId = string;

/** Names one run of tests; chosen by the client, unique in its window. */
export type TestRunId = string;

/** A scenario as a test. */
export interface TestScenario {
  readonly id: TestId;
  readonly title: string;
  /** First and last line. */
  readonly line: number;
  readonly endLine: number;
}

/** A scenario file as a group of tests. */
export interface TestFile {
  /** Its id as well. */
  readonly uri: string;
  /**
   * In the order of the text; `null`: not looked at yet, `raftlab/tests/changed` will tell. While the text is broken the scenarios
   * that the last whole text had stay.
   */
  readonly scenarios: readonly TestScenario[] | null;
  /** What is wrong with the file, with the place; `null` for nothing. */
  readonly error: string | null;
}

// ---- Discovery -----------------------------------------------------------------------------------------

/**
 * Client to server. Without `uri`: lists the scenario files of all workspace folders and all open ones, anew; what has not been looked at
 * yet follows as `raftlab/tests/changed`. With `uri`: the scenarios of that file, looked at now; no file when there is none.
 * Never simulates, and never keeps other requests waiting for longer than one file takes.
 */
export const testsDiscoverRequest = request<
  { readonly uri?: string },
  Outcome<{ readonly files: readonly TestFile[] }>
>("raftlab/tests/discover");

/**
 * Server to client. Files appeared or changed (each given whole), or are gone. Follows edits, what other programs do to the
 * files, and the workspace's folders. Open documents are told of also before anybody has asked for discovery.
 */
export const testsChangedNotification = notification<{
  readonly files: readonly TestFile[];
  /** URIs of files that are gone. */
  readonly gone: readonly string[];
}>("raftlab/tests/changed");

// ---- Running -------------------------------------------------------------------------------------------

/** How many tests a run had, by how they ended. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Could not be run, or are unproven. */
  readonly errored: number;
  /** Not run, because the run was cancelled. */
  readonly skipped: number;
}

/**
 * Client to server. Runs tests one after another, each as a session like any other run. `ids`: files and scenarios, empty for all;
 * `exclude`: files and scenarios to leave out; `seed`: for all of them instead of their own. Answers when the last has ended; what
 * happens meanwhile comes as `raftlab/tests/event`, all of it before the answer. Cancelling ends the run under way; the rest is skipped.
 *
 * With `continuous` nothing runs: the request stays until it is cancelled, and each time a file of the tests is saved or
 * changed by another program, an event `due` names those of its tests that the client is to run.
 */
export const testsRunRequest = request<
  {
    readonly runId: TestRunId;
    readonly ids: readonly TestId[];
    readonly exclude?: readonly TestId[];
    readonly seed?: number;
    readonly continuous?: boolean;
  },
  Outcome<{ readonly counts: TestCounts }>
>("raftlab/tests/run");

/** A link of the chain of causes behind a failure. */
export interface TestCause {
  readonly text: string;
  /** The line of the scenario that it stands on, where there is one. */
  readonly line: number | null;
}

/** Something that went wrong in a test. */
export interface TestFailure {
  /** For people. */
  readonly message: string;
  /** The two sides of a demand that was not met. */
  readonly expected?: string;
  readonly actual?: string;
  readonly uri: string;
  /** In the text that ran; of the scenario itself for what has no line of its own. */
  readonly line: number;
  /** The nearest step on another line that led to it. */
  readonly related: { readonly line: number; readonly title: string } | null;
  /** Why it happened, nearest first. */
  readonly why: readonly TestCause[];
}

/** What happens to one test of a run. */
export type TestEvent =
  | { readonly kind: "enqueued" | "started"; readonly id: TestId }
  | { readonly kind: "skipped"; readonly id: TestId }
  | { readonly kind: "passed"; readonly id: TestId; readonly durationMs: number; readonly sessionId: SessionId }
  | {
      readonly kind: "failed";
      readonly id: TestId;
      readonly durationMs: number;
      readonly sessionId: SessionId;
      readonly failures: readonly TestFailure[];
    }
  /** It could not be run, or it is unproven: then it has a session. */
  | {
      readonly kind: "errored";
      readonly id: TestId;
      readonly durationMs: number;
      readonly sessionId: SessionId | null;
      readonly failures: readonly TestFailure[];
    }
  /**
   * Lines for the run's terminal, without line ends: what happened, where it did not pass; what each step gave, the verdict, seed, hash,
   * and how to run it again.
   */
  | { readonly kind: "output"; readonly id: TestId; readonly lines: readonly string[] }
  /** Of a continuous run: these are to be run. */
  | { readonly kind: "due"; readonly ids: readonly TestId[] };

/** Server to client. What happens in a run, in order: each test is enqueued, started, and ends in one way, or is skipped. */
export const testsEventNotification = notification<{ readonly runId: TestRunId; readonly event: TestEvent }>(
  "raftlab/tests/event",
);
