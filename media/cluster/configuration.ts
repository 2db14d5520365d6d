/** The cluster's configuration in words, as soon as it is anything but all servers as voters. */
import { html, nothing, type TemplateResult } from "lit";
import type { ClusterView, ServerView } from "../../server/src/protocol/views.js";
import { configurationWords, memberWords } from "./badges.js";

/** By the leader, or, without one, by the running server that knows the newest; and who goes by another. */
export function configuration(view: ClusterView): TemplateResult | typeof nothing {
  if (view.servers.every((server) => memberWords(server) === "voter")) return nothing;
  const by = teller(view);
  if (by === null) return nothing;
  const words = configurationWords(by.configuration);
  const { index, voters, outgoing, learners } = by.configuration;
  const concerned = new Set([...voters, ...outgoing, ...learners]);
  const others = view.servers
    .filter((server) => concerned.has(server.name) && configurationWords(server.configuration) !== words)
    .map((server) => server.name);
  const title = outgoing.length > 0 ? "Joint configuration" : "Configuration";
  const since = index === 0 ? "from the beginning" : `at index ${index}`;
  const different =
    others.length === 0 ? "" : `; ${others.join(", ")} ${others.length === 1 ? "goes" : "go"} by another`;
  return html`<p class="configuration">
    <span class="quiet">${title} of ${by.name}${by.role === "leader" ? ", the leader" : ""}:</span> ${words}<span class="quiet">, ${since}${different}</span>
  </p>`;
}

function teller(view: ClusterView): ServerView | null {
  const up = view.servers.filter((server) => server.status !== "down" && server.configuration.voters.length > 0);
  const leaders = up.filter((server) => server.role === "leader").sort((a, b) => b.term - a.term);
  const newest = [...up].sort((a, b) => b.configuration.index - a.configuration.index);
  return leaders[0] ?? newest[0] ?? null;
}
