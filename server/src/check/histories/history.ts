/** Recorded histories: what clients of some store did and saw, read from a file. No part of a run of the lab. */
import type { KvRequest } from "../../kv/request.js";
import type { KvResponse } from "../../kv/response.js";
import type { Action } from "../linearizability/operation.js";

/** What the recorded store is taken for: one register, keys with values, or etcd with its revisions. */
export type HistoryModel = "register" | "kv" | "etcd";

/** What an operation says for the check. */
export type Effect =
  | { readonly kind: "action"; readonly action: Action }
  | { readonly kind: "request"; readonly request: KvRequest; readonly response: KvResponse | null }
  /** Nothing: a refused operation, or a read without an answer. */
  | { readonly kind: "nothing" };

/** One operation of a recorded history. */
export interface HistoryOperation {
  /** Its place in {@link RecordedHistory.operations}. */
  readonly id: number;
  readonly client: string;
  /** In the file's own units. Calls and returns at one instant count as concurrent. */
  readonly call: number;
  /** `null`: nobody knows the outcome; it may take effect at any time after the call, or never. */
  readonly return: number | null;
  /** What was asked, for people: `put color "red"`. Safe to print. */
  readonly title: string;
  /** What was answered, for people; `null` where the outcome is unknown. Safe to print. */
  readonly answer: string | null;
  readonly effect: Effect;
}

/** A history as a file holds it. */
export interface RecordedHistory {
  readonly model: HistoryModel;
  /** What every key holds before the first operation; `null` for no key. Without meaning for etcd, which begins empty. */
  readonly initial: string | null;
  /** In the order of their calls. */
  readonly operations: readonly HistoryOperation[];
}

/** Where a file is wrong, how, and what helps. */
export interface HistoryProblem {
  /** `line 3, column 7`, or a path such as `operations[4].call`; "" for the whole file. */
  readonly place: string;
  readonly message: string;
}

/** One history of an index, with the verdict that is stated there. */
export interface IndexEntry {
  readonly file: string;
  readonly linearizable: boolean;
}

/** What a file turned out to be. */
export type ReadResult =
  | { readonly kind: "history"; readonly history: RecordedHistory }
  /** A list of files beside this one, with stated verdicts. */
  | { readonly kind: "index"; readonly entries: readonly IndexEntry[] }
  | { readonly kind: "wrong"; readonly problem: HistoryProblem };
