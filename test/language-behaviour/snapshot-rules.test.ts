import { describe, expect, it } from "vitest";
import { runText } from "../support/scenarios.js";

// Each of the rules about snapshots, switched off, breaks what it keeps. The same story with the rule on breaks nothing.

interface Story {
  readonly rule: string;
  readonly breaks: readonly string[];
  readonly steps: string;
  /** A setting of the cluster, for a story that needs more servers. */
  readonly spares?: string;
}

const TIMES =
  "latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms; snapshot off; check-quorum off; pre-vote off";

const STORIES: readonly Story[] = [
  {
    rule: "snapshot-only-committed",
    breaks: ["state-machine-safety", "acknowledged-lost"],
    steps: `
      timeout s1
      await leader == s1
      await all.commit == 1
      isolate s1
      async alice put color "red" at s1 as w1
      async carol put shape "round" at s1 as w2
      wait 10ms
      snapshot s1
      wait 5ms
      crash s1
      timeout s2
      await leader == s2
      # It stands where s1's snapshot has carol's request, and so s1 never executes it.
      bob put color "blue" => ok
      heal
      restart s1
      bob put shape "square" => ok
      wait 300ms
      timeout s1
      await leader == s1`,
  },
  {
    rule: "snapshot-not-older",
    breaks: ["leader-completeness", "state-machine-safety"],
    steps: `
      timeout s1
      await leader == s1
      await all.commit == 1
      crash s3
      alice put color "red" => ok
      snapshot s1
      # The first copy is late; the leader takes it for lost and sends another.
      delay InstallSnapshot s1 -> s3 by 400ms
      restart s3
      wait 60ms
      heal
      await s3.snapshot == 2 within 200ms
      crash s2
      alice put color "blue" => ok
      await s3.commit == 3 within 200ms
      snapshot s3
      wait 400ms
      crash s1
      restart s2
      timeout s2
      wait 10ms
      restart s1
      await leader within 3s`,
  },
  {
    rule: "snapshot-keeps-suffix",
    breaks: ["leader-completeness"],
    steps: `
      given {
        s1 term 1 log [1 1 1 1 1 1 1]
        s2 term 1 log [1 1 1 1 1 1 1]
        s3 term 1 log [1]
      }
      hold AppendEntriesReply s2 -> s1 as ack2
      hold AppendEntriesReply s3 -> s1 as refusal
      timeout s1
      await leader == s1
      async alice put color "red" as w1
      async bob put shape "round" as w2
      wait 5ms
      # s3 gets entries 2 to 10, and its answer is late.
      release refusal
      hold AppendEntriesReply s3 -> s1 as ack3
      wait 5ms
      drop AppendEntries s1 -> s3
      cut s1 -> s2
      # s2 completes the majority of entry 8; the leader drops everything up to there and believes that s3 needs it.
      release ack2
      wait 3ms
      snapshot s1
      hold InstallSnapshot s1 -> s3 as late
      wait 110ms
      # s3's answer completes the majority of entries 9 and 10.
      release ack3
      await w1 => ok within 20ms
      await w2 => ok within 20ms
      release late
      wait 5ms
      crash s1
      heal
      await leader within 5s`,
  },
  {
    rule: "snapshot-carries-config",
    spares: "spares s4 s5; ",
    breaks: ["election-safety"],
    steps: `
      timeout s1
      await leader == s1
      await s1.commit == 1
      crash s3
      reconfigure {s1 s2 s3 s4 s5}
      await leader.config == {s1 s2 s3 s4 s5} within 1s
      put color "red" => ok
      await s1.match[s5] == s1.last-index within 1s
      snapshot s1
      # s3 knows what the others decided from the snapshot only.
      restart s3
      await s3.snapshot > 0 within 500ms
      partition {s1 s3} | {s2 s4 s5}
      timeout s3
      timeout s2
      wait 20ms`,
  },
  {
    rule: "snapshot-carries-sessions",
    breaks: ["applied-twice"],
    steps: `
      timeout s1
      await leader == s1
      await all.commit == 1
      drop ClientRequestReply s1 -> alice
      async alice put color "red" as w
      await all.commit == 2 within 300ms
      snapshot all
      wait 5ms
      crash all
      heal
      restart down
      timeout s2
      await leader == s2
      await w`,
  },
];

function run(
  { rule, steps, spares = "" }: Story,
  state: "on" | "off",
): { readonly broken: string[]; readonly story: string } {
  const text = `cluster { nodes s1..s3; ${spares}clients alice bob carol; ${TIMES}; rule ${rule} ${state} }\nscenario "story" {${steps}\n}\n`;
  const { report, steps: records } = runText(text);
  const broken = (report?.violations ?? []).map(({ property }) => property);
  return { broken, story: records.map(({ line, result }) => `${line} ${result}`).join("\n") };
}

describe("without the rule", () => {
  for (const story of STORIES) {
    it(`${story.rule} ${story.breaks.join(" and ")} falls, with it nothing does`, () => {
      const off = run(story, "off");
      expect(off.broken, off.story).toEqual(expect.arrayContaining([...story.breaks]));
      const on = run(story, "on");
      expect(on.broken, on.story).toEqual([]);
    });
  }
});
