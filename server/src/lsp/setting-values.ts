/** The values a setting can have, for completion. */

const SWITCH = ["on", "off"] as const;
const DURATIONS = ["1ms", "5ms", "50ms", "1ms..5ms"] as const;

const VALUES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["nodes", ["s1..s3", "s1..s5"]],
  ["clients", ["alice", "bob"]],
  ["election-timeout", ["150ms..300ms"]],
  ["heartbeat", ["50ms"]],
  ["latency", DURATIONS],
  ["fsync", DURATIONS],
  ["loss", ["0%", "5%", "20%"]],
  ["duplicate", ["0%", "5%", "20%"]],
  ["reorder", ["0%", "5%", "20%"]],
  ["pre-vote", SWITCH],
  ["check-quorum", SWITCH],
  ["sessions", SWITCH],
  ["reads", ["read-index", "lease", "log", "local"]],
  ["membership", ["joint", "single", "naive"]],
  ["snapshot", ["every 1000 entries", "off"]],
  ["client-timeout", ["1s"]],
  ["network", ["auto", "manual"]],
  ["timers", ["auto", "manual"]],
]);

/** The values that fit after the words of a line: those of its setting, or, for `rule NAME`, its switch. */
export function settingValues(lineWords: readonly string[]): readonly string[] {
  const [setting, second] = lineWords;
  if (setting === "rule") return second === undefined ? [] : SWITCH;
  return VALUES.get(setting ?? "") ?? [];
}
