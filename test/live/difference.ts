import { EVENT_CODE } from "../../server/src/sim/recorder.js";
import { describe } from "../../server/src/trace/describe.js";
import type { Recording } from "../../server/src/trace/recording.js";
import { hasEvent, hasLine, isScript, ScriptEvents } from "../../server/src/trace/script-events.js";

/** The first events of the cluster in which two recordings differ, in words, with what was the same before. */
export function firstDifference(first: Recording, second: Recording): string {
  const a = clusterEvents(first);
  const b = clusterEvents(second);
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  const before = a.slice(Math.max(0, at - 4), at).map((text) => `   ${text}`);
  const shown = (sign: string, texts: readonly string[]): string[] =>
    texts.slice(at, at + 3).map((text) => ` ${sign} ${text}`);
  return [...before, ...shown("-", a), ...shown("+", b)].join("\n");
}

/** Everything that the trace's hash takes in, an event to a line. */
export function clusterEvents(recording: Recording): string[] {
  const { log } = recording;
  const script = new ScriptEvents();
  const lines: string[] = [];
  for (let id = 0; id < log.count; id += 1) {
    const kind = log.kind(id);
    const code = EVENT_CODE[kind];
    if (isScript(code)) {
      script.add(id);
      continue;
    }
    const words = Array.from({ length: log.wordCount(id) }, (_, position) => {
      if (position === 0 && hasLine(code)) return "";
      const word = log.word(id, position);
      return position === 1 && hasEvent(code) ? script.clusterNumber(word) : word;
    });
    const { title } = describe(recording, id, true);
    const reason = log.reason(id);
    lines.push(
      `${script.clusterNumber(id)} ${log.timeUs(id)} ${kind} at ${log.at(id)} cause ${script.clusterNumber(log.cause(id))} ` +
        `(${words.join(" ")}) ${reason === null ? "" : `${reason.code} ${reason.a} ${reason.b} `}${title}`,
    );
  }
  return lines;
}
