/** What the diagram leaves out, and what of the panel's state survives a reload. */
import { t } from "../../server/src/l10n/text.js";
import { list } from "../../server/src/view-model/phrases.js";
import { formatShortTime } from "../../server/src/view-model/time.js";
import { isNumber, isRecord, isString, object } from "../shared/guard.js";

/** The filter with all members present. */
export interface Filter {
  /** Empty shows all. */
  readonly servers: readonly string[];
  readonly types: readonly string[];
  readonly foldHeartbeats: boolean;
  readonly clients: boolean;
  /** Only rows with these words. */
  readonly text: string;
  readonly terms: { readonly from: number; readonly to: number } | null;
  readonly span: { readonly fromUs: number; readonly toUs: number } | null;
}

/** Leaves nothing out, but folds heartbeats. */
export const NO_FILTER: Filter = {
  servers: [],
  types: [],
  foldHeartbeats: true,
  clients: true,
  text: "",
  terms: null,
  span: null,
};

/** Message types that can be left out; heartbeats go with AppendEntries. */
export const TYPES = [
  "RequestVote",
  "RequestVoteReply",
  "PreVote",
  "PreVoteReply",
  "AppendEntries",
  "AppendEntriesReply",
  "InstallSnapshot",
  "InstallSnapshotReply",
  "TimeoutNow",
  "TimeoutNowReply",
  "ReadIndex",
  "ReadIndexReply",
  "ClientRequest",
  "ClientRequestReply",
  "WatchCreateRequest",
  "WatchCancelRequest",
  "WatchProgressRequest",
  "WatchPing",
  "WatchPong",
  "WatchResponse",
] as const;

/** A filter that is set: its words, and the filter without it. */
export interface FilterChip {
  readonly text: string;
  readonly without: Partial<Filter>;
}

/** Every filter that is set. */
export function chipsOf(filter: Filter): readonly FilterChip[] {
  const { servers, types, foldHeartbeats, clients, text, terms, span } = filter;
  const chips: FilterChip[] = [];
  if (servers.length > 0) chips.push({ text: t("only {0}", list(servers)), without: { servers: [] } });
  if (types.length > 0) {
    const hidden = TYPES.filter((type) => !types.includes(type));
    const words = hidden.length <= types.length ? t("without {0}", few(hidden)) : t("only {0}", few(types));
    chips.push({ text: words, without: { types: [] } });
  }
  if (!clients) chips.push({ text: t("no clients"), without: { clients: true } });
  if (!foldHeartbeats) chips.push({ text: t("heartbeats unfolded"), without: { foldHeartbeats: true } });
  if (text !== "") chips.push({ text: t("with “{0}”", text), without: { text: "" } });
  if (terms !== null) {
    const words = terms.from === terms.to ? t("term {0}", terms.from) : t("terms {0} to {1}", terms.from, terms.to);
    chips.push({ text: words, without: { terms: null } });
  }
  if (span !== null) {
    chips.push({
      text: t("from {0} to {1}", formatShortTime(span.fromUs), formatShortTime(span.toUs)),
      without: { span: null },
    });
  }
  return chips;
}

function few(names: readonly string[]): string {
  return names.length <= 2 ? list(names) : t("{0} types", names.length);
}

/** `3` or `3-7` as terms; `null` when it is neither. */
export function readTerms(text: string): Filter["terms"] {
  const found = /^\s*(\d{1,9})\s*(?:[-–]\s*(\d{1,9})\s*)?$/.exec(text);
  if (found === null) return null;
  const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
  return from <= to ? { from, to } : { from: to, to: from };
}

/** What survives a reload besides the session. */
export interface Kept {
  readonly filter: Filter;
  readonly zoom: number;
  readonly mode: "sequence" | "mermaid";
  readonly filtersOpen: boolean;
  readonly split: number;
  /** The row at the top. */
  readonly top: number;
  readonly window: { readonly from: number; readonly to: number } | null;
}

/** Reads what was kept; whatever cannot be read is left out. */
export function restore(kept: unknown): Partial<Kept> {
  if (!isRecord(kept)) return {};
  const { filter, zoom, mode, filtersOpen, split, top, window } = kept;
  const patch: { -readonly [K in keyof Kept]?: Kept[K] } = {};
  if (isRecord(filter)) patch.filter = restoreFilter(filter);
  if (isNumber(zoom) && zoom >= 0.1 && zoom <= 5) patch.zoom = zoom;
  if (mode === "mermaid") patch.mode = "mermaid";
  if (filtersOpen === true) patch.filtersOpen = true;
  if (isNumber(split) && split >= 10 && split <= 80) patch.split = split;
  if (isNumber(top) && top >= 0) patch.top = top;
  if (isWindow(window) && window.from <= window.to && window.from >= 0) patch.window = window;
  return patch;
}

const isWindow = object<{ readonly from: number; readonly to: number }>({ from: isNumber, to: isNumber });
const isSpan = object<{ readonly fromUs: number; readonly toUs: number }>({ fromUs: isNumber, toUs: isNumber });

function restoreFilter(filter: Readonly<Record<string, unknown>>): Filter {
  const texts = (value: unknown) => (Array.isArray(value) ? value.filter(isString) : []);
  const { servers, types, foldHeartbeats, clients, text, terms, span } = filter;
  return {
    servers: texts(servers),
    types: texts(types),
    foldHeartbeats: foldHeartbeats !== false,
    clients: clients !== false,
    text: isString(text) ? text : "",
    terms: isWindow(terms) ? terms : null,
    span: isSpan(span) ? span : null,
  };
}
