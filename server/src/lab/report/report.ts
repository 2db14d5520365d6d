import { t } from "../../l10n/text.js";
import { overrideSettings } from "../../language/override.js";
import { clusterSettings } from "../../language/print/cluster-text.js";
import type { RunSource } from "../../protocol/exports.js";
import { reproduceLine } from "../../scenario/reproduce.js";
import { narrate } from "../../trace/narration.js";
import { formatCount, formatTime } from "../../view-model/time.js";
import { liveCluster } from "../live-cluster.js";
import { diagramSection } from "./diagram.js";
import { finalState } from "./final-state.js";
import { code, fenced, plain, table } from "./markdown.js";
import { leftOut, type Reported } from "./reported.js";
import { electionSection, operationSection, violationSection } from "./sections.js";

/** Lines of what happened that are told: half of them from the beginning, half from the end. */
const TOLD = 400;
/** Steps of a table. */
const STEPS = 500;

/**
 * A run as a report in Markdown: what ran, how it ended, what happened, and how to see it again. Bounded, however long the run; the same for
 * the same run. Whatever a scenario says stays text.
 */
export function reportOf(run: Reported): string {
  const parts = [
    `# ${plain(run.source.title)}`,
    summary(run),
    ...again(run),
    ...scenario(run),
    ...cluster(run),
    ...steps(run),
    ...handSteps(run),
    ...violationSection(run),
    ...electionSection(run),
    ...story(run),
    ...diagramSection(run),
    ...operationSection(run),
    ...finalState(run),
  ];
  return `${parts.join("\n\n")}\n`;
}

function summary({ source, recording }: Reported): string {
  const { file, seed, settings, traceHash } = source;
  const rows = [
    [t("Result"), `**${verdictWords(source)}**`],
    ...(file === null ? [] : [[t("File"), code(file)]]),
    [t("Seed"), String(seed)],
    ...(settings.length === 0 ? [] : [[t("Settings"), settings.map(code).join(", ")]]),
    [t("Virtual time"), formatTime(recording.world.nowUs)],
    [t("Events"), formatCount(recording.log.count)],
    [t("Trace"), code(traceHash)],
  ];
  return table([t("Run"), ""], rows);
}

function verdictWords({ state, kind }: RunSource): string {
  if (state.kind === "paused" || state.kind === "running") return t("live, exported as it stood");
  if (state.kind !== "finished") return kind === "live" ? t("stopped") : t("cancelled");
  return { pass: t("pass"), fail: t("fail"), unproven: t("unproven") }[state.verdict];
}

function again({ source }: Reported): readonly string[] {
  const line = reproduceLine(source);
  if (line === null) return [];
  return [`## ${t("Run it again")}`, fenced(line, "sh")];
}

function scenario({ source }: Reported): readonly string[] {
  return source.text === null ? [] : [`## ${t("Scenario")}`, fenced(source.text, "raftlab")];
}

function cluster({ source, recording }: Reported): readonly string[] {
  const made = liveCluster(source);
  if (typeof made === "string") return [];
  const config = overrideSettings(made.config, source.settings);
  if (!("nodes" in config)) return [];
  const servers = recording.world.servers.flatMap((server) => (server === undefined ? [] : [server.name]));
  const clients = [...recording.world.clients.values()].map(({ name }) => name);
  return [
    `## ${t("Cluster")}`,
    t("Servers: {0}. Clients: {1}.", servers.map(code).join(", "), clients.map(code).join(", ") || t("none")),
    fenced(
      `cluster {\n${clusterSettings(config)
        .map((line) => `  ${line}`)
        .join("\n")}\n}`,
      "raftlab",
    ),
  ];
}

function steps({ source, steps: outcomes }: Reported): readonly string[] {
  if (outcomes.length === 0) return [];
  const lines = (source.text ?? "").split(/\r\n|\r|\n/);
  const shown = outcomes.slice(0, STEPS);
  const rows = shown.map(({ line, timeUs, ok, result }) => [
    String(line),
    formatTime(timeUs),
    code((lines[line - 1] ?? "").trim()),
    ok ? "ok" : `**${t("FAILED")}**`,
    plain(result),
  ]);
  return [
    `## ${t("Steps")}`,
    table([t("Line"), t("Time"), t("Step"), "", t("Result")], rows),
    ...leftOut(outcomes.length - shown.length),
  ];
}

function handSteps({ source }: Reported): readonly string[] {
  const { live } = source;
  if (live === null || live.steps.length === 0) return [];
  const shown = live.steps.slice(0, STEPS);
  const rows = shown.map(({ timeUs, text }) => [formatTime(timeUs), code(text)]);
  return [
    `## ${t("Steps done by hand")}`,
    table([t("Time"), t("Step")], rows),
    ...leftOut(live.steps.length - shown.length),
  ];
}

function story({ recording, violations }: Reported): readonly string[] {
  const lines = narrate(recording, { marks: violations });
  const half = TOLD / 2;
  const told =
    lines.length <= TOLD
      ? lines
      : [...lines.slice(0, half), t("… {0} lines left out …", formatCount(lines.length - TOLD)), ...lines.slice(-half)];
  return [`## ${t("What happened")}`, fenced(told.join("\n"), "text")];
}
