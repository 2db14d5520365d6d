import { createHash } from "node:crypto";
import { t } from "../l10n/text.js";
import type { SessionId } from "../protocol/session.js";
import type { AskedSessions } from "./asked-sessions.js";
import type { LabOptions } from "./contract.js";
import type { SessionStates } from "./session-states.js";
import type { SessionStore } from "./store.js";

/** How often a live cluster whose worker died is brought back by itself: what kills its worker will do so again. */
const REVIVALS = 3;

/** What becomes of the sessions of a worker that died. */
export class Revivals {
  readonly #store: SessionStore;
  readonly #states: SessionStates;
  readonly #sessions: AskedSessions;
  readonly #log: LabOptions["log"];
  readonly #times = new Map<SessionId, number>();

  constructor(store: SessionStore, states: SessionStates, sessions: AskedSessions, log: LabOptions["log"]) {
    this.#store = store;
    this.#states = states;
    this.#sessions = sessions;
    this.#log = log;
  }

  /** What the worker did not come back from has failed, and is not brought back: it would do so again. */
  blame(id: SessionId, message: string): void {
    this.#sessions.refuse(id, message);
    const record = this.#store.find(id);
    const session = record === undefined ? "" : `: seed ${record.info.seed}, text ${digest(record.text ?? "")}`;
    this.#log("error", `a session made the simulation hang${session}`);
    this.#states.end(id, { kind: "failed", message });
  }

  /** Of the sessions that were open, live clusters that were running go on where they were last known to be. */
  revive(open: readonly SessionId[]): void {
    for (const id of open) {
      const record = this.#store.find(id);
      if (record?.info.kind !== "live" || record.info.state.kind !== "running") continue;
      const times = (this.#times.get(id) ?? 0) + 1;
      this.#times.set(id, times);
      if (times > REVIVALS) this.#states.end(id, { kind: "paused", because: stopped() });
      else void this.#reviveOne(id);
    }
  }

  async #reviveOne(id: SessionId): Promise<void> {
    try {
      const opened = await this.#sessions.open(id);
      if (!opened.ok) this.#states.end(id, { kind: "paused", because: opened.message });
    } catch (error) {
      this.#log("error", `session ${id} could not be brought back: ${describe(error)}`);
      this.#states.end(id, { kind: "paused", because: stopped() });
    }
  }
}

function stopped(): string {
  return t("The simulation stopped unexpectedly.");
}

/** Tells a text from others without telling it. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
