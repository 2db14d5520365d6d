/** Tells the client how the server is: whenever that changes, and not more often than anybody can read. */
import type { LabEvent } from "../lab/contract.js";
import type { SessionId } from "../protocol/session.js";
import type { Health, ServerStatusParams } from "../protocol/status.js";

/** Time between two notices. */
const BETWEEN_MS = 200;

/** Gathers what the status says from the lab's events and from whoever has trouble. */
export class StatusReporter {
  readonly #send: (status: ServerStatusParams) => void;
  readonly #running = new Set<SessionId>();
  /** What is the matter, by what has the trouble. The last one is told. */
  readonly #troubles = new Map<string, { readonly health: Health; readonly message: string }>();
  #load = 0;
  #sent = "";
  #timer: ReturnType<typeof setTimeout> | null = null;
  #disposed = false;

  constructor(send: (status: ServerStatusParams) => void) {
    this.#send = send;
  }

  /** How the server is now. */
  get status(): ServerStatusParams {
    const worst = [...this.#troubles.values()].sort((a, b) => rank(a.health) - rank(b.health)).at(-1);
    return {
      health: worst?.health ?? "ok",
      quiescent: this.#running.size === 0,
      message: worst?.message ?? null,
      running: this.#running.size,
      // Tenths: nobody reads more, and each change is a message.
      load: this.#running.size === 0 ? 0 : Math.round(this.#load * 10) / 10,
    };
  }

  /** Something happened in the lab. */
  record(event: LabEvent): void {
    switch (event.kind) {
      case "session-changed":
        if (event.session.state.kind === "running") this.#running.add(event.session.id);
        else this.#running.delete(event.session.id);
        break;
      case "session-deleted":
        this.#running.delete(event.sessionId);
        break;
      case "simulation":
        this.#load = event.load;
        if (event.trouble === null) this.#troubles.delete("simulation");
        else this.#troubles.set("simulation", { health: "warning", message: event.trouble });
        break;
      default:
        return;
    }
    this.soon();
  }

  /** Something has trouble, or (`null`) has none any more. */
  trouble(what: string, health: Health, message: string | null): void {
    if (message === null) this.#troubles.delete(what);
    else this.#troubles.set(what, { health, message });
    this.soon();
  }

  /** Tells the status in a moment, if it is another one by then. */
  soon(): void {
    if (this.#disposed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const { status } = this;
      const text = JSON.stringify(status);
      if (text === this.#sent) return;
      this.#sent = text;
      this.#send(status);
    }, BETWEEN_MS);
  }

  /** Tells nothing any more. */
  dispose(): void {
    this.#disposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}

function rank(health: Health): number {
  return ["ok", "warning", "error"].indexOf(health);
}
