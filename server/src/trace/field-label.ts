import { t } from "../l10n/text.js";

/**
 * What a field is called for people. Names from the paper (`prevLogIndex`), and those that the scenario language has as well
 * (`term`, `vote`), are the same in every language.
 */
export function fieldLabel(name: string): string {
  switch (name) {
    case "under way":
      return t("under way");
    case "held by":
      return t("held by");
    case "timer":
      return t("timer");
    case "ran for":
      return t("ran for");
    case "from index":
      return t("from index");
    case "durable up to":
      return t("durable up to");
    case "commit index":
      return t("commit index");
    case "size":
      return t("size");
    case "asked":
      return t("asked");
    case "fault":
      return t("fault");
    case "for":
      return t("for");
    case "last index":
      return t("last index");
    case "entries lost":
      return t("entries lost");
    case "damaged entry":
      return t("damaged entry");
    case "operation":
      return t("operation");
    case "outcome":
      return t("outcome");
    case "took":
      return t("took");
    case "attempts":
      return t("attempts");
    case "attempt":
      return t("attempt");
    case "reply":
      return t("reply");
    case "events":
      return t("events");
    case "first revision":
      return t("first revision");
    case "last revision":
      return t("last revision");
    case "from revision":
      return t("from revision");
    case "compact revision":
      return t("compact revision");
    case "store's revision":
      return t("store's revision");
    case "last response":
      return t("last response");
    case "outgoing voters":
      return t("outgoing voters");
    default:
      return name;
  }
}
