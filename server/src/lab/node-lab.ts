import { t } from "../l10n/text.js";
import type { Outcome } from "../protocol/requests.js";
import type { SessionInfo } from "../protocol/session.js";
import { AskedSessions, patient } from "./asked-sessions.js";
import { DEFAULT_LAB_SETTINGS, type Lab, type LabEvent, type LabOptions, type LabSettings } from "./contract.js";
import { KeptBookmarks, unknownSession } from "./kept-bookmarks.js";
import { LabEvents } from "./lab-events.js";
import { LoadNotices } from "./load-notices.js";
import { interrupted, newBranch, newLive, newRun } from "./new-record.js";
import { Openings } from "./openings.js";
import type { SessionRecord } from "./record.js";
import { Revivals } from "./revivals.js";
import type { WorkerEvent } from "./rpc.js";
import { runSettings } from "./run-settings.js";
import { runSource } from "./run-source.js";
import { SessionStates } from "./session-states.js";
import { SessionStore, type StoreOptions } from "./store.js";
import { WorkerClient, type WorkerListener } from "./worker-client.js";

/** What a lab in Node is started with. */
export interface NodeLabOptions extends LabOptions {
  /** The bundled `worker.js`. */
  readonly script: string | URL;
  readonly adapterOf?: StoreOptions["adapterOf"];
  /** How long the worker may take for one slice before it is ended; for tests. */
  readonly hangSeconds?: number;
}

/** How long a closing lab waits for the places of live clusters. */
const FAREWELL_MS = 500;

/** The lab in Node: sessions kept in a lowdb store, simulations in a worker thread. */
export class NodeLab implements Lab {
  readonly #store: SessionStore;
  readonly #worker: WorkerClient;
  readonly #events: LabEvents;
  readonly #states: SessionStates;
  readonly #bookmarks: KeptBookmarks;
  readonly #openings = new Openings();
  readonly #sessions: AskedSessions;
  readonly #load: LoadNotices;
  #settings: LabSettings = DEFAULT_LAB_SETTINGS;
  #disposing: Promise<void> | null = null;

  private constructor(store: SessionStore, events: LabEvents, options: NodeLabOptions) {
    const { script, log, messages = null, settings = DEFAULT_LAB_SETTINGS, hangSeconds } = options;
    this.#store = store;
    this.#events = events;
    this.#states = new SessionStates(store, events);
    this.#states.adopt();
    this.#bookmarks = new KeptBookmarks(store, events);
    const onEvent = (event: WorkerEvent): void => this.#states.follow(event);
    const onDeath: WorkerListener["onDeath"] = (hung, message) => {
      this.#load.died(message);
      if (hung !== null) revivals.blame(hung, message);
      revivals.revive(this.#openings.clear());
    };
    const onLoad = (load: number): void => this.#load.looked(load);
    this.#worker = new WorkerClient(script, { onEvent, onDeath, onLoad, log }, messages, hangSeconds);
    this.#sessions = new AskedSessions(store, events, this.#worker, this.#openings);
    const revivals = new Revivals(store, this.#states, this.#sessions, log);
    this.#load = new LoadNotices((load, trouble) => events.emit({ kind: "simulation", load, trouble }));
    this.configure(settings);
  }

  /** Starts a lab. Never rejects for a store that cannot be used: that is told as an event. */
  static async start(options: NodeLabOptions): Promise<NodeLab> {
    const { storageFolder: folder, adapterOf, log } = options;
    const events = new LabEvents(log);
    const onMessage = (message: string): void => events.tell(message);
    const store = await SessionStore.open({ folder, onMessage, ...(adapterOf === undefined ? {} : { adapterOf }) });
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
      this.#states.end(id, control.signal.aborted ? { kind: "cancelled" } : { kind: "failed", message: reason });
      await this.#store.flush();
    }
  };

  startLive: Lab["startLive"] = async (params) => {
    const record = newLive(params, this.#settings.pace);
    return typeof record === "string" ? { ok: false, message: record } : this.#beginLive(record);
  };

  controlLive: Lab["controlLive"] = async (params) => {
    const answer = await this.#sessions.ask(params.sessionId, "control", params);
    await this.#store.flush();
    return answer;
  };

  // What a person was told of is on the disk: a server that dies now loses nothing of it.
  act: Lab["act"] = async (params, signal) => {
    const answer = await this.#sessions.ask(params.sessionId, "act", params, { signal });
    await this.#store.flush();
    return answer;
  };

  actOnMessage: Lab["actOnMessage"] = async (params, signal) => {
    const answer = await this.#sessions.ask(params.sessionId, "actOnMessage", params, { signal });
    await this.#store.flush();
    return answer;
  };

  saveLive: Lab["saveLive"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "saveLive", params, { signal });

  branchLive: Lab["branchLive"] = async ({ sessionId, eventId = null }, signal) => {
    const asked = { sessionId, eventId };
    const found = await this.#sessions.ask(sessionId, "placeOf", asked, { signal });
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
    await this.#sessions.close(id);
    return opened;
  }

  sessions: Lab["sessions"] = async () => ({ sessions: this.#store.records.map(({ info }) => info).reverse() });

  openSession: Lab["openSession"] = async ({ sessionId }, control) => this.#sessions.describe(sessionId, control);

  deleteSession: Lab["deleteSession"] = async ({ sessionId }) => {
    if (!this.#store.delete(sessionId)) return unknownSession();
    await this.#sessions.close(sessionId);
    await this.#store.flush();
    return { ok: true };
  };

  moveCursor: Lab["moveCursor"] = async (params) => this.#sessions.ask(params.sessionId, "moveCursor", params);

  eventOfLine: Lab["eventOfLine"] = async (params) => this.#sessions.ask(params.sessionId, "eventOfLine", params);

  clusterView: Lab["clusterView"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "clusterView", params, { signal });

  notes: Lab["notes"] = async (params, signal) => this.#sessions.ask(params.sessionId, "notes", params, { signal });

  bookmarks: Lab["bookmarks"] = async ({ sessionId }) => this.#bookmarks.list(sessionId);

  allBookmarks: Lab["allBookmarks"] = async () => ({ ok: true, sessions: this.#bookmarks.all() });

  putBookmark: Lab["putBookmark"] = async ({ sessionId, eventId, name }) => {
    const found = await this.#sessions.ask(sessionId, "events", { sessionId, from: eventId, count: 1 });
    if (!found.ok) return found;
    const event = found.events.find(({ id }) => id === eventId);
    if (event === undefined) return { ok: false, message: t("There is no event {0} in this session.", eventId) };
    return this.#bookmarks.put(sessionId, event, name);
  };

  removeBookmark: Lab["removeBookmark"] = async ({ sessionId, eventId }) => this.#bookmarks.remove(sessionId, eventId);

  entry: Lab["entry"] = async (params, signal) => this.#sessions.ask(params.sessionId, "entry", params, { signal });

  timeline: Lab["timeline"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "timeline", params, { signal });

  diagram: Lab["diagram"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "diagram", params, { signal });

  diagramRows: Lab["diagramRows"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "diagramRows", params, { signal });

  diagramPlace: Lab["diagramPlace"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "diagramPlace", params, { signal });

  diagramFind: Lab["diagramFind"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "diagramFind", params, { signal });

  diagramOverview: Lab["diagramOverview"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "diagramOverview", params, { signal });

  why: Lab["why"] = async (params, signal) => this.#sessions.ask(params.sessionId, "why", params, { signal });
  whyQuestions: Lab["whyQuestions"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "whyQuestions", params, { signal });

  events: Lab["events"] = async (params, signal) => this.#sessions.ask(params.sessionId, "events", params, { signal });

  keys: Lab["keys"] = async (params, signal) => this.#sessions.ask(params.sessionId, "keys", params, { signal });

  keyHistory: Lab["keyHistory"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "keyHistory", params, { signal });

  watches: Lab["watches"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "watches", params, { signal });

  history: Lab["history"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "history", params, { signal });

  historyRows: Lab["historyRows"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "historyRows", params, { signal });

  historyOperation: Lab["historyOperation"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "historyOperation", params, { signal });

  historyCheck: Lab["historyCheck"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "historyCheck", params, { signal });

  narration: Lab["narration"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "narration", params, { signal });

  liveNames: Lab["liveNames"] = async (params) => this.#sessions.ask(params.sessionId, "liveNames", params);

  checkStep: Lab["checkStep"] = async (params) => this.#sessions.ask(params.sessionId, "checkStep", params);

  configure(settings: LabSettings): void {
    this.#settings = settings;
    this.#store.keep = settings.keep;
    this.#worker.limits = settings;
  }

  tracePage: Lab["tracePage"] = async (params, signal) =>
    this.#sessions.ask(params.sessionId, "tracePage", params, { signal });

  runSource: Lab["runSource"] = async ({ sessionId }, signal) => {
    const standing = await this.#sessions.ask(sessionId, "standing", { sessionId }, { signal });
    if (!standing.ok) return standing;
    const record = this.#store.find(sessionId);
    return record === undefined ? unknownSession() : { ok: true, source: runSource(record, standing) };
  };

  report: Lab["report"] = async ({ sessionId }, signal) => {
    const made = await this.runSource({ sessionId }, signal);
    return made.ok ? this.#sessions.ask(sessionId, "report", { sessionId, source: made.source }, { signal }) : made;
  };

  compare: Lab["compare"] = async (params, signal) => {
    const [a, b] = [this.#store.find(params.left), this.#store.find(params.right)];
    if (a === undefined || b === undefined) return unknownSession();
    const { traceHash: hash, events } = a.info;
    if (hash !== null && hash === b.info.traceHash) return { ok: true, comparison: { kind: "equal", hash, events } };
    return this.#sessions.askBoth("compare", params, signal);
  };

  comparison: Lab["comparison"] = async (params, signal) => this.#sessions.askBoth("comparison", params, signal);

  milestones: Lab["milestones"] = async (params, signal) => this.#sessions.askBoth("milestones", params, signal);

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

  /** Keeps a session that begins now; the oldest may have to go for it. */
  #begin(record: SessionRecord): void {
    for (const sessionId of this.#states.begin(record)) void this.#sessions.close(sessionId);
  }

  async #shutDown(): Promise<void> {
    if (this.#worker.started) await Promise.race([this.#worker.call("places", {}), delay(FAREWELL_MS)]);
    for (const { info } of this.#store.records) {
      if (info.kind === "run") this.#states.end(info.id, { kind: "cancelled" });
    }
    this.#load.clear();
    await this.#worker.dispose();
    this.#events.clear();
    await this.#store.close();
  }
}

async function delay(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
