/** Faults of machines that Raft tolerates, as lines of a nemesis. */
export const TOLERATED: readonly string[] = [
  "clock random drift 80% for 400ms",
  "clock any follower drift -80% for 400ms",
  "clock random jump 200ms for 300ms",
  "clock random jump -200ms for 300ms",
  "clock random jump 150ms",
  "disk random slow 30ms for 400ms",
  "disk any follower fail for 300ms",
  "disk leader fail for 300ms",
  "crash leader before fsync for 200ms",
  "crash leader after fsync for 200ms",
  "crash any follower before fsync for 200ms",
  "crash any follower after fsync for 200ms",
  "crash leader before send AppendEntries for 200ms",
  "crash leader after send AppendEntries for 200ms",
  "crash any follower before send for 200ms",
  "crash leader before apply for 200ms",
  "crash leader after apply for 200ms",
  "crash any follower for 200ms",
  "pause random for 200ms",
  "isolate leader for 200ms",
];

/** Faults that go beyond what Raft promises anything for. */
export const BEYOND: readonly string[] = [
  "disk random ignore fsync for 300ms",
  "disk any follower tear for 500ms",
  "disk any follower corrupt",
];

/** A run of three servers under load that suffers faults for a while and then has time to recover. */
export function sufferingText(seed: number, faults: readonly string[], settings = ""): string {
  return `cluster { nodes s1..s3; fsync 1ms..3ms; ${settings} }
scenario "suffering" {
  seed ${seed}
  await leader
  workload w for 3s { clients 3; keys k1..k3; rate 100/s; mix put 50% get 40% cas 10% }
  nemesis n for 3s {
    every 20ms..200ms one of {
${faults.map((line) => `      ${line}\n`).join("")}    }
  }
  await w
  await n
  wait 2s
  heal
  await leader within 5s
  await converged within 10s
}
`;
}
