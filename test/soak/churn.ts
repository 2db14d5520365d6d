import { RandomStream } from "../../server/src/sim/random.js";

/** What nemeses do; `SPAN` stands for a duration of the seed's choice. */
const TROUBLE = [
  "crash any follower for SPAN",
  "crash leader for SPAN",
  "crash random for SPAN",
  "isolate any follower for SPAN",
  "isolate leader for SPAN",
  "pause leader for SPAN",
  "pause any follower for SPAN",
  "partition random for SPAN",
  "partition {leader any follower} for SPAN",
  "cut leader -> any follower for SPAN",
  "cut any follower -> leader for SPAN",
  "loss 30% for SPAN",
  "latency 5ms..60ms for SPAN",
  "delay AppendEntries leader -> any follower by 80ms for SPAN",
  "drop next 3 AppendEntries leader -> all",
] as const;

/** How a seed's scenario is set up: for figures and for saying what failed. */
export interface ChurnPlan {
  readonly seed: number;
  readonly servers: 3 | 5;
  readonly text: string;
}

/**
 * The churn workload of a seed: clients that write, read, compare and watch while servers crash, hang and are cut off,
 * on a network that loses, repeats and overtakes. Settings and troubles vary with the seed; everything acknowledged
 * must be there at the end, the history linearizable, and the cluster alive again once the faults have ended.
 */
export function churnPlan(seed: number, seconds = 2): ChurnPlan {
  const random = RandomStream.of(seed, "churn plan");
  const pick = <T>(values: readonly [T, ...T[]]): T => values[random.integer(0, values.length - 1)] ?? values[0];
  const servers = pick<3 | 5>([3, 5]);
  const span = (): string => `${random.integer(1, 8) * 60}ms`;
  const chosen = TROUBLE.filter(() => random.chance(0.5));
  const troubles = (chosen.length > 0 ? chosen : TROUBLE).map((trouble) => `      ${trouble.replace("SPAN", span)}`);
  const text = `cluster {
  nodes s1..s${servers}
  clients alice bob
  latency ${pick(["1ms..5ms", "2ms..20ms", "500us..1ms"])}
  loss ${pick([0, 1, 5])}%
  duplicate ${pick([0, 2, 10])}%
  reorder ${pick([0, 2, 20])}%
  fsync ${pick(["1ms", "200us..8ms", "5ms..20ms"])}
  pre-vote ${pick(["on", "on", "off"])}
  check-quorum ${pick(["on", "on", "off"])}
  reads ${pick(["read-index", "read-index", "log"])}
  append-limit ${pick([64, 1, 3])}
  inflight ${pick([16, 1, 2])}
  client-timeout ${pick(["300ms", "500ms", "1s"])}
}

scenario "churn" {
  seed ${seed}
  await leader within 10s
  bob watch k prefix as w
  workload load for ${seconds}s { clients 4; keys k1..k4; rate ${pick([60, 120, 200])}/s; mix put 45% get 35% cas 15% delete 5% }
  nemesis trouble for ${seconds}s {
    every 60ms..${pick([200, 400])}ms one of {
${troubles.join("\n")}
    }
  }
  await load
  await trouble
  wait 1s
  heal
  loss 0%
  reorder 0%
  await leader within 10s
  expect converged within 10s
  alice put done "yes"  => ok
  alice get done        => "yes"
}
`;
  return { seed, servers, text };
}
