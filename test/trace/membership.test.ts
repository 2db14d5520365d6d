import { expect, test } from "vitest";
import { clusterAt, clusterNow } from "../../server/src/trace/cluster-view.js";
import { titleOf } from "../../server/src/trace/event-title.js";
import { narrate } from "../../server/src/trace/narration.js";
import { why, whyLines } from "../../server/src/trace/why/chain.js";
import { finished, scenarioOf } from "../support/scenarios.js";

const { recording } = finished(
  scenarioOf(`cluster { nodes s1..s3; spares s4 s5; learners s6 }
scenario "changes" {
  await leader.commit == leader.last-index
  add voter s4
  add voter s5 => failed
  await leader.commit == leader.last-index
  reconfigure {s1 s4 s5} explicit
  await leader.commit == leader.last-index
  leave joint
  await leader.commit == leader.last-index
  transfer leadership to s5
  await leader == s5
}`),
);
const { log } = recording;
const events = (kind: string): number[] => log.landmarks.filter((id) => log.kind(id) === kind);

test("what is asked, by whom it is done, and what comes into force where", () => {
  const told = narrate(recording).map((line) => line.replace(/^ *[0-9.]+ ms {2}/, ""));
  expect(told.filter((line) => /asked|uses/.test(line)).slice(0, 12)).toMatchInlineSnapshot(`
    [
      "s1 is asked: add voter s4: the leader appends the new configuration, with 4 voters, as entry 2, and uses it from now on (§6) (line 4)",
      "s1 uses configuration {s1 s2 s3 s4}, learners {s6} of entry 2",
      "step ok: s1: the leader appends the new configuration, with 4 voters, as entry 2, and uses it from now on (§6) (line 4)",
      "s1 is asked: add voter s5: the configuration of entry 2 is not committed yet (commit index 1), and only one change is made at a time (§6, D §4.1) (line 5)",
      "step ok: s1 refuses: the configuration of entry 2 is not committed yet (commit index 1), and only one change is made at a time (§6, D §4.1) (line 5)",
      "s6 uses configuration {s1 s2 s3 s4}, learners {s6} of entry 2",
      "s2 uses configuration {s1 s2 s3 s4}, learners {s6} of entry 2",
      "s3 uses configuration {s1 s2 s3 s4}, learners {s6} of entry 2",
      "s4 refuses a heartbeat of s1: the entries would follow entry 2, but this log ends at 0: it would have a gap (§5.3)",
      "s1 is asked: reconfigure {s1 s4 s5} explicit: the leader appends the new configuration, with 3 voters, as entry 3, and uses it from now on (§6) (line 7)",
      "s1 uses configuration {s1 s4 s5} and {s1 s2 s3 s4}, learners {s6} of entry 3",
      "step ok: s1: the leader appends the new configuration, with 3 voters, as entry 3, and uses it from now on (§6); it is joint: majorities of {s1 s2 s3 s4} count as well until \`leave joint\` (line 7)",
    ]
  `);
});

test("why a change was not accepted", () => {
  const refused = events("membership")[1] ?? -1;
  expect(whyLines(why(recording, refused))).toMatchInlineSnapshot(`
    [
      "s1 is asked: add voter s5: the configuration of entry 2 is not committed yet (commit index 1), and only one change is made at a time (§6, D §4.1) (line 5), at 220.9 ms [event 67]",
      "because step of line 5 (line 5), at 220.9 ms [event 66]",
    ]
  `);
});

test("each server's configuration, and whom the leader hands over to", () => {
  const joint = events("configuration").find((id) => titleOf(recording, id).includes(" and ")) ?? -1;
  const { servers } = clusterAt(recording, joint);
  const leader = servers.find(({ role }) => role === "leader");
  expect([leader?.configuration, leader?.transferee]).toMatchInlineSnapshot(`
    [
      {
        "index": 3,
        "learners": [
          "s6",
        ],
        "outgoing": [
          "s1",
          "s2",
          "s3",
          "s4",
        ],
        "voters": [
          "s1",
          "s4",
          "s5",
        ],
      },
      null,
    ]
  `);
  expect(servers.find(({ name }) => name === "s5")?.configuration?.voters).toEqual([]);
  const asked = clusterAt(recording, events("transfer")[0] ?? -1).servers.find(({ role }) => role === "leader");
  expect(asked?.transferee).toBe("s5");
  const now = clusterNow(recording).servers.map(({ name, configuration }) => [name, configuration.voters.join(" ")]);
  expect(now).toMatchInlineSnapshot(`
    [
      [
        "s1",
        "s1 s4 s5",
      ],
      [
        "s2",
        "s1 s4 s5",
      ],
      [
        "s3",
        "s1 s4 s5",
      ],
      [
        "s6",
        "s1 s4 s5",
      ],
      [
        "s4",
        "s1 s4 s5",
      ],
      [
        "s5",
        "s1 s4 s5",
      ],
    ]
  `);
});
