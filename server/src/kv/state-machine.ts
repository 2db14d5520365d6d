import type { Applied, Command, StateMachine } from "./command.js";
import type { KvEvent, KvResult } from "./contract.js";
import { StateSnapshot } from "./snapshot.js";
import { MvccStore } from "./store.js";

/** What a client's session remembers: its newest executed request and the answer. */
interface Session {
  readonly sequence: number;
  readonly result: KvResult;
}

/** A session's number, sequence and answer, when written out. */
const SESSION_BYTES = 32;

const NO_EVENTS: readonly KvEvent[] = [];

/** The client of commands that stand in a given state: they belong to no session. */
const NO_CLIENT = 0;

/**
 * The replicated key-value state machine. A client has one request outstanding at a time, so that the newest answer
 * per client is all that a session needs (dissertation §6.3).
 */
export class KvStateMachine implements StateMachine {
  readonly sessions: boolean;
  readonly #store: MvccStore;
  #answers = new Map<number, Session>();
  /** Whether {@link #answers} is also a clone's, and must be copied before it is changed. */
  #answersShared = false;

  /** Begins with `store` and without sessions. */
  constructor(sessions: boolean, store: MvccStore = new MvccStore()) {
    this.sessions = sessions;
    this.#store = store;
  }

  get store(): MvccStore {
    return this.#store;
  }

  apply(command: Command): Applied {
    if (!this.sessions || command.client === NO_CLIENT) return this.#execute(command);
    const session = this.#answers.get(command.client);
    if (session !== undefined && command.sequence <= session.sequence) return this.#repeated(command, session);
    const applied = this.#execute(command);
    this.#remember(command, applied.result);
    return applied;
  }

  get bytes(): number {
    return Math.max(1, this.#store.bytes + this.#answers.size * SESSION_BYTES);
  }

  snapshot(withSessions: boolean): StateSnapshot {
    return new StateSnapshot(withSessions ? this.clone() : new KvStateMachine(this.sessions, this.#store.clone()));
  }

  clone(): KvStateMachine {
    const copy = new KvStateMachine(this.sessions, this.#store.clone());
    copy.#answers = this.#answers;
    copy.#answersShared = true;
    this.#answersShared = true;
    return copy;
  }

  #execute(command: Command): Applied {
    const operation = command.operation;
    if (operation.kind === "get") {
      const result = this.#store.read(operation);
      return { result, duplicate: false, events: NO_EVENTS, storeHash: this.#store.hash };
    }
    const events: KvEvent[] = [];
    const result = this.#store.write(operation, events);
    const { hash: storeHash } = this.#store;
    return { result, duplicate: false, events: events.length === 0 ? NO_EVENTS : events, storeHash };
  }

  /** The client moved on from an older sequence without waiting: its answer is gone, and nobody reads this one. */
  #repeated(command: Command, session: Session): Applied {
    const result: KvResult =
      command.sequence === session.sequence
        ? session.result
        : { kind: "error", revision: this.#store.revision, error: "request-superseded" };
    return { result, duplicate: true, events: NO_EVENTS, storeHash: this.#store.hash };
  }

  #remember(command: Command, result: KvResult): void {
    if (this.#answersShared) {
      this.#answers = new Map(this.#answers);
      this.#answersShared = false;
    }
    this.#answers.set(command.client, { sequence: command.sequence, result });
  }
}
