/** Remedies for what can be read but makes no sense for Raft or etcd. */

import { t } from "../../l10n/text.js";
import { removeStep, stepBefore } from "../aware/fixes.js";
import { quantityOf } from "../checker/literals.js";
import { leastTtl } from "../checker/sessions.js";
import type { QuickFix } from "../program.js";
import { formatDuration } from "../vocabulary/durations.js";
import { PROPERTIES } from "../vocabulary/properties.js";
import { RULE_OUTCOMES } from "../vocabulary/rule-outcomes.js";
import { RULES_BY_NAME } from "../vocabulary/rules.js";
import {
  append,
  change,
  changeAt,
  firstStep,
  freshName,
  leaveOut,
  type Place,
  type Remedy,
  statementOf,
  withSetting,
} from "./place.js";

/** By code. */
export const MEANT_REMEDIES: Readonly<Record<string, Remedy>> = {
  RL2002: (place) => {
    const given = givenAt(place);
    return given === undefined ? [] : [change(place, `commit ${given.log.length}`)];
  },
  RL2003: (place) => {
    const last = givenAt(place)?.log.at(-1);
    return last === undefined ? [] : [change(place, `term ${last.term}`)];
  },
  RL2004: (place) => {
    const { config, written } = place;
    if (config === undefined) return [];
    const { heartbeat, electionTimeout } = config;
    if (written.startsWith("heartbeat")) return [change(place, `heartbeat ${tenth(electionTimeout.min)}`)];
    const range = `${formatDuration(heartbeat * 10)}..${formatDuration(heartbeat * 20)}`;
    return [change(place, `election-timeout ${range}`)];
  },
  RL2005: (place) => {
    const { config, written } = place;
    if (config === undefined) return [];
    if (written.startsWith("latency")) return [change(place, `latency ${tenth(config.electionTimeout.min)}`)];
    const { max } = config.latency;
    return [change(place, `election-timeout ${formatDuration(max * 10)}..${formatDuration(max * 20)}`)];
  },
  RL2006: oneMore,
  RL2007: oneMore,
  RL2008: (place) => {
    const timeout = place.config?.electionTimeout.min;
    if (timeout === undefined) return [];
    return [change(place, `election-timeout ${formatDuration(timeout)}..${formatDuration(timeout * 2)}`)];
  },
  RL2009: ({ text, span, written }) => {
    const off = /check-quorum\s+off/.exec(text);
    const start = off?.index ?? 0;
    return [
      ...(off === null ? [] : [changeAt({ start, end: start + off[0].length }, "check-quorum on")]),
      ...(written.startsWith("reads") ? [changeAt(span, "reads read-index")] : []),
    ];
  },
  RL2010: (place) => {
    const [where = place.span] = place.related;
    const rule = /^rule\s+(\S+)/.exec(place.text.slice(where.start, where.end))?.[1];
    const property = rule === undefined ? undefined : propertyOf(rule);
    return property === undefined ? [] : firstStep(place, `expect violation of ${property}`);
  },
  RL2012: ({ text, span, written }) => {
    const { start, end } = span;
    const first = /^\s+/.exec(text.slice(end));
    if (text[start - 1] === "{" && first !== null) {
      const edits = [{ span: { start, end: end + first[0].length }, newText: "" }];
      return [{ title: t("Leave `{0}` out", written), edits }];
    }
    return [leaveOut(text, span)];
  },
  RL2023: (place) => [
    ...firstStep(place, "expect violation of linearizability"),
    ...settingInstead(place, "reads local", "reads read-index"),
  ],
  RL2030: (place) => [change(place, place.written.startsWith("-") ? "-90%" : "100%")],
  RL2031: ({ text, span }) => [removeStep(text, span)],
  RL2032: ({ text, span }) => [leaveOut(text, span)],
  RL2033: (place) => [change(place, place.written.replace(/\b(ClientRequest)\b/, "$1Reply"))],
  RL2041: ({ text, span }) => [append(statementOf(text, span), " => failed")],
  RL2042: (place) => [
    ...firstStep(place, "expect violation of leader-completeness"),
    ...settingInstead(place, "membership naive", "membership joint"),
  ],
  RL2101: (place) => withSetting(place, "network manual"),
  RL2102: ({ text, span }) => [removeStep(text, span)],
  RL2104: (place) => {
    const [first] = place.config?.nodes ?? [];
    return first === undefined ? [] : [stepBefore(place.text, statementOf(place.text, place.span), `timeout ${first}`)];
  },
  RL2105: ({ text, span }) => [stepBefore(text, statementOf(text, span), "stabilize")],
  RL2201: (place) => (place.written === "0" ? [change(place, "1")] : []),
  RL2205: ({ text, span }) => [leaveOut(text, span)],
  RL2302: ({ text, span }) => {
    const comma = /,\s*$/.exec(text.slice(0, span.start));
    return comma === null ? [] : [leaveOut(text, { start: comma.index, end: span.end })];
  },
  RL2304: ({ text, span }) => [leaveOut(text, span)],
  RL2306: ({ text, span, written }) => {
    const [, key] = /(\S+)\s+$/.exec(text.slice(0, span.start)) ?? [];
    const end = /^to\s+(\S+)$/.exec(written)?.[1];
    if (key === undefined || end === undefined || key === end) return [];
    const start = text.lastIndexOf(key, span.start - 1);
    return [changeAt({ start, end: span.end }, `${end} to ${key}`)];
  },
  RL2311: (place) => (place.config === undefined ? [] : [change(place, formatDuration(leastTtl(place.config)))]),
  RL2312: (place) => {
    const { text, span } = place;
    const lease = /\bkeepalive\s+(\S+)/.exec(text.slice(statementOf(text, span).start, span.start))?.[1];
    const ttl = lease === undefined ? undefined : ttlOf(text, lease);
    return ttl === undefined ? [] : [change(place, `every ${formatDuration(Math.floor(ttl / 3 / 1000) * 1000)}`)];
  },
  RL2313: (place) => [expectError(place, "lease-not-found")],
  RL2314: (place) => (/\bwatch\b/.test(place.written) ? [] : [expectError(place, "compacted")]),
};

/** What is written of a server under `given`. */
function givenAt({ scenario, span }: Place) {
  return scenario?.given.find((given) => given.span.start <= span.start && span.end <= given.span.end);
}

function tenth(micros: number): string {
  return formatDuration(Math.max(1, Math.floor(micros / 10)));
}

/** A server more under `nodes`. */
function oneMore({ text, span, written, config }: Place): readonly QuickFix[] {
  const last = config?.nodes.at(-1);
  if (last === undefined || !written.startsWith("nodes")) return [];
  const next = freshName(text, last);
  const range = /\.\.\S+$/.exec(written);
  if (range === null) return [append(span, ` ${next}`)];
  return [changeAt(span, `${written.slice(0, range.index)}..${next}`)];
}

/** The safety property that fell when the rule was tried without, or else one that it protects. */
function propertyOf(rule: string): string | undefined {
  const fell = RULE_OUTCOMES.find((outcome) => outcome.rule === rule)?.off.broken ?? [];
  const known = (name: string): boolean => name !== "progress" && PROPERTIES.some((property) => property.name === name);
  return fell.find(known) ?? RULES_BY_NAME.get(rule)?.protects.find(known);
}

/** Changes the setting that is to blame, here or in the file's cluster. */
function settingInstead({ text, span, related }: Place, from: string, to: string): readonly QuickFix[] {
  const where = [span, ...related].find(({ start, end }) => text.slice(start, end).replace(/\s+/g, " ") === from);
  return where === undefined ? [] : [changeAt(where, to)];
}

function ttlOf(text: string, lease: string): number | undefined {
  const written = new RegExp(`\\bgrant\\s+${lease}\\s+ttl\\s+(\\S+)`).exec(text)?.[1];
  return written === undefined ? undefined : (quantityOf(written, "duration") ?? undefined);
}

/** States the error that must come, instead of any other result. */
function expectError({ text, span }: Place, error: string): QuickFix {
  const { start, end } = statementOf(text, span);
  const arrow = text.slice(start, end).search(/\s*=>/);
  const place = { start: arrow === -1 ? end : start + arrow, end };
  return { title: t("Expect `error {0}`", error), edits: [{ span: place, newText: ` => error ${error}` }] };
}
