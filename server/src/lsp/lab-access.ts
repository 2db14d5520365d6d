/** The one lab behind the server: started when first needed, started again when that failed. */
import { t } from "../l10n/text.js";
import type { Lab, LabEvent, LabOptions } from "../lab/contract.js";
import type { Host } from "./host.js";
import type { Log } from "./log.js";

/** Gives the lab to whoever needs it. */
export class LabAccess {
  readonly #host: Host;
  readonly #log: Log;
  readonly #onEvent: (event: LabEvent) => void;
  #options: Pick<LabOptions, "storageFolder" | "messages"> = { storageFolder: null };
  #lab: Promise<Lab> | null = null;
  #disposed = false;

  constructor(host: Host, log: Log, onEvent: (event: LabEvent) => void) {
    this.#host = host;
    this.#log = log;
    this.#onEvent = onEvent;
  }

  /** Where the store goes, and in which language the lab speaks; to be called before the first {@link get}. */
  configure(options: Pick<LabOptions, "storageFolder" | "messages">): void {
    this.#options = options;
  }

  /** The lab, started by the first caller. Rejects when it cannot be started; the next call tries again. */
  get(): Promise<Lab> {
    if (this.#disposed) return Promise.reject(new Error(t("the language server is shutting down")));
    this.#lab ??= this.#start().catch((error: unknown) => {
      this.#lab = null;
      throw error;
    });
    return this.#lab;
  }

  async #start(): Promise<Lab> {
    const started = this.#host.now();
    const lab = await this.#host.createLab({ ...this.#options, log: this.#logLine });
    lab.onEvent(this.#onEvent);
    this.#log.info(`lab started in ${Math.round(this.#host.now() - started)} ms`);
    return lab;
  }

  readonly #logLine: LabOptions["log"] = (level, message) => {
    if (level === "error") this.#log.failed("lab", message);
    else this.#log[level](`lab: ${message}`);
  };

  /** Ends the lab if it was ever started. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const lab = await this.#lab?.catch(() => null);
    await lab?.dispose();
  }
}
