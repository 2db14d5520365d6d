import { expect, it } from "vitest";
import { runText } from "../support/scenarios.js";
import { behaves } from "./behaves.js";

const SLOW = "cluster { latency 10ms; pre-vote off; election-timeout 10s..11s; heartbeat 1s }";

behaves("messages under way in an automatic network", {
  "one is lost, and only it": `
    ${SLOW}
    timeout s1
    wait 2ms
    lose s1 -> s2 RequestVote               # gives: s1 -> s2 RequestVote term 1
    lose s1 -> s2                           # fails: no message is under way on s1 -> s2. Under way: s1 -> s3 RequestVote
    await leader == s1 within 1s
    expect messages(RequestVote) == 2
  `,
  "one arrives at once, before its time": `
    ${SLOW}
    timeout s1
    wait 2ms
    deliver s1 -> s2 RequestVote
    expect s2.term == 1 and s3.term == 0
    wait 9ms
    expect s3.term == 1
  `,
  "one is made later, and the others of its link overtake it": `
    ${SLOW}
    timeout s1
    wait 2ms
    delay first s1 -> s2 RequestVote by 100ms    # gives: s1 -> s2 RequestVote
    wait 50ms
    expect s3.term == 1 and leader == s1
    expect s2.role == follower
    wait 70ms
    expect leader == s1
  `,
  "one is made two": `
    ${SLOW}
    timeout s1
    wait 2ms
    duplicate s1 -> s2 RequestVote
    deliver all s1 -> s2                    # gives: 2 messages delivered
    expect messages(RequestVote) == 2
  `,
  "places count on the link, from the oldest": `
    ${SLOW}
    timeout s1
    await leader == s1 within 1s
    tick leader for 1s
    wait 2ms
    lose third s1 -> s2                     # fails: no message number 3 is under way on s1 -> s2
  `,
  "a step does not wait for a disk": `
    ${SLOW}
    timeout s1
    lose s1 -> s2                           # fails: no message is under way on s1 -> s2: nothing is under way
    expect s1.role == candidate
  `,
});

it("gives the same run again, and a replay to any moment", () => {
  const text = `${SLOW.replace("cluster {", "cluster {\n  nodes s1..s3\n  clients alice\n")}
scenario "a" {
  timeout s1
  wait 2ms
  duplicate s1 -> s2
  delay last s1 -> s2 by 30ms
  lose s1 -> s3
  wait 200ms
}
`;
  const first = runText(text);
  const second = runText(text);
  expect(second.recording.log.hash).toBe(first.recording.log.hash);
  const { recording } = first;
  const last = recording.log.count - 1;
  const middle = recording.stateAt(Math.floor(last / 2)).underWay().length;
  recording.stateAt(0);
  expect(recording.stateAt(Math.floor(last / 2)).underWay().length).toBe(middle);
});
