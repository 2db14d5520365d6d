/** The filters' and the table's words. */
import { t } from "../../l10n/text.js";
import type {
  HistoryOperation,
  OperationSort,
  OutcomeSort,
  WatchBreachView,
  WatchLaneView,
} from "../../protocol/history-view.js";
import { formatTime } from "../time.js";
import { explanationName, outcomeWords } from "./bars.js";

/** Every sort of operation, as filters list them. */
export const SORTS: readonly OperationSort[] = ["read", "write", "txn", "lease", "compact", "server"];

/** Every way to end. */
export const OUTCOMES: readonly OutcomeSort[] = ["ok", "none", "failed", "error", "unknown", "open"];

/** The name of a sort. */
export function sortName(sort: OperationSort): string {
  switch (sort) {
    case "read":
      return t("Reads");
    case "write":
      return t("Writes");
    case "txn":
      return t("Transactions");
    case "lease":
      return t("Leases");
    case "compact":
      return t("Compactions");
    case "server":
      return t("Asked of one server");
  }
}

/** The name of a way to end. */
export function outcomeName(outcome: OutcomeSort): string {
  switch (outcome) {
    case "ok":
      return t("Done");
    case "none":
      return t("Nothing found");
    case "failed":
      return t("Compare failed");
    case "error":
      return t("Error");
    case "unknown":
      return t("Outcome unknown");
    case "open":
      return t("Under way");
  }
}

/** What a read promises, where it is less than the newest state. */
export function readingName({ reading }: Pick<HistoryOperation, "reading">): string | null {
  switch (reading) {
    case "serializable":
      return t("serializable read");
    case "revision":
      return t("read at a revision");
    default:
      return null;
  }
}

/** One operation in a sentence, for whoever does not see the bar. */
export function operationSentence(operation: HistoryOperation): string {
  const { client, text, invokeUs, returnUs, point, stuck } = operation;
  const span =
    returnUs === null
      ? t("from {0}", formatTime(invokeUs))
      : t("{0} to {1}", formatTime(invokeUs), formatTime(returnUs));
  const said = t("{0}: {1} ⇒ {2}, {3}", client, text, outcomeWords(operation), span);
  if (stuck > 0) return t("{0}; no order places it, see {1}", said, explanationName(stuck));
  return point === null ? said : t("{0}; place {1}", said, point.place);
}

/** What stands in the column of the order. */
export function placeWords({ point, stuck, reading, sort }: HistoryOperation): string {
  if (stuck > 0) return t("none: see {0}", explanationName(stuck));
  if (point !== null) return String(point.place);
  return reading === "serializable" || reading === "revision" || sort === "server" ? t("not judged") : "";
}

/** The verdict on a watch in a few words. */
export function watchVerdict({ verdicts }: Pick<WatchLaneView, "verdicts">): string {
  if (verdicts === null) return t("not checked yet");
  const broken = verdicts.filter((each) => each.broken > 0);
  return broken.length === 0
    ? t("all promises kept")
    : t("broken: {0}", broken.map(({ guarantee, broken: times }) => `${guarantee} ×${times}`).join(", "));
}

/** A broken promise in a sentence. */
export function breachSentence({ guarantee, message, timeUs }: WatchBreachView): string {
  return t("not {0}, at {1}: {2}", guarantee, formatTime(timeUs), message);
}
