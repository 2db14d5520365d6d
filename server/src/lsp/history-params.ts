/** The parameters of the requests in `protocol/history-view.ts`, checked where they enter the server. */
import type { ParamsOf } from "../lab/contract.js";
import type {
  HistoryFilter,
  historyCheckRequest,
  historyOperationRequest,
  historyRequest,
  historyRowsRequest,
  OperationSort,
  OutcomeSort,
} from "../protocol/history-view.js";
import { type Fields, given } from "./fields.js";

const SORTS: readonly OperationSort[] = ["read", "write", "txn", "lease", "compact", "server"];
const OUTCOMES: readonly OutcomeSort[] = ["ok", "none", "failed", "error", "unknown", "open"];

/** `raftlab/view/history` */
export function readHistory(f: Fields): ParamsOf<typeof historyRequest> {
  return {
    sessionId: f.string("sessionId"),
    filter: f.object("filter", readFilter),
    ...given("fromUs", f.optionalInteger("fromUs", 0)),
    ...given("toUs", f.optionalInteger("toUs", 0)),
    limit: f.integer("limit", 1),
    buckets: f.integer("buckets", 1),
  };
}

/** `raftlab/view/historyRows` */
export function readHistoryRows(f: Fields): ParamsOf<typeof historyRowsRequest> {
  return {
    sessionId: f.string("sessionId"),
    filter: f.object("filter", readFilter),
    from: f.integer("from", 0),
    count: f.integer("count", 1),
  };
}

/** `raftlab/view/historyCheck` */
export function readHistoryCheck(f: Fields): ParamsOf<typeof historyCheckRequest> {
  return { sessionId: f.string("sessionId") };
}

/** `raftlab/view/historyOperation` */
export function readHistoryOperation(f: Fields): ParamsOf<typeof historyOperationRequest> {
  return { sessionId: f.string("sessionId"), number: f.integer("number", 1) };
}

function readFilter(f: Fields): HistoryFilter {
  const among = <T extends string>(
    all: readonly T[],
    asked: readonly string[] | undefined,
  ): readonly T[] | undefined => (asked === undefined ? undefined : all.filter((each) => asked.includes(each)));
  return {
    ...given("clients", f.optionalStrings("clients")),
    ...given("sorts", among(SORTS, f.optionalStrings("sorts"))),
    ...given("outcomes", among(OUTCOMES, f.optionalStrings("outcomes"))),
    ...given("key", f.optionalString("key")),
  };
}
