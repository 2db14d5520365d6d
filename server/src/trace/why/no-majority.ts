import type { Recording } from "../recording.js";
import { readSend } from "../sent.js";
import { TraceIndex } from "../trace-index.js";

/**
 * Why an election, or a round of pre-votes, ended without a majority: the trace links the next election timeout to the
 * input that set the timer; what a person asks about is who did not answer, or answered no.
 */

/** Most events looked through. */
const SCAN = 50_000;

/**
 * The event that best explains why the candidate whose election timer fires with `timer` won no majority: the first request
 * or answer that was lost, otherwise the last answer that refused; -1 when it was no candidate, or nothing is found.
 */
export function noMajorityBefore(recording: Recording, timer: number): number {
  const { log } = recording;
  const server = log.at(timer);
  const role = TraceIndex.of(recording).stateAfter(server, timer - 1)?.role;
  if (role !== "candidate" && role !== "pre-candidate") return -1;
  const since = log.cause(timer);
  if (since < 0) return -1;
  let refusal = -1;
  for (let id = Math.max(since, timer - SCAN) + 1; id < timer; id += 1) {
    const kind = log.kind(id);
    if (kind !== "drop" && kind !== "held" && kind !== "deliver") continue;
    const send = log.cause(id);
    if (send < 0 || log.kind(send) !== "send") continue;
    const sent = readSend(log, send);
    const asks = (sent.type === "PreVote" || sent.type === "RequestVote") && sent.from === server;
    const answers = (sent.type === "PreVoteReply" || sent.type === "RequestVoteReply") && sent.to === server;
    if (!asks && !answers) continue;
    if (kind !== "deliver") return id;
    if (answers && !sent.voteGranted) refusal = id;
  }
  return refusal;
}
