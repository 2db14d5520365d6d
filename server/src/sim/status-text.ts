import { t } from "../l10n/text.js";

/** What a process is that cannot do what was asked of it: `s1 is down`. */
export function statusText(name: string, status: "up" | "down" | "paused"): string {
  switch (status) {
    case "up":
      return t("{0} is up", name);
    case "down":
      return t("{0} is down", name);
    case "paused":
      return t("{0} is paused", name);
  }
}
