/** The one lab behind the server: started when first needed, started again when that failed. */
import { t } from "../l10n/text.js";
import { DEFAULT_LAB_SETTINGS, type Lab, type LabEvent, type LabOptions, type LabSettings } from "../lab/contract.js";
import type { Host } from "./host.js";
import type { Log } from "./log.js";

/** Gives the lab to whoever needs it. */
export class LabAccess {
  readonly #host: Host;
  readonly #log: Log;
  readonly #onEvent: (event: LabEvent) => void;
  readonly #onTrouble: (message: string | null) => void;
  #options: Pick<LabOptions, "storageFolder" | "messages"> = { storageFolder: null };
  #settings: LabSettings = DEFAULT_LAB_SETTINGS;
  #lab: Promise<Lab> | null = null;
  #disposed = false;

  /** `onTrouble` hears in words that the lab cannot be started, and by `null` that it could. */
  constructor(
    host: Host,
    log: Log,
    onEvent: (event: LabEvent) => void,
    onTrouble: (message: string | null) => void = () => undefined,
  ) {
    this.#onTrouble = onTrouble;
    this.#host = host;
    this.#log = log;
    this.#onEvent = onEvent;
  }

  /** Where the store goes, and in which language the lab speaks; to be called before the first {@link get}. */
  configure(options: Pick<LabOptions, "storageFolder" | "messages">): void {
    this.#options = options;
  }

  /** What the lab goes by, whether it has started or will. */
  set settings(settings: LabSettings) {
    this.#settings = settings;
    this.#lab?.then((lab) => lab.configure(settings)).catch(() => undefined);
  }

  /** The lab, started by the first caller. Rejects when it cannot be started; the next call tries again. */
  get(): Promise<Lab> {
    if (this.#disposed) return Promise.reject(new Error(t("the language server is shutting down")));
    this.#lab ??= this.#start().catch((error: unknown) => {
      this.#lab = null;
      const why = error instanceof Error ? error.message : String(error);
      this.#onTrouble(
        t("Scenarios cannot be run: the simulation did not start ({0}). See the log; then restart the lab.", why),
      );
      throw error;
    });
    return this.#lab;
  }

  async #start(): Promise<Lab> {
    const started = this.#host.now();
    const lab = await this.#host.createLab({ ...this.#options, settings: this.#settings, log: this.#logLine });
    lab.onEvent(this.#onEvent);
    this.#onTrouble(null);
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
