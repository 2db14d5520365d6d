/** Plays the extension to a panel with the real lab behind it: a sample is run, or a live cluster started. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import type { CreateLab, Lab, LabEvent } from "../../server/src/lab/contract.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import type { ClusterView, EventView } from "../../server/src/protocol/views.js";
import type { FromWebview, ToWebview } from "../../server/src/protocol/webview.js";
import { readLabRequest } from "./lab-requests.js";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "test/out/web-lab");

/** Bundles the lab and its simulation worker side by side, as the product does. */
export async function buildLab(): Promise<void> {
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
  async run(source: { readonly file: string } | { readonly text: string }, scenario: string): Promise<SessionInfo> {
    const file = "file" in source ? path.join(root, "samples", source.file) : "/scenario.raftlab";
    const text = "file" in source ? await readFile(file, "utf8") : source.text;
    const answer = await this.#lab.run(
      { source: { uri: pathToFileURL(file).href, text }, scenario },
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

  /** Takes a message of the panel, and answers it. */
  receive(message: FromWebview): void {
    this.told.push(message);
    if (message.kind === "ready") this.send({ kind: "init", session: this.session, locale: "en" });
    if (message.kind !== "request") return;
    readLabRequest(this.#lab, message.method, message.params).then(
      (result) => this.send({ kind: "response", id: message.id, result }),
      (error) => this.send({ kind: "failure", id: message.id, message: String(error) }),
    );
  }

  async dispose(): Promise<void> {
    await this.#lab.dispose();
  }

  #onEvent(event: LabEvent): void {
    if (event.kind === "session-changed" && event.session.id === this.session?.id) {
      this.session = event.session;
      this.send({ kind: "session", session: event.session });
    }
    if (event.kind === "cursor-changed")
      this.send({ kind: "cursor", sessionId: event.sessionId, cursor: event.cursor });
  }
}
