/** How a session ended, as a badge of sign and word. */
import { html, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { icon } from "./icon.js";

/** The badge of a session's state. */
export function verdict({ state, kind }: SessionInfo): TemplateResult {
  const badge = (name: string, sign: string, text: string) =>
    html`<span class="verdict ${name}">${icon(sign)}${text}</span>`;
  switch (state.kind) {
    case "running":
      return kind === "live" ? badge("live", "broadcast", t("live")) : badge("live", "sync", t("running"));
    case "paused":
      return badge("live", "debug-pause", t("live, paused"));
    case "cancelled":
      return badge("unproven", "circle-slash", kind === "live" ? t("stopped") : t("cancelled"));
    case "failed":
      return badge("fail", "error", t("could not run"));
    case "finished":
      return state.verdict === "pass"
        ? badge("pass", "pass-filled", t("pass"))
        : state.verdict === "fail"
          ? badge("fail", "error", t("fail"))
          : badge("unproven", "question", t("unproven"));
  }
}
