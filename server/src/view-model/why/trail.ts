/** The questions that were asked one after another, as pages of a browser: back, forward, and a new one cuts off what lay ahead. */

/** Where one is among the questions asked. */
export interface Trail<T> {
  readonly asked: readonly T[];
  /** Position of the one that is shown; -1 before the first. */
  readonly at: number;
}

/** Questions that are remembered. */
const MOST = 50;

/** Nothing was asked yet. */
export const emptyTrail: Trail<never> = { asked: [], at: -1 };

/** A new question follows the one that is shown. */
export function ask<T>({ asked, at }: Trail<T>, question: T): Trail<T> {
  const kept = [...asked.slice(0, at + 1), question].slice(-MOST);
  return { asked: kept, at: kept.length - 1 };
}

/** One step back (-1) or forward (1); `null` where there is none. */
export function walk<T>(
  { asked, at }: Trail<T>,
  by: -1 | 1,
): { readonly trail: Trail<T>; readonly question: T } | null {
  const question = asked[at + by];
  return question === undefined ? null : { trail: { asked, at: at + by }, question };
}
