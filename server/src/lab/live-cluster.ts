import { t } from "../l10n/text.js";
import { check } from "../language/check.js";
import type { ClusterConfig, GivenNode } from "../language/program.js";
import type { SessionRecord } from "./record.js";
import { findRunnable } from "./runnable.js";

/** The cluster that a live session starts from nothing: three servers, the defaults, one client. */
const DEFAULT_FILE = 'cluster { nodes s1..s3 }\nscenario "live" { wait 1ms }\n';

/** The cluster and given state that a live session starts with, or why there is none. */
export function liveCluster(
  record: Pick<SessionRecord, "text" | "scenario">,
): { config: ClusterConfig; given: readonly GivenNode[] } | string {
  const { text, scenario } = record;
  if (text === null) return liveCluster({ text: DEFAULT_FILE, scenario: "live" });
  if (scenario !== null) {
    const found = findRunnable(text, scenario);
    return typeof found === "string" ? found : { config: found.config, given: found.given };
  }
  const { program, diagnostics } = check(text);
  const cluster = program.clusters[0];
  if (cluster === undefined) return t("The file has no cluster to start.");
  const error = diagnostics.find(
    ({ severity, span }) => severity === "error" && span.start >= cluster.span.start && span.end <= cluster.span.end,
  );
  if (error === undefined) return { config: cluster.config, given: [] };
  const line = text.slice(0, error.span.start).split("\n").length;
  return t("The cluster cannot start, line {0}: {1} ({2})", line, error.message, error.code);
}
