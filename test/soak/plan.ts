import { RandomStream } from "../../server/src/sim/random.js";

/** Picks one of several values; what stands there twice comes twice as often. */
type Pick = <T>(values: readonly [T, ...T[]]) => T;

/** What nemeses do to any cluster; `SPAN` stands for a duration, `FEW` for a small number. */
const FAULTS = [
  "crash any follower for SPAN",
  "crash leader for SPAN",
  "crash random for SPAN",
  "crash leader before fsync for SPAN",
  "crash any follower before fsync for SPAN",
  "crash any follower after fsync for SPAN",
  "crash leader after send AppendEntries for SPAN",
  "crash any follower before send AppendEntriesReply for SPAN",
  "crash any follower before apply for SPAN",
  "crash leader after apply for SPAN",
  "isolate any follower for SPAN",
  "isolate leader for SPAN",
  "pause leader for SPAN",
  "pause any follower for SPAN",
  "partition random for SPAN",
  "partition {leader any follower} for SPAN",
  "cut leader -> any follower for SPAN",
  "cut any follower -> leader for SPAN",
  "loss 30% for SPAN",
  "duplicate 50% for SPAN",
  "reorder 50% for SPAN",
  "latency 5ms..60ms for SPAN",
  "delay AppendEntries leader -> any follower by 80ms for SPAN",
  "delay AppendEntriesReply any follower -> leader by 300ms for SPAN",
  "drop next FEW AppendEntries leader -> all",
  "drop next FEW ClientRequestReply all -> all",
  "hold AppendEntries leader -> any follower for SPAN",
  "hold AppendEntriesReply any follower -> leader for SPAN",
  "hold RequestVoteReply any follower -> all for SPAN",
  "disk leader slow 30ms for SPAN",
  "disk any follower slow 60ms for SPAN",
  "disk any follower fail for SPAN",
  "timeout any follower",
  "timeout any follower",
  "transfer leadership to any follower",
  "snapshot random",
] as const;

/** Clocks that differ more than leases allow for: only where no lease relies on them. */
const CLOCK_FAULTS = [
  "clock any follower drift 30% for SPAN",
  "clock leader drift -30% for SPAN",
  "clock random jump 250ms",
  "clock random jump -250ms",
] as const;

/** Clocks that differ as much as leases allow for. */
const DRIFTS = ["clock any follower drift 9% for SPAN", "clock leader drift -9% for SPAN"] as const;

/** How a seed's scenario is set up. */
export interface SoakPlan {
  readonly seed: number;
  readonly text: string;
}

/**
 * A short random scenario: three to seven servers, settings of all kinds, clients that write, read, compare and watch, and for
 * a second a choice of faults, changes of the configuration and transfers among everything there is. In the end everything
 * acknowledged must be there, the history linearizable, every watch complete, and the cluster alive.
 */
export function soakPlan(seed: number, rulesOff: readonly string[] = []): SoakPlan {
  const random = RandomStream.of(seed, "soak plan");
  const pick: Pick = (values) => values[random.integer(0, values.length - 1)] ?? values[0];
  const span = (): string => `${random.integer(1, 12) * pick([50, 50, 120])}ms`;
  const filled = (fault: string): string => fault.replace("SPAN", span()).replace("FEW", String(random.integer(1, 4)));

  const voters = pick([3, 3, 4, 5, 5]);
  const learners = pick([0, 0, 0, 1]);
  const spares = pick([0, 0, 1, 2]);
  const servers = voters + learners + spares;
  const lease = random.chance(0.2);
  const share = pick([0.1, 0.25, 0.5]);
  const chosen = FAULTS.filter(() => random.chance(share)).map(filled);
  for (const fault of lease ? DRIFTS : CLOCK_FAULTS) if (random.chance(share)) chosen.push(filled(fault));
  const changing = random.chance(0.35);
  if (changing) chosen.push(...changes(servers, random));
  // One damaged disk keeps its server down in the end: more than one may cost the majority.
  const damaged = !changing && random.chance(0.15);
  if (damaged) chosen.push("disk s1 corrupt", "crash s1 for 100ms");
  if (chosen.length === 0) chosen.push(...FAULTS.map(filled));
  // A server that was removed and does not know it stands again and again, and others stay behind for ever: then pre-vote and
  // check-quorum must be on, and not everybody comes to hold the same.
  const seconds = pick(["500ms", "1s", "1s", "2s"]);
  // At the end every fault's time is over before `heal`, which would leave a server down whose disk failed until then.
  const text = `cluster {
  nodes s1..s${voters}
${names("learners", voters + 1, learners)}${names("spares", voters + learners + 1, spares)}  clients alice bob
  latency ${pick(["1ms..5ms", "2ms..20ms", "500us..1ms"])}
  loss ${pick([0, 1, 5])}%
  duplicate ${pick([0, 2, 10])}%
  reorder ${pick([0, 2, 20])}%
  fsync ${pick(["1ms", "200us..8ms", "5ms..20ms"])}
  pre-vote ${lease || changing ? "on" : pick(["on", "off"])}
  check-quorum ${lease || changing ? "on" : pick(["on", "off"])}
  reads ${lease ? "lease" : pick(["read-index", "read-index", "log"])}
  membership ${pick(["joint", "single"])}
  snapshot ${pick(["off", "every 1000 entries keep 100", "every 20 entries keep 5", "every 5 entries keep 0"])}
  append-limit ${pick([64, 1, 3])}
  inflight ${pick([16, 1, 2])}
  client-timeout ${pick(["300ms", "500ms", "1s"])}
${rulesOff.map((rule) => `  rule ${rule} off\n`).join("")}}

scenario "soak" {
  seed ${seed}
  await leader within 10s
  bob watch k prefix as w
  workload load for ${seconds} { clients ${pick([2, 4])}; keys k1..k${pick([1, 3])}; rate ${pick([40, 100, 200])}/s; mix put 45% get 35% cas 15% delete 5% }
  nemesis trouble for ${seconds} {
    every 20ms..${pick([60, 150, 300])}ms one of {
${chosen.map((fault) => `      ${fault}\n`).join("")}    }
  }
  await load
  await trouble
  wait 1500ms
  heal
  loss 0%
  reorder 0%
  await leader within 20s
  ${changing || damaged ? "await leader.commit == leader.last-index" : "expect converged"} within 20s
  alice put done "yes"  => ok | timeout
  alice get done        => "yes" | none | timeout
}
`;
  return { seed, text };
}

/** Changes of the configuration; those that make no sense at their time are refused. */
function changes(servers: number, random: RandomStream): string[] {
  const any = (): string => `s${random.integer(1, servers)}`;
  const some = (): string => {
    const chosen: string[] = [];
    for (let server = 1; server <= servers; server += 1) if (random.chance(0.6)) chosen.push(`s${server}`);
    return `{${(chosen.length > 0 ? chosen : [any()]).join(" ")}}`;
  };
  return [
    `add voter ${any()}`,
    `add voter ${any()}`,
    `add learner ${any()}`,
    `promote ${any()}`,
    `promote ${any()}`,
    `remove ${any()}`,
    `remove ${any()}`,
    `reconfigure ${some()}`,
    `reconfigure ${some()} explicit`,
    "leave joint",
    "leave joint",
  ];
}

function names(setting: string, first: number, count: number): string {
  if (count === 0) return "";
  return `  ${setting} ${Array.from({ length: count }, (_, position) => `s${first + position}`).join(" ")}\n`;
}
