/** What a server is, fact by fact: what changed since the view before, and why it is so. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, ServerView } from "../../server/src/protocol/cluster-view.js";
import type { WhySubject } from "../../server/src/protocol/why.js";
import { badgesOf } from "../../server/src/view-model/cluster/badges.js";
import { clockWords, diskWords } from "../../server/src/view-model/cluster/card.js";
import { configurationWords, memberOf, memberWords } from "../../server/src/view-model/cluster/membership.js";
import { standing, statusWords, timerWords } from "../../server/src/view-model/cluster/words.js";
import { bytes, list } from "../../server/src/view-model/phrases.js";
import type { Actions } from "./actions.js";
import { menuButton } from "./menu.js";
import type { ClusterState } from "./model.js";

type Field = Extract<WhySubject, { kind: "server" }>["field"];

/** One line of the list. */
interface Fact {
  readonly name: string;
  readonly value: string;
  /** What can be asked about; `null` when nothing can. */
  readonly field?: Field;
  /** It differs at every moment, so that a mark for it would say nothing. */
  readonly fleeting?: true;
}

/** A server's facts, its special faults and, of a leader, what it knows of the others. */
export function serverFacts(
  server: ServerView,
  state: ClusterState,
  view: ClusterView,
  actions: Actions,
  nowUs: number,
): TemplateResult {
  const old = state.before?.servers.find((each) => each.name === server.name);
  const before = new Map(old === undefined ? [] : factsOf(old, nowUs).map(({ name, value }) => [name, value]));
  return html`<div class="facts-head"><h3>${t("Server {0}", server.name)}</h3>${menuButton({ kind: "server", server: server.name }, actions)}</div>
    <dl class="facts">
      ${factsOf(server, nowUs).map((fact) => row(fact, server, before.get(fact.name), view, actions))}
    </dl>
    ${specials(server)} ${progress(server)}`;
}

function factsOf(server: ServerView, nowUs: number): readonly Fact[] {
  const { vote, leader, votes, transferee, snapshot } = server;
  const disk = diskWords(server);
  const clock = clockWords(server);
  const when = (is: boolean, fact: () => Fact): readonly Fact[] => (is ? [fact()] : []);
  return [
    { name: t("Status"), value: statusWords(server.status), field: "status" },
    { name: t("Role"), value: standing(server), field: "role" },
    { name: t("Term"), value: String(server.term), field: "term" },
    { name: t("Voted for"), value: vote ?? t("nobody"), field: "vote" },
    { name: t("Leader known"), value: leader ?? t("none"), field: "leader" },
    { name: t("Member"), value: memberWords(memberOf(server)) },
    { name: t("Configuration"), value: placedConfiguration(server) },
    ...when(transferee !== null, () => ({ name: t("Hands over to"), value: transferee ?? "", fleeting: true })),
    ...when(votes.length > 0, () => ({ name: t("Votes"), value: list(votes) })),
    ...(snapshot === null ? [] : [{ name: t("Snapshot"), value: snapshotWords(snapshot) }]),
    { name: t("Last index"), value: String(server.lastIndex) },
    { name: t("Durable"), value: String(server.durableIndex) },
    { name: t("Commit index"), value: String(server.commitIndex), field: "commit" },
    { name: t("Applied"), value: String(server.appliedIndex), field: "applied" },
    { name: t("Revision"), value: String(server.revision) },
    ...when(disk !== null, () => ({ name: t("Disk"), value: disk ?? "", fleeting: true })),
    ...when(clock !== null, () => ({ name: t("Own clock"), value: clock ?? "", fleeting: true })),
    ...server.timers.map(
      (timer): Fact => ({
        name: timer.kind === "election" ? t("Election timer") : t("Heartbeat timer"),
        value: timerWords(timer, nowUs),
        field: "timer",
        fleeting: true,
      }),
    ),
  ];
}

function row(
  { name, value, field, fleeting }: Fact,
  server: ServerView,
  was: string | undefined,
  view: ClusterView,
  actions: Actions,
) {
  const changed = fleeting === undefined && was !== undefined && was !== value;
  return html`<div class=${changed ? "changed" : ""}>
    <dt>${name}</dt>
    <dd>
      ${
        field === undefined
          ? value
          : html`<button
              type="button"
              class="link"
              title=${t("Why?")}
              @click=${() =>
                actions.why(t("{0}: {1} {2}", server.name, name.toLowerCase(), value), view.eventId, {
                  kind: "server",
                  server: server.name,
                  field,
                })}
            >${value}</button>`
      }
      ${changed ? html`<span class="was">${t("was {0}", was)}</span>` : nothing}
    </dd>
  </div>`;
}

function progress({ progress: others, configuration: { learners } }: ServerView) {
  if (others.length === 0) return nothing;
  const learner = html` <span class="quiet">${t("learner")}</span>`;
  return html`<table class="plain">
    <caption>${t("What the leader knows of the others")}</caption>
    <thead>
      <tr><th scope="col">${t("server")}</th><th scope="col">${t("next")}</th><th scope="col">${t("match")}</th><th scope="col">${t("state")}</th></tr>
    </thead>
    <tbody>
      ${others.map(({ server, next, match, state }) => html`<tr><th scope="row">${server}${learners.includes(server) ? learner : nothing}</th><td>${next}</td><td>${match}</td><td>${progressWords(state)}</td></tr>`)}
    </tbody>
  </table>`;
}

/** etcd's states of a follower's progress. */
function progressWords(state: ServerView["progress"][number]["state"]): string {
  switch (state) {
    case "probe":
      return t("probe");
    case "replicate":
      return t("replicate");
    case "snapshot":
      return t("snapshot");
  }
}

function placedConfiguration({ configuration }: ServerView): string {
  const { index } = configuration;
  const words = configurationWords(configuration);
  return index === 0 ? words : t("{0}, at index {1}", words, index);
}

function snapshotWords({ index, term, bytes: size }: NonNullable<ServerView["snapshot"]>): string {
  return t("up to {0} of term {1}, {2}", index, term, bytes(size));
}

/** Clock, disk and crashes that wait, each with its whole story. */
function specials(server: ServerView) {
  const special = badgesOf(server).filter(({ kind }) => kind !== "member" && kind !== "transfer");
  if (special.length === 0) return nothing;
  return html`<ul class="specials" aria-label=${t("Faults of {0}", server.name)}>
    ${special.map(({ kind, text, title }) => html`<li><span class="tag ${kind}">${text}</span> <span class="quiet">${title}</span></li>`)}
  </ul>`;
}
