import { RULE_NAMES } from "../../server/src/explore/setup.js";
import { RULES } from "../../server/src/language/vocabulary/rules.js";

/** One way to break Raft, and the sizes of cluster in which it is looked for. */
export interface Searchable {
  readonly off: readonly string[];
  readonly servers: readonly number[];
}

/** What needs clusters of other sizes than three and five. */
const SIZES: ReadonlyMap<string, readonly number[]> = new Map([["majority-to-win", [4]]]);

/** Ways that need two rules to be off. */
const PAIRS: readonly (readonly string[])[] = [["one-change-at-a-time", "config-on-append"]];

/** The ways named, `none` for correct Raft; for `null` every rule of the engine that protects more than progress. */
export function searchable(named: readonly string[] | null, fail: (why: string) => never): readonly Searchable[] {
  const known = (name: string): boolean => RULE_NAMES.includes(name);
  const ways = named?.map((name) => (name === "none" ? [] : name.split("+"))) ?? [
    ...RULES.filter(({ name, protects }) => known(name) && protects.some((property) => property !== "progress")).map(
      ({ name }) => [name],
    ),
    ...PAIRS.filter((pair) => pair.every(known)),
  ];
  return ways.map((off) => {
    const unknown = off.find((name) => !known(name));
    if (unknown !== undefined)
      fail(`there is no rule ${unknown} that can be switched off; there are: ${RULE_NAMES.join(" ")}`);
    return { off, servers: SIZES.get(off.join("+")) ?? [3, 5] };
  });
}
