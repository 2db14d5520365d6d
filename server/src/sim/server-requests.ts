import type { Command } from "../kv/command.js";
import type { KvError } from "../kv/error.js";
import { membersOf } from "../raft/configuration.js";
import type { Raft } from "../raft/contract.js";
import type { ClientOperation, OperationResult, ServerRequest } from "./client-operation.js";
import type { Kernel } from "./kernel.js";
import { renewLease, timeToLive } from "./leases.js";
import type { ClientRequest } from "./message.js";
import { EVENT_CODE } from "./recorder.js";
import { isLearner, redirect, reply } from "./requests.js";
import type { SimServer } from "./server.js";

const SERVER_REQUESTS: ReadonlySet<ClientOperation["kind"]> = new Set<ServerRequest["kind"]>([
  "lease-keepalive",
  "lease-ttl",
  "lease-list",
  "status",
  "member-list",
  "hashkv",
  "defragment",
]);

/** Whether a server answers by itself, without the log and without a quorum. */
export function isServerRequest(operation: ClientOperation): operation is ServerRequest {
  return SERVER_REQUESTS.has(operation.kind);
}

/** Answers what does not go through the log. What only the leader's lessor knows is redirected to the leader. */
export function answerHere(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  request: ClientRequest,
  body: ServerRequest,
  sendEvent: number,
): void {
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, null, 0);
  const answer = (result: OperationResult): void => reply(kernel, server, request, result, event);
  const { store, leases } = server.machine;
  const { revision } = store;
  if (isLearner(server, raft) && body.kind !== "status") {
    answer(failed("learner", revision));
    return;
  }
  switch (body.kind) {
    case "lease-keepalive":
    case "lease-ttl":
      if (raft.role !== "leader") redirect(kernel, server, request, raft.leader, event);
      else if (body.kind === "lease-ttl") answer(timeToLive(kernel, server, body.id, body.keys));
      else renewLease(kernel, server, raft, request, body.id, event);
      return;
    case "lease-list":
      answer({ kind: "lease-list", revision, leases: leases.list().map(({ id }) => id) });
      return;
    case "hashkv": {
      const hash = store.hashKv(body.revision);
      answer(typeof hash === "string" ? failed(hash, revision) : { kind: "hashkv", revision, ...hash });
      return;
    }
    case "status":
      answer({
        kind: "status",
        revision,
        leader: raft.leader,
        raftTerm: raft.term,
        raftIndex: raft.log.lastIndex,
        raftAppliedIndex: raft.appliedIndex,
        dbSize: store.bytes,
        isLearner: isLearner(server, raft),
        errors: [
          ...(raft.leader === 0 ? ["etcdserver: no leader"] : []),
          ...server.machine.alarms.map(({ member, alarm }) => `memberID:${member} alarm:${alarm.toUpperCase()}`),
        ],
      });
      return;
    case "member-list": {
      const { configuration } = raft;
      const members = membersOf(configuration).map((id) => ({ id, isLearner: configuration.learners.includes(id) }));
      answer({ kind: "member-list", revision: 0, members });
      return;
    }
    case "defragment":
      answer({ kind: "defragment", revision: 0 });
      return;
  }
}

function failed(error: KvError, revision: number): OperationResult {
  return { kind: "error", revision, error };
}
