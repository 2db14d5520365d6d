/** The head of the panel: which session this is, how it ended, and who leads. */
import { html, nothing, type TemplateResult } from "lit";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { icon, iconButton } from "../shared/icon.js";
import { termClass } from "../shared/term.js";
import { formatCount, formatTime } from "../shared/time.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";

/** Title, verdict and figures. */
export function header(state: ClusterState, actions: Actions): TemplateResult | typeof nothing {
  const { session, view } = state;
  if (session === null) return nothing;
  const leader = view?.servers
    .filter((server) => server.role === "leader" && server.status === "up")
    .reduce<{ name: string; term: number } | null>((best, s) => (best === null || s.term > best.term ? s : best), null);
  const term = view?.servers.reduce((most, server) => Math.max(most, server.term), 0) ?? session.term;
  return html`<header class="head">
    <div class="head-title">
      <h1>${session.title}</h1>
      ${verdict(session)}
    </div>
    <dl class="figures">
      ${figure("Leader", leader == null ? "none" : leader.name)}
      <div class="figure ${termClass(term)}"><dt>Term</dt><dd><span class="term-chip">${term}</span></dd></div>
      ${figure("Event", `${formatCount(Math.max(0, (view?.eventId ?? -1) + 1))} of ${formatCount(session.events)}`)}
      ${figure("Virtual time", formatTime(session.timeUs))}
      ${figure("Seed", String(session.seed))}
      ${session.traceHash === null ? nothing : figure("Trace", session.traceHash, "hash")}
    </dl>
    <div class="head-actions">
      ${iconButton("list-tree", "Open the message diagram", actions.openDiagram, { keys: "D" })}
    </div>
  </header>`;
}

function figure(name: string, value: string, extra = "") {
  return html`<div class="figure ${extra}"><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** The state of a session as a badge of sign and word. */
export function verdict(session: SessionInfo): TemplateResult {
  const { state } = session;
  const badge = (kind: string, sign: string, text: string) =>
    html`<span class="verdict ${kind}">${icon(sign)}${text}</span>`;
  switch (state.kind) {
    case "running":
      return session.kind === "live" ? badge("live", "broadcast", "live") : badge("live", "sync", "running");
    case "paused":
      return badge("live", "debug-pause", "live, paused");
    case "cancelled":
      return badge("unproven", "circle-slash", session.kind === "live" ? "stopped" : "cancelled");
    case "failed":
      return badge("fail", "error", "could not run");
    case "finished":
      switch (state.verdict) {
        case "pass":
          return badge("pass", "pass-filled", "pass");
        case "fail":
          return badge("fail", "error", "fail");
        case "unproven":
          return badge("unproven", "question", "unproven");
      }
  }
}
