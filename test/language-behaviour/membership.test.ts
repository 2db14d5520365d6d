import { expect, it } from "vitest";
import { runText } from "../support/scenarios.js";
import { behaves } from "./behaves.js";

/** Three voters, two servers to add, a learner; the leader has committed an entry of its term. */
const QUIET = `
    cluster { spares s4 s5; learners s6 }
    await leader.commit == leader.last-index
    let first = leader`;

behaves("changes of the cluster", {
  "before the first commitment of a term are refused": `
    cluster { spares s4 }
    await leader
    add voter s4              # fails: must commit entry 1, the first of its term
    add voter s4 => failed
    await leader.commit == 1
    add voter s4              # gives: appends the new configuration, with 4 voters
  `,
  "are in force at the leader at once, one at a time": `${QUIET}
    add voter s4
    expect leader.config == {s1 s2 s3 s4}
    expect voters == {s1 s2 s3 s4}
    add voter s5 => failed    # gives: only one change is made at a time
    add voter s5              # fails: is not committed yet
    await voters.config == {s1..s4} within 500ms
    put color "red" => ok
    await s4["color"] == "red" within 500ms
  `,
  "that change nothing are refused": `${QUIET}
    add voter s1              # fails: already
    add learner s6 => failed
    promote s1                # fails: s1 is no learner
    remove s4                 # fails: s4 does not belong to the configuration
    reconfigure {s3 s2 s1} => failed
    leave joint => failed     # gives: nothing to leave
  `,
  "are asked of the leader, or of whom the step names": `${QUIET}
    add voter s4 at any follower    # fails: only the leader
    add voter s4 at any follower => failed
    remove any follower at first
    crash leader
    add voter s4                    # fails: there is no leader
    add voter s5                    # not reached
  `,
  "of a server that is down or paused are refused": `${QUIET}
    crash s4
    pause leader
    add voter s4 at s4        # fails: s4 is down
    add voter s4 at first     # fails: is paused
  `,
  "expected to fail must fail": `${QUIET}
    add voter s4 => failed    # fails: appends the new configuration
  `,
  "name one server, or all": `${QUIET}
    add voter {s4 s5}         # fails: \`reconfigure\` changes several
  `,
  "promote a learner that has caught up": `${QUIET}
    add learner s4
    expect leader.learners == {s4 s6}
    promote s4 => failed
    await leader.match[s4] == leader.last-index within 500ms
    expect s4.role == learner
    promote s4
    await s4.role == follower within 500ms
    expect count(voters) == 4
    expect learners == {s6}
  `,
  "make a learner of a voter, even of the leader": `${QUIET}
    add learner leader
    await first.role == learner within 500ms
    expect not (first in voters)
    await leader within 1s
    put color "red" => ok
    await first["color"] == "red" within 500ms
  `,
  "that remove the leader end its leadership once they are committed": `${QUIET}
    async alice put color "red" as w
    remove leader
    await w => ok
    await first.role == follower within 500ms
    expect not (first in first.config)
    await leader != first within 2s
    put color "blue" => ok
    expect first["color"] != "blue"
    wait 2s
    expect first.role == follower
  `,
  "remove a server that was cut off, and it disturbs nobody when it is back": `${QUIET}
    let gone = any follower
    isolate gone
    remove gone
    put color "red" => ok
    wait 2s
    let term = leader.term
    heal
    expect leader for 2s
    expect leader.term == term
    expect gone["color"] != "red"
  `,
  "bring back who was removed": `${QUIET}
    let gone = any follower
    remove gone
    await leader.commit == leader.last-index
    put color "red" => ok
    add voter gone
    await gone["color"] == "red" within 1s
    expect count(voters) == 3
  `,
  "survive the leader that began them": `${QUIET}
    reconfigure {s1..s5}
    await leader.outgoing == {} and leader.commit == leader.last-index within 500ms
    crash leader
    await leader within 2s
    expect voters == {s1..s5}
    restart first
    await first.config == {s1..s5} within 1s
  `,
  "that are lost with their leader are undone": `${QUIET}
    isolate leader
    add voter s4 at first
    expect first.config == {s1..s4}
    await leader != first within 2s
    put color "red" => ok
    heal
    await first.config == {s1 s2 s3} within 1s
    await converged within 1s
  `,
});

behaves("joint configurations", {
  "are left by themselves": `${QUIET}
    reconfigure {s3 s4 s5}
    expect leader.outgoing == {s1 s2 s3}
    expect count(voters) == 5
    await voters == {s3 s4 s5} within 1s
    await leader in {s3 s4 s5} within 2s
    put color "red" => ok
    expect learners == {s6}
  `,
  "or when somebody says so": `${QUIET}
    reconfigure {s1..s5} explicit
    leave joint => failed
    await leader.commit == leader.last-index
    wait 500ms
    expect leader.outgoing == {s1 s2 s3}
    remove s2 => failed       # gives: joint
    leave joint
    expect leader.outgoing == {}
    await leader.commit == leader.last-index
    remove s2
  `,
  "need both majorities": `${QUIET}
    reconfigure {s3 s4 s5} explicit
    await leader.commit == leader.last-index
    crash {s4 s5}
    put color "red" => timeout
    restart {s4 s5}
    crash {s1 s2}
    put color "red" => timeout
    restart down
    await leader within 2s
    put color "blue" => ok
  `,
  "are of membership joint": `
    cluster { spares s4 s5; membership single }
    await leader.commit == leader.last-index
    reconfigure {s1..s5}      # fails: 2 voters would change at once
    reconfigure {s1..s4}
  `,
});

behaves("transfer", {
  "to a follower, at once": `${QUIET}
    let target = any follower
    transfer leadership to target
    await leader == target within 100ms
    put color "red" => ok
  `,
  "under load loses nothing": `${QUIET}
    workload w for 2s { clients 4; keys k1..k3; rate 200/s; mix put 60% get 40% }
    wait 300ms
    let target = any follower
    transfer leadership to target
    await leader == target within 300ms
    await w
  `,
  "is refused to whom it cannot go": `${QUIET}
    transfer leadership to leader           # fails: leads already
    transfer leadership to s6 => failed     # gives: no voter
    transfer leadership to s4 => failed
    transfer leadership to s2 at any follower except s2 => failed
  `,
  "to one that is down is given up, and proposals are taken again": `${QUIET}
    let target = any follower
    crash target
    transfer leadership to target
    async alice put color "red" as w
    transfer leadership to target => failed # gives: already
    wait 400ms
    expect leader == first
    await w => ok within 1s
  `,
  "waits for one that is behind": `${QUIET}
    let target = any follower
    hold AppendEntries leader -> target as h
    put color "red" => ok
    transfer leadership to target
    wait 100ms
    expect leader == first
    release h
    await leader == target within 200ms
  `,
});

behaves("reads", {
  "at followers ask the leader; a learner answers serializable reads only, as in etcd": `${QUIET}
    put color "red" => ok
    mark
    get color at any follower => "red"
    expect messages(ReadIndex) == 1
    expect messages(ReadIndexReply) == 1
    get color at s6 => error learner
    await s6["color"] == "red"
    get color serializable at s6 => "red"
  `,
  "at a server that knows no leader are sent on": `${QUIET}
    put color "red" => ok
    get color at s4 => error no-leader
  `,
  "by lease cost no round of heartbeats": `
    cluster { reads lease }
    await leader
    put color "red" => ok
    wait 200ms
    mark
    repeat 5 { get color => "red" }
    expect messages(Heartbeat) <= 4
  `,
});

it("clocks that drift by more than their bound make lease reads stale", () => {
  const run = (drift: string): readonly string[] =>
    (
      runText(`cluster {
  nodes s1..s3; clients alice bob; reads lease; clock-drift-bound 5%; client-timeout 2s
  election-timeout 1500ms..1510ms; heartbeat 100ms; latency 1ms; fsync 0
}
scenario "drift" {
  clock s1 drift -${drift}
  clock {s2 s3} drift ${drift}
  timeout s1
  await leader == s1
  alice put color "red" => ok
  wait 500ms
  isolate s1
  await leader in {s2 s3} within 3s
  bob put color "blue" at leader => ok
  async alice get color at s1
  wait 3s
}`).report?.violations ?? []
    ).map(({ property }) => property);
  expect(run("5%")).toEqual([]);
  expect(run("12%")).toEqual(["linearizability"]);
});

it("rules of transfers keep the cluster going", () => {
  const failed = (settings: string, steps: string): readonly number[] =>
    runText(`cluster { nodes s1..s3; ${settings} }\nscenario "transfer" {\n${steps}\n}`)
      .steps.filter(({ ok }) => !ok)
      .map(({ line }) => line);
  // Proposals keep coming faster than acknowledgements: the target never has them all.
  const busy = `  timeout s1
  await leader == s1
  workload w for 3s { clients 20; keys k1..k3; rate 400/s; mix put 100% }
  wait 300ms
  transfer leadership to s2
  await leader == s2 within 250ms
  await w`;
  expect(failed("latency 20ms", busy)).toEqual([]);
  expect(failed("latency 20ms; rule transfer-stops-proposals off", busy)).toEqual([8]);
  // Who stands for election without the newest entries loses, and the leader is gone all the same.
  const behind = `  timeout s1
  await leader == s1
  hold AppendEntries s1 -> s2
  put color "red" => ok
  transfer leadership to s2
  expect s1.role == leader for 400ms`;
  expect(failed("", behind)).toEqual([]);
  expect(failed("rule transfer-waits-caught-up off", behind)).toEqual([8]);
});

it("without config-on-append a configuration counts once it is committed", () => {
  const steps = runText(`cluster { nodes s1..s3; spares s4; rule config-on-append off }
scenario "later" {
  await leader.commit == leader.last-index
  add voter s4
  expect leader.config == {s1 s2 s3}
  await leader.config == {s1..s4} within 1s
  await s4.config == {s1..s4} within 1s
}`).steps;
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
});
