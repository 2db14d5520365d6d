import { t } from "../l10n/text.js";
import { ROLE_CODES } from "../sim/recorder.js";
import type { RoleText } from "./view.js";

/** A role with its term: `leader of term 2`. */
export function roleOfTerm(role: RoleText, term: number): string {
  switch (role) {
    case "leader":
      return t("leader of term {0}", term);
    case "candidate":
      return t("candidate of term {0}", term);
    case "pre-candidate":
      return t("pre-candidate of term {0}", term);
    case "follower":
      return t("follower of term {0}", term);
  }
}

/** A role that begins in a term: `candidate in term 2`, but `leader of term 2`. */
export function roleInTerm(role: RoleText, term: number): string {
  switch (role) {
    case "leader":
      return t("leader of term {0}", term);
    case "candidate":
      return t("candidate in term {0}", term);
    case "pre-candidate":
      return t("pre-candidate in term {0}", term);
    case "follower":
      return t("follower in term {0}", term);
  }
}

/** The role behind its code in a reason or trace word, with its article. */
export function roleText(code: number): string {
  switch (ROLE_CODES[code]) {
    case "leader":
      return t("a leader");
    case "candidate":
      return t("a candidate");
    case "pre-candidate":
      return t("a pre-candidate");
    default:
      return t("a follower");
  }
}
