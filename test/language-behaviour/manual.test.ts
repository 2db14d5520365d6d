import { expect, it } from "vitest";
import type { Command } from "../../server/src/kv/command.js";
import type { Message } from "../../server/src/raft/message.js";
import { RaftNode } from "../../server/src/raft/node.js";
import { runText } from "../support/scenarios.js";
import { behaves, tell, textOf } from "./behaves.js";

const BY_HAND = "cluster { network manual; timers manual; pre-vote off; check-quorum off }";

behaves("a manual network", {
  "delivers nothing by itself": `
    ${BY_HAND}
    timeout s1
    wait 2s
    expect s1.role == candidate and s2.term == 0
    stabilize
    expect leader == s1
  `,
  "delivers the oldest message of a link, or of a type": `
    ${BY_HAND}
    timeout s1
    stabilize
    tick s1
    async alice put color "red" at s1
    deliver alice -> s1
    deliver s1 -> s2              # gives: heartbeat
    deliver s1 -> s2              # gives: 1 entry after
    tick s1
    async alice put color "blue" at s1
    deliver alice -> s1
    deliver s1 -> s3 AppendEntries          # gives: heartbeat
    deliver last s1 -> s3 AppendEntries     # gives: 1 entry after 2/1
    deliver second s1 -> s3                 # gives: heartbeat
  `,
  "waits for the disk of the sender, and for no more": `
    ${BY_HAND}
    cluster-of-one
  `.replace(
    "cluster-of-one",
    "timeout s1\n    deliver s1 -> s2 RequestVote\n    at 1ms\n    deliver s2 -> s1\n    at 2ms",
  ),
  "says what waits when it finds nothing": `
    ${BY_HAND}
    timeout s1
    deliver s1 -> s2
    deliver s1 -> s2        # fails: no message waits on s1 -> s2. Waiting: s1 -> s3 RequestVote
    deliver s1 -> s3 PreVote  # fails: no PreVote waits on s1 -> s3. Waiting: s1 -> s3 RequestVote
    deliver second s1 -> s3   # fails: no second message waits on s1 -> s3
    lose all
    deliver s3 -> s1          # fails: no message waits on s3 -> s1
  `,
  "says when nothing waits at all": `
    ${BY_HAND}
    deliver s1 -> s2        # fails: nothing waits anywhere
    deliver all to s2       # gives: nothing waits there
    lose s1 -> s2           # fails: nothing waits anywhere
  `,
  "delivers everything to a server, from a server, on a link, of a type": `
    ${BY_HAND}
    timeout s1
    deliver all from s1       # gives: 2 messages
    deliver all to s1         # gives: 2 messages
    expect leader == s1
    deliver all s1 -> s2      # gives: 1 message
    deliver all s1 <-> s2     # gives: 1 message
    deliver all AppendEntriesReply # gives: nothing waits
    deliver all AppendEntries # gives: 2 messages
    deliver all               # gives: 2 messages
  `,
  "one message on each link between sets": `
    ${BY_HAND}
    timeout s1
    deliver s1 -> {s2 s3} RequestVote
    deliver {s2 s3} -> s1
    expect leader == s1
    lose s1 -> s3
    deliver leader -> all AppendEntries  # fails: no AppendEntries waits on s1 -> s3
    expect s2.last-index == 1
  `,
  "loses what waits": `
    ${BY_HAND}
    timeout s1
    lose s1 -> s2
    stabilize {s1 s2}
    expect s1.role == candidate
    stabilize
    expect leader == s1
  `,
  "duplicates what waits": `
    ${BY_HAND}
    timeout s1
    duplicate s1 -> s2
    deliver s1 -> s2
    deliver s1 -> s2
    deliver all to s1         # gives: 2 messages
    expect leader == s1
  `,
  "holds clients' requests and answers too": `
    ${BY_HAND}
    timeout s1
    stabilize
    async alice put color "red" at s1 as w
    deliver alice -> s1 ClientRequest
    stabilize {s1 s2}
    await w => ok
    async get color serializable at s3 as r
    deliver alice -> s3
    deliver s3 -> alice ClientRequestReply
    await r => none
  `,
  "an operation without async times out": `
    ${BY_HAND}
    timeout s1
    stabilize
    put color "red" => timeout
  `,
  "messages on a cut link wait for its healing": `
    ${BY_HAND}
    timeout s1
    wait 2ms
    cut s1 -> s2
    deliver s1 -> s2          # fails: nothing passes from s1 -> s2
    deliver all to s2         # fails: nothing passes from s1 -> s2
    stabilize
    expect leader == s1
    heal
    deliver s1 -> s2 RequestVote
  `,
  "what is sent over a cut link is lost": `
    ${BY_HAND}
    cut s1 -> s2
    timeout s1
    stabilize
    expect leader == s1 and s2.term == 0
    heal
    stabilize
    expect s2.term == 0
  `,
  "a rule holds a message back before it waits": `
    ${BY_HAND}
    hold RequestVote s1 -> s2 as h
    timeout s1
    deliver s1 -> s3
    deliver s1 -> s2          # fails: no message waits on s1 -> s2
    release h
    deliver s1 -> s2
  `,
  "a server that is down loses what it is delivered": `
    ${BY_HAND}
    timeout s1
    wait 2ms
    crash s2
    deliver s1 -> s2
    restart s2
    stabilize {s1 s2}
    expect s2.term == 0
  `,
  "a paused server hears it when it goes on": `
    ${BY_HAND}
    pause s2
    timeout s1
    deliver s1 -> s2
    expect s2.term == 0
    resume s2
    expect s2.term == 1
  `,
  "timers may run by themselves beside it": `
    cluster { network manual }
    await any all.role == pre-candidate within 300ms
    wait 2ms
    expect no leader
    stabilize
    expect leader
  `,
});

behaves("stabilize", {
  "leaves out whom it does not name": `
    ${BY_HAND}
    timeout s1
    stabilize {s1 s2}        # gives: stable after
    expect leader == s1 and s2.commit == 1 and s3.term == 0
    stabilize                # gives: stable after
    expect converged
  `,
  "finds nothing to do": `
    ${BY_HAND}
    stabilize                # gives: stable after 0 messages
  `,
});

behaves("manual timers", {
  "stand still": `
    cluster { timers manual }
    wait 10s
    expect no leader
    expect all.term == 0
  `,
  "elect nobody until one runs out": `
    cluster { timers manual }
    timeout s2
    await leader within 100ms
    expect leader == s2
    expect leader for 10s
  `,
  "let a leader send a heartbeat when it is ticked": `
    ${BY_HAND}
    timeout s1
    stabilize
    mark
    tick s1
    expect messages(Heartbeat) == 2
    tick s1 for 100ms
    expect messages(Heartbeat) == 6
    tick s1 for 49ms
    expect messages(Heartbeat) == 6
    tick s1 for 1ms
    expect messages(Heartbeat) == 8
  `,
  "make a follower stand when it is ticked for long enough": `
    cluster { network manual; timers manual; election-timeout 150ms..151ms; pre-vote off }
    tick s1 for 149ms
    expect s1.role == follower
    wait 1s
    expect s1.role == follower
    tick s1 for 2ms
    expect s1.role == candidate and s1.term == 1
    tick {s2 s3} for 151ms
    expect candidates in {s1 s2 s3} and count(candidates) == 3
  `,
  "count the quorum too": `
    cluster { network manual; timers manual }
    timeout s1
    stabilize
    expect leader == s1
    tick s1 for 300ms
    tick s1 for 300ms
    expect s1.role == follower
  `,
  "of servers that are down do not go on": `
    ${BY_HAND}
    crash s1
    tick s1                  # fails: s1 is down
  `,
});

behaves("tick with timers that run by themselves", {
  "brings them nearer": `
    cluster { election-timeout 1s..1100ms }
    tick s2 for 900ms
    await leader within 300ms
    expect leader == s2
  `,
});

/** Answers every message, answers too. */
class Chatterbox extends RaftNode<Command> {
  override receive(message: Message<Command>): void {
    super.receive(message);
    const { from: to, to: from, term } = message;
    this.output.messages.push({
      message: { type: "RequestVoteReply", from, to, term, voteGranted: false },
      after: 0,
      reason: null,
    });
  }
}

it("gives up on servers that never come to rest", () => {
  const text = textOf(`${BY_HAND}\n timeout s1\n stabilize`);
  const { report } = runText(text, { makeRaft: (config, durable) => new Chatterbox(config, durable) });
  expect(report?.verdict).toBe("fail");
  expect(report?.steps.at(-1)?.result).toMatch(/^not stable after 10000 messages: .* RequestVoteReply/);
});

it("tells every step by hand, its events, and who waits", () => {
  const run = tell(`
    ${BY_HAND}
    timeout s1
    deliver s1 -> s2
    tick s3 for 300ms
  `);
  const { log, actions } = run.recording;
  expect(actions.map(({ action }) => action.kind)).toEqual(expect.arrayContaining(["timeout", "deliver", "tick"]));
  expect(run.steps.map(({ result }) => result)).toContain("s1 -> s2 RequestVote term 1, last entry 0/0");
  expect(log.count).toBeGreaterThan(10);
});
