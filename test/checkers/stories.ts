import type { RaftFactory } from "../../server/src/sim/kernel.js";
import {
  commitsAtOnce,
  commitsWhatItHas,
  countsRefusals,
  forgetsCommitment,
  forgetsMatches,
  garblesEntries,
  growsBeyondLeader,
  opensTermTooEarly,
  rewritesOwnLog,
  speaksOfLaterTerms,
  votesForAnybody,
} from "./broken.js";

/** A story in which a property falls when the cluster is broken, and stands when it is not. */
export interface Story {
  readonly property: string;
  /** What breaks the cluster: a setting, or an engine. */
  readonly by: string;
  readonly setting?: string;
  readonly engine?: RaftFactory;
  readonly steps: string;
}

const TWO_CANDIDATES = `
  timeout s1
  timeout s2
  wait 300ms
`;

const DIFFERENT_LOGS = `
  given {
    s1 term 2 log [1 2] commit 1
    s2 term 1 log [1 1] commit 1
    s3 term 2 log [1 2] commit 1
  }
  timeout s1
  await leader == s1
  wait 300ms
`;

const ONE_WRITE = `
  timeout s1
  await leader == s1
  alice put color "red"
  wait 500ms
`;

const THREE_WRITES = `
  timeout s1
  await leader == s1
  alice put color "red"
  alice put color "green"
  alice put color "blue"
  wait 500ms
`;

const BEHIND_BUT_FIRST = `
  timeout s1
  await leader == s1
  cut s1 -> s3
  alice put color "red"
  crash s1
  heal
  timeout s3
  wait 1s
`;

const CUT_OFF_LEADER = `
  timeout s1
  await leader == s1
  bob watch color at s1 as w
  wait 100ms
  isolate s1
  alice put color "red" at s1   => ok | timeout
  await leader != s1 within 10s
  bob put color "blue"          => ok
  heal
  wait 3s
  bob put color "green"         => ok
  bob put color "grey"          => ok
  bob put color "black"         => ok
  wait 1s
`;

const LOST_REPLY = `
  timeout s1
  await leader == s1
  drop next ClientRequestReply s1 -> alice
  async alice put color "red" as first
  await s1["color"] == "red" within 1s
  bob put color "blue"
  await first
  wait 500ms
`;

const READ_AT_DEPOSED = `
  timeout s1
  await leader == s1
  alice put color "red"
  isolate s1
  await leader != s1 within 10s
  alice put color "blue"
  bob get color at s1   => "red" | timeout | error not-leader
`;

const rule = (name: string, besides = ""): Pick<Story, "by" | "setting"> => ({
  by: `rule ${name} off`,
  setting: `rule ${name} off; ${besides}`,
});

/** Every property that a run checks, each broken in a few ways. */
export const STORIES: readonly Story[] = [
  { property: "election-safety", ...rule("one-vote-per-term"), steps: TWO_CANDIDATES },
  { property: "election-safety", by: "refusals counted", engine: countsRefusals, steps: TWO_CANDIDATES },
  { property: "leader-append-only", by: "an own entry rewritten", engine: rewritesOwnLog, steps: ONE_WRITE },
  { property: "leader-append-only", ...rule("leader-append-only"), steps: DIFFERENT_LOGS },
  { property: "log-matching", ...rule("log-matching-check"), steps: DIFFERENT_LOGS },
  { property: "log-matching", by: "entries garbled", engine: garblesEntries, steps: ONE_WRITE },
  { property: "leader-completeness", ...rule("up-to-date-vote"), steps: BEHIND_BUT_FIRST },
  { property: "leader-completeness", by: "votes for anybody", engine: votesForAnybody, steps: BEHIND_BUT_FIRST },
  { property: "leader-completeness", ...rule("majority-commit"), steps: CUT_OFF_LEADER },
  { property: "state-machine-safety", ...rule("majority-commit"), steps: CUT_OFF_LEADER },
  { property: "state-machine-safety", by: "entries garbled", engine: garblesEntries, steps: ONE_WRITE },
  { property: "acknowledged-lost", ...rule("majority-commit"), steps: CUT_OFF_LEADER },
  { property: "acknowledged-lost", by: "a commit that waits for nobody", engine: commitsAtOnce, steps: CUT_OFF_LEADER },
  { property: "applied-twice", by: "sessions off", setting: "sessions off; retries all", steps: LOST_REPLY },
  { property: "linearizability", by: "reads local", setting: "reads local", steps: READ_AT_DEPOSED },
  { property: "linearizability", ...rule("confirm-leadership"), steps: READ_AT_DEPOSED },
  { property: "watch", by: "a commit that waits for nobody", engine: commitsAtOnce, steps: CUT_OFF_LEADER },
  { property: "leader-last-index", by: "a follower's own entry", engine: growsBeyondLeader, steps: ONE_WRITE },
  { property: "log-completeness", by: "a candidate's entry", engine: opensTermTooEarly, steps: BEHIND_BUT_FIRST },
  { property: "commit-durable", ...rule("majority-commit"), steps: CUT_OFF_LEADER },
  { property: "commit-durable", ...rule("durable-before-ack", "fsync 50ms"), steps: ONE_WRITE },
  { property: "commit-durable", by: "a commit that waits for nobody", engine: commitsAtOnce, steps: ONE_WRITE },
  { property: "quorum-holds-committed", by: "a hasty follower", engine: commitsWhatItHas, steps: ONE_WRITE },
  { property: "durable-before-send", ...rule("persist-vote"), steps: ONE_WRITE },
  { property: "durable-before-send", ...rule("persist-term"), steps: ONE_WRITE },
  { property: "durable-before-send", ...rule("durable-before-ack"), steps: ONE_WRITE },
  { property: "message-term", by: "a term nobody has begun", engine: speaksOfLaterTerms, steps: ONE_WRITE },
  { property: "state-monotonic", ...rule("keep-vote-on-leader"), steps: ONE_WRITE },
  { property: "state-monotonic", ...rule("one-vote-per-term"), steps: TWO_CANDIDATES },
  { property: "state-monotonic", by: "a forgotten commit index", engine: forgetsCommitment, steps: ONE_WRITE },
  { property: "index-order", by: "forgotten matches", engine: forgetsMatches, steps: THREE_WRITES },
];

/** A story as a scenario. */
export function storyText(steps: string, setting = "", expecting = ""): string {
  const given = steps.includes("given") ? "" : `  ${expecting}\n`;
  return `cluster {
  nodes s1..s3
  clients alice bob
  election-timeout 1s..2s
  pre-vote off
  check-quorum off
  ${setting}
}

scenario "story" {
  seed 1
${given}${steps.replace(/ {2}timeout s1/, `${given === "" ? `  ${expecting}\n` : ""}  timeout s1`)}}
`;
}
