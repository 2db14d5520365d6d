/** The cluster's configuration in words, as soon as it is anything but all servers as voters. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, ServerView } from "../../server/src/protocol/cluster-view.js";
import { configurationWords, memberOf } from "../../server/src/view-model/cluster/membership.js";
import { list, longList } from "../../server/src/view-model/phrases.js";

/** By the leader, or, without one, by the running server that knows the newest; and who goes by another. */
export function configuration(view: ClusterView): TemplateResult | typeof nothing {
  if (view.servers.every((server) => memberOf(server) === "voter")) return nothing;
  const by = teller(view);
  if (by === null) return nothing;
  const words = configurationWords(by.configuration);
  const { index, voters, outgoing, learners } = by.configuration;
  const concerned = new Set([...voters, ...outgoing, ...learners]);
  const others = view.servers
    .filter((server) => concerned.has(server.name) && configurationWords(server.configuration) !== words)
    .map((server) => server.name);
  const since = index === 0 ? t("from the beginning") : t("at index {0}", index);
  const more = others.length === 0 ? [since] : [since, different(others)];
  return html`<p class="configuration">
    <span class="quiet">${title(by, outgoing.length > 0)}</span> ${words} <span class="quiet">${t("({0})", longList(more))}</span>
  </p>`;
}

function title({ name, role }: ServerView, joint: boolean): string {
  if (role === "leader")
    return joint ? t("Joint configuration of {0}, the leader:", name) : t("Configuration of {0}, the leader:", name);
  return joint ? t("Joint configuration of {0}:", name) : t("Configuration of {0}:", name);
}

function different(others: readonly string[]): string {
  const [only = ""] = others;
  return others.length === 1 ? t("{0} goes by another", only) : t("{0} go by another", list(others));
}

function teller(view: ClusterView): ServerView | null {
  const up = view.servers.filter((server) => server.status !== "down" && server.configuration.voters.length > 0);
  const leaders = up.filter((server) => server.role === "leader").sort((a, b) => b.term - a.term);
  const newest = [...up].sort((a, b) => b.configuration.index - a.configuration.index);
  return leaders[0] ?? newest[0] ?? null;
}
