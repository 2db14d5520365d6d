import { randomUUID } from "node:crypto";
import { check } from "../language/check.js";
import type { Failure, Outcome } from "../protocol/requests.js";
import type { SessionId, SessionInfo } from "../protocol/session.js";
import type { Lab, LabEvent, LabOptions, RunControl } from "./contract.js";
import type { SessionRecord } from "./record.js";
import type { CallName, WorkerCalls, WorkerEvent } from "./rpc.js";
import type { SessionStore } from "./store.js";
import { type ClientCallControl, WorkerClient } from "./worker-client.js";

/** The lab in Node: sessions kept in a lowdb store, simulations in a worker thread. */
export class NodeLab implements Lab {
  readonly #store: SessionStore;
  readonly #worker: WorkerClient;
  readonly #log: LabOptions["log"];
  readonly #listeners = new Set<(event: LabEvent) => void>();
  #announcement: string | null = null;
  /** Sessions in the worker's memory, or on the way into it. */
  readonly #open = new Map<SessionId, Promise<Outcome<{ session: SessionInfo }>>>();

  constructor(store: SessionStore, script: string | URL, log: LabOptions["log"]) {
    this.#store = store;
    this.#log = log;
    this.#worker = new WorkerClient(script, {
      onEvent: (event) => this.#onWorkerEvent(event),
      onDeath: () => this.#open.clear(),
      log,
    });
  }

  run: Lab["run"] = async ({ source, scenario, seed }, control) => {
    const info = newInfo("run", source.uri, scenario, seed ?? seedOf(scenario, source.text));
    const record: SessionRecord = { info, text: source.text, scenario, live: null };
    const answer = await this.#startRun(record, control);
    if (!answer.ok) return answer;
    this.#store.put({ ...record, info: answer.session });
    return answer;
  };

  startLive: Lab["startLive"] = async ({ source, scenario, seed }) => {
    const title = scenario ?? "Live cluster";
    const text = source?.text ?? null;
    const info = newInfo(
      "live",
      source?.uri ?? null,
      title,
      seed ?? (text === null || scenario === undefined ? 1 : seedOf(scenario, text)),
    );
    const record: SessionRecord = { info, text, scenario: scenario ?? null, live: null };
    const answer = await this.#opening(record, () => this.#worker.call("live", record));
    if (answer.ok) this.#store.put({ ...record, info: answer.session });
    return answer;
  };

  controlLive: Lab["controlLive"] = async (params) => {
    const answer = await this.#onOpen(params.sessionId, "control", params);
    await this.#kept();
    return answer;
  };

  act: Lab["act"] = async (params, signal) => {
    const answer = await this.#onOpen(params.sessionId, "act", params, { signal });
    await this.#kept();
    return answer;
  };

  sessions: Lab["sessions"] = async () => {
    return { sessions: this.#store.records.map(({ info }) => info).reverse() };
  };

  openSession: Lab["openSession"] = async ({ sessionId }, control) => {
    const record = this.#store.find(sessionId);
    if (record === undefined) return UNKNOWN;
    if (record.info.kind === "live") {
      const answer = await this.#ensureOpen(sessionId);
      return answer.ok ? { ...answer, result: null } : answer;
    }
    const answer = await this.#startRun(record, control);
    if (answer.ok && record.info.traceHash !== null && answer.session.traceHash !== record.info.traceHash) {
      this.#log(
        "warn",
        `session ${sessionId} ran differently: ${answer.session.traceHash}, kept ${record.info.traceHash}`,
      );
    }
    return answer;
  };

  deleteSession: Lab["deleteSession"] = async ({ sessionId }) => {
    const kept = this.#store.delete(sessionId);
    if (this.#open.has(sessionId)) {
      this.#open.delete(sessionId);
      await this.#worker.call("close", { sessionId });
    }
    if (!kept) return UNKNOWN;
    this.#emit({ kind: "session-deleted", sessionId });
    return { ok: true };
  };

  moveCursor: Lab["moveCursor"] = async (params) => this.#onOpen(params.sessionId, "moveCursor", params);

  eventOfLine: Lab["eventOfLine"] = async (params) => this.#onOpen(params.sessionId, "eventOfLine", params);

  clusterView: Lab["clusterView"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "clusterView", params, { signal });

  timeline: Lab["timeline"] = async (params, signal) => this.#onOpen(params.sessionId, "timeline", params, { signal });

  diagram: Lab["diagram"] = async (params, signal) => this.#onOpen(params.sessionId, "diagram", params, { signal });

  why: Lab["why"] = async (params, signal) => this.#onOpen(params.sessionId, "why", params, { signal });

  events: Lab["events"] = async (params, signal) => this.#onOpen(params.sessionId, "events", params, { signal });

  /** Has a message about the store told to the first listener, and to all there are by then. */
  announce(message: string): void {
    this.#announcement = message;
  }

  onEvent(listener: (event: LabEvent) => void): () => void {
    this.#listeners.add(listener);
    const message = this.#announcement;
    this.#announcement = null;
    if (message !== null) queueMicrotask(() => this.#emit({ kind: "store-message", message }));
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#listeners.clear();
    await this.#worker.dispose();
    await this.#store.flush();
  }

  #emit(event: LabEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#log("error", `a listener of the lab failed at ${event.kind}: ${describe(error)}`);
      }
    }
  }

  #onWorkerEvent(event: WorkerEvent): void {
    switch (event.kind) {
      case "live-place": {
        const record = this.#store.find(event.sessionId);
        if (record !== undefined) this.#store.put({ ...record, info: event.info, live: event.place });
        return;
      }
      case "cursor-changed": {
        const record = this.#store.find(event.sessionId);
        if (record !== undefined) this.#store.put({ ...record, info: { ...record.info, cursor: event.cursor } });
        this.#emit(event);
        return;
      }
      default:
        this.#emit(event);
    }
  }

  async #startRun(record: SessionRecord, { signal, onProgress }: RunControl): Promise<WorkerCalls["run"]["result"]> {
    const running = this.#worker.call("run", record, { signal, onProgress });
    void this.#opening(record, async () => running);
    return running;
  }

  async #opening(
    record: SessionRecord,
    open: () => Promise<Outcome<{ session: SessionInfo }>>,
  ): Promise<Outcome<{ session: SessionInfo }>> {
    const { id } = record.info;
    const opening = open();
    this.#open.set(id, opening);
    try {
      const answer = await opening;
      if (!answer.ok) this.#open.delete(id);
      return answer;
    } catch (error) {
      this.#open.delete(id);
      return { ok: false, message: describe(error) };
    }
  }

  /** What a person was told of is on the disk, so that a server that dies now loses nothing of it. */
  async #kept(): Promise<void> {
    try {
      await this.#store.flush();
    } catch (error) {
      this.#log("error", `the store could not be written: ${describe(error)}`);
    }
  }

  /** Makes a kept session available again when it is not: it is run anew, which gives the same trace. */
  async #ensureOpen(id: SessionId): Promise<Outcome<{ session: SessionInfo }>> {
    const opening = this.#open.get(id);
    if (opening !== undefined) return opening;
    const record = this.#store.find(id);
    if (record === undefined) return UNKNOWN;
    return this.#opening(record, () => this.#worker.call(record.info.kind === "live" ? "live" : "run", record));
  }

  async #onOpen<N extends CallName>(
    id: SessionId,
    name: N,
    params: WorkerCalls[N]["params"],
    control: ClientCallControl = {},
  ): Promise<WorkerCalls[N]["result"] | Failure> {
    const running = this.#open.has(id) && this.#store.find(id) === undefined;
    // A run under way can be looked at; a kept session is opened first.
    if (!running) {
      const answer = await this.#ensureOpen(id);
      if (!answer.ok) return answer;
    }
    return this.#worker.call(name, params, control);
  }
}

const UNKNOWN: Failure = { ok: false, message: "There is no such session. It may have been deleted." };

function newInfo(kind: SessionInfo["kind"], uri: string | null, title: string, seed: number): SessionInfo {
  const state: SessionInfo["state"] = kind === "run" ? { kind: "running" } : { kind: "paused" };
  const id = randomUUID();
  const startedAt = new Date().toISOString();
  const nothingYet = { timeUs: 0, events: 0, traceHash: null, leader: null, term: 0, servers: [], clients: [] };
  // Slow motion by default: Raft's timeouts are too quick to watch. A run's cursor begins at its end.
  return {
    id,
    kind,
    uri,
    title,
    seed,
    startedAt,
    state,
    cursor: null,
    pace: kind === "live" ? 0.1 : null,
    ...nothingYet,
  };
}

/** The seed that a scenario is written for. */
function seedOf(title: string, text: string): number {
  return check(text).program.scenarios.find((scenario) => scenario.title === title)?.config.seed ?? 1;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
