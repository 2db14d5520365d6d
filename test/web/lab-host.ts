/** Plays the extension to a panel with the real lab behind it: a sample is run, or a live cluster started. */
import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import type { CreateLab, Lab, LabEvent } from "../../server/src/lab/contract.js";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import type { EventView } from "../../server/src/protocol/event-view.js";
import type { LiveControl } from "../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import type { FromWebview, ToWebview } from "../../server/src/protocol/webview.js";
import { readLabRequest } from "./lab-requests.js";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "test/out/web-lab");

/** The lab is there: it was built for all tests. */
export async function buildLab(): Promise<void> {
  await access(path.join(folder, "lab.mjs"));
}

/** Bundles the lab and its simulation worker side by side, as the product does; once for all test files. */
export async function buildLabAnew(): Promise<void> {
  const common = { absWorkingDir: root, bundle: true, platform: "node", target: "node20", logLevel: "error" } as const;
  await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: ["server/src/lab/worker.ts"],
      outfile: path.join(folder, "worker.js"),
      format: "cjs",
    }),
    esbuild.build({
      ...common,
      entryPoints: ["server/src/lab/node.ts"],
      outfile: path.join(folder, "lab.mjs"),
      format: "esm",
      // Packages that are CommonJS ask for Node's own modules.
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    }),
  ]);
}

/** A host with a lab of its own, in memory. */
export class LabHost {
  readonly told: FromWebview[] = [];
  session: SessionInfo | null = null;
  /** What the comparison is opened for. */
  pair: { readonly left: string; readonly right: string } | null = null;
  send: (message: ToWebview) => void = () => undefined;
  readonly #lab: Lab;

  private constructor(lab: Lab) {
    this.#lab = lab;
    lab.onEvent((event) => this.#onEvent(event));
  }

  /** Starts a lab. */
  static async start(): Promise<LabHost> {
    const { createLab }: { createLab: CreateLab } = await import(pathToFileURL(path.join(folder, "lab.mjs")).href);
    return new LabHost(await createLab({ storageFolder: null, log: () => undefined }));
  }

  /** Methods asked for, in order. */
  get asked(): readonly string[] {
    return this.told.flatMap((message) => (message.kind === "request" ? [message.method] : []));
  }

  /** Runs a scenario of a sample, or of a text. */
  async run(
    source: { readonly file: string } | { readonly text: string },
    scenario: string,
    otherwise: { readonly seed?: number; readonly settings?: readonly string[] } = {},
  ): Promise<SessionInfo> {
    const file = "file" in source ? path.join(root, "samples", source.file) : "/scenario.raftlab";
    const text = "file" in source ? await readFile(file, "utf8") : source.text;
    const answer = await this.#lab.run(
      { source: { uri: pathToFileURL(file).href, text }, scenario, ...otherwise },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    if (!answer.ok) throw new Error(answer.message);
    this.session = answer.session;
    return answer.session;
  }

  /** Moves the cursor to the first event from `from` on whose title fits; returns it. */
  async goTo(title: RegExp, from = 0): Promise<number> {
    const session = this.session;
    if (session === null) throw new Error("nothing was run");
    const { signal } = new AbortController();
    for (let at = from; at < session.events; ) {
      const page = await this.#lab.events({ sessionId: session.id, from: at, count: 200 }, signal);
      if (!page.ok) throw new Error(page.message);
      const found = page.events.find((event) => title.test(event.title));
      if (found !== undefined) {
        await this.#lab.moveCursor({ sessionId: session.id, move: { kind: "event", eventId: found.id } });
        this.session = { ...session, cursor: found.id };
        return found.id;
      }
      if (page.events.length === 0) break;
      at += page.events.length;
    }
    throw new Error(`no event is called ${title}`);
  }

  /** What the lab says of the cluster at an event, and of that event. */
  async clusterAt(eventId: number): Promise<{ readonly view: ClusterView; readonly event: EventView | null }> {
    const { session } = this;
    if (session === null) throw new Error("nothing was run");
    const answer = await this.#lab.clusterView({ sessionId: session.id, eventId }, new AbortController().signal);
    if (!answer.ok) throw new Error(answer.message);
    return answer;
  }

  /** Moves the cursor, as another view would. */
  async moveTo(eventId: number): Promise<void> {
    const { session } = this;
    if (session === null) throw new Error("nothing was run");
    await this.#lab.moveCursor({ sessionId: session.id, move: { kind: "event", eventId } });
    this.session = { ...session, cursor: eventId };
  }

  /** Starts a live cluster, of three servers or as a text describes it, paced so that an election takes about a second. */
  async live(text: string | null = null): Promise<SessionInfo> {
    const source = text === null ? null : { uri: "file:///scenario.raftlab", text };
    const started = await this.#lab.startLive({ source });
    if (!started.ok) throw new Error(started.message);
    const control = { kind: "pace", pace: 0.2 } as const;
    const answer = await this.#lab.controlLive({ sessionId: started.session.id, control });
    if (!answer.ok) throw new Error(answer.message);
    this.session = answer.session;
    return answer.session;
  }

  /** Does a step on the live cluster, and waits for its result. */
  async act(step: string): Promise<void> {
    const sessionId = this.session?.id ?? "";
    const answer = await this.#lab.act({ sessionId, step }, new AbortController().signal);
    if (!answer.ok) throw new Error(answer.message);
  }

  /** Pauses the live cluster. */
  async pause(): Promise<void> {
    await this.#control({ kind: "pause" });
  }

  /** Lets the paused live cluster do so many events. */
  async step(events = 1): Promise<void> {
    await this.#control({ kind: "step", events });
  }

  /** Lets the paused live cluster go on until it has recorded so many events. */
  async stepTo(events: number): Promise<void> {
    await this.pause();
    while ((this.session?.events ?? events) < events) await this.step(10_000);
  }

  /** Runs the live cluster, so many virtual seconds a second. */
  async runAt(pace: number): Promise<void> {
    await this.#control({ kind: "pace", pace });
    await this.#control({ kind: "run" });
  }

  async #control(control: LiveControl): Promise<void> {
    const answer = await this.#lab.controlLive({ sessionId: this.session?.id ?? "", control });
    if (!answer.ok) throw new Error(answer.message);
    this.session = answer.session;
  }

  /** The live session as a scenario; it has been run and gave the same trace. */
  async saved(): Promise<string> {
    const answer = await this.#lab.saveLive({ sessionId: this.session?.id ?? "" }, new AbortController().signal);
    if (!answer.ok) throw new Error(answer.message);
    return answer.text;
  }

  /** Takes a message of the panel, and answers it. */
  receive(message: FromWebview): void {
    this.told.push(message);
    if (message.kind === "ready") {
      this.send({ kind: "init", session: this.session, locale: "en" });
      if (this.pair !== null) this.send({ kind: "compare", ...this.pair });
    }
    if (message.kind !== "request") return;
    readLabRequest(this.#lab, message.method, message.params).then(
      (result) => {
        this.#adopt(message.method, result);
        this.send({ kind: "response", id: message.id, result });
      },
      (error) => this.send({ kind: "failure", id: message.id, message: String(error) }),
    );
  }

  /** The instant of the event that a session's cursor is at, and of the next one. */
  async momentOf(sessionId: string): Promise<{ readonly timeUs: number; readonly nextUs: number }> {
    const { signal } = new AbortController();
    const shown = await this.#lab.clusterView({ sessionId, eventId: null, logWindow: 1 }, signal);
    if (!shown.ok) throw new Error(shown.message);
    const { eventId, timeUs } = shown.view;
    const next = await this.#lab.events({ sessionId, from: eventId + 1, count: 1 }, signal);
    if (!next.ok) throw new Error(next.message);
    return { timeUs, nextUs: next.events[0]?.timeUs ?? Number.POSITIVE_INFINITY };
  }

  /** Deletes a kept session, as its command does. */
  async delete(sessionId: string): Promise<void> {
    const answer = await this.#lab.deleteSession({ sessionId });
    if (!answer.ok) throw new Error(answer.message);
    this.send({ kind: "deleted", sessionId });
  }

  /** A session that the panel began is the one that it shows from now on. */
  #adopt(method: string, result: unknown): void {
    const answer = Object(result);
    if ((method === "raftlab/live/branch" || method === "raftlab/live/start") && answer.ok === true)
      this.session = answer.session;
  }

  async dispose(): Promise<void> {
    await this.#lab.dispose();
  }

  #onEvent(event: LabEvent): void {
    if (event.kind === "session-changed" && event.session.id === this.session?.id) {
      this.session = event.session;
      this.send({ kind: "session", session: event.session });
    }
    if (event.kind === "bookmarks-changed")
      this.send({ kind: "bookmarks", sessionId: event.sessionId, bookmarks: event.bookmarks });
    if (event.kind === "cursor-changed") {
      const { session } = this;
      if (session?.id === event.sessionId) this.session = { ...session, cursor: event.cursor };
      this.send({ kind: "cursor", sessionId: event.sessionId, cursor: event.cursor });
    }
  }
}
