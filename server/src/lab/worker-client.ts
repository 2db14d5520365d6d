import { Worker } from "node:worker_threads";
import { type Messages, t } from "../l10n/text.js";
import type { Failure } from "../protocol/requests.js";
import type { SessionId } from "../protocol/session.js";
import { DEFAULT_LAB_SETTINGS, type LogLevel, type RunProgress } from "./contract.js";
import type { Answer, CallName, FromWorker, Limits, ToWorker, WorkerCalls, WorkerEvent } from "./rpc.js";
import { newMark, readMark } from "./slice-mark.js";
import { WorkerWatch } from "./worker-watch.js";

/** How long the worker may stay away from its event loop. */
const HANG_SECONDS = 60;

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
  /** `hung`: it was ended because it did not come back from this session. */
  readonly onDeath: (hung: SessionId | null, message: string) => void;
  /** How busy it is, once a second while there is one. */
  readonly onLoad: (load: number) => void;
  readonly log: (level: LogLevel, message: string) => void;
}

// Made when they are told: the translations arrive after this module.
const closed = (): string => t("Raft Lab is shutting down. Try again when it has restarted.");
const died = (): string => t("The simulation stopped unexpectedly. Try again; the log has the details.");
const cancelled = (): Failure => ({ ok: false, message: t("The request was cancelled.") });

/** The simulation worker as its owner sees it: calls that return promises. It is started when first needed. */
export class WorkerClient {
  readonly #script: string | URL;
  readonly #listener: WorkerListener;
  readonly #messages: Messages | null;
  readonly #pending = new Map<number, PendingCall>();
  #worker: Worker | null = null;
  #watch: WorkerWatch | null = null;
  #limits: Limits = DEFAULT_LAB_SETTINGS;
  readonly #mark = newMark();
  readonly #hangSeconds: number;
  #nextId = 1;
  #disposed = false;

  /**
   * `script` is the bundled `worker.js`; `messages` are the translations for what it says; `hangSeconds` is how long it may stay away
   * from its event loop, where a slice takes milliseconds and the checks at a run's end seconds.
   */
  constructor(
    script: string | URL,
    listener: WorkerListener,
    messages: Messages | null = null,
    hangSeconds = HANG_SECONDS,
  ) {
    this.#hangSeconds = hangSeconds;
    this.#script = script;
    this.#messages = messages;
    this.#listener = listener;
  }

  /** Whether there is a worker: one that does not run has nothing to tell. */
  get started(): boolean {
    return this.#worker !== null;
  }

  /** How far simulations may go that begin from now on. */
  set limits({ maxEvents, maxSeconds }: Limits) {
    this.#limits = { maxEvents, maxSeconds };
    this.#worker?.postMessage({ kind: "limits", limits: this.#limits } satisfies ToWorker);
  }

  /** Calls the worker. That it dies or is closed meanwhile is a failure; rejects for a defect in the call's own code. */
  async call<N extends CallName>(
    name: N,
    params: WorkerCalls[N]["params"],
    control: ClientCallControl = {},
  ): Promise<Answer<N>> {
    const { signal, onProgress } = control;
    if (this.#disposed) return { ok: false, message: closed() };
    if (signal?.aborted === true) return cancelled();
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
    this.#watch?.dispose();
    this.#failAll(closed());
    await worker?.terminate();
  }

  #startedWorker(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.#script, {
      workerData: { messages: this.#messages, limits: this.#limits, mark: this.#mark },
    });
    worker.on("message", (message: FromWorker) => this.#receive(worker, message));
    worker.on("error", (error) => this.#died(worker, error.stack ?? error.message));
    worker.on("exit", (code) => this.#died(worker, `it ended with code ${code}`));
    this.#worker = worker;
    this.#watch = new WorkerWatch(worker, this.#hangSeconds, {
      looked: (load) => this.#listener.onLoad(load),
      hangs: () => this.#hangs(worker),
    });
    return worker;
  }

  #receive(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    if (message.kind === "event") {
      this.#listener.onEvent(message.event);
      return;
    }
    if (message.kind === "pong") {
      this.#watch?.answered();
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
    this.#watch?.dispose();
    this.#listener.log("error", `the simulation worker died: ${message}`);
    this.#failAll(died());
    this.#listener.onDeath(null, died());
  }

  #hangs(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const hung = readMark(this.#mark);
    new Uint8Array(this.#mark).fill(0);
    this.#listener.log(
      "error",
      `the simulation worker did not come back for ${this.#hangSeconds} s from session ${hung}`,
    );
    const message = t(
      "The simulation did not come back from one step within {0} s and was ended. Other sessions go on. Shorten the scenario; if it is short, report this.",
      this.#hangSeconds,
    );
    this.#failAll(message);
    this.#listener.onDeath(hung, message);
    void worker.terminate();
  }

  #failAll(message: string): void {
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const { resolve } of calls) resolve({ ok: false, message } satisfies Failure);
  }
}
