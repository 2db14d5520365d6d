/** Continuous runs: which tests are to be run again when a file was saved, or changed by another program. */
import type { TestEvent, TestId } from "../../protocol/tests.js";
import type { ReadResult } from "../host.js";
import type { TestIndex } from "./index.js";

interface Continuous {
  readonly ids: readonly TestId[];
  readonly exclude: readonly TestId[];
  readonly tell: (event: TestEvent) => void;
  /** The texts that were last told of: the editor and the disk both report one and the same change. */
  readonly told: Map<string, string>;
}

/** Watches for the continuous runs under way. */
export class ContinuousRuns {
  readonly #index: TestIndex;
  readonly #readText: (uri: string) => Promise<ReadResult>;
  readonly #runs = new Set<Continuous>();

  constructor(index: TestIndex, readText: (uri: string) => Promise<ReadResult>) {
    this.#index = index;
    this.#readText = readText;
  }

  /** Watches until the signal. */
  async watch({ ids, exclude, tell }: Omit<Continuous, "told">, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const run: Continuous = { ids, exclude, tell, told: new Map() };
    this.#runs.add(run);
    await new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    this.#runs.delete(run);
  }

  /** A file has a text that somebody saved. */
  async saved(uri: string): Promise<void> {
    if (this.#runs.size === 0) return;
    const read = await this.#readText(uri);
    if (!read.ok) return;
    const file = await this.#index.discoverFile(uri);
    if (file === null) return;
    for (const run of this.#runs) {
      if (run.told.get(uri) === read.text) continue;
      run.told.set(uri, read.text);
      const targets = await this.#index.targets([uri], run.exclude);
      const wanted = new Set(run.ids);
      const all = wanted.size === 0 || wanted.has(uri);
      const due = targets.flatMap(({ id }) => (all || wanted.has(id) ? [id] : []));
      if (due.length > 0) run.tell({ kind: "due", ids: due });
    }
  }
}
