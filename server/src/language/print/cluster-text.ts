/** A cluster and the states it begins with, written as in a file. */

import { DEFAULTS, usualRetries } from "../checker/defaults.js";
import type { ClusterConfig, GivenEntry, GivenNode } from "../program.js";
import { settingValues } from "./setting-values.js";
import { stringText } from "./string-text.js";

/**
 * The settings of a cluster that differ from the defaults, each as a line of a `cluster` block; `seed` is left out. Reading
 * them gives the same cluster.
 */
export function clusterSettings(config: ClusterConfig): readonly string[] {
  const usual = settingValues({ ...DEFAULTS, retries: usualRetries(config) });
  return [...settingValues(config)].flatMap(([word, value]) => (usual.get(word) === value ? [] : [`${word} ${value}`]));
}

/** The lines of a `given` block. */
export function givenLines(given: readonly GivenNode[]): readonly string[] {
  return given.map(({ node, term, vote, log, commit }) =>
    [
      `${node} term ${term}`,
      ...(vote === null ? [] : [`vote ${vote}`]),
      `log [${log.map(entryText).join(" ")}]`,
      ...(commit === 0 ? [] : [`commit ${commit}`]),
    ].join(" "),
  );
}

function entryText({ term, put }: GivenEntry): string {
  return put === null ? String(term) : `${term}:${keyText(put.key)}=${stringText(put.value)}`;
}

function keyText(key: string): string {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(key) ? key : stringText(key);
}
