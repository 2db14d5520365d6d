/** The scenarios that one can start from: files in `media/templates/`. Pure. */
/** One template. `id` names its texts. */
export interface Template {
  readonly id: TemplateId;
  /** In `media/templates/`. */
  readonly file: string;
}
/** Names of the templates, the likeliest first. */
export declare const TEMPLATE_IDS: readonly [
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
];
/** The name of a template. */
export type TemplateId = (typeof TEMPLATE_IDS)[number];
/** All templates, in the order in which they are offered. */
export declare const TEMPLATES: readonly Template[];
/** Where the first scenario's title stands in a text, without its quotes: what a person changes first. Offsets in UTF-16 units. */
export declare function titleRange(text: string): {
  readonly start: number;
  readonly end: number;
};
