/** A lab that plays back what a test tells it, and a host around it. */
import { performance } from "node:perf_hooks";
import type { Lab, LabEvent, RunControl, Source } from "../../server/src/lab/contract.js";
import type { Host } from "../../server/src/lsp/host.js";
import type { RunResult, SessionInfo } from "../../server/src/protocol/session.js";
import { createNoLab } from "./no-lab.js";

/** A finished run of a scenario. */
export function sessionOf(uri: string, title: string, patch: Partial<SessionInfo> = {}): SessionInfo {
  return {
    id: "run-1",
    kind: "run",
    uri,
    title,
    seed: 7,
    startedAt: "2026-01-01T00:00:00.000Z",
    state: { kind: "finished", verdict: "pass" },
    timeUs: 1_234_000,
    events: 4321,
    traceHash: "0123456789abcdef",
    cursor: null,
    pace: null,
    leader: "s3",
    term: 2,
    servers: ["s1", "s2", "s3"],
    clients: ["alice"],
    ...patch,
  };
}

/** The result that belongs to a session. */
export function resultOf(session: SessionInfo, patch: Partial<RunResult> = {}): RunResult {
  return {
    file: session.uri ?? "",
    scenario: session.title,
    seed: session.seed,
    verdict: "pass",
    virtualTimeUs: session.timeUs,
    events: session.events,
    traceHash: session.traceHash ?? "",
    steps: [],
    violations: [],
    operations: [],
    reproduce: `raftlab run --seed ${session.seed}`,
    ...patch,
  };
}

/** Plays a run for the fake lab. */
export type Play = (
  source: Source,
  scenario: string,
  control: RunControl,
  emit: (event: LabEvent) => void,
) => Promise<RunResult>;

/** A lab whose methods a test can replace. */
export class FakeLab {
  readonly calls: { readonly method: string; readonly params: unknown }[] = [];
  readonly emit = (event: LabEvent): void => {
    for (const listener of this.#listeners) listener(event);
  };
  started = 0;
  disposed = 0;
  play: Play = async (source, scenario) => resultOf(sessionOf(source.uri, scenario));
  overrides: Partial<Lab> = {};
  readonly #listeners = new Set<(event: LabEvent) => void>();

  /** The host to give to the server. */
  host(files: Readonly<Record<string, string>> = {}, storage: { folder?: string | null } = {}): Host {
    return {
      readDocument: async (uri) => {
        const text = files[uri];
        return text === undefined ? { ok: false, message: `${uri}: there is no such file.` } : { ok: true, text };
      },
      listScenarios: async (folder) => Object.keys(files).filter((uri) => uri.startsWith(`${folder}/`)),
      createLab: async (options) => {
        this.started++;
        storage.folder = options.storageFolder;
        const base = await createNoLab("not in this test")(options);
        return { ...base, ...this.#lab(), ...this.overrides };
      },
      diagnosticPage: (code) => `https://docs.test/${code}`,
      now: () => performance.now(),
    };
  }

  #lab(): Partial<Lab> {
    return {
      run: async ({ source, scenario, seed }, control) => {
        this.calls.push({ method: "run", params: { source, scenario, seed } });
        const result = await this.play(source, scenario, control, this.emit);
        const verdict = result.verdict;
        const session = sessionOf(source.uri, scenario, { state: { kind: "finished", verdict } });
        this.emit({ kind: "run-ended", session, source, steps: result.steps, violations: result.violations });
        return { ok: true, session, result };
      },
      onEvent: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      dispose: async () => {
        this.disposed++;
      },
    };
  }
}
