import type { Applied } from "../../kv/command.js";
import type { Index, ServerId } from "../../raft/types.js";
import { IntList } from "../int-list.js";
import type { EventNumber } from "../violation.js";
import type { Report } from "./invariant.js";

/** Equal revisions have equal stores: the same commands in the same order give every server the same (§2). */
export class StoreChecks {
  readonly #report: Report;
  readonly #hashes = new IntList();
  /** The server that came to a revision first, by revision; 0 for none. */
  readonly #first = new IntList();

  constructor(report: Report) {
    this.#report = report;
  }

  /** A server has executed a command. */
  applied(server: ServerId, index: Index, applied: Applied, event: EventNumber): void {
    if (applied.duplicate) return;
    const { revision } = applied.result;
    const first = this.#first.at(revision);
    if (first === 0) {
      this.#first.set(revision, server);
      this.#hashes.set(revision, applied.storeHash);
    } else if (this.#hashes.at(revision) !== applied.storeHash) {
      this.#report({ property: "store-hash", event, server, other: first, revision, index });
    }
  }
}
