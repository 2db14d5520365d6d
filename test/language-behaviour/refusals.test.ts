import { behaves } from "./behaves.js";

const SPARES = "cluster { spares s4; learners s5 }\n    await leader.commit == leader.last-index";
const BY_HAND = "cluster { network manual; timers manual }";

behaves("what a step says of a change that cannot be", {
  "names what the server is already, or that it is nothing": `
    ${SPARES}
    add voter s1                # fails: s1 is a voter already
    add learner s5              # fails: s5 is a learner already
    remove s4                   # fails: s4 does not belong to the configuration
    reconfigure {s1 s2 s3}      # fails: these are the voters already
  `,
  "does not send several servers of a transfer to reconfigure": `
    ${SPARES}
    transfer leadership to followers  # fails: one server is needed, and {s2 s3} are 2
  `,
  "sends several servers of a change to reconfigure": `
    ${SPARES}
    remove {s1 s2}              # fails: one server is needed, and {s1 s2} are 2: \`reconfigure\` changes several
  `,
  "an explicit change needs joint configurations": `
    cluster { spares s4 s5; membership naive }
    await leader.commit == leader.last-index
    reconfigure {s4 s5} explicit  # fails: a joint configuration was asked for
    reconfigure {s4 s5}
  `,
  "a snapshot that would be the same is not taken, and the step says so": `
    ${SPARES}
    snapshot {s1 s4}            # gives: s1 compacted; s4 has applied nothing since its last snapshot
    snapshot s1                 # gives: s1 has applied nothing since its last snapshot
  `,
  "indices that nobody keeps": `
    ${SPARES}
    expect leader.match[leader] == 1  # fails: sends itself nothing
    expect leader.match[s4] == 1      # fails: s4 does not belong to the configuration that s1 uses
    expect s2.match[s1] == 1          # fails: s2 does not lead
  `,
  "a joint configuration needs both majorities, and says which is missing": `
    cluster { spares s4 s5 s6 }
    await leader.commit == leader.last-index
    crash {s4 s5}
    reconfigure {s4 s5 s6}      # gives: it is joint: majorities of {s1 s2 s3} count as well until it is committed and left
    wait 1s
    await leader within 1s      # fails: needs 2 of s1, s2, s3 and 2 of s4, s5, s6 (§6)
  `,
  "a server that has not heard of the leader": `
    await leader
    put color "red" at any follower => error not-leader  # fails: leads, but the server that was asked did not know it
  `,
  "waiting in a world that stands still": `
    ${BY_HAND}
    await leader within 1s      # fails: waits until \`timeout\` or \`tick\` makes its election timer run out
  `,
  "entries that wait for a disk, or for a step that delivers them": `
    ${BY_HAND}
    timeout s1
    stabilize
    async alice put color "red" at s1
    deliver alice -> s1
    expect s1.commit == 2       # fails: s1's own copy is not durable yet; s2: its log is known up to 1, and a message waits on s1 -> s2
    lose all s1 -> s2
    expect s1.commit == 2       # fails: s2: its log is known up to 1; s3: its log is known up to 1, and a message waits on s1 -> s3
    stabilize
    expect s1.commit == 2
  `,
  "a read whose confirmation nobody delivers": `
    ${BY_HAND}
    timeout s1
    stabilize
    async alice get color as r
    deliver alice -> s1
    await r => none             # fails: s1 took the read in, and no majority confirmed in time that it may answer
  `,
  "who is up is nobody to restart": `
    crash all
    restart all                 # gives: nobody: \`all\` are the servers that are up
    restart down                # gives: s1 s2 s3 up
  `,
  "an operation that nobody delivers": `
    ${BY_HAND}
    timeout s1
    stabilize
    put color "red"             # fails: a message waits on alice -> s1 until a step delivers it
  `,
});
