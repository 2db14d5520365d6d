/** Colours of terms: eight hues that stay apart for colour-blind eyes, repeated; the number always stands beside. */

/** How many hues there are. */
export const TERM_HUES = 8;

/** The class that sets `--term` for everything below it. */
export function termClass(term: number): string {
  return term <= 0 ? "term-none" : `term-${(term - 1) % TERM_HUES}`;
}
