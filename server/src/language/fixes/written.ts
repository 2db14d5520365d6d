/** Remedies for what cannot be read, and for names and values that do not fit. */

import { t } from "../../l10n/text.js";
import { removeStep } from "../aware/fixes.js";
import { nearest } from "../diagnostics/suggest.js";
import type { QuickFix } from "../program.js";
import {
  append,
  change,
  changeAt,
  freshName,
  leaveOut,
  type Place,
  type Remedy,
  statementOf,
  withSetting,
} from "./place.js";

const CLOSERS: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

const CURLY = /[“”„‟]/u;

/** By code. */
export const WRITTEN_REMEDIES: Readonly<Record<string, Remedy>> = {
  // Several servers are a set.
  RL0002: ({ text, span }) => {
    const statement = statementOf(text, span);
    const words = /^(crash|pause|restart|resume|isolate|wipe|snapshot)\s+([\w-]+(?:\s+[\w-]+)+)$/.exec(
      text.slice(statement.start, statement.end),
    );
    const names = words?.[2];
    if (names === undefined) return [];
    return [changeAt({ start: statement.end - names.length, end: statement.end }, `{${names.split(/\s+/).join(" ")}}`)];
  },
  // One straight quote alone would leave a string without an end.
  RL0007: ({ text, span, written }) => {
    if (!CURLY.test(written)) return [];
    const start = text.lastIndexOf("\n", span.start - 1) + 1;
    const line = text.slice(start).split("\n", 1)[0] ?? "";
    const edits = [...line.matchAll(new RegExp(CURLY, "gu"))].map(({ index }) => ({
      span: { start: start + index, end: start + index + 1 },
      newText: '"',
    }));
    return [{ title: t("Make the quotes of this line straight"), edits }];
  },
  RL0008: ({ text, span, written }) => {
    const closer = CLOSERS[written];
    if (closer === undefined) return [];
    if (closer === "}") {
      const newText = text.endsWith("\n") ? "}\n" : "\n}\n";
      return [{ title: t("Add `{0}`", closer), edits: [{ span: { start: text.length, end: text.length }, newText }] }];
    }
    const { end } = statementOf(text, span);
    return [append({ start: end, end }, closer)];
  },
  RL0009: ({ text, span, written }) => (written === "}" ? [removeStep(text, span)] : []),
  RL0012: ({ text, span }) => {
    const statement = statementOf(text, span);
    return [changeAt(statement, `cluster { ${text.slice(statement.start, statement.end)} }`)];
  },
  RL1010: (place) => withSetting(place, "nodes s1..s3"),
  RL1011: (place) => {
    const [, setting, value] = /^(.*\S)\s+(\S+)$/.exec(place.written) ?? [];
    const meant = value === undefined ? undefined : choiceFor(setting ?? "", value);
    return meant === undefined ? [] : [change(place, `${setting} ${meant}`)];
  },
  RL1012: ({ text, span, related: [first] }) => [
    { ...removeStep(text, span), title: t("Remove this setting") },
    ...(first === undefined ? [] : [{ ...removeStep(text, first), title: t("Remove the first one") }]),
  ],
  RL1013: (place) => {
    const { text, span, written } = place;
    const inList = /^(nodes|learners|spares|clients)\b/.test(text.slice(statementOf(text, span).start));
    return [...(inList ? [leaveOut(text, span)] : []), change(place, freshName(text, written))];
  },
  RL1014: (place) => [change(place, freshName(place.text, `${place.written}0`))],
  RL1015: (place) => {
    const [from, to, ...more] = place.written.split("..");
    const same = from?.replace(/[\d.]/g, "") === to?.replace(/[\d.]/g, "");
    return from === undefined || to === undefined || more.length > 0 || !same ? [] : [change(place, `${to}..${from}`)];
  },
  RL1016: (place) => {
    const unit = unitFor(place);
    return unit === null ? [] : [change(place, unit)];
  },
  RL1018: (place) => {
    const title = place.written.replace(/"$/, "");
    let number = 2;
    while (place.text.includes(`${title} ${number}"`)) number++;
    return [change(place, `${title} ${number}"`)];
  },
  RL1022: ({ text, span }) => {
    const before = text.slice(0, span.start);
    const alternative = /\|\s*$/.exec(before);
    if (alternative !== null) return [leaveOut(text, { start: alternative.index, end: span.end })];
    const after = /^\s*\|\s*/.exec(text.slice(span.end));
    if (after !== null) return [leaveOut(text, { start: span.start, end: span.end + after[0].length })];
    const arrow = /=>\s*$/.exec(before);
    return arrow === null ? [] : [leaveOut(text, { start: arrow.index, end: span.end })];
  },
  RL1025: ({ text, span, written }) =>
    /\b(watch|observe|lock|campaign)\b/.test(written) ? [append(span, ` as ${freshName(text, "w0")}`)] : [],
  RL1026: ({ text, span }) => [leaveOut(text, span)],
  RL1027: (place) => {
    const shares = [...place.written.matchAll(/(\d+(?:\.\d+)?)%/g)];
    const last = shares[shares.length - 1];
    const sum = shares.reduce((total, [, share]) => total + Number(share), 0);
    const whole = Number(last?.[1] ?? 0) + 100 - sum;
    if (last === undefined || whole <= 0) return [];
    const { written } = place;
    return [change(place, `${written.slice(0, last.index)}${whole}%${written.slice(last.index + last[0].length)}`)];
  },
  RL1028: ({ text, span }) => {
    const { start } = statementOf(text, span);
    return /\b(get|delete|watch)\s*$/.test(text.slice(start, span.start)) ? [append(span, " prefix")] : [];
  },
  RL1030: (place) => {
    const value = /^put\s+\S+\s+("(?:[^"\\]|\\.)*")$/.exec(place.written)?.[1];
    return value === undefined ? [] : [change(place, value)];
  },
};

/** Settings with few values, and those. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  reads: ["read-index", "lease", "log", "local"],
  membership: ["joint", "single", "naive"],
  network: ["auto", "manual"],
  timers: ["auto", "manual"],
  retries: ["all", "reads"],
};

function choiceFor(setting: string, value: string): string | undefined {
  const choices = CHOICES[setting];
  if (choices !== undefined) return nearest(value, choices);
  if (!/^(pre-vote|check-quorum|sessions|rule\b.*)$/.test(setting)) return undefined;
  if (/^(yes|true|1|enabled?)$/i.test(value)) return "on";
  return /^(no|false|0|disabled?)$/i.test(value) ? "off" : nearest(value, ["on", "off"]);
}

/** The number with the unit that its place asks for. */
function unitFor({ text, span, written }: Place): string | null {
  const { start } = statementOf(text, span);
  const before = text.slice(start, span.start);
  const number = /^-?\d+(?:\.\d+)?/.exec(written)?.[0];
  if (number === undefined) return null;
  if (/\b(drift|loss|duplicate|reorder|clock-drift-bound)\s+$|\bmix\b.*$/.test(before)) return `${number}%`;
  if (/\brate\s+$/.test(before)) return `${number}/s`;
  if (/\b(seed|append-limit|inflight|max-txn-ops|repeat|clients|rev|limit|next|entries)\s+$/.test(before)) {
    return number === written ? null : number;
  }
  const waits =
    /\b(wait|at|within|for|by|ttl|every|heartbeat|latency|fsync|election-timeout|client-timeout|jump|slow)\s+$/;
  return waits.test(before) ? `${number}ms` : null;
}

/** Fixes with the same title, or the same effect, are offered once. */
export function distinct(fixes: readonly QuickFix[]): readonly QuickFix[] {
  const seen = new Set<string>();
  return fixes.filter(({ edits }) => {
    const key = JSON.stringify(edits);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
