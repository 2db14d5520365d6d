import { prefixRange } from "../../server/src/kv/key-range.js";
import { RaftNode } from "../../server/src/raft/node.js";
import { CORRECT_RAFT } from "../../server/src/raft/types.js";
import type { Action, ActionResult } from "../../server/src/sim/action.js";
import { type EndpointId, ETCD_DEFAULTS, type WorldConfig } from "../../server/src/sim/config.js";
import { RandomStream } from "../../server/src/sim/random.js";
import { plainWatch } from "../../server/src/sim/watch-options.js";
import { Recording } from "../../server/src/trace/recording.js";

/** A world of three servers and one client, with everything quick and nothing lost. */
export function worldConfig(overrides: Partial<WorldConfig> = {}): WorldConfig {
  return {
    servers: ["s1", "s2", "s3"],
    clients: ["alice"],
    seed: 7,
    electionTimeout: { min: 150_000, max: 300_000 },
    heartbeat: 50_000,
    latency: { min: 1_000, max: 3_000 },
    loss: 0,
    duplicate: 0,
    reorder: 0,
    fsync: { min: 500, max: 1_500 },
    preVote: false,
    checkQuorum: false,
    reads: "read-index",
    learners: [],
    spares: [],
    membership: "joint",
    snapshot: null,
    leaseDrift: 0.1,
    sessions: true,
    appendLimit: 16,
    inflight: 4,
    clientTimeout: 1_000_000,
    ...ETCD_DEFAULTS,
    network: "auto",
    timers: "auto",
    rules: CORRECT_RAFT,
    initial: [],
    ...overrides,
  };
}

/** A recording that is driven by hand. */
export class Run {
  readonly recording: Recording;
  readonly clientId: EndpointId;

  constructor(overrides: Partial<WorldConfig> = {}) {
    const config = worldConfig(overrides);
    this.recording = new Recording(config, (raft, durable) => new RaftNode(raft, durable));
    this.clientId = config.servers.length + 1;
  }

  /** Lets virtual time pass until `ms`. */
  until(ms: number): this {
    const { recording } = this;
    const timeUs = ms * 1000;
    for (let next = recording.world.nextUs; next !== null && next <= timeUs; next = recording.world.nextUs)
      recording.step();
    if (timeUs > recording.world.nowUs) recording.advanceTo(timeUs);
    return this;
  }

  /** Does an action that a scenario's line asked for. */
  act(action: Action, line = 0): ActionResult {
    return this.recording.act(action, line, -1);
  }

  put(key: string, value: string, line = 0): ActionResult {
    return this.act({ kind: "invoke", client: this.clientId, body: { kind: "put", key, value }, at: null }, line);
  }

  get(key: string, line = 0): ActionResult {
    const body = { kind: "range", key } as const;
    return this.act({ kind: "invoke", client: this.clientId, body, at: null }, line);
  }

  /** The server that leads now. */
  leader(): EndpointId {
    return this.recording.world.leader()?.id ?? 1;
  }
}

/** An election, a write, the leader's crash, a new election, the old leader's return. */
export function failover(): Run {
  const run = new Run().until(400);
  run.act({ kind: "note", text: "first write" }, 4);
  run.put("color", "red", 5);
  run.until(500);
  const old = run.leader();
  run.act({ kind: "crash", server: old, durationUs: null }, 7);
  run.until(1_000);
  run.get("color", 9);
  run.until(1_100);
  run.act({ kind: "restart", server: old }, 11);
  return run.until(1_400);
}

/** A partition with a write on each side; the minority's is overwritten after it heals. */
export function partition(): Run {
  const run = new Run({ servers: ["s1", "s2", "s3", "s4", "s5"], clients: ["alice", "bob"], seed: 3 }).until(500);
  const old = run.leader();
  const other = (old % 5) + 1;
  const minority = [old, other];
  const majority = [1, 2, 3, 4, 5].filter((id) => !minority.includes(id));
  const across = minority.flatMap((a) => majority.map((b) => [a, b] as const));
  const pairs = [...across, ...across.map(([a, b]) => [b, a] as const)];
  const text = `partition {${minority.map((id) => `s${id}`).join(" ")}} | {${majority.map((id) => `s${id}`).join(" ")}}`;
  run.act({ kind: "fault", fault: { kind: "block", pairs }, text, durationUs: null }, 10);
  run.act({ kind: "invoke", client: 6, body: { kind: "put", key: "x", value: "lost" }, at: old }, 11);
  run.until(1_200);
  run.act({ kind: "invoke", client: 7, body: { kind: "put", key: "x", value: "kept" }, at: run.leader() }, 12);
  run.until(1_600);
  run.act({ kind: "heal", what: { kind: "all" } }, 14);
  return run.until(2_200);
}

/** A run with faults drawn from `seed`: crashes, pauses, partitions, held and dropped messages, clients' requests. */
export function churn(seed: number, ms = 2_000, overrides: Partial<WorldConfig> = {}): Run {
  const run = new Run({
    seed,
    loss: 0.03,
    duplicate: 0.05,
    reorder: 0.1,
    preVote: seed % 2 === 0,
    checkQuorum: seed % 3 === 0,
    ...overrides,
  });
  const random = RandomStream.of(seed, "churn");
  const servers = run.recording.world.serverCount;
  for (let at = 100; at < ms; at += random.integer(20, 120)) {
    run.until(at);
    run.act(anyAction(run, random, servers), random.integer(0, 30));
  }
  return run.until(ms);
}

function anyAction(run: Run, random: RandomStream, servers: number): Action {
  const server = random.integer(1, servers);
  const other = (server % servers) + 1;
  const durationUs = random.integer(20_000, 400_000);
  switch (random.integer(0, 18)) {
    case 0:
      return { kind: "crash", server, durationUs };
    case 1:
      return { kind: "pause", server, durationUs };
    case 2:
      return {
        kind: "fault",
        fault: { kind: "block", pairs: [[server, other]] },
        text: `cut s${server} -> s${other}`,
        durationUs,
      };
    case 3: {
      const effect = (["drop", "delay", "hold"] as const)[random.integer(0, 2)] ?? "drop";
      const fault = { kind: "rule", effect, message: null, pairs: [[server, other]], byUs: 30_000, count: 2 } as const;
      return { kind: "fault", fault, text: `${effect} next 2 s${server} -> s${other}`, durationUs };
    }
    case 4:
      return { kind: "heal", what: { kind: "all" } };
    case 5:
      return { kind: "note", text: `note at ${run.recording.world.nowUs}` };
    case 6:
      return { kind: "timeout", server };
    case 7:
      return { kind: "result", ok: random.integer(0, 1) === 1, text: "expect leader" };
    case 8:
      return { kind: "wipe", server };
    case 9:
      return { kind: "restart", server };
    case 10:
      return { kind: "release", fault: random.integer(1, 4) };
    case 11: {
      const item = run.recording.world.queue.items().find(({ kind }) => kind === "deliver");
      return { kind: "lose", sendEvent: item?.kind === "deliver" ? item.sendEvent : 0 };
    }
    case 12:
      return { kind: "watch", client: run.clientId, name: "w", options: plainWatch(prefixRange("k")), at: null };
    case 13:
      return { kind: "unwatch", client: run.clientId, watch: 1 };
    case 14: {
      const serializable = random.integer(0, 1) === 1;
      const body = { kind: "range", ...prefixRange("k"), serializable } as const;
      return { kind: "invoke", client: run.clientId, body, at: server };
    }
    case 15:
      return { kind: "step" };
    default: {
      const body = { kind: "put", key: `k${random.integer(1, 3)}`, value: `v${run.recording.log.count}` } as const;
      return { kind: "invoke", client: run.clientId, body, at: null };
    }
  }
}
