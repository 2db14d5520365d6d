import type { World } from "../sim/world.js";
import type { EventLog } from "./event-log.js";

/** The revision of a store that nothing was written to: no event wrote it. */
const FIRST_REVISION = 1;

/**
 * The event that wrote each revision: the one at which a server, the leader unless something is broken, applied it first. Kept as a run
 * goes, one number for each revision, since nothing else in the trace tells what revision an entry became.
 */
export class RevisionEvents {
  /** By revision, from the second on. */
  readonly #events: number[] = [];
  #landmarks = 0;

  /** Takes in what a step of `world` wrote to `log` from event `from` on. Only landmarks change stores: the rest costs a comparison. */
  take(world: World, log: EventLog, from: number): void {
    const { length } = log.landmarks;
    if (length === this.#landmarks) return;
    const before = this.#landmarks;
    this.#landmarks = length;
    const known = this.#events.length + FIRST_REVISION;
    let newest = known;
    let writer = 0;
    for (const server of world.servers) {
      if (server === undefined || server.machine.store.revision <= newest) continue;
      newest = server.machine.store.revision;
      writer = server.id;
    }
    if (newest === known) return;
    const event = writingEvent(log, before, writer) ?? from;
    for (let revision = known + 1; revision <= newest; revision += 1) this.#events.push(event);
  }

  /** The event that wrote a revision; `null` for one that nothing recorded wrote. */
  eventOf(revision: number): number | null {
    return this.#events[revision - FIRST_REVISION - 1] ?? null;
  }
}

/** The newest landmark of the step that changes a server's store, or else the server's newest landmark. */
function writingEvent(log: EventLog, first: number, server: number): number | null {
  let fallback: number | null = null;
  for (let position = log.landmarks.length - 1; position >= first; position -= 1) {
    const event = log.landmarks[position];
    if (event === undefined || log.at(event) !== server) continue;
    const kind = log.kind(event);
    if (kind === "commit" || kind === "install" || kind === "lease-expired") return event;
    fallback ??= event;
  }
  return fallback;
}
