/** Pages of the logs. */
import type { ClusterView } from "../../protocol/cluster-view.js";

/** Where a page lies, and where those beside it end. */
export interface LogPage {
  /** Entries in a page. */
  readonly size: number;
  /** The last index of the page before; `null` when this is the first. */
  readonly older: number | null;
  /** The last index of the page behind; `null` to follow the newest. */
  readonly newer: number | null;
  readonly atEnd: boolean;
  readonly follows: boolean;
}

/** `held`: the person chose this page. `null` while one page holds everything. */
export function logPage({ from, to, last }: ClusterView["logRange"], held: boolean): LogPage | null {
  const size = to - from + 1;
  if (size >= last && !held) return null;
  // Half of the entries stay in sight, so that nobody is lost.
  const step = Math.max(1, Math.floor(size / 2));
  const next = to + step;
  return {
    size: Math.max(1, Math.min(size, last)),
    older: from <= 1 ? null : Math.max(size, to - step),
    newer: next >= last ? null : next,
    atEnd: to >= last,
    follows: !held,
  };
}
