import { t } from "../../l10n/text.js";
import type { ServerView } from "../../protocol/cluster-view.js";
import { clusterAt } from "../../trace/cluster-view.js";
import { standing } from "../../view-model/cluster/words.js";
import { formatCount } from "../../view-model/time.js";
import { code, plain, table } from "./markdown.js";
import type { Reported } from "./reported.js";

/** Keys of the table. */
const KEYS = 50;

/** Where the servers stood at the end, and what the store held. */
export function finalState({ recording }: Reported): readonly string[] {
  const { servers, faults } = clusterAt(recording, recording.log.count - 1);
  const rows = servers.map((server) => [
    plain(server.name),
    plain(standing(server)),
    String(server.term),
    server.vote === null ? "" : plain(server.vote),
    String(server.commitIndex),
    String(server.appliedIndex),
    String(server.lastIndex),
    String(server.revision),
  ]);
  const head = ["", t("Role"), t("Term"), t("Vote"), t("Commit"), t("Applied"), t("Last entry"), t("Revision")];
  return [
    `## ${t("At the end")}`,
    table([t("Server"), ...head.slice(1)], rows),
    ...(faults.length === 0 ? [] : [t("Still broken: {0}.", faults.map(({ text }) => code(text)).join(", "))]),
    ...keys(servers),
  ];
}

/** The keys of who has applied most. */
function keys(servers: readonly ServerView[]): readonly string[] {
  const [first, ...others] = servers;
  if (first === undefined) return [];
  const most = others.reduce((best, each) => (each.appliedIndex > best.appliedIndex ? each : best), first);
  if (most.kv.length === 0) return [];
  const shown = most.kv.slice(0, KEYS);
  const more = most.kv.length - shown.length + most.moreKeys;
  const rows = shown.map(({ key, value, modRevision, version, lease }) => [
    code(key),
    code(value),
    String(modRevision),
    String(version),
    lease === null ? "" : code(lease),
  ]);
  return [
    `### ${t("Keys at {0}", plain(most.name))}`,
    table([t("Key"), t("Value"), t("Revision"), t("Version"), t("Lease")], rows),
    ...(more > 0 ? [t("{0} more are left out.", formatCount(more))] : []),
  ];
}
