import { bench, describe } from "vitest";
import { NodesAlone } from "./nodes-alone.js";

// Inputs (messages, timers, proposals, finished writes) that one core handles, with nothing around the nodes but a queue.
// One iteration is 10,000 inputs: 100 iterations a second are the aim of 1,000,000 inputs a second.

const INPUTS = 10_000;

describe.each([3, 5, 7, 101])(`%d servers, ${INPUTS} inputs`, (servers) => {
  const idle = new NodesAlone(servers);
  bench("heartbeats", () => {
    const until = idle.inputs + INPUTS;
    while (idle.inputs < until) idle.leads((leader) => leader.heartbeatTimeout());
  });

  const busy = new NodesAlone(servers);
  let command = 0;
  bench("proposals, one after another", () => {
    const until = busy.inputs + INPUTS;
    while (busy.inputs < until) {
      command += 1;
      busy.leads((leader) => leader.propose(command));
    }
  });
});
