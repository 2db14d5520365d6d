import { createHash } from "node:crypto";
import { t } from "../l10n/text.js";
import type { Outcome } from "../protocol/requests.js";
import type { SessionId, SessionInfo } from "../protocol/session.js";
import {
  DEFAULT_LAB_SETTINGS,
  type Lab,
  type LabEvent,
  type LabOptions,
  type LabSettings,
  type RunControl,
} from "./contract.js";
import { KeptBookmarks, unknownSession } from "./kept-bookmarks.js";
import { LabEvents } from "./lab-events.js";
import { LoadNotices } from "./load-notices.js";
import { afterRestart, interrupted, newBranch, newLive, newRun } from "./new-record.js";
import { Openings } from "./openings.js";
import type { SessionRecord } from "./record.js";
import { type Answer, type CallName, NOT_OPEN, type Opened, type WorkerCalls, type WorkerEvent } from "./rpc.js";
import { runSettings } from "./run-settings.js";
import { runSource } from "./run-source.js";
import { SessionStore, type StoreOptions } from "./store.js";
import { type ClientCallControl, WorkerClient, type WorkerListener } from "./worker-client.js";

/** What a lab in Node is started with. */
export interface NodeLabOptions extends LabOptions {
  /** The bundled `worker.js`. */
  readonly script: string | URL;
  readonly adapterOf?: StoreOptions["adapterOf"];
  /** How long the worker may take for one slice before it is ended; for tests. */
  readonly hangSeconds?: number;
}

/** How often a live cluster whose worker died is brought back by itself: what kills its worker will do so again. */
const REVIVALS = 3;
/** How long a closing lab waits for the places of live clusters. */
const FAREWELL_MS = 500;

/** The lab in Node: sessions kept in a lowdb store, simulations in a worker thread. */
export class NodeLab implements Lab {
  readonly #store: SessionStore;
  readonly #worker: WorkerClient;
  readonly #log: LabOptions["log"];
  readonly #events: LabEvents;
  readonly #bookmarks: KeptBookmarks;
  readonly #openings = new Openings();
  readonly #revivals = new Map<SessionId, number>();
  readonly #load: LoadNotices;
  /** Sessions that the worker did not come back from, and what is said of them: they are not tried again. */
  readonly #hung = new Map<SessionId, string>();
  #settings: LabSettings = DEFAULT_LAB_SETTINGS;
  #disposing: Promise<void> | null = null;

  private constructor(store: SessionStore, events: LabEvents, options: NodeLabOptions) {
    const { script, log, messages = null, settings = DEFAULT_LAB_SETTINGS, hangSeconds } = options;
    this.#store = store;
    this.#events = events;
    this.#bookmarks = new KeptBookmarks(store, events);
    this.#log = log;
    const onEvent = (event: WorkerEvent): void => this.#onWorkerEvent(event);
    const onDeath: WorkerListener["onDeath"] = (hung, message) => {
      this.#load.died(message);
      if (hung !== null) this.#guilty(hung, message);
      this.#revive();
    };
    const onLoad = (load: number): void => this.#load.looked(load);
    this.#worker = new WorkerClient(script, { onEvent, onDeath, onLoad, log }, messages, hangSeconds);
    this.#load = new LoadNotices((load, trouble) => events.emit({ kind: "simulation", load, trouble }));
    this.configure(settings);
  }

  /** Starts a lab. Never rejects for a store that cannot be used: that is told as an event. */
  static async start(options: NodeLabOptions): Promise<NodeLab> {
    const { storageFolder: folder, adapterOf, log } = options;
    const events = new LabEvents(log);
    const onMessage = (message: string): void => events.tell(message);
    const store = await SessionStore.open({ folder, onMessage, ...(adapterOf === undefined ? {} : { adapterOf }) });
    const found = (records: readonly SessionRecord[]): readonly SessionInfo[] =>
      records.map((record) => {
        const { info } = afterRestart(record);
        if (info !== record.info) store.update(info.id, info, "later");
        return info;
      });
    found(store.records);
    store.onAdopted((records) => {
      for (const session of found(records)) events.emit({ kind: "session-changed", session });
    });
    return new NodeLab(store, events, options);
  }

  run: Lab["run"] = async ({ source, textOf, ...params }, control) => {
    const kept = textOf === undefined ? null : this.#store.find(textOf);
    if (kept === undefined) return unknownSession();
    const record = newRun({ ...params, source: { uri: source.uri, text: kept?.text ?? source.text } });
    if (typeof record === "string") return { ok: false, message: record };
    const { id } = record.info;
    this.#begin(record);
    let reason = interrupted();
    try {
      const opened = await this.#openings.start(id, (own) => this.#worker.call("run", record, own), control, true);
      if (!opened.ok) {
        reason = opened.message;
        return opened;
      }
      const { session, result } = opened;
      if (result === null) return { ok: false, message: t("The run has no result.") };
      return { ok: true, session, result };
    } finally {
      this.#end(id, control.signal.aborted ? { kind: "cancelled" } : { kind: "failed", message: reason });
      await this.#store.flush();
    }
  };

  startLive: Lab["startLive"] = async (params) => {
    const record = newLive(params, this.#settings.pace);
    return typeof record === "string" ? { ok: false, message: record } : this.#beginLive(record);
  };

  controlLive: Lab["controlLive"] = async (params) => {
    const answer = await this.#onOpen(params.sessionId, "control", params);
    await this.#store.flush();
    return answer;
  };

  // What a person was told of is on the disk: a server that dies now loses nothing of it.
  act: Lab["act"] = async (params, signal) => {
    const answer = await this.#onOpen(params.sessionId, "act", params, { signal });
    await this.#store.flush();
    return answer;
  };

  actOnMessage: Lab["actOnMessage"] = async (params, signal) => {
    const answer = await this.#onOpen(params.sessionId, "actOnMessage", params, { signal });
    await this.#store.flush();
    return answer;
  };

  saveLive: Lab["saveLive"] = async (params, signal) => this.#onOpen(params.sessionId, "saveLive", params, { signal });

  branchLive: Lab["branchLive"] = async ({ sessionId, eventId = null }, signal) => {
    const asked = { sessionId, eventId };
    const found = await this.#onOpen(sessionId, "placeOf", asked, { signal });
    if (!found.ok) return found;
    const origin = this.#store.find(sessionId);
    if (origin === undefined) return unknownSession();
    return this.#beginLive(newBranch(origin, found.eventId, found.place, this.#settings.pace));
  };

  /** Opens a live cluster that is new; one that cannot be opened leaves nothing behind. */
  async #beginLive(record: SessionRecord): Promise<Outcome<{ readonly session: SessionInfo }>> {
    const { id } = record.info;
    this.#begin(record);
    const opened = await this.#openings.start(id, () => this.#worker.call("live", record), patient());
    if (opened.ok) {
      await this.#store.flush();
      return { ok: true, session: opened.session };
    }
    this.#store.delete(id);
    await this.#close(id);
    return opened;
  }

  sessions: Lab["sessions"] = async () => ({ sessions: this.#store.records.map(({ info }) => info).reverse() });

  openSession: Lab["openSession"] = async ({ sessionId }, control) => {
    if (this.#openings.isOpen(sessionId) && this.#store.find(sessionId) !== undefined) {
      const answer = await this.#worker.call("describe", { sessionId }, { signal: control.signal });
      if (answer.ok || answer.message !== NOT_OPEN) return answer;
      this.#openings.forget(sessionId);
    }
    return this.#ensureOpen(sessionId, control);
  };

  deleteSession: Lab["deleteSession"] = async ({ sessionId }) => {
    if (!this.#store.delete(sessionId)) return unknownSession();
    await this.#close(sessionId);
    await this.#store.flush();
    return { ok: true };
  };

  moveCursor: Lab["moveCursor"] = async (params) => this.#onOpen(params.sessionId, "moveCursor", params);

  eventOfLine: Lab["eventOfLine"] = async (params) => this.#onOpen(params.sessionId, "eventOfLine", params);

  clusterView: Lab["clusterView"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "clusterView", params, { signal });

  notes: Lab["notes"] = async (params, signal) => this.#onOpen(params.sessionId, "notes", params, { signal });

  bookmarks: Lab["bookmarks"] = async ({ sessionId }) => this.#bookmarks.list(sessionId);

  allBookmarks: Lab["allBookmarks"] = async () => ({ ok: true, sessions: this.#bookmarks.all() });

  putBookmark: Lab["putBookmark"] = async ({ sessionId, eventId, name }) => {
    const found = await this.#onOpen(sessionId, "events", { sessionId, from: eventId, count: 1 });
    if (!found.ok) return found;
    const event = found.events.find(({ id }) => id === eventId);
    if (event === undefined) return { ok: false, message: t("There is no event {0} in this session.", eventId) };
    return this.#bookmarks.put(sessionId, event, name);
  };

  removeBookmark: Lab["removeBookmark"] = async ({ sessionId, eventId }) => this.#bookmarks.remove(sessionId, eventId);

  entry: Lab["entry"] = async (params, signal) => this.#onOpen(params.sessionId, "entry", params, { signal });

  timeline: Lab["timeline"] = async (params, signal) => this.#onOpen(params.sessionId, "timeline", params, { signal });

  diagram: Lab["diagram"] = async (params, signal) => this.#onOpen(params.sessionId, "diagram", params, { signal });

  diagramRows: Lab["diagramRows"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "diagramRows", params, { signal });

  diagramPlace: Lab["diagramPlace"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "diagramPlace", params, { signal });

  diagramFind: Lab["diagramFind"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "diagramFind", params, { signal });

  diagramOverview: Lab["diagramOverview"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "diagramOverview", params, { signal });

  why: Lab["why"] = async (params, signal) => this.#onOpen(params.sessionId, "why", params, { signal });
  whyQuestions: Lab["whyQuestions"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "whyQuestions", params, { signal });

  events: Lab["events"] = async (params, signal) => this.#onOpen(params.sessionId, "events", params, { signal });

  keys: Lab["keys"] = async (params, signal) => this.#onOpen(params.sessionId, "keys", params, { signal });

  keyHistory: Lab["keyHistory"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "keyHistory", params, { signal });

  watches: Lab["watches"] = async (params, signal) => this.#onOpen(params.sessionId, "watches", params, { signal });

  history: Lab["history"] = async (params, signal) => this.#onOpen(params.sessionId, "history", params, { signal });

  historyRows: Lab["historyRows"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "historyRows", params, { signal });

  historyOperation: Lab["historyOperation"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "historyOperation", params, { signal });

  historyCheck: Lab["historyCheck"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "historyCheck", params, { signal });

  narration: Lab["narration"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "narration", params, { signal });

  liveNames: Lab["liveNames"] = async (params) => this.#onOpen(params.sessionId, "liveNames", params);

  checkStep: Lab["checkStep"] = async (params) => this.#onOpen(params.sessionId, "checkStep", params);

  configure(settings: LabSettings): void {
    this.#settings = settings;
    this.#store.keep = settings.keep;
    this.#worker.limits = settings;
  }

  tracePage: Lab["tracePage"] = async (params, signal) =>
    this.#onOpen(params.sessionId, "tracePage", params, { signal });

  runSource: Lab["runSource"] = async ({ sessionId }, signal) => {
    const standing = await this.#onOpen(sessionId, "standing", { sessionId }, { signal });
    if (!standing.ok) return standing;
    const record = this.#store.find(sessionId);
    return record === undefined ? unknownSession() : { ok: true, source: runSource(record, standing) };
  };

  report: Lab["report"] = async ({ sessionId }, signal) => {
    const made = await this.runSource({ sessionId }, signal);
    return made.ok ? this.#onOpen(sessionId, "report", { sessionId, source: made.source }, { signal }) : made;
  };

  compare: Lab["compare"] = async (params, signal) => {
    const [a, b] = [this.#store.find(params.left), this.#store.find(params.right)];
    if (a === undefined || b === undefined) return unknownSession();
    const { traceHash: hash, events } = a.info;
    if (hash !== null && hash === b.info.traceHash) return { ok: true, comparison: { kind: "equal", hash, events } };
    return this.#onBoth("compare", params, signal);
  };

  comparison: Lab["comparison"] = async (params, signal) => this.#onBoth("comparison", params, signal);

  milestones: Lab["milestones"] = async (params, signal) => this.#onBoth("milestones", params, signal);

  runSettings: Lab["runSettings"] = async ({ sessionId, setting }) => {
    const record = this.#store.find(sessionId);
    return record === undefined ? unknownSession() : runSettings(record, setting);
  };

  onEvent(listener: (event: LabEvent) => void): () => void {
    return this.#events.listen(listener);
  }

  async dispose(): Promise<void> {
    this.#disposing ??= this.#shutDown();
    await this.#disposing;
  }

  /** Keeps and tells a session that begins now. */
  #begin(record: SessionRecord): void {
    for (const sessionId of this.#store.put(record)) void this.#close(sessionId);
    this.#events.emit({ kind: "session-changed", session: record.info });
  }

  /** Whatever ended a run before its own end: it must not stay "running". */
  #end(id: SessionId, state: SessionInfo["state"]): void {
    const record = this.#store.find(id);
    if (record?.info.state.kind !== "running") return;
    const session = { ...record.info, state };
    this.#store.update(id, { state });
    this.#events.emit({ kind: "session-changed", session });
  }

  /** Ends a session that is not kept any more, and tells so. */
  async #close(sessionId: SessionId): Promise<void> {
    const known = this.#openings.has(sessionId);
    this.#openings.forget(sessionId);
    if (known) await this.#worker.call("close", { sessionId });
    this.#events.emit({ kind: "session-deleted", sessionId });
  }

  /** Makes a kept session available again when it is not: it is run anew, which gives the same trace. */
  async #ensureOpen(id: SessionId, control: RunControl): Promise<Opened> {
    const record = this.#store.find(id);
    if (record === undefined) return unknownSession();
    const hung = this.#hung.get(id);
    if (hung !== undefined) return { ok: false, message: hung };
    const { state, kind } = record.info;
    if (kind === "run" && state.kind === "failed") return { ok: false, message: state.message };
    return this.#openings.ensure(id, (own) => this.#reopen(id, own), control);
  }

  async #reopen(id: SessionId, control: RunControl): Promise<Opened> {
    const record = this.#store.find(id);
    if (record === undefined) return unknownSession();
    const { kind, title, traceHash } = record.info;
    if (kind === "live") {
      const opened = await this.#worker.call("live", record);
      if (opened.ok && !opened.exact) this.#differs(title);
      return opened;
    }
    const opened = await this.#worker.call("reopen", { record, announce: this.#isNewest(record) }, control);
    if (opened.ok && traceHash !== null && opened.session.traceHash !== traceHash) this.#differs(title);
    return opened;
  }

  /** Its verdict is the one to show in the editor: of an older run it would replace the newer one's. */
  #isNewest({ info }: SessionRecord): boolean {
    const same = this.#store.records.filter(({ info: { kind, uri, title, state, settings } }) => {
      const ofText = kind === "run" && settings === undefined;
      return ofText && uri === info.uri && title === info.title && state.kind === "finished";
    });
    return same.at(-1)?.info.id === info.id;
  }

  #differs(title: string): void {
    this.#events.tell(
      t(
        "“{0}” does not run as it did when it was kept: Raft Lab has changed since. It is shown as it runs now.",
        title,
      ),
    );
  }

  async #onOpen<N extends CallName>(
    id: SessionId,
    name: N,
    params: WorkerCalls[N]["params"],
    control: ClientCallControl = {},
  ): Promise<Answer<N>> {
    for (let tries = 0; ; tries += 1) {
      // A run under way can be looked at; a kept session is opened first.
      const early = this.#openings.isUnderWay(id);
      if (!early) {
        const opened = await this.#ensureOpen(id, patient(control.signal));
        if (!opened.ok) return opened;
      }
      const answer = await this.#worker.call(name, params, control);
      if (!isNotOpen(answer)) return answer;
      if (early) return { ok: false, message: t("This run has not begun yet: another one is under way.") };
      // The worker has let it go since, to make room for others.
      if (tries > 0) return { ok: false, message: t("This session is not open. Open it again from the Runs view.") };
      this.#openings.expire(id);
    }
  }

  /** Asking for either opens it; the worker may let the first one go to make room for the second. */
  async #onBoth<N extends "compare" | "comparison" | "milestones">(
    name: N,
    params: WorkerCalls[N]["params"],
    signal: AbortSignal,
  ): Promise<Answer<N>> {
    const sides = [params.left, params.right];
    for (let tries = 0; ; tries += 1) {
      for (const id of sides) {
        const opened = await this.#ensureOpen(id, patient(signal));
        if (!opened.ok) return opened;
      }
      const answer = await this.#worker.call(name, params, { signal });
      if (!isNotOpen(answer) || tries > 0) return answer;
      for (const id of sides) this.#openings.expire(id);
    }
  }

  #onWorkerEvent(event: WorkerEvent): void {
    const id = "session" in event ? event.session.id : event.sessionId;
    const record = this.#store.find(id);
    // Deleted, while the worker was still at it.
    if (record === undefined) return;
    switch (event.kind) {
      case "live-place":
        this.#store.put({ ...record, info: event.info, live: event.place });
        return;
      case "session-changed":
        this.#store.update(id, event.session, event.session.state.kind === "running" ? "later" : "now");
        break;
      case "cursor-changed":
        this.#store.update(id, { cursor: event.cursor }, "later");
        break;
      default:
        break;
    }
    this.#events.emit(event);
  }

  /** What the worker did not come back from has failed, and is not brought back: it would do so again. */
  #guilty(id: SessionId, message: string): void {
    this.#hung.set(id, message);
    const record = this.#store.find(id);
    const session = record === undefined ? "" : `: seed ${record.info.seed}, text ${digest(record.text ?? "")}`;
    this.#log("error", `a session made the simulation hang${session}`);
    this.#end(id, { kind: "failed", message });
  }

  /** The worker died. Live clusters that were running go on where they were last known to be. */
  #revive(): void {
    for (const id of this.#openings.clear()) {
      const record = this.#store.find(id);
      if (record?.info.kind !== "live" || record.info.state.kind !== "running") continue;
      const revivals = (this.#revivals.get(id) ?? 0) + 1;
      this.#revivals.set(id, revivals);
      if (revivals > REVIVALS) this.#end(id, { kind: "paused", because: t("The simulation stopped unexpectedly.") });
      else void this.#reviveOne(id);
    }
  }

  async #reviveOne(id: SessionId): Promise<void> {
    try {
      const opened = await this.#ensureOpen(id, patient());
      if (!opened.ok) this.#end(id, { kind: "paused", because: opened.message });
    } catch (error) {
      this.#log("error", `session ${id} could not be brought back: ${describe(error)}`);
      this.#end(id, { kind: "paused", because: t("The simulation stopped unexpectedly.") });
    }
  }

  async #shutDown(): Promise<void> {
    if (this.#worker.started) await Promise.race([this.#worker.call("places", {}), delay(FAREWELL_MS)]);
    for (const { info } of this.#store.records) {
      if (info.kind === "run") this.#end(info.id, { kind: "cancelled" });
    }
    this.#load.clear();
    await this.#worker.dispose();
    this.#events.clear();
    await this.#store.close();
  }
}

/** Tells a text from others without telling it. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Waits as long as it takes, and looks at no progress. A signal each: a shared one would gather listeners. */
function patient(signal: AbortSignal = new AbortController().signal): RunControl {
  return { signal, onProgress: () => undefined };
}

function isNotOpen(answer: { readonly ok: boolean }): boolean {
  return !answer.ok && "message" in answer && answer.message === NOT_OPEN;
}

async function delay(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
