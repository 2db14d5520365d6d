import type { RecordedHistory } from "../check/histories/history.js";
import type { HistoryVerdict } from "../check/histories/verify.js";

/** A history with its verdict and, where an index states one, whether it is said to be linearizable. */
export interface Verified {
  readonly file: string;
  readonly history: RecordedHistory;
  readonly verdict: HistoryVerdict;
  readonly stated: boolean | null;
}

/** Whether a verdict says otherwise than the index; an unproven one says nothing. */
export function contradicts({ verdict, stated }: Verified): boolean {
  return stated !== null && verdict.kind !== "unproven" && (verdict.kind === "linearizable") !== stated;
}
