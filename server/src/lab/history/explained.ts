import { isWeakRead } from "../../check/linearizability/model-history.js";
import { commas } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import type { HistoryCheckView, HistoryOperationRef, StuckView } from "../../protocol/history-view.js";
import type { Stuck } from "../../scenario/placing.js";
import type { OperationRecord } from "../../sim/history.js";
import { isServerRequest } from "../../sim/server-requests.js";
import { keyText, operationText, outcomeText, valueText } from "../../trace/operation-text.js";
import type { Recording } from "../../trace/recording.js";
import type { OpenSession } from "../open-session.js";
import type { CheckedHistory } from "./checks.js";

/** Operations that an explanation spells out, and weaker reads that are named. */
const OTHERS = 12;
const READS = 50;

/** A check's verdict, in words. */
export function checkView({ recording }: OpenSession, checked: CheckedHistory): HistoryCheckView {
  const { placing, points, events } = checked;
  const { history } = recording;
  const unknown = [...points.keys()].filter((number) => history.operation(number)?.outcome?.kind !== "result").length;
  const kind = placing.kind === "ok" && placing.reads.length > 0 ? "violation" : placing.kind;
  return {
    kind,
    text: verdictText(recording, checked, unknown),
    events,
    placed: points.size,
    placedUnknown: unknown,
    stuck: placing.stuck.map((stuck) => stuckView(recording, stuck)),
    reads: placing.reads
      .slice(0, READS)
      .map(({ record, message }) => ({ operation: refOf(recording, record), message })),
    watchBreaches: placing.watches.length,
    reservations: reservationsOf(recording, placing.kind),
  };
}

function verdictText({ history }: Recording, { placing, points }: CheckedHistory, unknown: number): string {
  if (history.operations.length === 0) return t("No client has asked for anything.");
  switch (placing.kind) {
    case "ok":
      return unknown === 0
        ? t("Linearizable: one order of {0} operations explains every answer.", points.size)
        : t(
            "Linearizable: one order of {0} operations explains every answer; {1} of them have no answer.",
            points.size,
            unknown,
          );
    case "unproven":
      return t("Unproven: the search gave up after {0} steps. The history may be linearizable or not.", placing.steps);
    case "violation":
      return placing.stuck.length === 1
        ? t("Not linearizable: no order of all operations explains one answer.")
        : t("Not linearizable: no order of all operations explains {0} answers.", placing.stuck.length);
  }
}

/** What the verdict leaves out. */
function reservationsOf({ history }: Recording, kind: "ok" | "violation" | "unproven"): string[] {
  let weak = 0;
  let other = 0;
  let open = 0;
  for (const { body, outcome } of history.operations) {
    if (isWeakRead(body)) weak += 1;
    else if (isServerRequest(body) || body.kind === "alarm") other += 1;
    else if (outcome?.kind !== "result") open += 1;
  }
  const found: string[] = [];
  if (weak > 0) {
    found.push(
      t(
        "Serializable reads and reads at a revision ({0}) promise less: each is compared with every state that the log made.",
        weak,
      ),
    );
  }
  if (other > 0) {
    found.push(
      t(
        "What one server answers by itself ({0}: status, hashes, members, the time left of leases, alarms) is not judged.",
        other,
      ),
    );
  }
  if (open > 0) {
    found.push(
      t(
        "Operations without a known outcome ({0}) may take effect at any time after they began, or never; the committed log tells which did.",
        open,
      ),
    );
  }
  if (kind === "violation") {
    found.push(t("Of a part that fails, the order shown ends before the operation that nothing explains."));
  }
  return found;
}

function stuckView(recording: Recording, stuck: Stuck): StuckView {
  const record = recording.history.operation(stuck.operation);
  const others = stuck.others.flatMap((number) => recording.history.operation(number) ?? []);
  const shown = others.slice(-OTHERS);
  return {
    operation: refOf(recording, record),
    keys: stuck.keys,
    reason: record === undefined ? "" : reasonText(recording, stuck, record),
    possible: stuck.possible,
    others: shown.map((other) => ({
      operation: refOf(recording, other),
      relation: record === undefined ? "" : relation(other, record),
    })),
    moreOthers: others.length - shown.length,
  };
}

/** `get x by bob returned "1", but put x "2" by alice had returned before it began`. */
function reasonText(
  recording: Recording,
  { conflict, keys, difference, others }: Stuck,
  record: OperationRecord,
): string {
  const { history } = recording;
  const said = returned(recording, record);
  const by = (number: number): string => {
    const other = history.operation(number);
    return other === undefined ? t("a given entry") : asked(recording, other);
  };
  const key = commas(keys.map(keyText));
  switch (conflict.kind) {
    case "never-written":
      return t("{0}, but nothing that had begun by then can have made this the value of {1}.", said, key);
    case "overwritten":
      return t(
        "{0}, but {1} had returned before it began, and had itself begun after {2} had returned.",
        said,
        by(conflict.by),
        by(conflict.writer),
      );
    case "was-written":
      return t(
        "{0}, but {1} had returned before it began, and nothing can have deleted the key since.",
        said,
        by(conflict.by),
      );
    case "seen-newer": {
      const reader = history.operation(conflict.reader);
      const newer = reader === undefined ? by(conflict.reader) : returned(recording, reader);
      return t("{0}, but {1} before it began, and that value is the newer one.", said, newer);
    }
    case "together":
      if (difference !== null) return t("{0}, but in every order {1}.", said, difference);
      return others.length === 0
        ? t("{0}, and nothing that was asked before explains that.", said)
        : t("{0}, and no order of the operations below explains that.", said);
  }
}

function returned(recording: Recording, record: OperationRecord): string {
  const { outcome } = record;
  const answer = outcome === null ? t("no answer") : outcomeText(outcome);
  const said = t("{0} returned {1}", asked(recording, record), answer);
  if (outcome?.kind !== "result" || outcome.result.kind !== "put") return said;
  // What it replaced is part of the answer, and has to fit as well.
  const { prevKv } = outcome.result;
  return prevKv === null ? t("{0}, the first value", said) : t("{0}, replacing {1}", said, valueText(prevKv.value));
}

function asked({ world }: Recording, { body, client }: OperationRecord): string {
  return t("{0} by {1}", operationText(body), world.nameOf(client));
}

/** How an operation stands to the one that nothing explains, in time. */
function relation(other: OperationRecord, stuck: OperationRecord): string {
  const known = other.outcome?.kind === "result";
  if (known && other.returnEvent !== null && other.returnEvent < stuck.invokeEvent)
    return t("had returned before it began");
  if (stuck.returnEvent !== null && other.invokeEvent > stuck.returnEvent) return t("began after it had returned");
  return known ? t("was under way at the same time") : t("had begun, and its outcome is not known");
}

/** An operation as explanations name it. */
function refOf({ world }: Recording, record: OperationRecord | undefined): HistoryOperationRef {
  if (record === undefined) return { number: 0, text: t("a given entry"), eventId: 0, timeUs: 0 };
  const { number, client, body, outcome, invokeEvent: eventId, invokeUs: timeUs } = record;
  const answer = outcome === null ? t("no answer") : outcomeText(outcome);
  return { number, text: `${world.nameOf(client)} ${operationText(body)} => ${answer}`, eventId, timeUs };
}
