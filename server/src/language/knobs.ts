/** The settings of a cluster that can be flipped for another run of the same steps, and what to. */

import { fromTable, t } from "../l10n/text.js";
import { overrideSettings } from "./override.js";
import { rangeText, settingValues } from "./print/setting-values.js";
import type { ClusterConfig, MicrosRange, Scenario } from "./program.js";
import { formatDuration } from "./vocabulary/durations.js";
import { RULES } from "./vocabulary/rules.js";
import { SETTINGS } from "./vocabulary/settings.js";

/** A setting or a rule of a cluster that the steps of a scenario do not name. */
export interface Knob {
  /** As it begins a line of a `cluster` block: `check-quorum`, `rule persist-vote`. */
  readonly name: string;
  /** What it is now: `on`, `150ms..300ms`. */
  readonly now: string;
  /** Other values to try. */
  readonly others: readonly string[];
  /** Whether other values than those make sense. */
  readonly open: boolean;
  /** What it does, Markdown in the reader's language. */
  readonly says: string;
  /** What it takes, in words: ``a range of durations``. */
  readonly values: string;
}

/** Settings that steps refer to, or that steps have to fit; and the seed, which a run is given apart. */
const NOT_KNOBS: ReadonlySet<string> = new Set([
  "nodes",
  "learners",
  "spares",
  "clients",
  "seed",
  "network",
  "timers",
  "rule",
]);

/** The knobs of a cluster: its settings in the order of the reference, then Raft's rules. */
export function knobsOf(config: ClusterConfig): readonly Knob[] {
  const values = settingValues(config);
  const settings = SETTINGS.filter(({ name }) => !NOT_KNOBS.has(name)).map(
    ({ name, says, values: takes = "" }): Knob => {
      const now = values.get(name) ?? "";
      const { others, open } = othersOf(name, config);
      return {
        name,
        now,
        others: [...new Set(others)].filter((other) => other !== now),
        open,
        says: fromTable(says),
        values: fromTable(takes),
      };
    },
  );
  const rules = RULES.map(({ name, says }): Knob => {
    const off = config.rulesOff.includes(name);
    const [now, other] = off ? ["off", "on"] : ["on", "off"];
    return { name: `rule ${name}`, now, others: [other], open: false, says: fromTable(says), values: "`on`, `off`" };
  });
  return [...settings, ...rules];
}

/** Values to try, and whether there are more. */
function othersOf(name: string, config: ClusterConfig): { readonly others: readonly string[]; readonly open: boolean } {
  const open = (others: readonly string[]) => ({ others, open: true });
  const closed = SETTINGS.find((entry) => entry.name === name)?.choices ?? [];
  switch (name) {
    case "election-timeout":
      return open(ranges(config.electionTimeout, [0.5, 2, 10]));
    case "latency":
      return open(ranges(config.latency, [0.5, 2, 10]));
    case "fsync":
      return open(ranges(config.fsync, [0.5, 2, 10]));
    case "heartbeat":
      return open(durations(config.heartbeat, [0.5, 2, 5]));
    case "client-timeout":
      return open(durations(config.clientTimeout, [0.5, 2, 5]));
    case "watch-progress":
      return open(["1s", "1min"]);
    case "lease-checkpoint":
      return open(["off", "1s", "5min"]);
    case "snapshot":
      return open(["off", "every 5 entries keep 1", "every 100 entries keep 10"]);
    case "loss":
    case "duplicate":
    case "reorder":
      return open(["0%", "1%", "5%", "20%"]);
    case "clock-drift-bound":
      return open(["0%", "10%", "50%"]);
    case "append-limit":
    case "inflight":
      return open(["1", "16", "64"]);
    default:
      return closed.length > 0 ? { others: closed, open: false } : open([]);
  }
}

/** Times as long, as far as it can be written. */
function durations(now: number, factors: readonly number[]): readonly string[] {
  return factors.map((factor) => Math.round(now * factor)).flatMap((us) => (us > 0 ? [formatDuration(us)] : []));
}

function ranges({ min, max }: MicrosRange, factors: readonly number[]): readonly string[] {
  return factors
    .map((factor) => ({ min: Math.round(min * factor), max: Math.round(max * factor) }))
    .flatMap((range) => (range.max > 0 ? [rangeText(range)] : []));
}

/** Settings that steps and `given` name servers and clients by, and that a run on other terms may not change. */
const NAMES = /^(?:nodes|learners|spares|clients|seed)\b/;

/**
 * A scenario on a cluster with some settings changed, each written as a line of a `cluster` block.
 *
 * @returns the scenario, or what is wrong with the first setting that does not fit, in words
 */
export function flipped(scenario: Scenario, settings: readonly string[]): Scenario | string {
  let { config } = scenario;
  for (const setting of settings) {
    if (setting.trim() === "" || /[\n\r{}#]/.test(setting))
      return t("“{0}” is not a setting. Write one as in a cluster block: {1}", setting, "`check-quorum off`");
    if (NAMES.test(setting.trim()))
      return t("“{0}” cannot be changed for a run: the steps of the scenario go by it.", setting);
    const changed = overrideSettings(config, [setting]);
    if (!("nodes" in changed)) return t("“{0}”: {1}", setting, changed[0]?.message ?? "");
    config = changed;
  }
  return settings.length === 0 ? scenario : { ...scenario, config };
}
