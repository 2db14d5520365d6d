import { t } from "../l10n/text.js";
import { check } from "../language/check.js";
import type { ClusterConfig, GivenNode } from "../language/program.js";
import type { EventId } from "../protocol/session.js";
import type { LiveStory } from "../scenario/live-run.js";
import type { SessionRecord } from "./record.js";
import { findRunnable } from "./runnable.js";

/** The cluster that a live session starts from nothing: three servers, the defaults, one client. */
const DEFAULT_FILE = 'cluster { nodes s1..s3 }\nscenario "live" { wait 1ms }\n';

/** What a live session starts with. */
export interface LiveBeginning {
  readonly config: ClusterConfig;
  readonly given: readonly GivenNode[];
  /** The run in whose middle it starts; `null`: it starts from the given state. */
  readonly story: LiveStory | null;
}

/** What is not in the text of a run in whose middle a live session starts. */
export interface RunTaken {
  readonly settings?: readonly string[] | undefined;
  /** The last event taken from it; left out: it starts from nothing. */
  readonly storyUpTo?: EventId | undefined;
}

/** The cluster and given state that a live session starts with, or why there is none. */
export function liveCluster(
  { text, scenario }: Pick<SessionRecord, "text" | "scenario">,
  { settings, storyUpTo }: RunTaken = {},
): LiveBeginning | string {
  if (text === null) return liveCluster({ text: DEFAULT_FILE, scenario: "live" });
  if (scenario !== null) {
    const found = findRunnable(text, scenario, settings);
    if (typeof found === "string") return found;
    const story = storyUpTo === undefined ? null : { scenario: found, source: text, upTo: storyUpTo };
    return { config: found.config, given: found.given, story };
  }
  const { program, diagnostics } = check(text);
  const cluster = program.clusters[0];
  if (cluster === undefined) return t("The file has no cluster to start.");
  const error = diagnostics.find(
    ({ severity, span }) => severity === "error" && span.start >= cluster.span.start && span.end <= cluster.span.end,
  );
  if (error === undefined) return { config: cluster.config, given: [], story: null };
  const line = text.slice(0, error.span.start).split("\n").length;
  return t("The cluster cannot start, line {0}: {1} ({2})", line, error.message, error.code);
}
