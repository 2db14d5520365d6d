/** Tasks: the command line's `run`, `check` and `fmt --check`, asked of the language server, so that they work wherever it does. */
import type { NotificationDefinition, Outcome, RequestDefinition } from "./requests.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });
const notification = <P>(method: string): NotificationDefinition<P> => ({ method });

/** What a task does. */
export type TaskCommand = "run" | "check" | "format";

/**
 * Client to server. Does a task and answers with its exit code, as the command line's: 0 all passed, 1 something failed (for `format`:
 * something is not formatted), 2 the input is wrong, 3 nothing failed but something is unproven. Output comes as
 * `raftlab/task/output`, all of it before the answer. Cancelling ends it; the answer is a failure then.
 */
export const taskRequest = request<
  {
    /** Names the task in its output; chosen by the client. */
    readonly taskId: string;
    readonly command: TaskCommand;
    /** Document URIs; empty for all scenario files of the workspace. */
    readonly uris: readonly string[];
    /** Of `run`: the scenarios of this title only. */
    readonly scenario?: string;
    /** Of `run`: instead of the scenarios' own; several: one run with each. */
    readonly seeds?: readonly number[];
    /** Files below it are called by their path within it. URI of a folder. */
    readonly folder?: string;
    /** Colours and other ANSI sequences in the output. */
    readonly colour?: boolean;
  },
  Outcome<{ readonly exitCode: 0 | 1 | 2 | 3 }>
>("raftlab/task");

/** Server to client. Lines of a task's output, without line ends. Problems are `FILE:LINE:COLUMN: severity: message [code]`. */
export const taskOutputNotification = notification<{ readonly taskId: string; readonly lines: readonly string[] }>(
  "raftlab/task/output",
);
