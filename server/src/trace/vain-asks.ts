import { commas } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { EndpointId } from "../sim/config.js";
import { ROLE_CODES } from "../sim/recorder.js";
import { stateBefore } from "./event-title.js";
import type { Recording } from "./recording.js";
import { readSend } from "./sent.js";

/**
 * Pre-votes that are asked for again and again, and refused for the same reason each time: a narration tells the first
 * of each, and how many followed.
 */
export class VainAsks {
  readonly #recording: Recording;
  readonly #told = new Set<string>();
  readonly #again = new Map<EndpointId, number>();
  #last = -1;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** Whether an event tells nothing that was not told before. It is taken down then. */
  repeats(id: number): boolean {
    const key = this.#key(id);
    if (key === null) return false;
    if (!this.#told.has(key)) {
      this.#told.add(key);
      return false;
    }
    const { log } = this.#recording;
    if (log.kind(id) === "transition") {
      const server = log.at(id);
      this.#again.set(server, (this.#again.get(server) ?? 0) + 1);
      this.#last = id;
    }
    return true;
  }

  /** What was left out since the last time: the last event of it, and a line that stands for it; `null` for nothing. */
  take(): { readonly id: number; readonly text: string } | null {
    if (this.#again.size === 0) return null;
    const { world } = this.#recording;
    const names = [...this.#again.keys()].sort((a, b) => a - b).map((server) => world.nameOf(server));
    const times = [...this.#again.values()].reduce((sum, count) => sum + count, 0);
    this.#again.clear();
    return { id: this.#last, text: againText(names, times) };
  }

  /** Names what is asked, or refused, and why; `null` for everything else. */
  #key(id: number): string | null {
    const { log } = this.#recording;
    if (log.kind(id) === "transition") {
      if (ROLE_CODES[log.word(id, 0)] !== "pre-candidate") return null;
      if (stateBefore(this.#recording, id)?.role !== "pre-candidate") return null;
      return `${log.at(id)} asks ${log.word(id, 1)}`;
    }
    const code = log.reason(id)?.code;
    if (log.kind(id) !== "deliver" || code === undefined || !code.startsWith("vote-refused")) return null;
    const sent = readSend(log, log.cause(id));
    return sent.type === "PreVote" ? `${log.at(id)} ${sent.from} ${sent.term} ${code}` : null;
  }
}

function againText(names: readonly string[], times: number): string {
  const [first] = names;
  if (names.length === 1 && first !== undefined) {
    return times === 1
      ? t("… {0} asks again, once, in vain", first)
      : t("… {0} asks again, {1} times, in vain", first, times);
  }
  const who = t("{0} and {1}", commas(names.slice(0, -1)), names.at(-1) ?? "");
  return times === 1 ? t("… {0} ask again, once, in vain", who) : t("… {0} ask again, {1} times, in vain", who, times);
}
