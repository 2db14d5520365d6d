/** Sessions in words and icons. */
import * as vscode from "vscode";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { formatTime } from "../time.js";

/** What a session's state is, in a word. */
export function stateText(session: SessionInfo): string {
  switch (session.state.kind) {
    case "running":
      return vscode.l10n.t("running");
    case "paused":
      return vscode.l10n.t("paused");
    case "cancelled":
      return session.kind === "live" ? vscode.l10n.t("stopped") : vscode.l10n.t("cancelled");
    case "failed":
      return vscode.l10n.t("did not run");
    case "finished":
      return verdictText(session.state.verdict);
  }
}

function verdictText(verdict: "pass" | "fail" | "unproven"): string {
  switch (verdict) {
    case "pass":
      return vscode.l10n.t("passed");
    case "fail":
      return vscode.l10n.t("failed");
    case "unproven":
      return vscode.l10n.t("unproven");
  }
}

/** `a title · check-quorum off`: the settings that were flipped stand behind the title. */
export function sessionTitle({ title, settings = [] }: SessionInfo): string {
  return [title, ...settings].join(" · ");
}

/** `passed, seed 7, 2.04 s in 35 ms`: virtual time in real time; without the times while it runs on. */
export function sessionDescription(session: SessionInfo): string {
  const { state, seed, timeUs, tookMs } = session;
  if (state.kind === "running") return vscode.l10n.t("{0}, seed {1}", stateText(session), seed);
  const time = formatTime(timeUs);
  if (tookMs === undefined) return vscode.l10n.t("{0}, seed {1}, {2}", stateText(session), seed, time);
  return vscode.l10n.t("{0}, seed {1}, {2} in {3}", stateText(session), seed, time, durationText(tookMs));
}

/** A real duration: `35 ms`, `1.2 s`. */
export function durationText(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** An icon that tells the state by its shape too. */
export function sessionIcon(session: SessionInfo): vscode.ThemeIcon {
  const { state } = session;
  if (state.kind === "running") return new vscode.ThemeIcon(session.kind === "live" ? "pulse" : "sync");
  if (state.kind === "paused") return new vscode.ThemeIcon("debug-pause");
  if (state.kind === "cancelled") return new vscode.ThemeIcon("circle-slash");
  if (state.kind === "failed") return new vscode.ThemeIcon("warning");
  if (state.verdict === "pass") return new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"));
  if (state.verdict === "fail") return new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed"));
  return new vscode.ThemeIcon("question");
}
