import type { NetworkMessage } from "../sim/message.js";
import { type Finding, historyFinding, lostWrites, safetyFinding } from "./judge.js";
import type { Setup } from "./setup.js";
import { type Carrier, type ClientTimer, Stage } from "./stage.js";
import type { Step } from "./step.js";

/** What became of steps that were done again. */
export interface Outcome {
  /** The steps that had an effect, with the messages as they were this time. */
  readonly steps: readonly Step[];
  readonly finding: Finding | null;
}

/**
 * Does steps again that were taken from a run, perhaps not all of them. Every message ever sent can be delivered at any
 * time and as often as steps ask: to lose one is not to deliver it. A step that makes no sense any more is left out.
 */
export class Rerun implements Carrier {
  readonly #stage: Stage;
  readonly #setup: Setup;
  /** By type and link, in the order of sending. */
  readonly #sent = new Map<string, NetworkMessage[]>();
  #done: Step[] = [];

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#stage = new Stage(setup, this);
    this.#stage.listener = (step) => {
      this.#done.push(step);
    };
  }

  /** Does the steps on a new cluster until a property falls. With `instantDisk` every write is durable at once. */
  run(steps: readonly Step[], instantDisk: boolean): Outcome {
    const stage = this.#stage;
    this.#sent.clear();
    this.#done = [];
    stage.begin(this.#setup);
    if (instantDisk) this.#flushAll();
    let finding: Finding | null = null;
    try {
      for (const step of steps) {
        if (step.kind === "persist" && instantDisk) continue;
        this.#perform(step);
        if (instantDisk) this.#flushAll();
        finding = safetyFinding(stage);
        if (finding !== null) break;
      }
      if (finding === null && this.#setup.clients > 0) finding = lostWrites(stage) ?? historyFinding(stage);
    } catch {
      // As in the walk: what a rule that is off breaks in the code is no finding.
      finding = null;
    }
    return { steps: this.#done, finding };
  }

  sent(message: NetworkMessage): void {
    const key = keyOf(message);
    const known = this.#sent.get(key);
    if (known === undefined) this.#sent.set(key, [message]);
    else known.push(message);
  }

  #flushAll(): void {
    const stage = this.#stage;
    for (let id = 1; id <= stage.serverCount; id += 1) while (stage.hasWrites(id)) stage.persist(id, true);
  }

  #perform(step: Step): void {
    const stage = this.#stage;
    switch (step.kind) {
      case "deliver": {
        const message = this.#like(step.message);
        if (message !== null) stage.deliver(message);
        return;
      }
      case "fire":
        stage.fire(step.server, step.timer);
        return;
      case "fire-client": {
        const timers = stage.queue.clientTimers;
        const alike = ({ client, timer }: ClientTimer): boolean => client === step.client && timer === step.timer;
        const exact = timers.findIndex(
          (timer) => alike(timer) && timer.operation === step.operation && timer.attempt === step.attempt,
        );
        const place = exact < 0 ? timers.findLastIndex(alike) : exact;
        const [timer] = place < 0 ? [] : timers.splice(place, 1);
        if (timer !== undefined) stage.fireClient(timer);
        return;
      }
      case "propose":
        stage.propose(step.server);
        return;
      case "change":
        stage.change(step.server, step.change);
        return;
      case "transfer":
        stage.transfer(step.server, step.target);
        return;
      case "invoke":
        if (stage.clients.get(step.client)?.pending.size === 0) stage.invoke(step.client, step.body, step.at);
        return;
      case "persist":
        stage.persist(step.server, step.all);
        return;
      case "crash":
        stage.crash(step.server);
        return;
      case "restart":
        stage.restart(step.server);
        return;
      case "snapshot":
        stage.snapshot(step.server);
        return;
    }
  }

  /**
   * The message sent this time that is most like the wanted one, the newest of several. The term may be another: when an
   * election was left out, all that follow are of earlier terms.
   */
  #like(wanted: NetworkMessage): NetworkMessage | null {
    const sent = this.#sent.get(keyOf(wanted)) ?? [];
    const fields = Object.entries(wanted);
    let best: NetworkMessage | null = null;
    let bestLikeness = 0;
    for (let place = sent.length - 1; place >= 0 && bestLikeness < fields.length; place -= 1) {
      const message = sent[place];
      if (message === undefined) continue;
      const likeness = likenessOf(message, fields);
      if (likeness <= bestLikeness) continue;
      best = message;
      bestLikeness = likeness;
    }
    return best;
  }
}

function keyOf({ type, from, to }: NetworkMessage): string {
  return `${type} ${from} ${to}`;
}

/** How many fields are the same; of entries, how many there are. */
function likenessOf(message: NetworkMessage, wanted: readonly (readonly [string, unknown])[]): number {
  const fields = Object.values(message);
  let likeness = 0;
  for (const [place, [, other]] of wanted.entries()) {
    const value: unknown = fields[place];
    if (value === other || (Array.isArray(value) && Array.isArray(other) && value.length === other.length))
      likeness += 1;
  }
  return likeness;
}
