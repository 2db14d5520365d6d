import type { PutRequest, RangeRequest } from "../kv/request.js";
import type { MembershipChange } from "../raft/membership.js";
import type { ClientOperation } from "../sim/client-operation.js";
import type { NetworkMessage } from "../sim/message.js";
import type { RandomStream } from "../sim/random.js";
import { type Finding, historyFinding, inOrder, lostWrites, safetyFinding } from "./judge.js";
import { type Carrier, Stage } from "./stage.js";
import type { Plan, SlowKind, Weights } from "./swarm.js";

/** Everything that a walk chooses among, in the order of {@link Walk.#thresholds}. */
const CHOICES = [
  "deliver",
  "late",
  "election",
  "heartbeat",
  "request",
  "change",
  "transfer",
  "snapshot",
  "impatience",
  "disk",
  "crash",
  "restart",
  "divide",
] as const satisfies readonly (keyof Weights)[];

const CODES = Object.fromEntries(CHOICES.map((choice, code) => [choice, code])) as Readonly<
  Record<keyof Weights, number>
>;

/** Nobody is cut off. */
const WHOLE = 0;
/** Events that a peaceful end takes at most: many times what an election and a commitment need. */
const CALM_EVENTS = 500;

/**
 * One random run after the other on a stage: it chooses what happens next by the weights of the run's plan. Two messages of
 * one link may overtake each other, be lost, come twice, or wait in the second bag until everybody has forgotten them.
 */
export class Walk implements Carrier {
  readonly stage: Stage;
  #plan: Plan;
  #random: RandomStream;
  readonly #thresholds: number[] = CHOICES.map(() => 0);
  readonly #inFlight: NetworkMessage[] = [];
  readonly #keptBack: NetworkMessage[] = [];
  #requests = 0;
  /** Servers on one side of the division, one bit each; {@link WHOLE} when there is none. */
  #side = WHOLE;
  #calm = false;

  constructor(plan: Plan, random: RandomStream) {
    this.#plan = plan;
    this.#random = random;
    this.stage = new Stage(plan, this);
  }

  /** Walks until a property falls or the run's events are used up. The stage says how many were used. */
  run(plan: Plan, random: RandomStream): Finding | null {
    this.#begin(plan, random);
    const { stage } = this;
    try {
      // Choices that have no effect must not keep a run going for ever.
      for (let choices = plan.events * 4; choices > 0 && stage.events < plan.events; choices -= 1) {
        this.#step();
        if (stage.monitor.broken) return safetyFinding(stage);
      }
      if (plan.calm) return this.#calmDown();
    } catch (error) {
      // A rule that is off may break what the code relies on: the run ends. Where all are on, it is a fault of the code.
      if (Object.values(plan.rules).every((on) => on)) throw error;
      return null;
    }
    return plan.clients > 0 ? historyFinding(stage) : null;
  }

  sent(message: NetworkMessage): void {
    if (this.#calm) {
      this.#inFlight.push(message);
      return;
    }
    const { loss, slow, slowKind, inFlight, servers } = this.#plan;
    const random = this.#random;
    // A client tries again if need be: losing its messages would only make runs longer.
    const betweenServers = message.from <= servers && message.to <= servers;
    if (loss > 0 && betweenServers && random.fraction() < loss) return;
    if (slow > 0 && mayBeSlow(message, slowKind) && random.fraction() < slow) this.#keepBack(message);
    else if (this.#inFlight.length < inFlight) this.#inFlight.push(message);
    else this.#inFlight[random.integer(0, inFlight - 1)] = message;
  }

  #begin(plan: Plan, random: RandomStream): void {
    this.#plan = plan;
    this.#random = random;
    let sum = 0;
    CHOICES.forEach((choice, code) => {
      sum += plan.weights[choice];
      this.#thresholds[code] = sum;
    });
    this.#inFlight.length = 0;
    this.#keptBack.length = 0;
    this.#requests = 0;
    this.#side = WHOLE;
    this.#calm = false;
    this.stage.begin(plan);
    if (plan.instantDisk) for (let id = 1; id <= plan.servers; id += 1) this.#flush(id);
  }

  #step(): void {
    switch (this.#choose()) {
      case CODES.deliver:
        if (this.#inFlight.length > 0) this.#deliver();
        else this.#fire(this.#random.fraction() < 0.5 ? "heartbeat" : "election");
        return;
      case CODES.late:
        this.#deliverLate();
        return;
      case CODES.election:
        this.#fire("election");
        return;
      case CODES.heartbeat:
        this.#fire("heartbeat");
        return;
      case CODES.request:
        this.#request();
        return;
      case CODES.change: {
        const id = this.#anyServer();
        if (this.stage.change(id, this.#anyChange())) this.#settled(id);
        return;
      }
      case CODES.transfer: {
        const id = this.#anyServer();
        if (this.stage.transfer(id, this.#anyServer())) this.#settled(id);
        return;
      }
      case CODES.snapshot: {
        const id = this.#anyServer();
        if (this.stage.snapshot(id)) this.#settled(id);
        return;
      }
      case CODES.impatience:
        this.#losePatience();
        return;
      case CODES.disk:
        this.stage.persist(this.#anyServer(), this.#random.fraction() < 0.5);
        return;
      case CODES.crash:
        this.stage.crash(this.#anyServer());
        return;
      case CODES.restart: {
        const id = this.#anyServer();
        if (this.stage.restart(id)) this.#settled(id);
        return;
      }
      case CODES.divide:
        this.#side = this.#side === WHOLE ? this.#random.integer(1, (1 << this.#plan.servers) - 2) : WHOLE;
        return;
    }
  }

  /**
   * Ends a run in peace: everybody runs, nothing is lost, until a leader has committed an entry of its own term. What was
   * broken before shows now, when the next leader lacks what it must have.
   */
  #calmDown(): Finding | null {
    const { stage } = this;
    const { serverCount } = stage;
    this.#side = WHOLE;
    this.#calm = true;
    for (let id = 1; id <= serverCount; id += 1) {
      stage.restart(id);
      this.#flush(id);
    }
    for (let left = CALM_EVENTS; left > 0 && !inOrder(stage); left -= 1) {
      const message = this.#inFlight.shift();
      if (message === undefined) this.#peaceful();
      else this.#arrive(message);
      if (stage.monitor.broken) return safetyFinding(stage);
    }
    if (this.#plan.clients === 0) return null;
    return lostWrites(stage) ?? historyFinding(stage);
  }

  /** Nothing is under way: a leader speaks, or somebody stands for election. */
  #peaceful(): void {
    for (let id = 1; id <= this.stage.serverCount; id += 1) {
      if (!this.stage.fire(id, "heartbeat")) continue;
      this.#flush(id);
      return;
    }
    this.#fire("election");
  }

  #choose(): number {
    const thresholds = this.#thresholds;
    const point = this.#random.fraction() * (thresholds[CHOICES.length - 1] ?? 0);
    let code = 0;
    while (code < CHOICES.length - 1 && point >= (thresholds[code] ?? 0)) code += 1;
    return code;
  }

  #anyServer(): number {
    return this.#random.integer(1, this.#plan.servers);
  }

  #deliver(): void {
    const messages = this.#inFlight;
    const { inOrder, duplicate } = this.#plan;
    const random = this.#random;
    if (inOrder > 0 && random.fraction() < inOrder) {
      const oldest = messages.shift();
      if (oldest !== undefined) this.#arrive(oldest);
      return;
    }
    const place = random.integer(0, messages.length - 1);
    const message = messages[place];
    if (message === undefined) return;
    if (duplicate === 0 || random.fraction() >= duplicate) takeOut(messages, place);
    this.#arrive(message);
  }

  #arrive(message: NetworkMessage): void {
    if (this.#separated(message)) this.#keepBack(message);
    else if (this.stage.deliver(message)) this.#settled(message.to);
  }

  #deliverLate(): void {
    const messages = this.#keptBack;
    if (messages.length === 0) return;
    const random = this.#random;
    const place = random.integer(0, messages.length - 1);
    const message = messages[place];
    if (message === undefined || this.#separated(message)) return;
    if (random.fraction() >= this.#plan.duplicate) takeOut(messages, place);
    if (this.stage.deliver(message)) this.#settled(message.to);
  }

  #keepBack(message: NetworkMessage): void {
    const messages = this.#keptBack;
    const { keptBack } = this.#plan;
    if (messages.length < keptBack) messages.push(message);
    else messages[this.#random.integer(0, keptBack - 1)] = message;
  }

  /** Clients reach everybody. */
  #separated({ from, to }: NetworkMessage): boolean {
    const side = this.#side;
    if (side === WHOLE) return false;
    const { servers } = this.#plan;
    return from <= servers && to <= servers && ((side >> (from - 1)) & 1) !== ((side >> (to - 1)) & 1);
  }

  #fire(timer: "election" | "heartbeat"): void {
    const id = this.#anyServer();
    if (this.stage.fire(id, timer)) this.#settled(id);
  }

  #request(): void {
    const { clients, requests } = this.#plan;
    if (this.#requests >= requests) return;
    const { stage } = this;
    if (clients === 0) {
      const id = this.#anyServer();
      if (!stage.propose(id)) return;
      this.#settled(id);
    } else {
      const client = stage.serverCount + this.#random.integer(1, clients);
      if ((stage.clients.get(client)?.pending.size ?? 0) > 0) return;
      const at = this.#random.fraction() < 0.5 ? this.#anyServer() : null;
      stage.invoke(client, this.#operation(), at);
    }
    this.#requests += 1;
  }

  /** Changes that make no sense are refused, and cost nothing. */
  #anyChange(): MembershipChange {
    const random = this.#random;
    const { servers } = this.#plan;
    const what = random.integer(0, 9);
    if (what <= 6) {
      const server = random.integer(1, servers);
      const kind = what <= 2 ? "add-voter" : what <= 4 ? "remove" : what === 5 ? "add-learner" : "promote";
      return { kind, server };
    }
    if (what === 7) return { kind: "leave-joint" };
    const voters: number[] = [];
    for (let server = 1; server <= servers; server += 1) if (random.fraction() < 0.5) voters.push(server);
    if (voters.length === 0) voters.push(servers);
    return { kind: "reconfigure", voters, autoLeave: random.fraction() < 0.8 };
  }

  #operation(): ClientOperation {
    if (this.#random.fraction() < 0.5) return READ;
    return WRITES[this.#requests % WRITES.length] ?? READ;
  }

  #losePatience(): void {
    const timers = this.stage.queue.clientTimers;
    if (timers.length === 0) return;
    const place = this.#random.integer(0, timers.length - 1);
    const timer = timers[place];
    if (timer === undefined) return;
    takeOut(timers, place);
    this.stage.fireClient(timer);
  }

  #settled(id: number): void {
    if (this.#plan.instantDisk || this.#calm) this.#flush(id);
  }

  /** A write that is durable may lead to another. */
  #flush(id: number): void {
    while (this.stage.hasWrites(id)) this.stage.persist(id, true);
  }
}

const READ: RangeRequest = { kind: "range", key: "k" };

const WRITES: readonly PutRequest[] = Array.from({ length: 64 }, (_, number) => ({
  kind: "put",
  key: "k",
  value: `w${number}`,
}));

function mayBeSlow(message: NetworkMessage, kind: SlowKind): boolean {
  switch (kind) {
    case "all":
      return true;
    case "entries":
      return message.type === "AppendEntries" && message.entries.length > 0;
    case "successes":
      return message.type === "AppendEntriesReply" && message.success && message.matchIndex > 0;
    case "votes":
      return message.type === "RequestVoteReply" && message.voteGranted;
  }
}

/** Removes an element by putting the last one in its place. */
function takeOut<T>(array: T[], place: number): void {
  const last = array.pop();
  if (last !== undefined && place < array.length) array[place] = last;
}
