/** What faults do to links, in a few words each: rules, loss, latency. Cuts are drawn, see `sides.ts`. */
import { t } from "../../l10n/text.js";
import type { ClusterView, FaultView, NetworkFaultView } from "../../protocol/cluster-view.js";
import { formatCount, formatShortTime } from "../time.js";

/** What a fault does on one link, or on every link. */
export interface LinkLabel {
  readonly fault: number;
  readonly effect: Exclude<NetworkFaultView["effect"], "block">;
  /** `drop AppendEntries ×3` */
  readonly text: string;
  /** The fault in the language's words, and what it has done so far. */
  readonly title: string;
}

/** A link with what is done on it; `both`: the same in both directions. */
export interface LabelledLink {
  readonly from: string;
  readonly to: string;
  readonly both: boolean;
  readonly labels: readonly LinkLabel[];
}

/** Links with rules and chances of their own, each once, and what holds on every link. */
export function linkLabels(view: Pick<ClusterView, "faults">): {
  readonly links: readonly LabelledLink[];
  readonly everywhere: readonly LinkLabel[];
} {
  const everywhere: LinkLabel[] = [];
  const directed = new Map<string, { from: string; to: string; labels: LinkLabel[] }>();
  for (const fault of view.faults) {
    const label = labelOf(fault);
    if (label === null || fault.network === null) continue;
    const { links } = fault.network;
    if (links === null) {
      everywhere.push(label);
      continue;
    }
    for (const { from, to } of links) {
      const key = `${from}\n${to}`;
      const there = directed.get(key);
      if (there === undefined) directed.set(key, { from, to, labels: [label] });
      else there.labels.push(label);
    }
  }
  return { links: joined(directed), everywhere };
}

/** Two directions with the same faults are one link. */
function joined(
  directed: ReadonlyMap<string, { readonly from: string; readonly to: string; readonly labels: readonly LinkLabel[] }>,
): readonly LabelledLink[] {
  const links: LabelledLink[] = [];
  const done = new Set<string>();
  for (const [key, { from, to, labels }] of directed) {
    if (done.has(key)) continue;
    const back = `${to}\n${from}`;
    const other = directed.get(back)?.labels ?? [];
    const both = other.length === labels.length && labels.every(({ fault }, at) => other[at]?.fault === fault);
    if (both) done.add(back);
    links.push({ from, to, both, labels });
  }
  return links;
}

function labelOf({ id, text: step, network }: FaultView): LinkLabel | null {
  if (network === null || network.effect === "block") return null;
  const { effect, message, chance, us, struck, left } = network;
  const done = struck === null ? null : struckWords(effect, struck);
  const rest = left === null ? null : left === 1 ? t("1 to come") : t("{0} to come", formatCount(left));
  const amount = chance === null ? (us === null ? null : amountWords(effect, us)) : `${percent(chance)}%`;
  const parts = [effect, message, amount, struck === null || struck === 0 ? null : `×${formatCount(struck)}`];
  const title = [step, done, rest].filter((part) => part !== null).join(" · ");
  return { fault: id, effect, text: parts.filter((part) => part !== null).join(" "), title };
}

function percent(chance: number): string {
  return String(Math.round(chance * 1000) / 10);
}

function amountWords(effect: NetworkFaultView["effect"], { min, max }: { readonly min: number; readonly max: number }) {
  if (effect === "delay") return `+${formatShortTime(min)}`;
  return min === max ? formatShortTime(min) : `${formatShortTime(min)}–${formatShortTime(max)}`;
}

function struckWords(effect: NetworkFaultView["effect"], struck: number): string {
  const count = formatCount(struck);
  switch (effect) {
    case "drop":
      return struck === 1 ? t("1 message dropped so far") : t("{0} messages dropped so far", count);
    case "delay":
      return struck === 1 ? t("1 message delayed so far") : t("{0} messages delayed so far", count);
    default:
      return struck === 1 ? t("1 message held so far") : t("{0} messages held so far", count);
  }
}
