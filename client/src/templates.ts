/** The scenarios that one can start from: files in `media/templates/`. Pure. */

/** One template. `id` names its texts. */
export interface Template {
  readonly id: TemplateId;
  /** In `media/templates/`. */
  readonly file: string;
}

/** Names of the templates, the likeliest first. */
export const TEMPLATE_IDS = [
  "election",
  "lost-majority",
  "partition",
  "log-repair",
  "snapshot",
  "membership",
  "lock-with-fencing",
  "lease",
  "watch",
  "workload-and-nemesis",
  "exact-interleaving",
  "given-state",
  "rule-off",
] as const;

/** The name of a template. */
export type TemplateId = (typeof TEMPLATE_IDS)[number];

/** All templates, in the order in which they are offered. */
export const TEMPLATES: readonly Template[] = TEMPLATE_IDS.map((id) => ({ id, file: `${id}.raftlab` }));

/** Where the first scenario's title stands in a text, without its quotes: what a person changes first. Offsets in UTF-16 units. */
export function titleRange(text: string): { readonly start: number; readonly end: number } {
  const found = /^scenario "([^"]*)"/m.exec(text);
  if (found === null) return { start: 0, end: 0 };
  const start = found.index + 'scenario "'.length;
  return { start, end: start + (found[1] ?? "").length };
}
