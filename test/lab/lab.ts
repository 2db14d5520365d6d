/** A lab with the real simulation worker, and what it tells. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import type { Lab, LabEvent, RunControl, RunProgress } from "../../server/src/lab/contract.js";
import { NodeLab, type NodeLabOptions } from "../../server/src/lab/node-lab.js";
import type { Failure } from "../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";

/** The worker's bundle, in a folder of its own. */
export interface WorkerBundle {
  readonly folder: string;
  readonly script: string;
  readonly remove: () => Promise<void>;
}

/** Bundles the worker as the product does, or another entry. */
export async function bundleWorker(entry = "server/src/lab/worker.ts"): Promise<WorkerBundle> {
  const folder = await mkdtemp(path.join(tmpdir(), "raftlab-lab-"));
  const script = path.join(folder, "worker.js");
  await esbuild.build({
    entryPoints: [entry],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "error",
  });
  return { folder, script, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A lab under test. */
export class TestLab {
  readonly lab: Lab;
  readonly told: LabEvent[] = [];
  readonly logged: string[];
  readonly #looking = new Set<() => void>();

  private constructor(lab: Lab, logged: string[]) {
    this.lab = lab;
    this.logged = logged;
    lab.onEvent((event) => {
      this.told.push(event);
      for (const look of [...this.#looking]) look();
    });
  }

  static async start(
    script: string,
    storageFolder: string | null = null,
    adapterOf?: NodeLabOptions["adapterOf"],
    more: Pick<NodeLabOptions, "settings" | "hangSeconds"> = {},
  ): Promise<TestLab> {
    const logged: string[] = [];
    const log: NodeLabOptions["log"] = (level, message) => void logged.push(`${level}: ${message}`);
    const own = adapterOf === undefined ? {} : { adapterOf };
    return new TestLab(await NodeLab.start({ storageFolder, log, script, ...own, ...more }), logged);
  }

  /** Resolves with the first event, past or to come, that is as wanted. */
  async event<E extends LabEvent>(wanted: (event: LabEvent) => event is E): Promise<E>;
  async event(wanted: (event: LabEvent) => boolean): Promise<LabEvent>;
  async event(wanted: (event: LabEvent) => boolean): Promise<LabEvent> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.told.find(wanted);
        if (found === undefined) return;
        this.#looking.delete(look);
        resolve(found);
      };
      this.#looking.add(look);
      look();
    });
  }

  /** Resolves when a session has been told of as wanted. */
  async session(id: string, wanted: (session: SessionInfo) => boolean): Promise<SessionInfo> {
    const event = await this.event(
      (candidate): candidate is LabEvent & { kind: "session-changed" } =>
        candidate.kind === "session-changed" && candidate.session.id === id && wanted(candidate.session),
    );
    return event.session;
  }

  /** Runs a scenario of a text to its end. */
  async run(text: string, scenario: string, control: Partial<RunControl> = {}) {
    return ok(await this.lab.run({ source: { uri: "file:///a.raftlab", text }, scenario }, { ...never(), ...control }));
  }

  /** What the lab lists of a session. */
  async listed(id: string): Promise<SessionInfo | undefined> {
    const { sessions } = await this.lab.sessions();
    return sessions.find((session) => session.id === id);
  }

  /** What was told in words. */
  get messages(): readonly string[] {
    return this.told.flatMap((event) => (event.kind === "store-message" ? [event.message] : []));
  }
}

/** Takes a result that must be one. */
export function ok<T extends { readonly ok: true }>(outcome: T | Failure): T {
  if (outcome.ok) return outcome;
  throw new Error(outcome.message);
}

/** The message of what must be a failure. */
export function failure(outcome: { readonly ok: true } | Failure): string {
  if (outcome.ok) throw new Error(`expected a failure, got ${JSON.stringify(outcome)}`);
  return outcome.message;
}

/** Follows nothing and ends nothing. */
export function never(): RunControl {
  return { signal: new AbortController().signal, onProgress: (_: RunProgress) => undefined };
}

/** A signal that is never given. */
export const QUIET = new AbortController().signal;

/** Three servers elect a leader; some ten events a heartbeat. */
export const SHORT = `cluster { nodes s1..s3 }
scenario "short" {
  await leader
  put color "red"
  get color => "red"
}
`;

/** A run of some hundred thousand events. */
export const LONG = `cluster { nodes s1..s5 }
scenario "long" {
  await leader
  workload w for 60s { clients 5; keys k1..k5; rate 200/s; mix put 50% get 50% }
  await w
}
`;
