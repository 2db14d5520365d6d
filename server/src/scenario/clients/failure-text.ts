import { sentences } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import type { ExpectedResult } from "../../language/program.js";
import type { OperationRecord } from "../../sim/history.js";
import { commitAbsence, readAbsence } from "../../trace/why/absence.js";
import { unanswered } from "../../trace/why/unanswered.js";
import type { RunContext } from "../context.js";
import type { Answer } from "./answer.js";
import { expectedText } from "./results.js";

/** An awaited operation has no answer. `within`: microseconds that were given; `null` for as long as the run goes on. */
export function noAnswerText(handle: string, what: string, within: number | null): string {
  return within === null
    ? t("{0} ({1}) has no answer", handle, what)
    : t("{0} ({1}) has no answer after {2} ms", handle, what, within / 1000);
}

/** An awaited lock or election was not acquired; `within` as in {@link noAnswerText}. */
export function stillWaitsText(handle: string, what: string, within: number | null): string {
  return within === null
    ? t("{0} ({1}) still waits", handle, what)
    : t("{0} ({1}) still waits after {2} ms", handle, what, within / 1000);
}

/** An awaited workload or nemesis goes on; `within` as in {@link noAnswerText}. */
export function notEndedText(handle: string, within: number | null): string {
  return within === null ? t("{0} has not ended", handle) : t("{0} has not ended after {1} ms", handle, within / 1000);
}

/** An answer that is not what `=>` asks for; with what is missing, where an operation got none. */
export function refutedText(
  context: RunContext,
  what: string,
  answer: Answer,
  expected: ExpectedResult | null,
  record: OperationRecord | null,
): string {
  const wanted = expectedText(context.names(), expected);
  const missing = record === null ? null : missingText(context, record);
  return missing === null
    ? t("{0}: expected {1}, but got {2}", what, wanted, answer.text)
    : t("{0}: expected {1}, but got {2}: {3}", what, wanted, answer.text, missing);
}

/** Why an operation timed out or found no leader: what became of its requests, and what is missing now. */
function missingText(context: RunContext, { client, outcome, returnEvent, body }: OperationRecord): string | null {
  const leaderless = outcome?.kind === "error" && outcome.error === "no-leader";
  if (!(leaderless || outcome?.kind === "timeout") || returnEvent === null) return null;
  const { recording, world } = context;
  const leader = world.leader();
  if (leaderless && leader !== null) return t("{0} leads, but the server that was asked did not know it", leader.name);
  const waiting = world.network.waiting.find(({ message: { from, to } }) => from === client || to === client)?.message;
  const kept =
    waiting === undefined
      ? null
      : t(
          "a message waits on {0} -> {1} until a step delivers it (`network manual`)",
          world.nameOf(waiting.from),
          world.nameOf(waiting.to),
        );
  const told = unanswered(recording, returnEvent)?.text ?? kept;
  const missing =
    body.kind === "range" || leader === null ? readAbsence(recording) : commitAbsence(recording, leader.id);
  const reasons = [told, missing].filter((text) => text !== null);
  return reasons.length === 0 ? null : sentences(reasons);
}
