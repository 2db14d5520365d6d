import { commas } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { Selector } from "../language/program.js";
import type { Pair } from "../sim/action.js";
import type { World } from "../sim/world.js";

/** A step that does something to servers one by one. */
export type ServerStep = "crash" | "pause" | "restart" | "resume" | "wipe" | "timeout" | "snapshot" | "tick";

/** What servers are after a step, as its result: `s1 s2 down`. */
export function doneText(kind: ServerStep, names: string): string {
  switch (kind) {
    case "crash":
      return t("{0} down", names);
    case "pause":
      return t("{0} paused", names);
    case "restart":
      return t("{0} up", names);
    case "resume":
      return t("{0} resumed", names);
    case "wipe":
      return t("{0} wiped", names);
    case "timeout":
      return t("{0} timed out", names);
    case "snapshot":
      return t("{0} compacted", names);
    case "tick":
      return t("{0} ticked", names);
  }
}

/** What a step says that concerned no server. */
export function nobodyText(target: Selector): string {
  return target.kind === "all"
    ? t("nobody: `all` are the servers that are up, `down` those that have crashed")
    : t("nobody");
}

/** The links that a fault concerns: the first of them; `null` are all. */
export function pairsText(world: World, pairs: readonly Pair[] | null): string {
  if (pairs === null) return t("every link");
  const shown = pairs.slice(0, 6).map(([from, to]) => `${world.nameOf(from)} -> ${world.nameOf(to)}`);
  return pairs.length > 6 ? t("{0} and {1} more", commas(shown), pairs.length - 6) : commas(shown) || t("no link");
}
