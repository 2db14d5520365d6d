import { t } from "../l10n/text.js";

/** Counted things in the reader's language, each with a message for one and one for many: a language may need more than an ending. */

/** `1 server`, `3 servers`. */
export const servers = (count: number): string => (count === 1 ? t("1 server") : t("{0} servers", count));

/** `1 vote`, `3 votes`. */
export const votes = (count: number): string => (count === 1 ? t("1 vote") : t("{0} votes", count));

/** `1 voter`, `3 voters`. */
export const voters = (count: number): string => (count === 1 ? t("1 voter") : t("{0} voters", count));

/** `1 entry`, `3 entries` of a log. */
export const entries = (count: number): string => (count === 1 ? t("1 entry") : t("{0} entries", count));

/** `1 event`, `3 events` of a watch. */
export const watchEvents = (count: number): string => (count === 1 ? t("1 event") : t("{0} events", count));

/** `1 lease`, `3 leases`. */
export const leases = (count: number): string => (count === 1 ? t("1 lease") : t("{0} leases", count));

/** `1 attempt`, `3 attempts` of a request. */
export const attempts = (count: number): string => (count === 1 ? t("1 attempt") : t("{0} attempts", count));

/** `1024 bytes`. */
export const bytes = (count: number): string => t("{0} bytes", count);
