import type { Fact, Wait } from "./asking.js";
import type { Subject } from "./subject.js";

/** What an answerer finds out about its subject. */
export interface Finding {
  /** Whether that which the subject is asked about is so. */
  readonly holds: boolean;
  /** The answer in a sentence, with its sources in brackets. */
  readonly headline: string;
  /** What it rests on: one event with all its causes, or what is so since several. */
  readonly links:
    | { readonly kind: "chain"; readonly eventId: number }
    | { readonly kind: "facts"; readonly facts: readonly Fact[] };
  /** What is still to come. */
  readonly waits?: readonly Wait[];
  /** What one asks next, besides what the facts lead to. */
  readonly asks?: readonly Subject[];
}

/** The finding that rests on one event and its causes. */
export function chainFinding(
  holds: boolean,
  headline: string,
  eventId: number,
  asks: readonly Subject[] = [],
): Finding {
  return { holds, headline, links: { kind: "chain", eventId: Math.max(0, eventId) }, asks };
}

/** The finding that rests on several facts. */
export function factsFinding(
  holds: boolean,
  headline: string,
  facts: readonly Fact[],
  waits: readonly (Wait | null)[] = [],
  asks: readonly Subject[] = [],
): Finding {
  return {
    holds,
    headline,
    links: { kind: "facts", facts },
    waits: waits.flatMap((wait) => (wait === null ? [] : [wait])),
    asks,
  };
}
