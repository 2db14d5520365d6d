/** What clients' operations wait for, and how watches stand, in words. */
import { t } from "../../l10n/text.js";
import type { OperationView } from "../../protocol/cluster-view.js";
import type { WatchChangeView, WatchView } from "../../protocol/kv-views.js";
import { formatShortTime } from "../time.js";

/** `waits for the answer of s2 (attempt 3)`, `asks nobody just now: …`. */
export function attemptWords({ server, attempts, only, pause }: OperationView): string {
  if (pause !== null) return t("asks nobody just now: {0}", pause);
  if (server === null) return t("not sent yet");
  const waits = only
    ? t("waits for the answer of {0}, the only one that it asks", server)
    : t("waits for the answer of {0}", server);
  return attempts <= 1 ? waits : t("{0}, attempt {1}", waits, attempts);
}

/** `gives up in 640 ms`. */
export function patienceWords({ givesUpUs }: Pick<OperationView, "givesUpUs">, nowUs: number): string {
  return t("gives up in {0}", formatShortTime(Math.max(0, givesUpUs - nowUs)));
}

/** `at s1`, `connecting to s2`, `ended: compacted`. */
export function watchStateWords({ state, server, end }: WatchView): string {
  switch (state) {
    case "active":
      return server === null ? t("active") : t("at {0}", server);
    case "connecting":
      return server === null ? t("connecting") : t("connecting to {0}", server);
    case "ended":
      return end === null || end.error === null ? t("ended") : t("ended: {0}", end.error);
  }
}

/** `put color "red" @5`, `delete color @6`: words of the language. */
export function watchChangeWords({ type, key, value, revision }: WatchChangeView): string {
  return type === "put" ? `put ${key} "${value}" @${revision}` : `delete ${key} @${revision}`;
}
