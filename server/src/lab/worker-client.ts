import { Worker } from "node:worker_threads";
import { type Messages, t } from "../l10n/text.js";
import type { Failure } from "../protocol/requests.js";
import type { LogLevel, RunProgress } from "./contract.js";
import type { Answer, CallName, FromWorker, ToWorker, WorkerCalls, WorkerEvent } from "./rpc.js";

/** How a call to the worker is followed and ended. */
export interface ClientCallControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

interface PendingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: RunProgress) => void) | undefined;
}

/** What the owner of a worker hears. */
export interface WorkerListener {
  readonly onEvent: (event: WorkerEvent) => void;
  /** The worker died; a new one starts with the next call. Sessions in its memory are gone. */
  readonly onDeath: () => void;
  readonly log: (level: LogLevel, message: string) => void;
}

function closed(): string {
  return t("Raft Lab is shutting down. Try again when it has restarted.");
}

/** The simulation worker as its owner sees it: calls that return promises. It is started when first needed. */
export class WorkerClient {
  readonly #script: string | URL;
  readonly #listener: WorkerListener;
  readonly #messages: Messages | null;
  readonly #pending = new Map<number, PendingCall>();
  #worker: Worker | null = null;
  #nextId = 1;
  #disposed = false;

  /** `script` is the bundled `worker.js`; `messages` are the translations for what it says. */
  constructor(script: string | URL, listener: WorkerListener, messages: Messages | null = null) {
    this.#script = script;
    this.#messages = messages;
    this.#listener = listener;
  }

  /** Whether there is a worker: one that does not run has nothing to tell. */
  get started(): boolean {
    return this.#worker !== null;
  }

  /** Calls the worker. That it dies or is closed meanwhile is a failure; rejects for a defect in the call's own code. */
  async call<N extends CallName>(
    name: N,
    params: WorkerCalls[N]["params"],
    control: ClientCallControl = {},
  ): Promise<Answer<N>> {
    const { signal, onProgress } = control;
    if (this.#disposed) return { ok: false, message: closed() };
    if (signal?.aborted === true) return { ok: false, message: t("The request was cancelled.") };
    const worker = this.#startedWorker();
    const id = this.#nextId;
    this.#nextId += 1;
    const answer = new Promise<Answer<N>>((resolve, reject) => {
      // The worker answers a call with that call's result: both ends are typed by WorkerCalls.
      this.#pending.set(id, { resolve: (value) => resolve(value as Answer<N>), reject, onProgress });
    });
    const abort = (): void => worker.postMessage({ kind: "abort", id } satisfies ToWorker);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      worker.postMessage({ kind: "call", id, name, params });
      return await answer;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Ends the worker. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(closed());
    await worker?.terminate();
  }

  #startedWorker(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.#script, { workerData: { messages: this.#messages } });
    worker.on("message", (message: FromWorker) => this.#receive(worker, message));
    worker.on("error", (error) => this.#died(worker, error.stack ?? error.message));
    worker.on("exit", (code) => this.#died(worker, `it ended with code ${code}`));
    this.#worker = worker;
    return worker;
  }

  #receive(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    if (message.kind === "event") {
      this.#listener.onEvent(message.event);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.kind === "progress") this.#tellProgress(pending, message.progress);
    else if (message.kind === "result") pending.resolve(message.value);
    else pending.reject(new Error(message.message));
  }

  #tellProgress({ onProgress }: PendingCall, progress: RunProgress): void {
    try {
      onProgress?.(progress);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#listener.log("error", `whoever follows a run's progress failed: ${why}`);
    }
  }

  #died(worker: Worker, message: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#listener.log("error", `the simulation worker died: ${message}`);
    this.#failAll(t("The simulation stopped unexpectedly. Try again; the log has the details."));
    this.#listener.onDeath();
  }

  #failAll(message: string): void {
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const { resolve } of calls) resolve({ ok: false, message } satisfies Failure);
  }
}
